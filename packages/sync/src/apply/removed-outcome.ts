import type { Op } from '../model/op.ts'
import type { RecordRef } from '../model/record.ts'
import { REMOVED_FIELD, type REMOVING_FIELD } from '../plan/removals.ts'
import { shadowField } from '../plan/settle.ts'
import type { OpOutcome } from '../store/contract.ts'
import type { Walk } from '../walk.ts'
import { plainOutcome } from './outcome-of.ts'

/** A delete of ours that the remote has confirmed: nothing of the link is left to keep in step (R12c). */
export function removedOutcome(walk: Walk, op: Op): OpOutcome {
  return {
    ...plainOutcome(walk, op, { state: 'confirmed', code: null, message: null }),
    linkEvent: 'bothSidesGone',
    shadows: removedShadows(walk, op, REMOVED_FIELD),
  }
}

/** Who has ended it, for the day on which its partner comes back. */
export function removedShadows(
  walk: Walk,
  op: Op,
  field: typeof REMOVED_FIELD | typeof REMOVING_FIELD,
): OpOutcome['shadows'] {
  const { side, collection, remoteId } = op
  const end = op.changes[0]?.after
  if (op.verb !== 'delete' || remoteId === null || end === undefined) return []
  const ref: RecordRef = { side, collection, remoteId }
  return [{ ref, fields: { [field]: shadowField(end, walk.fingerprint) }, version: null }]
}
