import { createHash } from 'node:crypto'
import type { EnginePorts, Remotes } from '@tandem/sync/engine.ts'
import { requiredZohoFields } from '@tandem/sync/mapping/generate.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import { noCrash } from '@tandem/sync/ports/crash-point.ts'
import { silentLog } from '@tandem/sync/ports/log.ts'
import type { Network } from '@tandem/sync/ports/network.ts'
import type { Sealer } from '@tandem/sync/ports/sealer.ts'
import type { BudgetLedger } from '@tandem/sync/remotes/http/budget-ledger.ts'
import { createLimiter } from '@tandem/sync/remotes/http/limiter.ts'
import { createTokenKeeper } from '@tandem/sync/remotes/http/token-keeper.ts'
import { XERO_BUDGET } from '@tandem/sync/remotes/xero/limits.ts'
import { createXeroLogin } from '@tandem/sync/remotes/xero/oauth.ts'
import { createXeroRemote } from '@tandem/sync/remotes/xero/remote.ts'
import { createZohoLimits } from '@tandem/sync/remotes/zoho/limits.ts'
import { refreshGrant } from '@tandem/sync/remotes/zoho/oauth.ts'
import { createZohoRemote } from '@tandem/sync/remotes/zoho/remote.ts'
import type { Store } from '@tandem/sync/store/contract.ts'
import { ZOHO_EDITION } from '../gateway/zoho-edition.ts'
import { XERO_ORIGIN, ZOHO_ORIGIN } from '../rig/origins.ts'
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
  const remotesFor = remoteMaker(durable, { clock, network, store })
  return {
    life,
    remotesFor,
    ports: {
      clock,
      chance,
      log: silentLog,
      store,
      openRemotes: async (connection) => remotesFor(connection.settings),
      fingerprint: () => (text) => digest(text).toString('base64url').slice(0, 22),
      linkId: (text) => digest(text).toString('hex').slice(0, 32),
      crash: noCrash,
      progress: () => undefined,
    },
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
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
}

/** The connectors with this process' own limiters and token keepers, as `gateway/remotes.ts` makes them. */
function remoteMaker(durable: Durable, { clock, network, store }: ProcessParts) {
  const { engine } = durable.streams
  const chance = { uuid: () => engine.guid(), float: () => engine.float() }
  const { zoho, xero } = durable.company
  const limiter = createLimiter(XERO_BUDGET, clock, durable.ledger)
  const limits = createZohoLimits({ clock, chance, edition: ZOHO_EDITION, dayCredits: null })
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
  const common = { network, clock, chance, log: silentLog, priority: 'background' as const }
  return (settings: ConnectionSettings): Remotes => ({
    zoho: createZohoRemote({
      ...common,
      tokens: zohoTokens,
      apiDomain: ZOHO_ORIGIN,
      fields: requiredZohoFields(settings),
      edition: ZOHO_EDITION,
      limits,
      provisionedXeroId: settings.provisioned.xeroId,
    }),
    xero: createXeroRemote({
      ...common,
      tokens: xeroTokens,
      limiter,
      tenantId: xero.credentials.tenantId,
      apiUrl: XERO_ORIGIN,
    }),
  })
}
