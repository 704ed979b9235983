import type { Chance } from '@tandem/sync/ports/chance.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import type { CrashPoints } from '@tandem/sync/ports/crash-point.ts'
import type { Network } from '@tandem/sync/ports/network.ts'
import type { Sealer } from '@tandem/sync/ports/sealer.ts'
import type { Store } from '@tandem/sync/store/contract.ts'
import type { Config } from '../config.ts'
import type { ServerLog } from '../log.ts'

/** What the gateway works with. */
export interface GatewayParts {
  readonly config: Config
  readonly clock: Clock
  readonly chance: Chance
  readonly crash: CrashPoints
  readonly log: ServerLog
  readonly network: Network
  readonly store: Pick<Store, 'vault'>
  readonly sealer: Sealer
}

/** The callback addresses to be registered with the apps; exactly these. */
export function redirectUri(config: Config, system: 'zoho' | 'xero'): string {
  return `${config.publicUrl}/oauth/${system}/callback`
}
