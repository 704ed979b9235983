import type { NewHold } from '../../model/plan.ts'
import { refKey } from '../../model/record.ts'
import type { OpOutcome, Recorded } from '../contract.ts'
import { checkTransition, isDone, isEnded } from '../rules/op-end.ts'
import { refusalOf } from '../rules/refusal.ts'
import { ofSameCause, withMarksOfSameCause } from '../rules/waiting-marks.ts'
import { type ChunkContext, openHold } from './chunk.ts'
import { addParts, applyEvent, linkOf, putLink, settlePart, takenClaims } from './links.ts'
import { freeUndone, marksOfPlanLink, putMarks, waitingMarks } from './marks.ts'
import { opOf, opsOfLink, putOp } from './ops.ts'
import type { ConnectionTables, OpRow } from './tables.ts'

export function recordOutcomes(context: ChunkContext, outcomes: readonly OpOutcome[]): Recorded {
  const { tables } = context
  const claims = outcomes.flatMap(({ linkId, part }) => (part === null ? [] : [{ linkId, part }]))
  const taken = takenClaims(tables, claims)
  const lost = new Set(taken.map(({ linkId, ref }) => `${linkId} ${refKey(ref)}`))
  const recorded = outcomes.filter(({ linkId, part }) => {
    const remoteId = part?.remoteId ?? null
    return part === null || remoteId === null || !lost.has(`${linkId} ${refKey({ ...part, remoteId })}`)
  })
  for (const outcome of recorded) checkTransition(opOf(tables, outcome.opId), outcome.state)
  for (const outcome of recorded) recordOutcome(context, outcome)
  // only when all rows of the answer are in: a link's ops may share it
  const ended = new Map(recorded.map((outcome) => [outcome.opId, outcome]))
  for (const outcome of ended.values()) settleMarks(tables, opOf(tables, outcome.opId), outcome.retryAt)
  for (const { at, marks } of recorded) putMarks(tables, marks, { chance: context.world.chance, now: at })
  return { taken }
}

function recordOutcome(context: ChunkContext, outcome: OpOutcome): void {
  const { tables } = context
  const { linkId, opId, part, state, code, message } = outcome
  const op = opOf(tables, opId)
  const isBack = state === 'intended'
  const settleAfter = isBack ? null : (outcome.settleAfter ?? op.settleAfter)
  const kept = { dispatchId: isBack ? null : op.dispatchId, sentAt: isBack ? null : op.sentAt, settleAfter }
  putOp(tables, { ...op, state, code, message, ...kept })
  if (part !== null) addParts(tables, linkId, [part])
  for (const { ref, fields, version } of outcome.shadows) {
    settlePart(tables, linkId, { ref, shadow: fields, version, generation: 0 })
  }
  applyEvent(tables, linkId, outcome.linkEvent)
  countAttempt(tables, outcome)
  const hold = refusalOf(op, outcome, plannedRefs(tables, op))
  if (hold !== null) openOutcomeHold(context, hold, { op, outcome })
}

function plannedRefs(tables: ConnectionTables, op: OpRow): NewHold['marks'] {
  return marksOfPlanLink(tables, op.planId, op.linkId).map(({ side, collection, remoteId }) => ({
    side,
    collection,
    remoteId,
  }))
}

function openOutcomeHold(
  context: ChunkContext,
  hold: NewHold,
  cause: { readonly op: OpRow; readonly outcome: OpOutcome },
): void {
  const { op, outcome } = cause
  const planned = marksOfPlanLink(context.tables, op.planId, op.linkId)
  const waiting = waitingMarks(context.tables, [op.linkId])
  const joined = withMarksOfSameCause(hold, waiting)
  // only marks that the plan still owns: one that somebody renewed meanwhile stays free, that edit is to be planned
  const tokens = new Map(joined.marks.map((ref) => [refKey(ref), '']))
  for (const row of [...ofSameCause(hold, waiting), ...planned]) tokens.set(refKey(row), row.token)
  openHold(context, joined, {
    recorded: { planId: op.planId, now: outcome.at },
    tokens,
    type: outcome.state === 'refused' ? 'refusal' : 'hold',
  })
}

function countAttempt(tables: ConnectionTables, { linkId, lines, retryAt, code, state }: OpOutcome): void {
  const link = linkOf(tables, linkId)
  const isConfirmed = state === 'confirmed'
  const attempts = retryAt !== null ? link.attempts + 1 : isConfirmed ? 0 : link.attempts
  const nextAttemptAt = retryAt ?? (isConfirmed ? null : link.nextAttemptAt)
  const lastCode = isConfirmed ? null : (code ?? link.lastCode)
  putLink(tables, { ...link, attempts, nextAttemptAt, lastCode, lines: lines ?? link.lines })
}

/** The marks of a link's ops go, or are free again, when the last of them in this plan has ended. */
function settleMarks(tables: ConnectionTables, { planId, linkId }: OpRow, retryAt: number | null): void {
  const ops = opsOfLink(tables, linkId).filter((op) => op.planId === planId)
  if (!ops.every((op) => isEnded(op.state))) return
  const marks = marksOfPlanLink(tables, planId, linkId)
  if (ops.every(isDone)) for (const mark of marks) tables.marks.delete(refKey(mark))
  else freeUndone(tables, { planId, linkId, dueAt: retryAt })
}
