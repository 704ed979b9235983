import type { EnginePorts, Remotes } from '@tandem/sync/engine.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Chance } from '@tandem/sync/ports/chance.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import { noCrash } from '@tandem/sync/ports/crash-point.ts'
import type { Network } from '@tandem/sync/ports/network.ts'
import type { Sealer } from '@tandem/sync/ports/sealer.ts'
import type { BudgetLedger } from '@tandem/sync/remotes/http/budget-ledger.ts'
import { createTokenKeeper } from '@tandem/sync/remotes/http/token-keeper.ts'
import { createXeroLogin } from '@tandem/sync/remotes/xero/oauth.ts'
import { refreshGrant } from '@tandem/sync/remotes/zoho/oauth.ts'
import type { Store } from '@tandem/sync/store/contract.ts'
import { ZOHO_EDITION } from '../gateway/zoho-edition.ts'
import { XERO_ORIGIN, ZOHO_ORIGIN } from '../rig/origins.ts'
import { enginePorts } from '../rig/ports.ts'
import { type RemoteOpener, remoteOpener } from '../rig/remotes.ts'
import type { SimulatedCompany } from './company.ts'
import type { EventClock } from './event-clock.ts'
import { type Boundary, createLife, type Life, mortal } from './mortal.ts'
import type { Streams } from './streams.ts'

/** What outlives a process: its database, its budget file, its secret key, and the network outside. */
export interface Durable {
  readonly clock: EventClock
  /** The wall clock of the machine, which may be wrong and may be set back. */
  readonly wallClock: () => number
  readonly streams: Streams
  readonly company: SimulatedCompany
  readonly store: Store
  readonly ledger: BudgetLedger
  readonly sealer: Sealer
  readonly network: (life: Life) => Network
  readonly boundary: (life: Life) => Boundary
}

/** One run of the product's engine; killing it drops all that it holds in memory. */
export interface EngineProcess {
  readonly life: Life
  readonly ports: EnginePorts
  remotesFor(settings: ConnectionSettings): Remotes
}

export const CREDENTIAL_IDS = { zoho: 'zoho-login', xero: 'xero-login' } as const
export const REDIRECT = 'http://localhost:4000/oauth/callback'

export function startProcess(durable: Durable): EngineProcess {
  const life = createLife()
  const boundary = durable.boundary(life)
  const store = mortal(durable.store, life, boundary)
  const clock = processClock(durable, life)
  const outside = durable.network(life)
  const network: Network = { exchange: (request) => life.while(() => outside.exchange(request)) }
  const { engine } = durable.streams
  const chance = { uuid: () => engine.guid(), float: () => engine.float() }
  const remotesFor = opener(durable, { clock, network, store, chance })
  return { life, remotesFor, ports: enginePorts({ clock, chance, store, opener: remotesFor }) }
}

function processClock({ clock, wallClock }: Durable, life: Life): Clock {
  const started = clock.now()
  return {
    now: wallClock,
    monotonic: () => clock.now() - started,
    sleep: (milliseconds) => life.while(() => new Promise<void>((resolve) => clock.schedule(milliseconds, resolve))),
  }
}

interface ProcessParts {
  readonly clock: Clock
  readonly network: Network
  readonly store: Store
  readonly chance: Chance
}

/** The connectors with this process' own token keepers over the vault that outlives it. */
function opener(durable: Durable, { clock, network, store, chance }: ProcessParts): RemoteOpener {
  const { zoho, xero } = durable.company
  const keeping = { vault: store.vault, sealer: durable.sealer, clock, chance, crash: noCrash }
  const zohoApp = { ...zoho.credentials, network, accountsUrl: ZOHO_ORIGIN, redirectUri: REDIRECT }
  const zohoTokens = createTokenKeeper({
    ...keeping,
    credentialId: CREDENTIAL_IDS.zoho,
    refresh: (refreshToken) => refreshGrant(zohoApp, { accountsServer: ZOHO_ORIGIN, refreshToken }),
  })
  const login = createXeroLogin({
    network,
    urls: { login: XERO_ORIGIN, identity: XERO_ORIGIN, api: XERO_ORIGIN },
    app: xero.credentials,
  })
  const xeroTokens = createTokenKeeper({
    ...keeping,
    credentialId: CREDENTIAL_IDS.xero,
    refresh: login.refresh,
  })
  return remoteOpener({
    network,
    clock,
    chance,
    ledger: durable.ledger,
    zoho: { tokens: zohoTokens, origin: ZOHO_ORIGIN, edition: ZOHO_EDITION },
    xero: { tokens: xeroTokens, origin: XERO_ORIGIN, tenantId: xero.credentials.tenantId },
  })
}
