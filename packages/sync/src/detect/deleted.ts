import type { Link } from '../model/link.ts'
import type { Cursor, NewMark } from '../store/contract.ts'
import { type CollectionOf, remoteOf, type Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { addSeconds, laterOf, secondOf } from './instant.ts'

/** The feed keeps at most 120 days; that many pages of 200 are far beyond any real feed (zoho-crm.md 3.7). */
const DELETED_PAGES_LIMIT = 10_000
const OVERLAP_SECONDS = 60

/** Marks linked records that the remote lists as deleted. What was never linked is of no interest. */
export async function pollDeleted(walk: Walk, at: CollectionOf, cursor: Cursor | undefined): Promise<void> {
  if (at.side === 'xero') return
  const since = cursor === undefined ? null : addSeconds(secondOf(cursor.highWater), -OVERLAP_SECONDS)
  let highWater = cursor?.highWater ?? null
  for (let page = 1; page < DELETED_PAGES_LIMIT; page += 1) {
    const listed = await readOrStop(walk, () =>
      remoteOf(walk, at.side).listDeleted({ collection: at.collection, since, page }),
    )
    const refs = listed.rows.map((row) => ({ side: at.side, collection: at.collection, remoteId: row.id }))
    const links = refs.length === 0 ? [] : await walk.lane.linksByRefs(refs)
    const linked = new Set(links.flatMap((link) => link.parts.map((part) => part.remoteId)))
    const refused = new Set(links.flatMap(besideRefused))
    const isTold = ({ id, deletedAt }: (typeof listed.rows)[number]) =>
      refused.has(id) && cursor !== undefined && laterOf(cursor.highWater, deletedAt) === cursor.highWater
    const told = new Set(listed.rows.filter(isTold).map(({ id }) => id))
    for (const row of listed.rows) highWater = laterOf(highWater, row.deletedAt)
    const now = walk.ports.clock.now()
    const marks: NewMark[] = refs
      .filter(({ remoteId }) => linked.has(remoteId) && !told.has(remoteId))
      .map((ref) => ({ ...ref, kind: at.kind, reason: 'deleted', dueAt: now }))
    // The pages of the feed stand in no promised order: the cursor moves with the last of them (I7).
    const reached: Cursor | null =
      listed.hasMore || highWater === null
        ? null
        : { collection: at.collection, side: at.side, feed: 'deleted', highWater }
    if (marks.length > 0 || reached !== null) await walk.lane.mark(marks, reached)
    if (!listed.hasMore) return
  }
}

/**
 * Deals and people of a link whose write was refused. The feed repeats its last rows (the overlap), and telling of them
 * anew would send the refused write again with every poll (I4); whatever plans the link next reads them anyway.
 */
function besideRefused({ state, parts }: Link): readonly string[] {
  if (state !== 'failed') return []
  return parts.flatMap(({ role, remoteId }) => (role === 'main' || remoteId === null ? [] : [remoteId]))
}
