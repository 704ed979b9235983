import { KINDS, type Kind } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Chance } from '@tandem/sync/ports/chance.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import type { Network } from '@tandem/sync/ports/network.ts'
import { createMemoryLedger } from '@tandem/sync/remotes/http/budget-ledger.ts'
import type { Connection, Store } from '@tandem/sync/store/contract.ts'
import { createMemoryStore } from '@tandem/sync/store/memory/store.ts'
import { parseMasterKey } from '@tandem/sync/store/seal/master-key.ts'
import { channelIdOf } from '../connect/channels.ts'
import { createVaultSealer } from '../durable.ts'
import type { HookParts } from '../hooks/parts.ts'
import { connectCompany } from '../rig/connect.ts'
import { XERO_ORIGIN, ZOHO_ORIGIN } from '../rig/origins.ts'
import { busyStore } from './busy-store.ts'
import { type SimulatedCompany, simulateCompany } from './company.ts'
import { type CreditBook, createCreditBook, noteMade } from './credit-book.ts'
import { createEditLedger, type EditLedger } from './edit-ledger.ts'
import { CREDENTIAL_IDS, type Durable, type EngineProcess, startProcess } from './engine-process.ts'
import { createEventClock, type EventClock } from './event-clock.ts'
import { createLogBook, type LogBook } from './log-book.ts'
import { createLookWatch, type LookWatch } from './look-watch.ts'
import type { Boundary, Life } from './mortal.ts'
import { withOptions } from './options-chosen.ts'
import { createPaymentBook, type PaymentBook } from './payment-book.ts'
import { createPost } from './post.ts'
import { createPurchaseBook, type PurchaseBook } from './purchase-book.ts'
import { createRemovalBook, type RemovalBook } from './removal-book.ts'
import { createSalesBook, noteSent, type SalesBook } from './sales-book.ts'
import type { Scenario } from './scenario.ts'
import { signIn } from './sign-in.ts'
import { type Streams, streamsOf } from './streams.ts'
import { makeOnlineSale, summedInvoices } from './summed.ts'
import { suppliedBills } from './supplied.ts'
import { makeRegions, TRACKED, type TrackingBook } from './tracking-book.ts'
import { createTraffic, type Traffic } from './traffic.ts'
import { createWire, type Remote, type WireParts } from './wire.ts'

export type OpenStore = (ports: { readonly clock: Clock; readonly chance: Chance }) => Promise<Store>

/** Everything of one simulation but its course: both vendors, the database, the post, and processes to come. */
export interface World {
  readonly seed: number
  readonly scenario: Scenario
  readonly streams: Streams
  readonly clock: EventClock
  readonly book: LogBook
  readonly company: SimulatedCompany
  readonly store: Store
  readonly ledger: EditLedger
  readonly traffic: Traffic
  readonly hooks: { receiver: HookParts | undefined }
  readonly wall: { skewMs: number }
  /** Remote ids of what a person has taken out of the sync: the two sides may differ. */
  readonly apart: Set<string>
  /** Records that were changed without their version moving: only a sweep can see it (I7's exception). */
  readonly blind: Set<string>
  readonly sales: SalesBook
  readonly removals: RemovalBook
  readonly payments: PaymentBook
  readonly purchases: PurchaseBook
  readonly credits: CreditBook
  readonly tracking: TrackingBook
  readonly looks: LookWatch
  start(): EngineProcess
  /** A person consents anew, as after a login that is lost for good. */
  consent(): Promise<void>
  connection(): Promise<Connection>
}

/** What the course of the simulation does at boundaries; empty until it begins. */
export interface Weather {
  troubleFor: WireParts['troubleFor']
  onWay(life: Life, ...leg: Parameters<WireParts['onWay']>): Promise<void>
  onStore(life: Life, ...crossing: Parameters<Boundary['cross']>): Promise<void>
  beforeApply: WireParts['watch']['beforeApply']
  afterApply: WireParts['watch']['afterApply']
  answered(life: Life, ...answer: Parameters<WireParts['watch']['answered']>): void
  struck: WireParts['watch']['struck']
}

export const CONNECTION_ID = 'sim'
const START_MS = Date.parse('2026-11-20T02:00:00Z')
/** Twenty minutes before midnight where the books are kept. */
const EVENING_MS = Date.parse('2026-11-20T12:40:00Z')
const SEAL_KEY = Buffer.alloc(32, 7).toString('base64')

export async function createWorld(
  seed: number,
  scenario: Scenario,
  parts: { readonly weather: Weather; readonly openStore: OpenStore | undefined },
): Promise<World> {
  const { weather } = parts
  const streams = streamsOf(seed)
  const clock = createEventClock(scenario.isSummed === true ? EVENING_MS : START_MS)
  const book = createLogBook(() => clock.now())
  const hooks: World['hooks'] = { receiver: undefined }
  const mail = createPost({
    clock,
    chance: streams.post,
    rates: scenario.post,
    connectionId: CONNECTION_ID,
    receiver: () => hooks.receiver,
    trace: (line) => book.note(line),
  })
  const company = simulateCompany({ clock, streams, scenario, mail })
  const wall = { skewMs: 0 }
  const wallClock = () => clock.now() + wall.skewMs
  const store = await openStoreOf(parts.openStore, { clock, wallClock, streams })
  const sealer = createVaultSealer(parseMasterKey(SEAL_KEY))
  const traffic = createTraffic()
  const sales = createSalesBook()
  const credits = createCreditBook()
  const looks = createLookWatch(() => clock.now())
  let number = 0
  const wire = (life: Life): Network =>
    createWire({
      clock,
      nextNumber: () => {
        number += 1
        return number
      },
      remotes: remotesOf(company),
      latencyMs: () => streams.latency.int(20, 400),
      troubleFor: (call) => weather.troubleFor(call),
      onWay: (call, leg) => weather.onWay(life, call, leg),
      watch: {
        arrived: traffic.arrived,
        left: traffic.left,
        beforeApply: (call, isLate) => weather.beforeApply(call, isLate),
        afterApply: (call, isLate) => weather.afterApply(call, isLate),
        served(call, answer) {
          if (answer.status === 429) traffic.refuse(call.side)
          looks.served(call, answer)
          noteSent(sales, call)
          noteMade(credits, call, answer)
        },
        answered(call, answer) {
          looks.answered(call, answer)
          weather.answered(life, call, answer)
        },
        struck: (call, trouble) => weather.struck(call, trouble),
      },
    })
  const durable: Durable = {
    clock,
    wallClock,
    streams,
    company,
    store,
    ledger: createMemoryLedger(),
    sealer,
    network: wire,
    boundary: (life) => ({ cross: (name, way) => weather.onStore(life, name, way) }),
  }
  const world: World = {
    seed,
    scenario,
    streams,
    clock,
    book,
    company,
    store,
    ledger: createEditLedger(),
    traffic,
    hooks,
    wall,
    apart: new Set(),
    blind: new Set(),
    sales,
    removals: createRemovalBook(),
    payments: createPaymentBook(),
    purchases: createPurchaseBook(),
    credits,
    tracking: new Map(),
    looks,
    start: () => startProcess(durable),
    consent: () => signIn(durable),
    async connection() {
      const found = await store.connections.get(CONNECTION_ID)
      if (found === undefined) throw new Error('The simulation has no connection')
      return found
    },
  }
  await clock.runUntil(signIn(durable))
  await clock.runUntil(connect(world))
  return world
}

/** Fair weather: nothing happens on the way. */
export const NO_WEATHER: Weather = {
  troubleFor: () => undefined,
  onWay: async () => undefined,
  onStore: async () => undefined,
  beforeApply: async () => undefined,
  afterApply: async () => undefined,
  answered: () => undefined,
  struck: () => undefined,
}

interface StoreParts {
  readonly clock: EventClock
  readonly wallClock: () => number
  readonly streams: Streams
}

async function openStoreOf(open: OpenStore | undefined, { clock, wallClock, streams }: StoreParts): Promise<Store> {
  const ports = {
    clock: {
      now: wallClock,
      monotonic: () => clock.now(),
      sleep: (milliseconds: number) => new Promise<void>((resolve) => clock.schedule(milliseconds, resolve)),
    },
    chance: { uuid: () => streams.engine.guid(), float: () => streams.engine.float() },
  }
  return open === undefined ? createMemoryStore(ports) : busyStore(await clock.busyWhile(open(ports)), clock)
}

function remotesOf({ zoho, xero }: SimulatedCompany): Readonly<Record<string, Remote>> {
  return {
    [ZOHO_ORIGIN]: { side: 'zoho', app: zoho.app, faults: zoho.control.faults },
    [XERO_ORIGIN]: { side: 'xero', app: xero.app, faults: xero.control.faults },
  }
}

const CHANNEL_LIFE_MS = 6.5 * 86_400_000

async function connect(world: World): Promise<void> {
  const { company, scenario, clock } = world
  const process = world.start()
  if (scenario.isTracked === true) await makeRegions(company)
  const onlineSale = scenario.isSummed === true ? await makeOnlineSale(company) : null
  await connectCompany({
    ports: process.ports,
    dataCentre: 'au',
    connectionId: CONNECTION_ID,
    credentialIds: CREDENTIAL_IDS,
    remotesFor: process.remotesFor,
    change: (settings) => ({
      ...withOptions(chosen(settings, scenario), scenario, world.seed),
      ...(onlineSale === null ? {} : { invoice: summedInvoices(settings, onlineSale, clock.now()) }),
    }),
  })
  world.hooks.receiver = hookPartsOf(world, process)
  if (scenario.post.lost >= 1) return
  company.zoho.control.switches.set('allowLoopbackNotify', 'on')
  company.xero.control.switches.set('allowLoopbackNotify', 'on')
  const { zoho } = process.remotesFor((await world.connection()).settings)
  const subscribed = await zoho.subscribe({
    channelId: channelIdOf(CONNECTION_ID),
    events: watchedModules(scenario).map((module) => `${module}.all`),
    notifyUrl: `http://localhost:4000/hooks/zoho/${CONNECTION_ID}`,
    token: 'simulation',
    expiresAt: new Date(clock.now() + CHANNEL_LIFE_MS).toISOString(),
  })
  if (subscribed.type !== 'ok') throw new Error(`No channel: ${JSON.stringify(subscribed)}`)
  const body = JSON.stringify({ action: 'configureWebhook', url: 'http://localhost:4000/hooks/xero' })
  const answer = await company.xero.app.fetch(new Request(`${XERO_ORIGIN}/__sandbox/act`, { method: 'POST', body }))
  if (!answer.ok) throw new Error(await answer.text())
}

/** The part of a process that takes webhooks in. */
export function hookPartsOf(world: World, process: EngineProcess): HookParts {
  return {
    store: process.ports.store,
    clock: process.ports.clock,
    log: { info: () => undefined, warn: () => undefined, bug: () => undefined },
    derive: () => 'simulation',
    config: { xero: { webhookKey: world.company.xero.credentials.webhookKey } },
  }
}

/** What a person who wants this scenario's documents has chosen beside the rest. */
function chosen(settings: ConnectionSettings, scenario: Scenario): ConnectionSettings {
  const { lockRule, wonStages } = scenario
  return {
    ...settings,
    lockRule,
    newXeroContacts: scenario.newXeroContacts,
    kinds: kindsOn(settings, scenario),
    quotePrefix: 'Q-',
    ...(scenario.isTracked === true ? { mapping: TRACKED } : {}),
    ...(scenario.furtherKinds.includes('bill') ? { bill: suppliedBills(settings) } : {}),
    wonDeals: { ...settings.wonDeals, isOn: wonStages.length > 0, stages: wonStages },
  }
}

function watchedModules({ furtherKinds, wonStages, newXeroContacts, isRecording }: Scenario): readonly string[] {
  return [
    ...['Accounts', 'Contacts', 'Products', 'Invoices'],
    ...(furtherKinds.includes('quote') ? ['Quotes'] : []),
    ...(furtherKinds.includes('creditNote') ? ['XeroCreditNotes', 'XeroPayments'] : []),
    ...(furtherKinds.includes('vendor') ? ['Vendors'] : []),
    ...(furtherKinds.includes('bill') ? ['Purchase_Orders'] : []),
    ...(wonStages.length > 0 ? ['Deals'] : []),
    ...(newXeroContacts === 'leads' ? ['Leads'] : []),
    ...(isRecording === true ? ['XeroPayments'] : []),
  ]
}

function kindsOn({ kinds }: ConnectionSettings, { furtherKinds }: Scenario): ConnectionSettings['kinds'] {
  const isOn = (kind: Kind) => kinds[kind].isOn || furtherKinds.includes(kind)
  const on = { ...kinds, ...Object.fromEntries(KINDS.map((kind) => [kind, { ...kinds[kind], isOn: isOn(kind) }])) }
  if (!furtherKinds.includes('creditNote')) return on
  // Whoever keeps credit in the CRM may also put it against invoices there (R38a).
  const { payment } = on
  return { ...on, payment: { ...payment, direction: 'both', xero: { ...payment.xero, create: true } } }
}
