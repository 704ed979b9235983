import type { SideView } from '../../src/mapping/contract.ts'
import { contextOf } from '../../src/mapping/testing.ts'
import type { Link } from '../../src/model/link.ts'
import { type RemoteRecord, refKey } from '../../src/model/record.ts'
import type { Side } from '../../src/model/side.ts'
import type { ValueObject } from '../../src/model/value.ts'
import type { Candidate, LinkSubject, MatchPools, PlanInput, PoolEntry } from '../../src/plan/input.ts'
import { mainOf, print, recordOf, shadowOf, ZOHO_USER } from './records.ts'
import { toyMapping } from './toy-mapping.ts'

export function viewOf(main: RemoteRecord): SideView {
  return { side: main.side, main, primary: null, persons: [] }
}

export function candidateOf(record: RemoteRecord, values: Partial<Candidate> = {}): Candidate {
  const mark = { side: record.side, collection: record.collection, remoteId: record.id }
  return { linkId: null, view: viewOf(record), main: record, marks: [mark], isPulledIn: false, ...values }
}

/** Pools over these records, as detect makes them; `linked` names those that a whole link has already. */
export function poolsOf(
  records: readonly RemoteRecord[],
  linked: Readonly<Record<string, string>> = {},
  mapping = toyMapping(),
): MatchPools {
  const context = contextOf()
  const keys: Record<Side, Map<string, PoolEntry[]>> = { zoho: new Map(), xero: new Map() }
  const byId: Record<Side, Map<string, PoolEntry>> = { zoho: new Map(), xero: new Map() }
  for (const record of records) {
    const view = viewOf(record)
    const entry: PoolEntry = {
      poolKeys: [...new Set([...mapping.matchKeys(view, context), ...mapping.suggestKeys(view, context)])],
      remoteId: record.id,
      title: mapping.title(record),
      linkId: linked[record.id] ?? null,
      crossReference: mapping.crossReference(record, context),
      view,
    }
    byId[record.side].set(record.id, entry)
    for (const key of entry.poolKeys) keys[record.side].set(key, [...(keys[record.side].get(key) ?? []), entry])
  }
  return { keys, byId, join: () => undefined, complete: () => undefined }
}

export function inputOf(values: Partial<PlanInput> = {}): PlanInput {
  const candidates = values.candidates ?? []
  return {
    planId: 'plan',
    kind: 'item',
    mode: 'both',
    generation: 1,
    mapping: toyMapping(),
    context: contextOf(),
    subjects: [],
    candidates,
    pools: poolsOf(candidates.map((candidate) => candidate.main)),
    unsettledLinkIds: new Set(),
    wholeLinkIds: new Set(),
    unsettledCreates: {},
    fingerprint: print,
    linkIdFor: (ref) => `link-${refKey(ref)}`,
    isSettledVersion: () => true,
    ourZohoUserId: ZOHO_USER,
    ...values,
  }
}

export interface SubjectSpec {
  readonly zoho: ValueObject
  readonly xero: ValueObject
  /** Last values known to correspond; absent: no base. */
  readonly base?: { readonly zoho: ValueObject; readonly xero: ValueObject }
  readonly link?: Partial<Link>
  readonly subject?: Partial<LinkSubject>
  readonly zohoRecord?: Partial<RemoteRecord>
  readonly xeroRecord?: Partial<RemoteRecord>
}

/** A link `L<id>` of records `z<id>` and `x<id>`. */
export function subjectOf(id: string, spec: SubjectSpec): LinkSubject {
  const zoho = recordOf('zoho', `z${id}`, { Xero_ID: `x${id}`, ...spec.zoho }, spec.zohoRecord)
  const xero = recordOf('xero', `x${id}`, spec.xero, spec.xeroRecord)
  const known = spec.base === undefined ? {} : { xeroId: `x${id}` }
  const link: Link = {
    id: `L${id}`,
    kind: 'item',
    state: 'linked',
    generation: 1,
    attempts: 0,
    nextAttemptAt: null,
    lastCode: null,
    lines: [],
    parts: [
      mainOf(zoho, { shadow: shadowOf({ ...known, ...spec.base?.zoho }) }),
      mainOf(xero, { shadow: shadowOf({ ...known, ...spec.base?.xero }) }),
    ],
    ...spec.link,
  }
  return {
    link,
    zoho: viewOf(zoho),
    xero: viewOf(xero),
    gone: [],
    strayed: [],
    marks: [{ side: 'zoho', collection: 'Products', remoteId: `z${id}` }],
    linesEcho: new Set(),
    choices: {},
    ...spec.subject,
  }
}
