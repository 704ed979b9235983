import type { Op, OpState } from '../../model/op.ts'
import { isUnsettled, OP_TRANSITIONS } from '../../model/op.ts'

/** Throws on a transition that the table does not have: a bug of the caller. A second look at an unsettled op may find nothing new. */
export function checkTransition(op: Pick<Op, 'id' | 'state'>, next: OpState): void {
  const isSecondLook = op.state === next && isUnsettled(next)
  if (!isSecondLook && !OP_TRANSITIONS[op.state].includes(next)) {
    throw new Error(`Op ${op.id} is ${op.state} and cannot become ${next}`)
  }
}

export function isEnded(state: OpState): boolean {
  return state === 'confirmed' || state === 'refused' || state === 'superseded'
}

/** Does this end mean that the record's change is where it should be? Superseded without a code: nothing was left to do. */
export function isDone(op: Pick<Op, 'state' | 'code'>): boolean {
  return op.state === 'confirmed' || (op.state === 'superseded' && op.code === null)
}

/** Only an intended op is sent: sending the same bytes again is the same dispatch. */
export function checkDispatch(op: Pick<Op, 'id' | 'state'>): void {
  if (op.state !== 'intended') throw new Error(`Op ${op.id} is ${op.state} and cannot become sent`)
}
