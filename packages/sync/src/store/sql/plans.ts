import { sql } from 'kysely'
import type { Plan, PlanState } from '../../model/plan.ts'
import { freeOwned, type PlanLink } from './owned-marks.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

const OPEN: readonly PlanState[] = ['ready', 'held', 'approved', 'applying']

export async function savePlan(db: Database, connectionId: string, plan: Plan): Promise<void> {
  const { state } = plan
  const values = { state, created_at: plan.createdAt, hold_code: plan.holdCode, counts: safeJson(plan.counts) }
  await db
    .insertInto('tandem.plan')
    .values({ id: plan.id, connection_id: connectionId, run_id: plan.runId, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ run_id: plan.runId, ...values }))
    .execute()
}

export async function setPlanState(db: Database, planId: string, state: PlanState): Promise<void> {
  const done = await db.updateTable('tandem.plan').set({ state }).where('id', '=', planId).executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new Error(`No plan ${planId}`)
}

function selectPlans(db: Database) {
  return db
    .selectFrom('tandem.plan')
    .select(['id', 'run_id as runId', 'state', 'created_at as createdAt', 'hold_code as holdCode', 'counts'])
}

export async function readPlan(db: Database, planId: string): Promise<Plan | undefined> {
  return selectPlans(db).where('id', '=', planId).executeTakeFirst()
}

export async function openPlans(db: Database, connectionId: string): Promise<readonly Plan[]> {
  return selectPlans(db)
    .where('connection_id', '=', connectionId)
    .where('state', 'in', OPEN)
    .orderBy('position')
    .execute()
}

export async function plansOf(db: Database, connectionId: string): Promise<readonly Plan[]> {
  return selectPlans(db).where('connection_id', '=', connectionId).orderBy('position', 'desc').execute()
}

/** Held to approved; answers the run and connection for the event, undefined when the plan was not held. */
export async function approve(
  db: Database,
  planId: string,
): Promise<{ readonly runId: string; readonly connectionId: string } | undefined> {
  return db
    .updateTable('tandem.plan')
    .set({ state: 'approved' })
    .where('id', '=', planId)
    .where('state', '=', 'held')
    .returning(['run_id as runId', 'connection_id as connectionId'])
    .executeTakeFirst()
}

/** Intended ops only; the marks of their links stay and are free to plan again. */
export async function supersede(
  db: Database,
  connectionId: string,
  what: { readonly opIds: readonly string[]; readonly code: string } | { readonly planId: string },
): Promise<void> {
  const which = 'planId' in what ? sql`plan_id = ${what.planId}` : sql`id = any(${what.opIds}::text[])`
  const code = 'planId' in what ? null : what.code
  const { rows } = await sql<PlanLink>`
    update tandem.op set state = 'superseded', code = ${code}
    where connection_id = ${connectionId} and state = 'intended' and ${which}
    returning plan_id as "planId", link_id as "linkId"`.execute(db)
  const links = new Map(rows.map((row) => [`${row.planId} ${row.linkId}`, { ...row, retryAt: null }]))
  await freeOwned(db, connectionId, [...links.values()])
}
