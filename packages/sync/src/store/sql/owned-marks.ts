import { sql } from 'kysely'
import type { RecordRef } from '../../model/record.ts'
import type { MarkReason } from '../contract.ts'
import { LOOK_REASONS } from '../mark.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

export interface PlanLink {
  readonly planId: string
  readonly linkId: string
}

/** A link in its plan: where its ops stand (rules/op-end.ts), and the records whose marks they may own. */
interface PlanLinkEnd extends PlanLink {
  readonly hasEnded: boolean
  readonly isDone: boolean
  readonly refs: readonly RecordRef[]
}

/**
 * Look-ups per link, as lateral aggregates: without statistics, as on a new database, the planner would rather join with
 * every op and part there is. The concatenation keeps it off the plan's index: a plan has thousands of ops, a link few.
 */
async function endsOf(
  db: Database,
  links: readonly PlanLink[],
  dispatchIds: readonly string[] = [],
): Promise<readonly PlanLinkEnd[]> {
  const byName = new Map(links.map(({ planId, linkId }) => [`${planId} ${linkId}`, { planId, linkId }]))
  if (byName.size === 0) return []
  const { rows } = await sql<PlanLinkEnd>`
    with settled as (
      update tandem.dispatch as d set is_settled = true
      where d.id = any(${dispatchIds}::text[]) and not exists (select 1 from tandem.op as o
        where o.id = any(d.op_ids) and o.dispatch_id = d.id and o.state in ('sent', 'unknown'))
    )
    select w."planId", w."linkId", o."hasEnded", o."isDone", p.refs
    from jsonb_to_recordset(${safeJson([...byName.values()])}::jsonb) as w ("planId" text, "linkId" text)
    cross join lateral (
      select bool_and(state in ('confirmed', 'refused', 'superseded')) as "hasEnded",
        bool_and(state = 'confirmed' or (state = 'superseded' and code is null)) as "isDone"
      from tandem.op where link_id = w."linkId" and plan_id || '' = w."planId"
    ) as o
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('side', side, 'collection', collection, 'remoteId', remote_id)), '[]')
        as refs
      from tandem.link_part where link_id = w."linkId" and remote_id is not null
    ) as p`.execute(db)
  return rows
}

/** A record whose mark may be owned by its link's ops. */
type OwnedRef = RecordRef & PlanLink & { readonly retryAt: number | null }

function ownedRefs(
  ends: readonly PlanLinkEnd[],
  links: readonly (PlanLink & { readonly retryAt: number | null })[],
): readonly OwnedRef[] {
  const retries = new Map(links.map((link) => [link.linkId, link.retryAt]))
  return ends.flatMap(({ planId, linkId, refs }) =>
    refs.map((ref) => ({ ...ref, planId, linkId, retryAt: retries.get(linkId) ?? null })),
  )
}

/**
 * The marks of links whose last op of the plan has ended go if all of them did what they should, or are free again (due
 * at `retryAt` where one is given).
 */
export async function settleMarks(
  db: Database,
  connectionId: string,
  answer: {
    readonly links: readonly (PlanLink & { readonly retryAt: number | null })[]
    /** The dispatches that this answers: closed in the same statement once all their ops have ended or gone back. */
    readonly dispatchIds: readonly string[]
  },
): Promise<void> {
  const { links } = answer
  const ended = (await endsOf(db, links, answer.dispatchIds)).filter((link) => link.hasEnded)
  const isDone = ended.filter((link) => link.isDone)
  await deleteOwned(db, connectionId, ownedRefs(isDone, links))
  const isOpen = ended.filter((link) => !link.isDone)
  await freeRefs(db, connectionId, ownedRefs(isOpen, links))
}

/** Whatever their ops have come to: the marks of these links are free to plan again. */
export async function freeOwned(
  db: Database,
  connectionId: string,
  links: readonly (PlanLink & { readonly retryAt: number | null })[],
): Promise<void> {
  await freeRefs(db, connectionId, ownedRefs(await endsOf(db, links), links))
}

const UNDONE: MarkReason = 'recover'

const REF_COLUMNS = sql`(side text, collection text, "remoteId" text, "planId" text, "linkId" text, "retryAt" bigint)`

/** The mark `d` of record `r`, as long as the ops of that link own it. */
function owned(connectionId: string) {
  return sql`d.connection_id = ${connectionId} and d.side = r.side and d.collection = r.collection
    and d.remote_id = r."remoteId" and d.owner_plan = r."planId" and d.owner_link = r."linkId"`
}

async function deleteOwned(db: Database, connectionId: string, refs: readonly OwnedRef[]): Promise<void> {
  if (refs.length === 0) return
  await sql`
    delete from tandem.dirty as d using jsonb_to_recordset(${safeJson(refs)}::jsonb) as r ${REF_COLUMNS}
    where ${owned(connectionId)}`.execute(db)
}

/** Every mark of these records that no hold owns asks for a full look from now on (rules/mark-row.ts). */
async function freeRefs(db: Database, connectionId: string, refs: readonly OwnedRef[]): Promise<void> {
  if (refs.length === 0) return
  await sql`
    update tandem.dirty as d set owner_plan = null, owner_link = null,
      due_at = case when d.owner_plan is null then d.due_at else coalesce(r."retryAt", d.due_at) end,
      reason = case when d.reason = any(${LOOK_REASONS}::text[]) then ${UNDONE}::text else d.reason end
    from jsonb_to_recordset(${safeJson(refs)}::jsonb) as r ${REF_COLUMNS}
    where d.connection_id = ${connectionId} and d.side = r.side and d.collection = r.collection
      and d.remote_id = r."remoteId" and d.owner_hold is null
      and (d.owner_plan is null or (d.owner_plan = r."planId" and d.owner_link = r."linkId"))`.execute(db)
}

/** Marks that a link's ops own at this moment, with their tokens: what a refusal takes over. */
export async function ownedByPlan(
  db: Database,
  connectionId: string,
  links: readonly PlanLink[],
): Promise<readonly (RecordRef & PlanLink & { readonly token: string })[]> {
  const refs = ownedRefs(
    await endsOf(db, links),
    links.map((link) => ({ ...link, retryAt: null })),
  )
  if (refs.length === 0) return []
  const { rows } = await sql<RecordRef & PlanLink & { token: string }>`
    select d.side, d.collection, d.remote_id as "remoteId", d.token, r."planId", r."linkId"
    from jsonb_to_recordset(${safeJson(refs)}::jsonb) as r ${REF_COLUMNS}
    join tandem.dirty as d on ${owned(connectionId)}
    order by d.side, d.collection, d.remote_id`.execute(db)
  return rows
}
