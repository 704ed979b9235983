import type { EnginePorts, PassRequest, PassResult } from '../../src/engine.ts'
import { REFERENCE, SETTINGS, shownFields } from '../../src/mapping/testing.ts'
import { ok } from '../../src/model/outcome.ts'
import type { ConnectionSettings } from '../../src/model/settings.ts'
import { isValueObject } from '../../src/model/value.ts'
import { runPass } from '../../src/pass.ts'
import { noCrash } from '../../src/ports/crash-point.ts'
import { silentLog } from '../../src/ports/log.ts'
import type { WriteRequest, XeroRemote, ZohoRemote } from '../../src/remotes/contract.ts'
import type { Lane, Store } from '../../src/store/contract.ts'
import { createMemoryStore } from '../../src/store/memory/store.ts'
import { chance, connectionNamed, HandClock } from '../store/fixtures.ts'
import { type Fake, type FakeOptions, fakeXero, fakeZoho, type RemoteControl } from './fake-remote.ts'
import { print, recordOf, second, ZOHO_USER } from './records.ts'
import { REQUEST } from './walk.ts'

const LEASE_RENEW_MS = 1_500

/** The heartbeat of the lease never beats: a pass here takes no time, and its loop would starve everything else. */
class PassClock extends HandClock {
  override async sleep(milliseconds: number): Promise<void> {
    if (milliseconds === LEASE_RENEW_MS) return new Promise(() => undefined)
    this.pass(milliseconds)
  }
}

/** The whole engine with its real item mapping, between two remotes that remember what is written to them. */
export interface World {
  readonly clock: HandClock
  readonly store: Store
  readonly ports: EnginePorts
  readonly zoho: Fake<ZohoRemote>
  readonly xero: Fake<XeroRemote>
  pass(request?: Partial<PassRequest>, ports?: EnginePorts): Promise<PassResult>
  /** Plans, approves and applies: what every test after a first sync begins with. */
  firstSync(): Promise<void>
  change(settings: Partial<ConnectionSettings>): Promise<void>
}

const OPTIONS: FakeOptions = { traits: { pageSize: 100, listIsComplete: true, batchWriteSize: 1, parallelWrites: 1 } }

export async function createWorld(): Promise<World> {
  const clock = new PassClock()
  const store = createMemoryStore({ clock, chance })
  const zoho = fakeZoho(OPTIONS)
  const xero = fakeXero({ ...OPTIONS, traits: { ...OPTIONS.traits, sameSecond: 'whole', enforcedKey: 'Code' } })
  remember(zoho.control, 'zoho')
  remember(xero.control, 'xero')
  const ends = connectionNamed('c1')
  await store.connections.create({
    ...ends,
    zoho: { ...ends.zoho, zgid: REFERENCE.zoho.zgid },
    xero: { ...ends.xero, tenantId: REFERENCE.xero.tenantId },
    settings: SETTINGS,
    reference: REFERENCE,
    referenceAt: clock.now(),
  })
  const ports: EnginePorts = {
    clock,
    chance,
    log: silentLog,
    store,
    openRemotes: async () => ({ zoho: zoho.remote, xero: xero.remote }),
    fingerprint: () => print,
    linkId: (text) => text.replaceAll(/[^0-9A-Za-z]/g, '-'),
    crash: noCrash,
    progress: () => undefined,
  }
  const pass: World['pass'] = (request = {}, engine = ports) => runPass(engine, { ...REQUEST, ...request })
  return {
    clock,
    store,
    ports,
    zoho,
    xero,
    pass,
    async firstSync() {
      const planned = await pass({ trigger: 'manual' })
      if (planned.type === 'held') await store.reports.approvePlan(planned.planId, clock.now())
      await pass()
      clock.pass(60_000)
      await pass()
    },
    change: (settings) => store.connections.saveSettings('c1', { ...SETTINGS, ...settings }, 'keep'),
  }
}

let writes = 0

/** Writes come true: a created record gets an id, an updated one its new fields, both a later version. */
function remember(control: RemoteControl, side: 'zoho' | 'xero'): void {
  control.judge = (request) => ok(request.rows.map((row) => writeRow(control, side, { request, row })))
}

function writeRow(
  control: RemoteControl,
  side: 'zoho' | 'xero',
  { request, row }: { readonly request: WriteRequest; readonly row: WriteRequest['rows'][number] },
) {
  writes += 1
  const remoteId = row.remoteId ?? `${side}-made-${writes}`
  const old = control.records.get(`${request.collection}/${remoteId}`)?.fields ?? {}
  const fields = { ...old, ...shownFields(row.payload) }
  const details = { ...nested(old.SalesDetails), ...nested(fields.SalesDetails) }
  const record = recordOf(
    side,
    remoteId,
    Object.keys(details).length === 0 ? fields : { ...fields, SalesDetails: details },
    {
      collection: request.collection,
      version: second(10_000 + writes),
      modifiedBy: side === 'zoho' ? ZOHO_USER : null,
    },
  )
  control.put(record)
  return {
    type: 'ok',
    remoteId,
    version: record.version,
    record: side === 'xero' ? record : null,
    warnings: [],
  } as const
}

function nested(value: Parameters<typeof isValueObject>[0]) {
  return isValueObject(value) ? value : {}
}

export function product(id: string, code: string, name = `Name ${code}`, version = second(1)) {
  return recordOf('zoho', id, { Product_Code: code, Product_Name: name }, { version })
}

export function xeroItem(id: string, code: string, name = `Name ${code}`, version = second(1)) {
  return recordOf('xero', id, { Code: code, Name: name, IsSold: true }, { version })
}

/** A store whose lanes die at one operation: a process that is killed there. */
export function dyingStore(store: Store, dies: keyof Lane): Store {
  const killed = () => Promise.reject(new Error('killed'))
  return {
    ...store,
    claimLane: async (connectionId, owner, ttlMs) => {
      const lane = await store.claimLane(connectionId, owner, ttlMs)
      return lane === undefined ? undefined : { ...lane, [dies]: killed }
    },
  }
}
