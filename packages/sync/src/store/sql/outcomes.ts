import { sql } from 'kysely'
import type { Link } from '../../model/link.ts'
import { nextLinkState } from '../../model/link-state.ts'
import type { Op } from '../../model/op.ts'
import { refKey } from '../../model/record.ts'
import type { CrashPoints } from '../../ports/crash-point.ts'
import type { OpOutcome, Recorded, TakenPart } from '../contract.ts'
import { holdIdentity } from '../rules/inbox-row.ts'
import { checkTransition } from '../rules/op-end.ts'
import { refusalOf } from '../rules/refusal.ts'
import { refOf, takenParts } from '../rules/taken.ts'
import { ofSameCause, withMarksOfSameCause } from '../rules/waiting-marks.ts'
import type { WriteContext } from './chunk.ts'
import { type HoldClaim, openHolds } from './holds.ts'
import { holdersOf } from './link-rows.ts'
import { type LinkUpdate, putParts, settleParts, updateLinks } from './link-writes.ts'
import { putMarks, waitingMarks } from './marks.ts'
import { ownedByPlan, settleMarks } from './owned-marks.ts'
import { safeJson } from './safe-json.ts'

interface OutcomeContext extends WriteContext {
  readonly crash: CrashPoints
}

/** One answer in about ten statements, however many rows it has. */
export async function recordOutcomes(context: OutcomeContext, outcomes: readonly OpOutcome[]): Promise<Recorded> {
  const { tx, lane } = context
  const { connectionId } = lane
  if (outcomes.length === 0) return { taken: [] }
  const taken = await takenBy(context, outcomes)
  const recorded = withoutTaken(outcomes, taken)
  const ops = await updateOps(context, recorded)
  await moveLinks(context, recorded, ops)
  context.crash.reached('C9')
  await putParts(
    tx,
    connectionId,
    recorded.flatMap(({ linkId, part }) => (part === null ? [] : [{ linkId, part }])),
  )
  const facts = recorded.flatMap(({ linkId, shadows }) =>
    shadows.map(({ ref, fields, version }) => ({ linkId, ref, shadow: fields, version })),
  )
  await settleParts(tx, connectionId, facts)
  await openOutcomeHolds(context, recorded, ops)
  const links = recorded.map(({ opId, linkId, retryAt }) => ({ planId: opOf(ops, opId).planId, linkId, retryAt }))
  const dispatchIds = new Set([...ops.values()].flatMap((op) => op.dispatchId ?? []))
  await settleMarks(tx, connectionId, { links, dispatchIds: [...dispatchIds] })
  const marks = recorded.flatMap((outcome) => outcome.marks)
  const now = recorded[0]?.at ?? context.stamp.now
  await putMarks(tx, connectionId, { marks, stamp: { ...context.stamp, now } })
  return { taken }
}

async function takenBy({ tx, lane }: WriteContext, outcomes: readonly OpOutcome[]): Promise<readonly TakenPart[]> {
  const claims = outcomes.flatMap(({ linkId, part }) => (part === null ? [] : [{ linkId, part }]))
  const refs = claims.flatMap(({ part }) => refOf(part) ?? [])
  return takenParts(claims, await holdersOf(tx, lane.connectionId, refs))
}

function withoutTaken(outcomes: readonly OpOutcome[], taken: readonly TakenPart[]): readonly OpOutcome[] {
  if (taken.length === 0) return outcomes
  const lost = new Set(taken.map(({ linkId, ref }) => `${linkId} ${refKey(ref)}`))
  return outcomes.filter(({ linkId, part }) => {
    const ref = part === null ? undefined : refOf(part)
    return ref === undefined || !lost.has(`${linkId} ${refKey(ref)}`)
  })
}

/** An op and its link as they were before. */
interface OpHead extends Pick<Op, 'id' | 'planId' | 'linkId' | 'kind' | 'title' | 'state'> {
  readonly dispatchId: string | null
  readonly linkState: Link['state']
  readonly attempts: number
  readonly nextAttemptAt: number | null
  readonly lastCode: string | null
}

function opOf(ops: ReadonlyMap<string, OpHead>, id: string): OpHead {
  const op = ops.get(id)
  if (op === undefined) throw new Error(`No op ${id}`)
  return op
}

/** Answers the ops as they were before; throws on a transition that the table does not have, which rolls it back. */
async function updateOps(
  { tx, lane }: WriteContext,
  outcomes: readonly OpOutcome[],
): Promise<ReadonlyMap<string, OpHead>> {
  const rows = outcomes.map(({ opId, state, code, message, settleAfter }) => ({
    opId,
    state,
    code,
    message,
    settleAfter,
  }))
  const updated = await sql<OpHead>`
    update tandem.op as o set state = u.state, code = u.code, message = u.message,
      settle_after = case when u.state = 'intended' then null else coalesce(u."settleAfter", o.settle_after) end,
      sent_at = case when u.state = 'intended' then null else o.sent_at end
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as u
      ("opId" text, state text, code text, message text, "settleAfter" bigint)
    join tandem.op as old on old.id = u."opId"
    join tandem.link as l on l.id = old.link_id
    where o.id = u."opId" and o.connection_id = ${lane.connectionId}
    returning o.id, o.plan_id as "planId", o.link_id as "linkId", o.kind, o.title, old.state,
      o.dispatch_id as "dispatchId", l.state as "linkState", l.attempts, l.next_attempt_at as "nextAttemptAt",
      l.last_code as "lastCode"`.execute(tx)
  const ops = new Map(updated.rows.map((row) => [row.id, row]))
  for (const { opId, state } of outcomes) checkTransition(opOf(ops, opId), state)
  return ops
}

async function moveLinks(
  { tx }: WriteContext,
  outcomes: readonly OpOutcome[],
  ops: ReadonlyMap<string, OpHead>,
): Promise<void> {
  const after = new Map<string, LinkUpdate>()
  for (const outcome of outcomes) {
    const { linkId: id, linkState: state, attempts, nextAttemptAt, lastCode } = opOf(ops, outcome.opId)
    const link = after.get(id) ?? { id, state, attempts, nextAttemptAt, lastCode, lines: null }
    after.set(id, afterOutcome(link, outcome))
  }
  await updateLinks(tx, [...after.values()])
}

function afterOutcome(link: LinkUpdate, outcome: OpOutcome): LinkUpdate {
  const { linkEvent, retryAt, code } = outcome
  const isConfirmed = outcome.state === 'confirmed'
  return {
    id: link.id,
    state: linkEvent === null ? link.state : nextLinkState(link.state, linkEvent),
    attempts: retryAt !== null ? link.attempts + 1 : isConfirmed ? 0 : link.attempts,
    nextAttemptAt: retryAt ?? (isConfirmed ? null : link.nextAttemptAt),
    lastCode: isConfirmed ? null : (code ?? link.lastCode),
    lines: outcome.lines ?? link.lines,
  }
}

/** A hold takes over the marks that the plan still owns; one that somebody renewed meanwhile stays free to plan. */
async function openOutcomeHolds(
  { tx, lane, stamp }: WriteContext,
  outcomes: readonly OpOutcome[],
  ops: ReadonlyMap<string, OpHead>,
): Promise<void> {
  const holding = outcomes.filter(
    ({ hold, state, retryAt }) => hold !== null || (state === 'refused' && retryAt === null),
  )
  if (holding.length === 0) return
  const links = holding.map(({ opId, linkId }) => ({ planId: opOf(ops, opId).planId, linkId }))
  const owned = await ownedByPlan(tx, lane.connectionId, links)
  const linkIds = [...new Set(links.map(({ linkId }) => linkId))]
  const waiting = await waitingMarks(tx, lane.connectionId, linkIds)
  const claims = new Map<string, HoldClaim>()
  for (const outcome of holding) {
    const op = opOf(ops, outcome.opId)
    const planned = owned.filter((mark) => mark.linkId === op.linkId && mark.planId === op.planId)
    const refs = planned.map(({ side, collection, remoteId }) => ({ side, collection, remoteId }))
    const hold = refusalOf(op, outcome, refs)
    if (hold === null) continue
    const identity = holdIdentity(hold)
    const before = claims.get(identity)?.hold.marks ?? []
    const joined = withMarksOfSameCause({ ...hold, marks: [...hold.marks, ...before] }, waiting)
    const tokens = new Map(joined.marks.map((ref) => [refKey(ref), '']))
    for (const mark of [...ofSameCause(hold, waiting), ...planned]) tokens.set(refKey(mark), mark.token)
    claims.set(identity, {
      hold: joined,
      planId: op.planId,
      type: outcome.state === 'refused' ? 'refusal' : 'hold',
      tokens,
    })
  }
  const now = holding[0]?.at ?? stamp.now
  await openHolds(tx, lane.connectionId, { claims: [...claims.values()], stamp: { ...stamp, now } })
}
