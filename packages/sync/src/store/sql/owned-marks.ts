import { sql } from 'kysely'
import type { RecordRef } from '../../model/record.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

export interface PlanLink {
  readonly planId: string
  readonly linkId: string
}

interface PlanLinkEnd extends PlanLink {
  readonly hasEnded: boolean
  readonly isDone: boolean
}

/** Where each link stands in its plan: have all its ops ended, and did all of them do what they should (rules/op-end.ts)? */
async function endsOf(db: Database, links: readonly PlanLink[]): Promise<readonly PlanLinkEnd[]> {
  const { rows } = await sql<PlanLinkEnd>`
    select o.plan_id as "planId", o.link_id as "linkId",
      bool_and(o.state in ('confirmed', 'refused', 'superseded')) as "hasEnded",
      bool_and(o.state = 'confirmed' or (o.state = 'superseded' and o.code is null)) as "isDone"
    from tandem.op as o
    join jsonb_to_recordset(${safeJson(links)}::jsonb) as w ("planId" text, "linkId" text)
      on o.link_id = w."linkId" and o.plan_id = w."planId"
    group by o.plan_id, o.link_id`.execute(db)
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
    join tandem.link_part as p on p.link_id = w."linkId"
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
    join tandem.link_part as p on p.link_id = w."linkId"
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
    join tandem.link_part as p on p.link_id = w."linkId"
    join tandem.dirty as d on d.connection_id = ${connectionId} and d.side = p.side and d.collection = p.collection
      and d.remote_id = p.remote_id and d.owner_plan = w."planId" and d.owner_link = w."linkId"
    order by d.side, d.collection, d.remote_id`.execute(db)
  return rows
}
