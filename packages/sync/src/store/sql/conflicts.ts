import { sql } from 'kysely'
import type { PlanChunk } from '../../model/plan.ts'
import type { ConflictChoice } from '../contract.ts'
import { type ConflictRow, conflictStateOf } from '../rules/inbox-row.ts'
import { fieldKey, spentFields } from '../rules/touched.ts'
import type { Stamp } from './marks.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

/** Closes what this chunk replaces or settles, then stores its conflicts: one unsettled row per link and field. */
export async function putConflicts(
  db: Database,
  connectionId: string,
  found: { readonly chunk: PlanChunk; readonly touched: readonly string[]; readonly stamp: Stamp },
): Promise<void> {
  const { chunk, touched, stamp } = found
  const waiting = await sql<{ id: string; linkId: string; field: string }>`
    select id, link_id as "linkId", field from tandem.conflict
    where connection_id = ${connectionId} and state <> 'closed' and link_id = any(${touched}::text[])`.execute(db)
  if (waiting.rows.length > 0) {
    const spent = spentFields(chunk)
    const ids = waiting.rows.filter((row) => spent.has(fieldKey(row))).map((row) => row.id)
    await closeConflicts(db, ids)
  }
  if (chunk.conflicts.length === 0) return
  const rows = chunk.conflicts.map((row) => ({ ...row, id: stamp.chance.uuid(), state: conflictStateOf(row) }))
  await sql`
    insert into tandem.conflict (id, connection_id, link_id, kind, field, base, zoho, xero, policy, winner, state, opened_at)
    select c.id, ${connectionId}::text, c."linkId", l.kind, c.field, c.base, c.zoho, c.xero, c.policy, c.winner, c.state,
      ${stamp.now}::bigint
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as c (id text, "linkId" text, field text, base jsonb, zoho jsonb,
      xero jsonb, policy text, winner text, state text)
    join tandem.link as l on l.id = c."linkId"`.execute(db)
}

export async function closeConflicts(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update tandem.conflict set state = 'closed' where id = any(${ids}::text[])`.execute(db)
}

export async function readChoices(
  db: Database,
  connectionId: string,
  linkIds: readonly string[],
): Promise<readonly ConflictChoice[]> {
  const { rows } = await sql<ConflictChoice>`
    select link_id as "linkId", field, winner as side from tandem.conflict
    where connection_id = ${connectionId} and state = 'chosen' and state <> 'closed'
      and link_id = any(${linkIds}::text[]) order by link_id, field`.execute(db)
  return rows
}

export async function openConflicts(db: Database, connectionId: string): Promise<readonly ConflictRow[]> {
  const { rows } = await sql<ConflictRow>`
    select id, link_id as "linkId", kind, field, base, zoho, xero, policy, winner, state, opened_at as "openedAt"
    from tandem.conflict where connection_id = ${connectionId} and state <> 'closed' and state = 'open'
    order by opened_at, link_id, field`.execute(db)
  return rows
}
