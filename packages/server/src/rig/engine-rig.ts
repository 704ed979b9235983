import { type CompanyProfile, createChance, createClock, generateCompany, type VirtualClock } from '@tandem/sandbox'
import { createXeroSandbox, type XeroSandbox } from '@tandem/sandbox/xero/index.ts'
import { createZohoSandbox, type ZohoSandbox } from '@tandem/sandbox/zoho/index.ts'
import type { EnginePorts, PassRequest, PassResult, Progress } from '@tandem/sync/engine.ts'
import { KINDS } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { runPass } from '@tandem/sync/pass.ts'
import type { Chance } from '@tandem/sync/ports/chance.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import type { Network } from '@tandem/sync/ports/network.ts'
import { createMemoryLedger } from '@tandem/sync/remotes/http/budget-ledger.ts'
import type { Store, ZohoEnd } from '@tandem/sync/store/contract.ts'
import { createMemoryStore } from '@tandem/sync/store/memory/store.ts'
import { ZOHO_EDITION } from '../gateway/zoho-edition.ts'
import { connectCompany } from './connect.ts'
import { createInProcessNetwork } from './in-process-network.ts'
import { xeroKeeper, zohoKeeper } from './keepers.ts'
import { XERO_ORIGIN, ZOHO_ORIGIN } from './origins.ts'
import { enginePorts } from './ports.ts'
import { type RemoteOpener, remoteOpener } from './remotes.ts'
import { engineClock } from './virtual-time.ts'

/** The whole engine and both sandboxes in one process: what tests, the switches run and the bench are built on. */
export interface EngineRig {
  readonly clock: VirtualClock
  readonly engineClock: Clock
  readonly zoho: ZohoSandbox
  readonly xero: XeroSandbox
  readonly store: Store
  readonly ports: EnginePorts
  readonly connectionId: string
  readonly progress: readonly Progress[]
  settings(): Promise<ConnectionSettings>
  change(change: (settings: ConnectionSettings) => ConnectionSettings): Promise<void>
  pass(request?: Partial<PassRequest>): Promise<PassResult>
  /** Plans, approves whatever plan is held, and applies it. */
  syncApproved(request?: Partial<PassRequest>): Promise<PassResult>
  /** The same sandboxes and settings with a store that knows nothing: what a lost database leaves behind (I14). */
  withLostStore(): Promise<EngineRig>
  /** The same sandboxes with another store in its place: a backup that was put back, say. */
  withStore(store: Store): EngineRig
  close(): Promise<void>
}

export interface RigOptions {
  readonly profile?: Partial<CompanyProfile>
  /** Virtual milliseconds per real one; both sandboxes and the engine share the clock. */
  readonly rate?: number
  readonly seed?: number
  /** Its name in a store that it shares with another rig. */
  readonly connectionId?: string
  /** `au` otherwise; every sandbox has the same number for its organisation. */
  readonly dataCentre?: ZohoEnd['dataCentre']
  openStore?(parts: { readonly clock: Clock; readonly chance: Chance }): Promise<Store>
  settings?(settings: ConnectionSettings): ConnectionSettings
  /** Before anything is connected: turn sandbox switches, say. */
  prepare?(sandboxes: { readonly zoho: ZohoSandbox; readonly xero: XeroSandbox }): void
}

export { XERO_ORIGIN, ZOHO_ORIGIN }

const DEFAULT_CONNECTION_ID = 'rig'
const DEFAULT_PROFILE: CompanyProfile = {
  seed: 7,
  contacts: 40,
  items: 15,
  invoices: 30,
  shape: 'mixed',
  today: '2026-11-20',
}
const START = Date.parse('2026-11-20T02:00:00Z')

export async function createEngineRig(options: RigOptions = {}): Promise<EngineRig> {
  const clock = createClock({ startMs: START, rate: options.rate ?? 60 })
  const company = generateCompany({ ...DEFAULT_PROFILE, ...options.profile })
  const { seed = 1, connectionId = DEFAULT_CONNECTION_ID } = options
  const zoho = createZohoSandbox({ clock, chance: createChance(seed), company, autoConsent: true, deliver: noDelivery })
  const xero = createXeroSandbox({ clock, chance: createChance(seed + 1), company, deliver: noDelivery })
  zoho.setBaseUrl(ZOHO_ORIGIN)
  xero.setBaseUrl(XERO_ORIGIN)
  options.prepare?.({ zoho, xero })
  const time = engineClock(clock)
  const chance = rigChance(seed + 2)
  const store = await (options.openStore?.({ clock: time, chance }) ??
    Promise.resolve(createMemoryStore({ clock: time, chance })))
  const network = createInProcessNetwork({ [ZOHO_ORIGIN]: zoho.app, [XERO_ORIGIN]: xero.app })
  const opener = await signedIn({ network, clock: time, chance, zoho, xero })
  const progress: Progress[] = []
  const ports = enginePorts({ clock: time, chance, store, opener, progress: (event) => void progress.push(event) })
  await connectCompany({
    ports,
    connectionId,
    dataCentre: options.dataCentre ?? 'au',
    credentialIds: { zoho: `${connectionId} zoho`, xero: `${connectionId} xero` },
    remotesFor: opener,
    change: options.settings ?? ((settings) => settings),
  })
  return rigOf({ connectionId, clock, time, zoho, xero, store, ports, progress })
}

async function noDelivery(): Promise<Response> {
  return new Response(null, { status: 200 })
}

function rigChance(seed: number): Chance {
  const chance = createChance(seed)
  return { uuid: () => chance.guid(), float: () => chance.float() }
}

interface OpenerParts {
  readonly network: Network
  readonly clock: Clock
  readonly chance: Chance
  readonly zoho: ZohoSandbox
  readonly xero: XeroSandbox
}

async function signedIn(parts: OpenerParts): Promise<RemoteOpener> {
  const { network, clock, chance, zoho, xero } = parts
  const { credentials, app } = xero
  const zohoTokens = zohoKeeper({ network, clock, origin: ZOHO_ORIGIN, credentials: zoho.credentials })
  const xeroTokens = await xeroKeeper({ network, clock, origin: XERO_ORIGIN, credentials, app })
  return remoteOpener({
    network,
    clock,
    chance,
    ledger: createMemoryLedger(),
    zoho: { tokens: zohoTokens, origin: ZOHO_ORIGIN, edition: ZOHO_EDITION },
    xero: { tokens: xeroTokens, origin: XERO_ORIGIN, tenantId: credentials.tenantId },
  })
}

interface RigParts {
  readonly connectionId: string
  readonly clock: VirtualClock
  readonly time: Clock
  readonly zoho: ZohoSandbox
  readonly xero: XeroSandbox
  readonly store: Store
  readonly ports: EnginePorts
  readonly progress: readonly Progress[]
}

function rigOf(parts: RigParts): EngineRig {
  const { store, ports, connectionId } = parts
  const pass = (request: Partial<PassRequest> = {}) =>
    runPass(ports, {
      connectionId,
      trigger: 'manual',
      scope: { kinds: KINDS, mode: 'both', since: null },
      priority: 'background',
      until: 'sync',
      approvedPlanId: null,
      detect: 'lists',
      ...request,
    })
  const connection = async () => {
    const found = await store.connections.get(connectionId)
    if (found === undefined) throw new Error('The rig has no connection')
    return found
  }
  return {
    clock: parts.clock,
    engineClock: parts.time,
    zoho: parts.zoho,
    xero: parts.xero,
    store,
    ports,
    connectionId,
    progress: parts.progress,
    settings: async () => (await connection()).settings,
    change: async (change) =>
      store.connections.saveSettings(connectionId, change((await connection()).settings), 'keep'),
    pass,
    async syncApproved(request = {}) {
      const planned = await pass(request)
      if (planned.type !== 'held') return planned
      await store.reports.approvePlan(planned.planId, ports.clock.now())
      return pass({ ...request, approvedPlanId: planned.planId })
    },
    async withLostStore() {
      const empty = createMemoryStore({ clock: parts.time, chance: ports.chance })
      await empty.connections.create(await connection())
      return rigOf({ ...parts, store: empty, ports: { ...ports, store: empty } })
    },
    withStore: (other) => rigOf({ ...parts, store: other, ports: { ...ports, store: other } }),
    async close() {
      parts.clock.stop()
      await store.close()
    },
  }
}
