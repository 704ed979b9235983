import { sql } from 'kysely'
import type { RecordRef } from '../../model/record.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

export interface PlanLink {
  readonly planId: string
  readonly linkId: string
}

/**
 * The records of link `w`. `offset 0` makes it a look-up per link: without statistics, as on a new database, the planner
 * would rather read every part there is.
 */
const PARTS = sql`(
  select side, collection, remote_id from tandem.link_part where link_id = w."linkId" offset 0) as p`

interface PlanLinkEnd extends PlanLink {
  readonly hasEnded: boolean
  readonly isDone: boolean
}

/** Where each link stands in its plan: have all its ops ended, and did all of them do what they should (rules/op-end.ts)? */
async function endsOf(db: Database, links: readonly PlanLink[]): Promise<readonly PlanLinkEnd[]> {
  const { rows } = await sql<PlanLinkEnd>`
    select w."planId", w."linkId", o."hasEnded", o."isDone"
    from jsonb_to_recordset(${safeJson(links)}::jsonb) as w ("planId" text, "linkId" text)
    cross join lateral (
      select bool_and(state in ('confirmed', 'refused', 'superseded')) as "hasEnded",
        bool_and(state = 'confirmed' or (state = 'superseded' and code is null)) as "isDone"
      -- the concatenation keeps the planner off the plan's index: a plan has thousands of ops, a link has few
      from tandem.op where link_id = w."linkId" and plan_id || '' = w."planId"
    ) as o`.execute(db)
  return rows
}

/** The marks of links whose last op has ended go, or are free again (due at `retryAt` where one is given). */
export async function settleMarks(
  db: Database,
  connectionId: string,
  links: readonly (PlanLink & { readonly retryAt: number | null })[],
): Promise<void> {
  const ended = (await endsOf(db, uniqueLinks(links))).filter((link) => link.hasEnded)
  await deleteOwned(
    db,
    connectionId,
    ended.filter((link) => link.isDone),
  )
  const retries = new Map(links.map((link) => [link.linkId, link.retryAt]))
  const freed = ended.filter((link) => !link.isDone)
  await freeOwned(
    db,
    connectionId,
    freed.map(({ planId, linkId }) => ({ planId, linkId, retryAt: retries.get(linkId) ?? null })),
  )
}

function uniqueLinks(links: readonly PlanLink[]): readonly PlanLink[] {
  const byName = new Map(links.map(({ planId, linkId }) => [`${planId} ${linkId}`, { planId, linkId }]))
  return [...byName.values()]
}

async function deleteOwned(db: Database, connectionId: string, links: readonly PlanLink[]): Promise<void> {
  if (links.length === 0) return
  await sql`
    delete from tandem.dirty as d
    using jsonb_to_recordset(${safeJson(links)}::jsonb) as w ("planId" text, "linkId" text)
    cross join lateral ${PARTS}
    where d.connection_id = ${connectionId} and d.side = p.side and d.collection = p.collection
      and d.remote_id = p.remote_id and d.owner_plan = w."planId" and d.owner_link = w."linkId"`.execute(db)
}

export async function freeOwned(
  db: Database,
  connectionId: string,
  links: readonly (PlanLink & { readonly retryAt: number | null })[],
): Promise<void> {
  if (links.length === 0) return
  await sql`
    update tandem.dirty as d set owner_plan = null, owner_link = null, due_at = coalesce(w."retryAt", d.due_at)
    from jsonb_to_recordset(${safeJson(links)}::jsonb) as w ("planId" text, "linkId" text, "retryAt" bigint)
    cross join lateral ${PARTS}
    where d.connection_id = ${connectionId} and d.side = p.side and d.collection = p.collection
      and d.remote_id = p.remote_id and d.owner_plan = w."planId" and d.owner_link = w."linkId"`.execute(db)
}

/** Marks that a link's ops own at this moment, with their tokens: what a refusal takes over. */
export async function ownedByPlan(
  db: Database,
  connectionId: string,
  links: readonly PlanLink[],
): Promise<readonly (RecordRef & PlanLink & { readonly token: string })[]> {
  if (links.length === 0) return []
  const { rows } = await sql<RecordRef & PlanLink & { token: string }>`
    select d.side, d.collection, d.remote_id as "remoteId", d.token, w."planId", w."linkId"
    from jsonb_to_recordset(${safeJson(links)}::jsonb) as w ("planId" text, "linkId" text)
    cross join lateral ${PARTS}
    join tandem.dirty as d on d.connection_id = ${connectionId} and d.side = p.side and d.collection = p.collection
      and d.remote_id = p.remote_id and d.owner_plan = w."planId" and d.owner_link = w."linkId"
    order by d.side, d.collection, d.remote_id`.execute(db)
  return rows
}
