import type { RemoteRecord } from '../model/record.ts'
import type { Cursor, NewMark } from '../store/contract.ts'
import { type CollectionOf, remoteOf, type Walk } from '../walk.ts'
import { addSeconds, laterOf, secondOf } from './instant.ts'
import { type WalkedPage, walkCollection } from './walk-collection.ts'

/** How far each poll reaches back before the last version seen: rows may appear late in the remotes' lists. */
export const OVERLAP_SECONDS = { zoho: 60, xero: 120 } as const

/** Marks everything that was modified in one collection since the cursor. */
export async function pollCollection(walk: Walk, at: CollectionOf, cursor: Cursor | undefined): Promise<void> {
  const start =
    cursor === undefined ? walk.request.scope.since : addSeconds(secondOf(cursor.highWater), -OVERLAP_SECONDS[at.side])
  let highWater = cursor?.highWater ?? null
  const present = new Set<string>()
  await walkCollection(walk, at, {
    start,
    async onPage(page) {
      for (const row of page.rows) {
        highWater = laterOf(highWater, row.version)
        present.add(row.id)
      }
      await markPage(walk, at, { page, highWater })
    },
  })
  if (remoteOf(walk, at.side).traits(at.collection).sameSecond === 'whole') await markVanished(walk, at, present)
}

/** Marks and cursor move in one local transaction (I7, C2); rows whose version was compared already are skipped. */
async function markPage(
  walk: Walk,
  at: CollectionOf,
  of: { readonly page: WalkedPage; readonly highWater: string | null },
): Promise<void> {
  const { rows, sentAtMonotonicMs } = of.page
  if (rows.length === 0 || of.highWater === null) return
  const known = await walk.lane.knownVersions(
    at.side,
    at.collection,
    rows.map((row) => row.id),
  )
  const now = walk.ports.clock.now()
  const wanted = rows.filter((row) => known.get(row.id) !== row.version && !walk.cache.sightings.wasMarked(row))
  const cursor: Cursor = { collection: at.collection, side: at.side, feed: 'modified', highWater: of.highWater }
  await walk.lane.mark(
    wanted.map((row) => markOf(at, row, now)),
    cursor,
  )
  for (const row of wanted) walk.cache.sightings.noteMarked(row, sentAtMonotonicMs)
}

function markOf(at: CollectionOf, row: Pick<RemoteRecord, 'id'>, now: number): NewMark {
  return { side: at.side, collection: at.collection, remoteId: row.id, kind: at.kind, reason: 'poll', dueAt: now }
}

/** A collection without pages (Xero items) was read whole: linked records that are not in it have vanished. */
async function markVanished(walk: Walk, at: CollectionOf, present: ReadonlySet<string>): Promise<void> {
  const parts = await walk.lane.mainParts(at.kind, at.side)
  const missing = parts.filter((part) => !present.has(part.remoteId))
  const now = walk.ports.clock.now()
  if (missing.length === 0) return
  await walk.lane.mark(
    missing.map((part) => ({ ...markOf(at, { id: part.remoteId }, now), reason: 'absent' })),
    null,
  )
}
