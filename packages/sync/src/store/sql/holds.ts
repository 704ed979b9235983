import { sql } from 'kysely'
import type { Code } from '../../model/codes.ts'
import type { NewHold, PlanChunk } from '../../model/plan.ts'
import { refKey } from '../../model/record.ts'
import type { OpenHold } from '../contract.ts'
import { type HoldRow, holdIdentity } from '../rules/inbox-row.ts'
import { touchedRefs } from '../rules/touched.ts'
import { ownForHolds, type Stamp } from './marks.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

/** A hold to open, with the tokens that it may own by refKey: absent is any, '' is none. */
export interface HoldClaim {
  readonly hold: NewHold
  readonly planId: string
  readonly type: HoldRow['type']
  readonly tokens: ReadonlyMap<string, string>
}

const COLUMNS = sql`id, identity, type, plan_id as "planId", link_id as "linkId", kind, code, title, detail, refs,
  opened_at as "openedAt"`

export async function readHolds(
  db: Database,
  where: { readonly connectionId: string } | { readonly planId: string },
): Promise<readonly HoldRow[]> {
  const filter = 'planId' in where ? sql`plan_id = ${where.planId}` : sql`connection_id = ${where.connectionId}`
  const { rows } = await sql<HoldRow>`
    select ${COLUMNS} from tandem.hold where ${filter} order by opened_at, identity`.execute(db)
  return rows
}

export async function holdsOf(
  db: Database,
  connectionId: string,
  codes: readonly Code[],
): Promise<readonly OpenHold[]> {
  const { rows } = await sql<OpenHold>`
    select kind, code, link_id as "linkId", detail, refs from tandem.hold
    where connection_id = ${connectionId} and code = any(${codes}::text[]) order by opened_at, identity`.execute(db)
  return rows
}

export async function holdOf(db: Database, connectionId: string, id: string): Promise<HoldRow | undefined> {
  const { rows } = await sql<HoldRow>`
    select ${COLUMNS} from tandem.hold where connection_id = ${connectionId} and id = ${id}`.execute(db)
  return rows[0]
}

/** Closes holds of what this chunk planned and did not hold again. */
export async function closeStaleHolds(
  db: Database,
  connectionId: string,
  planned: { readonly chunk: PlanChunk; readonly touched: readonly string[] },
): Promise<void> {
  const { rows } = await sql<Pick<HoldRow, 'id' | 'identity' | 'linkId' | 'refs'>>`
    select id, identity, link_id as "linkId", refs from tandem.hold
    where connection_id = ${connectionId} and (link_id is null or link_id = any(${planned.touched}::text[]))`.execute(
    db,
  )
  if (rows.length === 0) return
  const repeated = new Set(planned.chunk.holds.map(holdIdentity))
  const refs = touchedRefs(planned.chunk)
  const stale = rows.filter(
    (hold) => !repeated.has(hold.identity) && (hold.linkId !== null || hold.refs.some((ref) => refs.has(refKey(ref)))),
  )
  await closeHolds(db, connectionId, stale)
}

export async function closeHolds(
  db: Database,
  connectionId: string,
  holds: readonly Pick<HoldRow, 'id' | 'refs'>[],
): Promise<void> {
  if (holds.length === 0) return
  await freeOwnedByHolds(db, connectionId, holds)
  await sql`delete from tandem.hold where id = any(${holds.map((hold) => hold.id)}::text[])`.execute(db)
}

async function freeOwnedByHolds(
  db: Database,
  connectionId: string,
  holds: readonly Pick<HoldRow, 'id' | 'refs'>[],
): Promise<void> {
  const rows = holds.flatMap(({ id, refs }) => refs.map((ref) => ({ ...ref, holdId: id })))
  await sql`
    update tandem.dirty as d set owner_hold = null
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as m (side text, collection text, "remoteId" text, "holdId" text)
    where d.connection_id = ${connectionId} and d.side = m.side and d.collection = m.collection
      and d.remote_id = m."remoteId" and d.owner_hold = m."holdId"`.execute(db)
}

/** One open hold per identity: an old one keeps its id and age, and takes the new content and marks. */
export async function openHolds(
  db: Database,
  connectionId: string,
  { claims, stamp }: { readonly claims: readonly HoldClaim[]; readonly stamp: Stamp },
): Promise<void> {
  if (claims.length === 0) return
  const byIdentity = new Map(claims.map((claim) => [holdIdentity(claim.hold), claim]))
  const rows = [...byIdentity].map(([identity, { hold, planId, type }]) => {
    const { linkId, kind, code, title, detail, marks: refs } = hold
    return { id: stamp.chance.uuid(), identity, planId, type, linkId, kind, code, title, detail, refs }
  })
  const opened = await sql<Pick<HoldRow, 'id' | 'identity' | 'refs'> & { isOld: boolean }>`
    insert into tandem.hold as old
      (id, connection_id, identity, type, plan_id, link_id, kind, code, title, detail, refs, opened_at)
    select h.id, ${connectionId}::text, h.identity, h.type, h."planId", h."linkId", h.kind, h.code, h.title, coalesce(h.detail, 'null'),
      h.refs, ${stamp.now}::bigint
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as h (id text, identity text, type text, "planId" text,
      "linkId" text, kind text, code text, title text, detail jsonb, refs jsonb)
    on conflict (connection_id, identity) do update set type = excluded.type, plan_id = excluded.plan_id,
      title = excluded.title, detail = excluded.detail, refs = excluded.refs
    returning id, identity, refs, xmax::text <> '0' as "isOld"`.execute(db)
  await freeAllOf(
    db,
    connectionId,
    opened.rows.filter((row) => row.isOld).map((row) => row.id),
  )
  const owned = opened.rows.flatMap(({ id, identity, refs }) => {
    const tokens = byIdentity.get(identity)?.tokens
    return refs.map((ref) => ({ ...ref, token: tokens?.get(refKey(ref)) ?? null, holdId: id }))
  })
  await ownForHolds(db, connectionId, owned)
}

async function freeAllOf(db: Database, connectionId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update tandem.dirty set owner_hold = null
    where connection_id = ${connectionId} and owner_hold = any(${ids}::text[])`.execute(db)
}
