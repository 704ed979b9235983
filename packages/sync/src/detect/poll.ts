import type { RemoteRecord } from '../model/record.ts'
import type { Cursor, NewMark } from '../store/contract.ts'
import { type CollectionOf, remoteOf, type Walk } from '../walk.ts'
import { refuseMassAbsence } from './absence-guard.ts'
import { addSeconds, laterOf, secondOf } from './instant.ts'
import { type WalkedPage, walkCollection } from './walk-collection.ts'

/** How far each poll reaches back before the last version seen: rows may appear late in the remotes' lists. */
export const OVERLAP_SECONDS = { zoho: 60, xero: 120 } as const

/**
 * Marks everything that was modified in one collection since the cursor, or in the range that was asked for. A range
 * that begins later than the cursor leaves the cursor where it is: what lies between was not looked at (I7).
 */
export async function pollCollection(walk: Walk, at: CollectionOf, cursor: Cursor | undefined): Promise<void> {
  const { since } = walk.request.scope
  const reached = cursor === undefined ? null : startOf(walk, at, cursor)
  const startedAtMonotonicMs = walk.ports.clock.monotonic()
  const leavesGap = since !== null && cursor !== undefined && Date.parse(since) > Date.parse(cursor.highWater)
  const mayMove = !leavesGap
  let highWater = cursor?.highWater ?? null
  let moved = highWater
  const present = new Set<string>()
  await walkCollection(walk, at, {
    start: since ?? reached,
    async onPage(page) {
      let reached: string | null = null
      for (const row of page.rows) {
        reached = laterOf(reached, row.version)
        highWater = laterOf(highWater, row.version)
        present.add(row.id)
      }
      const target = mayMove && page.isFirm ? reached : null
      if (target !== null) moved = target
      await markPage(walk, at, { page, highWater: target })
    },
  })
  // Every page is marked by now, those too that could not vouch for the ones before them.
  if (mayMove && highWater !== null && highWater !== moved) await walk.lane.mark([], cursorAt(at, highWater))
  if (since === null && highWater !== null) {
    const overlapMs = OVERLAP_SECONDS[at.side] * 1000
    walk.cache.sightings.noteWalk(waterKey(at), { highWater, startedAtMonotonicMs, overlapMs })
  }
  if (remoteOf(walk, at.side).traits(at.collection).sameSecond === 'whole') await markVanished(walk, at, present)
}

/** Behind the cursor by the overlap, until a whole walk has shown that nothing came late: else every idle poll would list the last burst again. */
function startOf(walk: Walk, at: CollectionOf, cursor: Cursor): string {
  const second = secondOf(cursor.highWater)
  const isDrained = walk.cache.sightings.isDrained(waterKey(at), cursor.highWater)
  return isDrained ? second : addSeconds(second, -OVERLAP_SECONDS[at.side])
}

function waterKey(at: CollectionOf): string {
  return `${at.side}/${at.collection}`
}

function cursorAt(at: CollectionOf, highWater: string): Cursor {
  return { collection: at.collection, side: at.side, feed: 'modified', highWater }
}

/** Marks and cursor move in one local transaction (I7, C2); rows whose version was compared already are skipped. */
async function markPage(
  walk: Walk,
  at: CollectionOf,
  of: { readonly page: WalkedPage; readonly highWater: string | null },
): Promise<void> {
  const { rows, sentAtMonotonicMs } = of.page
  if (rows.length === 0) return
  const known = await walk.lane.knownVersions(
    at.side,
    at.collection,
    rows.map((row) => row.id),
  )
  const now = walk.ports.clock.now()
  const wanted = rows.filter((row) => known.get(row.id) !== row.version && !walk.cache.sightings.wasMarked(row))
  walk.ports.crash.reached('C2')
  await walk.lane.mark(
    wanted.map((row) => markOf(at, row, now)),
    of.highWater === null ? null : cursorAt(at, of.highWater),
  )
  walk.ports.crash.reached('C3')
  for (const row of wanted) walk.cache.sightings.noteMarked(row, sentAtMonotonicMs)
}

function markOf(at: CollectionOf, row: Pick<RemoteRecord, 'id'>, now: number): NewMark {
  return { side: at.side, collection: at.collection, remoteId: row.id, kind: at.kind, reason: 'poll', dueAt: now }
}

/** A collection without pages (Xero items) was read whole: linked records that are not in it have vanished. */
async function markVanished(walk: Walk, at: CollectionOf, present: ReadonlySet<string>): Promise<void> {
  const parts = await walk.lane.mainParts(at.kind, at.side)
  const missing = parts.filter((part) => !present.has(part.remoteId))
  refuseMassAbsence(walk, at, { linked: parts.length, absent: missing.length })
  const now = walk.ports.clock.now()
  if (missing.length === 0) return
  await walk.lane.mark(
    missing.map((part) => ({ ...markOf(at, { id: part.remoteId }, now), reason: 'absent' })),
    null,
  )
}
