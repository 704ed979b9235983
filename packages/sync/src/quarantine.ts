import type { Gathered } from './detect/gather.ts'
import { isPingPong, QUARANTINE_WINDOW_MS } from './guard/verdict.ts'
import type { PlanChunk } from './model/plan.ts'
import type { Walk } from './walk.ts'

/** Links that we keep rewriting without a foreign edit between are held: a ping-pong with another tool (design section 6). */
export async function quarantine(walk: Walk, chunk: PlanChunk, gathered: Gathered): Promise<PlanChunk> {
  const linkIds = [...new Set(chunk.ops.filter((op) => op.verb === 'update').map((op) => op.linkId))]
  if (linkIds.length === 0) return chunk
  const writes = await walk.lane.writesSince(linkIds, walk.ports.clock.now() - QUARANTINE_WINDOW_MS)
  const ours = new Set(
    gathered.subjects
      .filter((subject) => subject.zoho.main?.modifiedBy === walk.reference.zoho.userId)
      .map((subject) => subject.link.id),
  )
  const caught = new Set(linkIds.filter((id) => ours.has(id) && isPingPong(writes.get(id) ?? 0)))
  if (caught.size === 0) return chunk
  const holds = gathered.subjects
    .filter((subject) => caught.has(subject.link.id))
    .map((subject) => ({
      linkId: subject.link.id,
      kind: subject.link.kind,
      code: 'pingPong' as const,
      title: subject.zoho.main?.id ?? subject.link.id,
      detail: { writes: String(writes.get(subject.link.id) ?? 0) },
      marks: subject.marks,
    }))
  return {
    ...chunk,
    ops: chunk.ops.filter((op) => !caught.has(op.linkId)),
    linkChanges: chunk.linkChanges.map((change) =>
      caught.has(change.linkId) ? { ...change, event: 'heldForPerson' as const, code: 'pingPong' as const } : change,
    ),
    holds: [...chunk.holds, ...holds],
  }
}
