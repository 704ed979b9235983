import type { Op } from '../model/op.ts'
import type { Walk } from '../walk.ts'
import { plainOutcome } from './outcome-of.ts'
import { isCheckOld, unmovedOps } from './recheck.ts'
import { dueCreates } from './recheck-creates.ts'
import { dueRemovals } from './recheck-removals.ts'
import { recordAnswers } from './record-answers.ts'

/** Checks of one batch in a row; where reads are as slow as that, the last one has to do. */
const CHECKS_LIMIT = 2

/** Ops of a batch whose records are now what they were when it was planned; the others are dropped (I3). */
export async function standingOps(walk: Walk, ops: readonly Op[]): Promise<readonly Op[]> {
  let standing = ops
  for (let checks = 1; ; checks += 1) {
    const { fit, moved } = await unmovedOps(walk, standing)
    const due = await dueRemovals(walk, fit)
    const last = await dueCreates(walk, due.fit)
    const dropped = [...moved, ...due.moved, ...last.moved]
    if (dropped.length > 0) await dropMoved(walk, dropped)
    standing = last.fit
    if (checks >= CHECKS_LIMIT || !standing.some((op) => isCheckOld(walk, op))) return standing
  }
}

/** They end without a write, and their records are planned again. */
export async function dropMoved(walk: Walk, ops: readonly Op[]): Promise<void> {
  await recordAnswers.record(
    walk,
    ops,
    ops.map((op) =>
      plainOutcome(walk, op, {
        state: 'superseded',
        code: 'beforeImageMoved',
        message: 'The record was changed after this plan was made',
      }),
    ),
  )
}
