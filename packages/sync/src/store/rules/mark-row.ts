import type { Mark, MarkReason, NewMark } from '../contract.ts'
import { LOOK_REASONS } from '../mark.ts'

/**
 * What holds a mark back. A renewed mark is owned by nobody, so an owner always speaks of the token it stands beside:
 * "clear only where the token is the one that was planned" becomes "clear only what I still own".
 */
export type MarkOwner =
  | { readonly type: 'plan'; readonly planId: string; readonly linkId: string }
  | { readonly type: 'hold'; readonly holdId: string }

export interface MarkRow extends Mark {
  readonly owner: MarkOwner | null
}

/** The row after one more mark. An owned mark was taken up already: its due time is spent and does not hurry the new one. */
export function renewedMark(
  old: MarkRow | undefined,
  next: NewMark,
  stamp: { readonly token: string; readonly now: number },
): MarkRow {
  const isWaiting = old !== undefined && old.owner === null
  return {
    side: next.side,
    collection: next.collection,
    remoteId: next.remoteId,
    kind: next.kind,
    reason: isWaiting ? strongerReason(old.reason, next.reason) : next.reason,
    token: stamp.token,
    since: old?.since ?? stamp.now,
    dueAt: isWaiting ? Math.min(old.dueAt, next.dueAt) : next.dueAt,
    owner: null,
  }
}

/** A look at one side, however late it comes, does not answer a mark that asks for both. */
export function strongerReason(old: MarkReason, next: MarkReason): MarkReason {
  return LOOK_REASONS.includes(next) && !LOOK_REASONS.includes(old) ? old : next
}

/**
 * Why a mark is due whose link's ops were not all done, by whomever it was renewed meanwhile: what they should have
 * carried over may be an edit of the other side, which a look at this one alone would not find again (I3).
 */
export function undoneReason(reason: MarkReason): MarkReason {
  return LOOK_REASONS.includes(reason) ? 'recover' : reason
}

/** Oldest first, then by name, so that the same state is walked in the same order (I12). */
export function compareMarks(left: Mark, right: Mark): number {
  if (left.since !== right.since) return left.since - right.since
  const [a, b] = [orderText(left), orderText(right)]
  return a < b ? -1 : a > b ? 1 : 0
}

function orderText(mark: Mark): string {
  return `${mark.side} ${mark.collection} ${mark.remoteId}`
}
