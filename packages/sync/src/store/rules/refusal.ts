import type { Op } from '../../model/op.ts'
import type { NewHold } from '../../model/plan.ts'
import type { OpOutcome } from '../contract.ts'

/**
 * The hold that an outcome opens. A refusal that nobody holds or retries gets one of its own: a content refusal must
 * reach the inbox and must not be repeated unchanged (C9, I15). `marks`: what the plan owned of the link; all of it waits.
 */
export function refusalOf(
  op: Pick<Op, 'id' | 'linkId' | 'kind' | 'title'>,
  outcome: OpOutcome,
  marks: NewHold['marks'],
): NewHold | null {
  if (outcome.hold !== null) return { ...outcome.hold, marks: [...outcome.hold.marks, ...marks] }
  if (outcome.state !== 'refused' || outcome.retryAt !== null) return null
  return {
    linkId: op.linkId,
    kind: op.kind,
    code: outcome.code ?? 'contentRefused',
    title: op.title,
    detail: { opId: op.id, message: outcome.message },
    marks,
  }
}
