import { REFERENCE } from '../../src/mapping/testing.ts'
import type { Collection } from '../../src/model/kind.ts'
import { ok, type RemoteOutcome, type RowOutcome } from '../../src/model/outcome.ts'
import type { RemoteRecord } from '../../src/model/record.ts'
import type { Side } from '../../src/model/side.ts'
import type {
  CollectionTraits,
  DeletedPage,
  ListPage,
  ListRequest,
  PreparedWrite,
  Remote,
  SecondRequest,
  WriteRequest,
  XeroRemote,
  ZohoRemote,
} from '../../src/remotes/contract.ts'

/** What a test may do to a remote and see of it. Records live by collection, in no order. */
export interface RemoteControl {
  readonly records: Map<string, RemoteRecord>
  put(record: RemoteRecord): void
  readonly calls: { readonly name: string; readonly detail: string }[]
  /** Answers to come for a named call, before the remote answers by itself. */
  readonly answers: { readonly name: string; readonly outcome: RemoteOutcome<never> }[]
  /** Every write as it was sent. */
  readonly sent: { readonly prepared: PreparedWrite; readonly request: WriteRequest; readonly key: string }[]
  /** How the rows of a write end; by default each is ok without fields. */
  judge(request: WriteRequest): RemoteOutcome<readonly RowOutcome[]>
  /** Runs after a list page was made and before it is answered: where people edit in between. */
  betweenPages(page: number): void
  deletedPages: readonly DeletedPage[]
}

export interface FakeOptions {
  readonly traits?: Partial<CollectionTraits>
  /** Does the filter include rows of exactly its own second? Zoho's header and Xero's differ. */
  readonly isInclusive?: boolean
  readonly hasItemCount?: boolean
}

const TRAITS: CollectionTraits = {
  batchWriteSize: 100,
  batchReadSize: 100,
  pageSize: 3,
  listIsComplete: true,
  sameSecond: 'keyset',
  answersFields: false,
  enforcedKey: null,
  parallelWrites: 2,
}

const keyOf = (collection: Collection, id: string) => `${collection}/${id}`
const secondOf = (instant: string) => Math.floor(Date.parse(instant) / 1000)

function createControl(): RemoteControl {
  const records = new Map<string, RemoteRecord>()
  return {
    records,
    put: (record) => void records.set(keyOf(record.collection, record.id), record),
    calls: [],
    answers: [],
    sent: [],
    judge: ({ rows }) =>
      ok(
        rows.map((row, at) => ({
          type: 'ok',
          remoteId: row.remoteId ?? `made-${at}`,
          version: null,
          record: null,
          warnings: [],
        })),
      ),
    betweenPages: () => undefined,
    deletedPages: [],
  }
}

function listed(control: RemoteControl, options: FakeOptions, request: ListRequest): ListPage {
  const { pageSize, sameSecond } = { ...TRAITS, ...options.traits }
  const since = request.since === null ? null : secondOf(request.since)
  const rows = [...control.records.values()]
    .filter((record) => record.collection === request.collection && record.life !== 'gone')
    .filter((record) => {
      const at = secondOf(record.version)
      return since === null || sameSecond === 'whole' || at > since || (options.isInclusive === true && at === since)
    })
    .sort((a, b) => Date.parse(a.version) - Date.parse(b.version) || (a.id < b.id ? -1 : 1))
  if (sameSecond === 'whole') return { rows, hasMore: false }
  const from = (request.page - 1) * pageSize
  const count = options.hasItemCount === false ? {} : { itemCount: rows.length }
  return { rows: rows.slice(from, from + pageSize), hasMore: rows.length > from + pageSize, ...count }
}

function inSecond(control: RemoteControl, options: FakeOptions, request: SecondRequest): ListPage {
  const { pageSize } = { ...TRAITS, ...options.traits }
  const rows = [...control.records.values()]
    .filter((record) => record.collection === request.collection && record.id > request.afterId)
    .filter((record) => secondOf(record.version) === secondOf(request.second))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return { rows: rows.slice(0, pageSize), hasMore: rows.length > pageSize }
}

/** The page as it was made; what people do next shows in later answers. */
function edited(control: RemoteControl, page: ListPage): RemoteOutcome<ListPage> {
  control.betweenPages(control.calls.length)
  return ok(page)
}

function remoteOver(side: Side, control: RemoteControl, options: FakeOptions): Remote {
  async function answer<T>(name: string, detail: string, make: () => RemoteOutcome<T>): Promise<RemoteOutcome<T>> {
    control.calls.push({ name, detail })
    const at = control.answers.findIndex((planned) => planned.name === name)
    const [planned] = at < 0 ? [] : control.answers.splice(at, 1)
    return planned === undefined ? make() : planned.outcome
  }
  const requests = new WeakMap<PreparedWrite, WriteRequest>()
  const of = (collection: Collection) =>
    [...control.records.values()].filter((record) => record.collection === collection && record.life !== 'gone')
  return {
    side,
    // What the toy mapping's creates carry.
    traits: () => ({ ...TRAITS, enforcedKey: side === 'xero' ? 'Number' : 'Xero_ID', ...options.traits }),
    listPage: (request) =>
      answer('listPage', `${request.collection} since ${request.since} page ${request.page}`, () =>
        edited(control, listed(control, options, request)),
      ),
    listSecond: (request) =>
      answer('listSecond', `${request.collection} ${request.second} after ${request.afterId}`, () =>
        edited(control, inSecond(control, options, request)),
      ),
    listDeleted: (request) =>
      answer('listDeleted', `${request.collection} page ${request.page}`, () =>
        ok(control.deletedPages[request.page - 1] ?? { rows: [], hasMore: false }),
      ),
    readMany: (collection, ids) =>
      answer('readMany', `${collection} ${[...ids].join(',')}`, () =>
        ok(of(collection).filter((record) => ids.includes(record.id))),
      ),
    readRows: (collection, ids) =>
      answer('readRows', `${collection} ${[...ids].join(',')}`, () =>
        ok(of(collection).filter((record) => ids.includes(record.id))),
      ),
    findByKey: (collection, keys) =>
      answer('findByKey', `${collection} ${keys.map((key) => `${key.field}=${key.value}`).join(',')}`, () =>
        ok(of(collection).filter((record) => keys.some((key) => record.fields[key.field] === key.value))),
      ),
    readPersons: () => answer('readPersons', '', () => ok([])),
    prepare: (request) => {
      const prepared: PreparedWrite = {
        collection: request.collection,
        verb: request.verb,
        method: request.verb === 'create' ? 'PUT' : 'POST',
        path: `/${request.collection}`,
        body: JSON.stringify(request.rows),
        rowCount: request.rows.length,
        headers: {},
      }
      requests.set(prepared, request)
      return prepared
    },
    send: (prepared, key) => {
      const request = requests.get(prepared)
      if (request === undefined) throw new Error('Only what was prepared is sent')
      control.sent.push({ prepared, request, key })
      return answer('send', prepared.path, () => control.judge(request))
    },
    usage: () => ({ calls: control.calls.length, throttled: 0, byPurpose: {} }),
  }
}

export interface Fake<R extends Remote> {
  readonly remote: R
  readonly control: RemoteControl
}

export function fakeZoho(options: FakeOptions = {}): Fake<ZohoRemote> {
  const control = createControl()
  const notUsed = () => Promise.reject(new Error('The engine does not ask for this'))
  return {
    control,
    remote: {
      ...remoteOver('zoho', control, options),
      side: 'zoho',
      fetchReference: async () => ok(REFERENCE.zoho),
      fetchFields: notUsed,
      createModule: notUsed,
      createFields: notUsed,
      subscribe: notUsed,
      renew: notUsed,
      unsubscribe: notUsed,
    },
  }
}

export function fakeXero(options: FakeOptions = {}): Fake<XeroRemote> {
  const control = createControl()
  const traits = { sameSecond: 'nextPage', answersFields: true, ...options.traits } as const
  return {
    control,
    remote: {
      ...remoteOver('xero', control, { ...options, traits }),
      side: 'xero',
      fetchReference: async () => ok(REFERENCE.xero),
    },
  }
}
