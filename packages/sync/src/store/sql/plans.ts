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
  const { rows } = await sql<PlanLink & { isMainCreate: boolean }>`
    update tandem.op set state = 'superseded', code = ${code}
    where connection_id = ${connectionId} and state = 'intended' and ${which}
    returning plan_id as "planId", link_id as "linkId", verb = 'create' and role = 'main' as "isMainCreate"`.execute(db)
  const links = new Map(
    rows.map(({ planId, linkId }) => [`${planId} ${linkId}`, { planId, linkId, retryAt: null }] as const),
  )
  await freeOwned(db, connectionId, [...links.values()])
  await abandonCreates(db, [...new Set(rows.filter((row) => row.isMainCreate).map((row) => row.linkId))])
}

/** Nothing is under way to make their partners: what refers to them must not count on one (createAbandoned). */
async function abandonCreates(db: Database, linkIds: readonly string[]): Promise<void> {
  if (linkIds.length === 0) return
  await sql`
    update tandem.link as l set state = 'pendingMatch'
    where l.id = any(${linkIds}::text[]) and l.state = 'creating' and not exists (
      select 1 from tandem.op as o where o.link_id = l.id and o.verb = 'create' and o.role = 'main'
        and o.state in ('intended', 'sent', 'unknown'))`.execute(db)
}
