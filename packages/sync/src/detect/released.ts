import type { Kind } from '../model/kind.ts'
import { refKey } from '../model/record.ts'
import { awaitedRecords, WAITING_CODES } from '../plan/waits-for.ts'
import type { NewMark } from '../store/contract.ts'
import type { Walk } from '../walk.ts'
import { partnersOf } from './context.ts'

/** References per statement. */
const REFS_PAGE = 5_000

/**
 * Marks the records again that were held until one that they name (a customer, an item, a looked-up company) has its
 * partner, and now it has: a hold owns its marks, and nothing else would plan them anew.
 */
export async function markReleased(walk: Walk, kind: Kind): Promise<void> {
  const holds = (await walk.lane.holdsOf(WAITING_CODES))
    .filter((hold) => hold.kind === kind)
    .map((hold) => ({ refs: hold.refs, awaited: awaitedRecords(hold.detail) }))
  const awaited = [...new Map(holds.flatMap((hold) => hold.awaited).map((ref) => [refKey(ref), ref])).values()]
  const known = new Set<string>()
  for (let at = 0; at < awaited.length; at += REFS_PAGE) {
    const links = await walk.lane.linksByRefs(awaited.slice(at, at + REFS_PAGE))
    for (const key of partnersOf(links).keys()) known.add(key)
  }
  const dueAt = walk.ports.clock.now()
  const marks = holds
    .filter((hold) => hold.awaited.some((ref) => known.has(refKey(ref))))
    .flatMap((hold) => hold.refs.map((ref): NewMark => ({ ...ref, kind, reason: 'parent', dueAt })))
  if (marks.length > 0) await walk.lane.mark(marks, null)
}
