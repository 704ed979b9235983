import type { DeletedRow } from '../remotes/contract.ts'
import type { Cursor, NewMark } from '../store/contract.ts'
import { type CollectionOf, remoteOf, type Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { addSeconds, laterOf, secondOf } from './instant.ts'

/** The feed keeps at most 120 days; that many pages of 200 are far beyond any real feed (zoho-crm.md 3.7). */
const DELETED_PAGES_LIMIT = 10_000
const OVERLAP_SECONDS = 60
/** Of that many rows we remember that they were told. Those of a greater clearing out are told anew while they are repeated. */
export const TOLD_LIMIT = 1_000

/** Marks linked records that the remote lists as deleted. What was never linked is of no interest. */
export async function pollDeleted(walk: Walk, at: CollectionOf, cursor: Cursor | undefined): Promise<void> {
  if (at.side === 'xero') return
  const since = cursor === undefined ? null : overlapBegins(cursor.highWater)
  const before = new Set(cursor?.told)
  const told: DeletedRow[] = []
  let highWater = cursor?.highWater ?? null
  for (let page = 1; page < DELETED_PAGES_LIMIT; page += 1) {
    const listed = await readOrStop(walk, () =>
      remoteOf(walk, at.side).listDeleted({ collection: at.collection, since, page }),
    )
    const linked = await linkedRows(walk, at, listed.rows)
    told.push(...linked)
    for (const row of listed.rows) highWater = laterOf(highWater, row.deletedAt)
    const now = walk.ports.clock.now()
    const marks = linked
      .filter((row) => !before.has(tellingOf(row)))
      .map(({ id }): NewMark => ({ ...refOf(at, id), kind: at.kind, reason: 'deleted', dueAt: now }))
    // The pages of the feed stand in no promised order: the cursor moves with the last of them (I7).
    const reached: Cursor | null =
      listed.hasMore || highWater === null
        ? null
        : {
            collection: at.collection,
            side: at.side,
            feed: 'deleted',
            highWater,
            told: toBeRepeated(told, highWater),
          }
    if (marks.length > 0 || reached !== null) await walk.lane.mark(marks, reached)
    if (!listed.hasMore) return
  }
}

function overlapBegins(highWater: string): string {
  return addSeconds(secondOf(highWater), -OVERLAP_SECONDS)
}

function refOf({ side, collection }: CollectionOf, remoteId: string) {
  return { side, collection, remoteId }
}

async function linkedRows(walk: Walk, at: CollectionOf, rows: readonly DeletedRow[]): Promise<readonly DeletedRow[]> {
  const links = rows.length === 0 ? [] : await walk.lane.linksByRefs(rows.map(({ id }) => refOf(at, id)))
  const linked = new Set(links.flatMap((link) => link.parts.map((part) => part.remoteId)))
  return rows.filter(({ id }) => linked.has(id))
}

/** A record that is restored and deleted anew is told anew. */
function tellingOf({ id, deletedAt }: DeletedRow): string {
  return `${id} ${deletedAt}`
}

/**
 * What the next poll lists again (the overlap): told anew, a record in the recycle bin would be planned with every poll,
 * and each write that was refused because of it sent again (I4).
 */
function toBeRepeated(told: readonly DeletedRow[], highWater: string): readonly string[] {
  const since = overlapBegins(highWater)
  const repeated = told.filter(({ deletedAt }) => laterOf(deletedAt, since) === deletedAt)
  return repeated.slice(0, TOLD_LIMIT).map(tellingOf)
}
