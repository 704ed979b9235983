import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import { inboxItemView, opView, planView } from '../views/from-engine.ts'
import type { PlanDetailView, PlanView } from '../views/report.ts'
import type { TaskRequest } from '../views/task.ts'
import { findConnections, findPlan } from './find.ts'

export async function listPlans(
  tandem: Tandem,
  connectionId: string | undefined,
): Promise<Answer<readonly PlanView[]>> {
  const found = await findConnections(tandem, connectionId)
  if (found.type === 'problem') return found
  const lists = await Promise.all(
    found.value.map(async (one) => (await tandem.store.reports.plans(one.id)).map((plan) => planView(one.id, plan))),
  )
  return answer(lists.flat())
}

export async function showPlan(tandem: Tandem, planId: string): Promise<Answer<PlanDetailView>> {
  const found = await findPlan(tandem, planId)
  if (found.type === 'problem') return found
  const { connection, plan } = found.value
  const [ops, holds] = await Promise.all([tandem.store.reports.planOps(planId), tandem.store.reports.planHolds(planId)])
  return answer({
    ...planView(connection.id, plan),
    ops: ops.map(opView),
    holds: holds.map((hold) => inboxItemView(connection.id, hold)),
  })
}

/** From now on a sync may do what this plan says, and nothing else (an approved plan is a ceiling). */
export async function approvePlan(tandem: Tandem, planId: string): Promise<Answer<PlanView>> {
  const found = await findPlan(tandem, planId)
  if (found.type === 'problem') return found
  const { connection, plan } = found.value
  if (plan.state === 'approved') return answer(planView(connection.id, plan))
  switch (await tandem.store.reports.approvePlan(planId, tandem.clock.now())) {
    case 'approved':
      tandem.crash.reached('C16')
      return answer(planView(connection.id, { ...plan, state: 'approved' }))
    case 'unknownPlan':
      return problem('notFound', `There is no plan ${planId}.`, 'Make one with: tandem plan.')
    case 'notHeld':
      return problem(
        'notPossible',
        `Plan ${planId} is ${plan.state}, not waiting for approval.`,
        'Make a new one: tandem plan.',
      )
  }
}

/** The plan that a sync applies: the one named (approved on the way), else one that a person approved before, else none. */
export async function approveForRun(
  tandem: Tandem,
  connection: Connection,
  request: TaskRequest,
): Promise<Answer<string | null>> {
  if (request.until === 'plan') return answer(null)
  if (request.approvedPlanId === undefined) {
    const plans = await tandem.store.reports.plans(connection.id)
    return answer(plans.find((plan) => plan.state === 'approved')?.id ?? null)
  }
  const found = await findPlan(tandem, request.approvedPlanId)
  if (found.type === 'problem') return found
  if (found.value.connection.id !== connection.id) {
    return problem('badInput', `Plan ${request.approvedPlanId} belongs to ${found.value.connection.name}.`)
  }
  const approved = await approvePlan(tandem, request.approvedPlanId)
  return approved.type === 'ok' ? answer(approved.value.id) : approved
}
