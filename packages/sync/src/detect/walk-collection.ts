import type { RemoteRecord } from '../model/record.ts'
import type { ListPage } from '../remotes/contract.ts'
import { type CollectionOf, remoteOf, report, type Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { addSeconds, secondOf } from './instant.ts'

/** Pages of one walk; reaching it means that the anchor does not move, which is a bug. */
export const PAGES_LIMIT = 100_000

/** One page as it was read; `anchor` is where a walk that starts anew may go on without missing anything. */
export interface WalkedPage {
  readonly rows: readonly RemoteRecord[]
  readonly sentAtMonotonicMs: number
  readonly anchor: string | null
  /** Nothing older than this page's last row can have been missed: a cursor may move there (I7). */
  readonly isFirm: boolean
}

/** Every record modified after `start`, oldest first (design section 4, detect). */
export async function walkCollection(walk: Walk, at: CollectionOf, of: WalkOf): Promise<void> {
  const { sameSecond } = remoteOf(walk, at.side).traits(at.collection)
  if (sameSecond === 'nextPage' && (await walkByNumber(walk, at, of)) === 'whole') return
  await walkByAnchor(walk, at, of)
}

interface WalkOf {
  readonly start: string | null
  onPage(page: WalkedPage): Promise<void>
}

/**
 * Pages by number, which is exact unless a row of a page that was read already moves to the end and pulls the rest one
 * place forward (anchors.md 1.3). Such a row is met again, or the list has become shorter: then nothing is concluded,
 * and the walk begins anew by anchors. So it does where several pages come without a count (Xero quotes): a row that has
 * left such a list would not be noticed.
 */
async function walkByNumber(walk: Walk, at: CollectionOf, of: WalkOf): Promise<'whole' | 'shifted'> {
  const seen = new Set<string>()
  let itemCount = 0
  for (let page = 1; page < PAGES_LIMIT; page += 1) {
    const sentAtMonotonicMs = walk.ports.clock.monotonic()
    const listed = await listPage(walk, at, { since: of.start, page, sentAtMonotonicMs })
    const isShorter = (listed.itemCount ?? itemCount) < itemCount
    const isUncounted = listed.hasMore && listed.itemCount === undefined
    const isShifted = isShorter || isUncounted || listed.rows.some((row) => seen.has(row.id))
    const isLast = !listed.hasMore || listed.rows.length === 0
    // Only the last page tells that none was skipped on the way.
    await of.onPage({ rows: listed.rows, sentAtMonotonicMs, anchor: of.start, isFirm: isLast && !isShifted })
    if (isShifted) return 'shifted'
    if (isLast) return 'whole'
    itemCount = listed.itemCount ?? itemCount
    for (const row of listed.rows) seen.add(row.id)
  }
  throw new Error(`The pages of ${at.collection} do not end`)
}

/**
 * Re-anchors on the last version of a page
 * instead of counting pages: a page number over a set that changes skips records (anchors.md 1.3). Inside one second
 * that fills a page it goes on by id (Zoho) or by the next page, then reads that second once more (Xero).
 */
async function walkByAnchor(walk: Walk, at: CollectionOf, of: WalkOf): Promise<void> {
  const { sameSecond } = remoteOf(walk, at.side).traits(at.collection)
  const state: WalkState = { anchor: of.start, page: 1, passesOfAnchor: 0, enumerated: new Set() }
  for (let pages = 1; pages < PAGES_LIMIT; pages += 1) {
    const sentAtMonotonicMs = walk.ports.clock.monotonic()
    const listed = await listPage(walk, at, { since: state.anchor, page: state.page, sentAtMonotonicMs })
    await of.onPage({ rows: listed.rows, sentAtMonotonicMs, anchor: state.anchor, isFirm: state.page === 1 })
    const last = listed.rows.at(-1)
    if (!listed.hasMore || last === undefined) {
      if (!mustReread(state)) return
    } else if (sameSecond === 'whole') return
    else await moveOn(walk, at, { state, last, sameSecond, onPage: of.onPage })
  }
  throw new Error(`The walk over ${at.collection} does not end`)
}

interface WalkState {
  anchor: string | null
  page: number
  /** How often the later pages of this anchor were walked already. */
  passesOfAnchor: number
  /** Seconds read by id. */
  readonly enumerated: Set<string>
}

/** Rows that moved while later pages of one anchor were read shift others to the left: those pages are read once more. */
function mustReread(state: WalkState): boolean {
  if (state.page === 1 || state.passesOfAnchor > 0) return false
  state.page = 1
  state.passesOfAnchor = 1
  return true
}

interface Step {
  readonly state: WalkState
  readonly last: RemoteRecord
  readonly sameSecond: 'keyset' | 'nextPage'
  onPage(page: WalkedPage): Promise<void>
}

async function moveOn(walk: Walk, at: CollectionOf, step: Step): Promise<void> {
  const { state, last } = step
  const lastSecond = secondOf(last.version)
  // One second earlier than the last row's: right whether the filter includes its own second or not.
  const next = addSeconds(lastSecond, -1)
  if (state.anchor === null || Date.parse(next) > Date.parse(state.anchor)) {
    if (mustReread(state)) return
    state.anchor = next
    state.page = 1
    state.passesOfAnchor = 0
    return
  }
  if (step.sameSecond === 'nextPage') {
    state.page += 1
    return
  }
  for (const second of [lastSecond, addSeconds(lastSecond, 1)]) await enumerateSecond(walk, at, { step, second })
  state.anchor = addSeconds(lastSecond, 1)
}

async function listPage(
  walk: Walk,
  at: CollectionOf,
  where: { readonly since: string | null; readonly page: number; readonly sentAtMonotonicMs: number },
): Promise<ListPage> {
  const request = { collection: at.collection, since: where.since, page: where.page }
  const listed = await readOrStop(walk, () => remoteOf(walk, at.side).listPage(request))
  walk.cache.add(listed.rows, where.sentAtMonotonicMs)
  report(walk, { type: 'read', runId: walk.runId, side: at.side, kind: at.kind, records: listed.rows.length })
  return listed
}

/** One second that holds more rows than a page: ids in order, after the last one (Zoho's COQL). */
async function enumerateSecond(
  walk: Walk,
  at: CollectionOf,
  of: { readonly step: Step; readonly second: string },
): Promise<void> {
  const { state, onPage } = of.step
  if (state.enumerated.has(of.second)) return
  state.enumerated.add(of.second)
  let afterId = '0'
  for (let pages = 0; pages < PAGES_LIMIT; pages += 1) {
    const sentAtMonotonicMs = walk.ports.clock.monotonic()
    const request = { collection: at.collection, second: of.second, afterId }
    const listed = await readOrStop(walk, () => remoteOf(walk, at.side).listSecond(request))
    const rows = await rowsOf(walk, at, { listed: listed.rows, sentAtMonotonicMs })
    // Read by id a moment later, a row may show a newer second, and the rest of this one is still to come.
    const isFirm = rows.every((row) => secondOf(row.version) === of.second)
    await onPage({ rows, sentAtMonotonicMs, anchor: state.anchor, isFirm })
    const last = listed.rows.at(-1)
    if (last === undefined || !listed.hasMore) return
    afterId = last.id
  }
}

/** A list inside a second names ids and versions only: the rows are read by id, so that planning finds them. */
async function rowsOf(
  walk: Walk,
  at: CollectionOf,
  of: { readonly listed: readonly RemoteRecord[]; readonly sentAtMonotonicMs: number },
): Promise<readonly RemoteRecord[]> {
  const missing = of.listed.filter((row) => {
    const fresh = walk.cache.get({ side: at.side, collection: at.collection, remoteId: row.id })
    return fresh === undefined || fresh.record.version !== row.version
  })
  const ids = missing.map((row) => row.id)
  if (ids.length === 0) return of.listed
  const rows = await readOrStop(walk, () => remoteOf(walk, at.side).readRows(at.collection, ids))
  walk.cache.add(rows, of.sentAtMonotonicMs)
  report(walk, { type: 'read', runId: walk.runId, side: at.side, kind: at.kind, records: rows.length })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return of.listed.map((row) => byId.get(row.id) ?? row)
}
