import type { RemoteRecord } from '../model/record.ts'
import type { ListPage } from '../remotes/contract.ts'
import type { Cursor, NewMark } from '../store/contract.ts'
import { type CollectionOf, remoteOf, report, type Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { addSeconds, laterOf, secondOf } from './instant.ts'

/** How far each poll reaches back before the last version seen: rows may appear late in the remotes' lists. */
export const OVERLAP_SECONDS = { zoho: 60, xero: 120 } as const
/** Pages of one walk; reaching it means that the anchor does not move, which is a bug. */
export const PAGES_LIMIT = 100_000

/** Marks everything that was modified in one collection since the cursor (design section 4, detect). */
export async function pollCollection(walk: Walk, at: CollectionOf, cursor: Cursor | undefined): Promise<void> {
  const traits = remoteOf(walk, at.side).traits(at.collection)
  if (traits.sameSecond === 'whole') return pollWhole(walk, at)
  const start =
    cursor === undefined ? walk.request.scope.since : addSeconds(secondOf(cursor.highWater), -OVERLAP_SECONDS[at.side])
  const state: WalkState = {
    anchor: start,
    page: 1,
    highWater: cursor?.highWater ?? null,
    passesOfAnchor: 0,
    enumerated: new Set(),
  }
  for (let pages = 0; pages < PAGES_LIMIT; pages += 1) {
    const listed = await listPage(walk, at, { since: state.anchor, page: state.page })
    await markRows(walk, at, { rows: listed.rows, state })
    const last = listed.rows.at(-1)
    if (!listed.hasMore || last === undefined) {
      if (!mustReread(state)) return
      continue
    }
    await moveOn(walk, at, { state, last, sameSecond: traits.sameSecond })
  }
  throw new Error(`The walk over ${at.collection} does not end`)
}

interface WalkState {
  anchor: string | null
  page: number
  highWater: string | null
  /** Whether the pages of this anchor were walked once already. */
  passesOfAnchor: number
  /** Seconds read by keyset. */
  readonly enumerated: Set<string>
}

/** Rows that moved while later pages of one anchor were read shift others to the left: those pages are read once more. */
function mustReread(state: WalkState): boolean {
  if (state.page === 1 || state.passesOfAnchor > 0) return false
  state.page = 1
  state.passesOfAnchor = 1
  return true
}

async function moveOn(
  walk: Walk,
  at: CollectionOf,
  step: { readonly state: WalkState; readonly last: RemoteRecord; readonly sameSecond: 'keyset' | 'nextPage' },
) {
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
  for (const second of [lastSecond, addSeconds(lastSecond, 1)]) await enumerateSecond(walk, at, { state, second })
  state.anchor = addSeconds(lastSecond, 1)
}

async function listPage(
  walk: Walk,
  at: CollectionOf,
  where: { readonly since: string | null; readonly page: number },
): Promise<ListPage> {
  const sentAt = walk.ports.clock.monotonic()
  const listed = await readOrStop(walk, () => remoteOf(walk, at.side).listPage({ collection: at.collection, ...where }))
  walk.cache.add(listed.rows, sentAt)
  report(walk, { type: 'read', runId: walk.runId, side: at.side, kind: at.kind, records: listed.rows.length })
  return listed
}

/** One second that holds more rows than a page: ids in order, after the last one (Zoho's COQL). */
async function enumerateSecond(
  walk: Walk,
  at: CollectionOf,
  of: { readonly state: WalkState; readonly second: string },
) {
  if (of.state.enumerated.has(of.second)) return
  of.state.enumerated.add(of.second)
  let afterId = '0'
  for (let pages = 0; pages < PAGES_LIMIT; pages += 1) {
    const listed = await readOrStop(walk, () =>
      remoteOf(walk, at.side).listSecond({ collection: at.collection, second: of.second, afterId }),
    )
    await markRows(walk, at, { rows: listed.rows, state: of.state })
    const last = listed.rows.at(-1)
    if (last === undefined || !listed.hasMore) return
    afterId = last.id
  }
}

/** Marks and cursor move in one local transaction (I7, C2); rows whose version was compared already are skipped. */
async function markRows(
  walk: Walk,
  at: CollectionOf,
  page: { readonly rows: readonly RemoteRecord[]; readonly state: WalkState },
) {
  if (page.rows.length === 0) return
  const known = await walk.lane.knownVersions(
    at.side,
    at.collection,
    page.rows.map((row) => row.id),
  )
  const now = walk.ports.clock.now()
  const marks = page.rows.filter((row) => known.get(row.id) !== row.version).map((row) => markOf(at, row.id, now))
  for (const row of page.rows) page.state.highWater = laterOf(page.state.highWater, row.version)
  const { highWater } = page.state
  const cursor: Cursor | null =
    highWater === null ? null : { collection: at.collection, side: at.side, feed: 'modified', highWater }
  await walk.lane.mark(marks, cursor)
}

function markOf(at: CollectionOf, remoteId: string, now: number): NewMark {
  return { side: at.side, collection: at.collection, remoteId, kind: at.kind, reason: 'poll', dueAt: now }
}

/** A collection without pages (Xero items): the whole list, so that what has vanished is noticed too. */
async function pollWhole(walk: Walk, at: CollectionOf): Promise<void> {
  const listed = await listPage(walk, at, { since: null, page: 1 })
  const state: WalkState = { anchor: null, page: 1, highWater: null, passesOfAnchor: 0, enumerated: new Set() }
  await markRows(walk, at, { rows: listed.rows, state })
  const present = new Set(listed.rows.map((row) => row.id))
  const parts = await walk.lane.mainParts(at.kind, at.side)
  const missing = parts.filter((part) => !present.has(part.remoteId))
  const now = walk.ports.clock.now()
  if (missing.length > 0) {
    await walk.lane.mark(
      missing.map((part) => ({ ...markOf(at, part.remoteId, now), reason: 'absent' })),
      null,
    )
  }
}
