import type { Remotes } from '@tandem/sync/engine.ts'
import { requiredZohoFields } from '@tandem/sync/mapping/generate.ts'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Chance } from '@tandem/sync/ports/chance.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import { silentLog } from '@tandem/sync/ports/log.ts'
import type { Network } from '@tandem/sync/ports/network.ts'
import type { BudgetLedger } from '@tandem/sync/remotes/http/budget-ledger.ts'
import { createLimiter } from '@tandem/sync/remotes/http/limiter.ts'
import type { TokenKeeper } from '@tandem/sync/remotes/http/token-keeper.ts'
import { XERO_BUDGET } from '@tandem/sync/remotes/xero/limits.ts'
import { createXeroRemote } from '@tandem/sync/remotes/xero/remote.ts'
import { createZohoLimits, type ZohoEdition } from '@tandem/sync/remotes/zoho/limits.ts'
import { createZohoRemote } from '@tandem/sync/remotes/zoho/remote.ts'

/** `reference`: absent before the organisations are known. */
export type RemoteOpener = (settings: ConnectionSettings, reference?: ReferenceData) => Remotes

export interface RemoteParts {
  readonly network: Network
  readonly clock: Clock
  readonly chance: Chance
  /** What one machine's processes have used of Xero's budget. */
  readonly ledger: BudgetLedger
  readonly zoho: { readonly tokens: TokenKeeper; readonly origin: string; readonly edition: ZohoEdition }
  readonly xero: { readonly tokens: TokenKeeper; readonly origin: string; readonly tenantId: string }
}

/** The connectors of one process against sandboxes, with limiters of its own, as `gateway/remotes.ts` makes them. */
export function remoteOpener({ network, clock, chance, ledger, zoho, xero }: RemoteParts): RemoteOpener {
  const limiter = createLimiter(XERO_BUDGET, clock, ledger)
  const limits = createZohoLimits({ clock, chance, edition: zoho.edition, dayCredits: null })
  const shared = { network, clock, chance, log: silentLog, priority: 'background' as const }
  return (settings, reference) => ({
    zoho: createZohoRemote({
      ...shared,
      tokens: zoho.tokens,
      apiDomain: zoho.origin,
      fields: requiredZohoFields(settings, reference),
      edition: zoho.edition,
      limits,
      provisionedXeroId: settings.provisioned.xeroId,
    }),
    xero: createXeroRemote({
      ...shared,
      tokens: xero.tokens,
      limiter,
      tenantId: xero.tenantId,
      apiUrl: xero.origin,
    }),
  })
}
