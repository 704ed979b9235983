import { applyPlan } from './apply/apply-plan.ts'
import { dropOvertaken } from './apply/overtaken.ts'
import { SETTLE_KEYED_MS } from './apply/send-batch.ts'
import { settleUnknownOps } from './apply/settle.ts'
import { detect } from './detect/detect.ts'
import { markEverything } from './detect/sweep.ts'
import type { EnginePorts, PassRequest, PassResult } from './engine.ts'
import { finishPass, type PassEnd } from './finish-pass.ts'
import { emptyTally, judgePlan } from './guard/verdict.ts'
import { guardFacts } from './guard-facts.ts'
import { KINDS, kindOf } from './model/kind.ts'
import { SIDES } from './model/side.ts'
import { openWalk } from './open-walk.ts'
import { type PlannedPass, planPass } from './plan-pass.ts'
import { LeaseLost, type Mark } from './store/contract.ts'
import { kindsOf, report, type Walk, WalkStopped } from './walk.ts'

/** Rounds of planning in one pass: what a round's own writes marked (read-backs) is looked at in the next. */
export const ROUNDS_LIMIT = 3

/**
 * The road, on one page: detect -> plan -> guard -> apply -> record. Every trigger walks it; they differ only in what
 * they mark and in where they stop. Nothing else writes to a remote.
 */
export async function runPass(ports: EnginePorts, request: PassRequest): Promise<PassResult> {
  const opened = await openWalk(ports, request)
  if (opened.type !== 'open') return opened
  try {
    return await walkToTheEnd(opened.walk)
  } catch (failure) {
    if (failure instanceof LeaseLost) return { type: 'busy' }
    throw failure
  } finally {
    await opened.close()
  }
}

async function walkToTheEnd(walk: Walk): Promise<PassResult> {
  try {
    return await finishPass(walk, await unlessUnsettled(walk, await walkTheRoad(walk)))
  } catch (failure) {
    if (failure instanceof WalkStopped) return finishPass(walk, { type: 'stopped', stop: failure.stop })
    throw failure
  }
}

/** Creates without an answer are looked up once their settle time is over: the pass is not finished before that. */
async function unlessUnsettled(walk: Walk, end: PassEnd): Promise<PassEnd> {
  if (end.type !== 'done') return end
  const oldest = (await walk.lane.unsettledCreates()).map((create) => create.sentAt).sort((a, b) => a - b)[0]
  if (oldest === undefined) return end
  const left = oldest + SETTLE_KEYED_MS - walk.ports.clock.now()
  // Creates without a key that the remote enforces settle later: their time comes with one of the next looks.
  const retryAfterMs = left > 0 ? Math.max(1_000, left) : SETTLE_KEYED_MS
  const message = 'Some writes had no answer; both sides are read again before anything is repeated'
  return { type: 'stopped', stop: { type: 'interrupted', code: 'remoteTimedOut', message, retryAfterMs } }
}

async function walkTheRoad(walk: Walk): Promise<PassEnd> {
  const { request } = walk
  await settleUnknownOps(walk)
  const cursors = await walk.lane.cursors()
  const isWhole =
    request.detect === 'lists' &&
    request.scope.since === null &&
    kindsOf(walk).every((kind) => cursors.every((cursor) => kindOf(cursor.collection) !== kind))
  const open = await openPlan(walk)
  if (open?.type === 'apply') return applyOpen(walk, open.planId)
  if (request.detect === 'sweep') await markEverything(walk)
  else if (request.detect === 'lists') await detect(walk, SIDES)
  if (open !== null) return { type: 'held', planId: open.planId, code: open.code }
  let last: PassEnd = { type: 'done', planId: null }
  for (let round = 0; round < ROUNDS_LIMIT; round += 1) {
    const planId = walk.ports.chance.uuid()
    const planned = await planPass(walk, { planId, tally: emptyTally(), isWhole: isWhole && round === 0 })
    if (planned.opCount === 0) return endWithoutWrites(walk, last)
    const verdict = await guard(walk, planId, planned)
    if (verdict.type === 'held') return verdict
    await applyPlan(walk, planId, planned.opCount)
    await walk.lane.setPlanState(planId, 'done')
    last = { type: 'done', planId }
  }
  return last
}

/** Both sides looked at and nothing to write: they agree, so that later changes are ordinary ones. */
async function endWithoutWrites(walk: Walk, last: PassEnd): Promise<PassEnd> {
  const { request, connection } = walk
  const isFull = request.detect !== 'marksOnly' && request.scope.mode === 'both' && isEveryKind(walk)
  if (!isFull || connection.firstSyncDone || (await isAnythingLater(walk))) return last
  await walk.lane.finishFirstSync()
  return last
}

/** A kind that is switched off has nothing to agree about. */
function isEveryKind(walk: Walk): boolean {
  const isOn = KINDS.filter((kind) => walk.connection.settings.kinds[kind].isOn)
  return kindsOf(walk).length === isOn.length
}

/** A mark that is not due yet was not planned: a clock set back makes all of them such (I9). */
async function isAnythingLater(walk: Walk): Promise<boolean> {
  for (let after: Mark | null = null; ; ) {
    const place: { readonly after?: Mark } = after === null ? {} : { after }
    const later = await walk.lane.dueMarks({ kinds: KINDS, now: Number.MAX_SAFE_INTEGER, limit: MARKS_PAGE, ...place })
    // What waits for its day to end was looked at, and waits on purpose.
    if (later.some(({ reason }) => reason !== 'dayEnd')) return true
    after = later.at(-1) ?? null
    if (after === null || later.length < MARKS_PAGE) return false
  }
}

/** Marks read at a time. */
const MARKS_PAGE = 5_000

type OpenPlan =
  | { readonly type: 'apply'; readonly planId: string }
  | { readonly type: 'waiting'; readonly planId: string; readonly code: Extract<PassEnd, { type: 'held' }>['code'] }

/**
 * A plan that is approved, or was being applied when the process died, goes on as the ceiling it is. A held one waits
 * for its person unless somebody asks for a new plan, which replaces it.
 */
async function openPlan(walk: Walk): Promise<OpenPlan | null> {
  const plans = await walk.lane.openPlans()
  for (const plan of plans) if (plan.state === 'ready') await walk.lane.supersedePlan(plan.id)
  const going = plans.find((plan) => plan.state === 'approved' || plan.state === 'applying')
  if (going !== undefined) return { type: 'apply', planId: going.id }
  const held = plans.filter((plan) => plan.state === 'held')
  const [first] = held
  if (first === undefined) return null
  const isAsked =
    walk.request.trigger === 'manual' || walk.request.trigger === 'firstSync' || walk.request.trigger === 'historical'
  // After the first sync a held plan owns its marks and nothing else: the rest goes on beside it.
  if (!isAsked && walk.connection.firstSyncDone) return null
  if (!isAsked) return { type: 'waiting', planId: first.id, code: first.holdCode ?? 'approvalNeeded' }
  for (const plan of held) await walk.lane.supersedePlan(plan.id)
  return null
}

/**
 * A plan this young is applied without listing Xero again: what somebody typed there meanwhile is caught by the keys
 * that Xero enforces (names, codes, numbers) and by the re-check of every value that is overwritten.
 */
const YOUNG_PLAN_MS = 5 * 60_000

async function applyOpen(walk: Walk, planId: string): Promise<PassEnd> {
  const plan = await walk.lane.plan(planId)
  const isYoung = plan !== undefined && walk.ports.clock.now() - plan.createdAt < YOUNG_PLAN_MS
  await detect(walk, isYoung ? ['zoho'] : SIDES)
  const total = plan?.counts.reduce((sum, count) => sum + count.count, 0) ?? 0
  await dropOvertaken(walk, planId)
  await applyPlan(walk, planId, total)
  await walk.lane.setPlanState(planId, 'done')
  await walk.lane.finishFirstSync()
  return { type: 'done', planId }
}

/** Stores the plan as `ready`, or as `held` with the reason. */
async function guard(
  walk: Walk,
  planId: string,
  planned: PlannedPass,
): Promise<{ readonly type: 'go' } | Extract<PassEnd, { readonly type: 'held' }>> {
  report(walk, { type: 'phase', runId: walk.runId, phase: 'guard' })
  const facts = await guardFacts(walk, planned)
  const verdict = judgePlan(facts.input)
  const code =
    verdict.type === 'hold' ? verdict.code : walk.request.until === 'plan' ? ('approvalNeeded' as const) : null
  await walk.lane.savePlan({
    id: planId,
    runId: walk.runId,
    state: code === null ? 'ready' : 'held',
    createdAt: walk.ports.clock.now(),
    holdCode: code,
    counts: facts.counts,
  })
  return code === null ? { type: 'go' } : { type: 'held', planId, code }
}
