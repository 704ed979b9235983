import { REMOVING_FIELD } from '../plan/removals.ts'
import type { NewMark, OpOutcome } from '../store/contract.ts'
import { report, type Walk } from '../walk.ts'
import { doubtsOf } from './doubts.ts'
import { plainOutcome } from './outcome-of.ts'
import { removedShadows } from './removed-outcome.ts'

/**
 * Ends ops whose fate is unknown and whose time has come: the op is superseded and its records are marked, so that
 * planning reads both sides afresh. A create that did happen is found there by the identity it carried (our cross-
 * reference or its enforced key) and linked; an update that did happen shows as equal, or by what it may have written
 * where people have gone on editing. Reading is the retry.
 */
export async function settleUnknownOps(walk: Walk): Promise<number> {
  const due = await walk.lane.opsToSettle(walk.ports.clock.now())
  if (due.length === 0) return 0
  report(walk, { type: 'phase', runId: walk.runId, phase: 'settle' })
  const links = new Map(
    (await walk.lane.linksByIds([...new Set(due.map(({ op }) => op.linkId))])).map((link) => [link.id, link]),
  )
  const outcomes: OpOutcome[] = due.map(({ op }) => {
    const link = links.get(op.linkId)
    const refs = (link?.parts ?? []).flatMap((part) =>
      part.remoteId === null ? [] : [{ side: part.side, collection: part.collection, remoteId: part.remoteId }],
    )
    const marks: NewMark[] = refs.map((ref) => ({
      ...ref,
      kind: op.kind,
      reason: 'recover',
      dueAt: walk.ports.clock.now(),
    }))
    return {
      ...plainOutcome(walk, op, {
        state: 'superseded',
        code: 'remoteTimedOut',
        message: 'No answer came; both sides are read again',
      }),
      linkEvent: op.verb === 'create' && op.role === 'main' ? 'createAbandoned' : null,
      shadows:
        link === undefined
          ? []
          : [...doubtsOf(op, link, walk.fingerprint), ...removedShadows(walk, op, REMOVING_FIELD)],
      marks,
    }
  })
  await walk.lane.recordOutcomes(outcomes)
  return outcomes.length
}
