import type { Thing } from './detect/things.ts'
import type { Kind } from './model/kind.ts'
import type { PlanChunk } from './model/plan.ts'
import { refKey } from './model/record.ts'
import { report, type Walk } from './walk.ts'

interface ChunkOf {
  readonly planId: string
  readonly things: readonly Thing[]
}

/** Records a planned chunk in one transaction, and reports what it says. */
export async function recordChunk(walk: Walk, of: ChunkOf, chunk: PlanChunk): Promise<void> {
  if (chunk.ops.length > 0) walk.ports.crash.reached('C4')
  const recorded = await walk.lane.recordChunk({
    planId: of.planId,
    runId: walk.runId,
    now: walk.ports.clock.now(),
    chunk,
    marks: of.things.flatMap((thing) => thing.marks),
  })
  if (chunk.newLinks.length > 0) walk.ports.crash.reached('C13')
  for (const skip of chunk.skipped) walk.tally.skipped(skip.reason)
  for (const _ of recorded.detached) walk.tally.skipped('detached')
  walk.tally.add('conflicts', chunk.conflicts.length)
  walk.tally.add('holds', chunk.holds.length + recorded.taken.length)
  const titles = new Map(chunk.ops.map((op) => [op.linkId, op.title]))
  for (const conflict of chunk.conflicts) {
    report(walk, {
      type: 'conflict',
      runId: walk.runId,
      kind: chunk.ops.find((op) => op.linkId === conflict.linkId)?.kind ?? 'contact',
      title: titles.get(conflict.linkId) ?? conflict.linkId,
      field: conflict.field,
      winner: conflict.winner,
    })
  }
  for (const hold of chunk.holds)
    report(walk, { type: 'hold', runId: walk.runId, kind: hold.kind, title: hold.title, code: hold.code })
}

/** Changes that this run's mode left out keep marks of their own: the ops of the same link end with theirs. */
export async function keepLeftOut(walk: Walk, kind: Kind, chunk: PlanChunk): Promise<void> {
  if (walk.request.scope.mode === 'both') return
  const cleared = new Set(chunk.clear.map(refKey))
  const left = chunk.skipped.filter(({ ref, reason }) => reason === 'updateSwitchedOff' && !cleared.has(refKey(ref)))
  const dueAt = walk.ports.clock.now()
  if (left.length > 0)
    await walk.lane.mark(
      left.map(({ ref }) => ({ ...ref, kind, reason: 'retry', dueAt })),
      null,
    )
}
