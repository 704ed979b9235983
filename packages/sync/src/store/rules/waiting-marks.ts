import type { NewHold, PlanChunk } from '../../model/plan.ts'
import { type RecordRef, refKey } from '../../model/record.ts'
import { holdIdentity } from './inbox-row.ts'

/** A mark that a hold of this link owns. */
export interface WaitingMark extends RecordRef {
  readonly linkId: string
  /** Of the hold (rules/inbox-row.ts). */
  readonly identity: string
  readonly token: string
}

/**
 * A link is planned as a whole, so what its earlier holds own is planned with it, whichever mark made it due. Were these
 * marks set free instead, two marks of one link would plan it by turns for ever: a refused write would be repeated
 * unchanged in every pass (C9).
 */
export function plannedLinks({ ops, holds }: PlanChunk): readonly string[] {
  return [...new Set([...ops.map((op) => op.linkId), ...holds.flatMap((hold) => hold.linkId ?? [])])]
}

/** The chunk's holds, with what the link's earlier ones own. One that is told aside owns nothing, and an op comes first. */
export function holdsWithWaiting(chunk: PlanChunk, waiting: readonly WaitingMark[]): readonly NewHold[] {
  const withOps = new Set(chunk.ops.map((op) => op.linkId))
  return chunk.holds.map((hold) => {
    if (hold.linkId === null || hold.marks.length === 0 || withOps.has(hold.linkId)) return hold
    const refs = new Map<string, RecordRef>(hold.marks.map((ref) => [refKey(ref), ref]))
    for (const { linkId, side, collection, remoteId } of waiting) {
      const ref = { side, collection, remoteId }
      if (linkId === hold.linkId && !refs.has(refKey(ref))) refs.set(refKey(ref), ref)
    }
    return { ...hold, marks: [...refs.values()] }
  })
}

/**
 * A refusal of a link that was refused for the same cause already, in this answer or in an earlier one of the plan: it
 * replaces that item and waits with all that it owned. Left out, the first one's marks would be free, and both rows be
 * sent again in every pass (C9).
 */
export function withMarksOfSameCause(hold: NewHold, waiting: readonly WaitingMark[]): NewHold {
  const refs = new Map<string, RecordRef>(hold.marks.map((ref) => [refKey(ref), ref]))
  for (const { side, collection, remoteId } of ofSameCause(hold, waiting)) {
    const ref = { side, collection, remoteId }
    refs.set(refKey(ref), ref)
  }
  return { ...hold, marks: [...refs.values()] }
}

export function ofSameCause(hold: NewHold, waiting: readonly WaitingMark[]): readonly WaitingMark[] {
  const identity = holdIdentity(hold)
  return waiting.filter((mark) => mark.identity === identity)
}
