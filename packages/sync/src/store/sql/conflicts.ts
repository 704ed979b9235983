import { sql } from 'kysely'
import type { PlanChunk } from '../../model/plan.ts'
import type { ConflictChoice, ConflictState } from '../contract.ts'
import { askedAgain, type ConflictRow, conflictStateOf } from '../rules/inbox-row.ts'
import { fieldKey, spentFields } from '../rules/touched.ts'
import type { Stamp } from './marks.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

interface Unsettled {
  readonly id: string
  readonly linkId: string
  readonly field: string
  readonly state: ConflictState
  readonly openedAt: number
}

/**
 * Closes what this chunk settles, then stores its conflicts: one unsettled row per link and field. One that is asked
 * again keeps its id and age, so that a person who reads it can still answer.
 */
export async function putConflicts(
  db: Database,
  connectionId: string,
  found: { readonly chunk: PlanChunk; readonly touched: readonly string[]; readonly stamp: Stamp },
): Promise<void> {
  const { chunk, touched, stamp } = found
  const waiting = await sql<Unsettled>`
    select id, link_id as "linkId", field, state, opened_at as "openedAt" from tandem.conflict
    where connection_id = ${connectionId} and state <> 'closed' and link_id = any(${touched}::text[])`.execute(db)
  const asked = askedAgain(waiting.rows, chunk.conflicts)
  const spent = spentFields(chunk)
  const settled = waiting.rows.filter((row) => spent.has(fieldKey(row)) && asked.get(fieldKey(row)) !== row)
  await closeConflicts(
    db,
    settled.map((row) => row.id),
  )
  if (chunk.conflicts.length === 0) return
  const rows = chunk.conflicts.map((row) => {
    const old = asked.get(fieldKey(row))
    const { id, openedAt } = old ?? { id: stamp.chance.uuid(), openedAt: stamp.now }
    return { ...row, id, openedAt, state: conflictStateOf(row) }
  })
  await sql`
    insert into tandem.conflict as old
      (id, connection_id, link_id, kind, title, field, base, zoho, xero, policy, winner, state, opened_at)
    select c.id, ${connectionId}::text, c."linkId", l.kind, c.title, c.field, c.base, c.zoho, c.xero, c.policy, c.winner,
      c.state, c."openedAt"
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as c (id text, "linkId" text, title text, field text, base jsonb,
      zoho jsonb, xero jsonb, policy text, winner text, state text, "openedAt" bigint)
    join tandem.link as l on l.id = c."linkId"
    on conflict (id) do update set title = excluded.title, base = excluded.base, zoho = excluded.zoho,
      xero = excluded.xero, policy = excluded.policy`.execute(db)
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
    select id, link_id as "linkId", kind, title, field, base, zoho, xero, policy, winner, state, opened_at as "openedAt"
    from tandem.conflict where connection_id = ${connectionId} and state <> 'closed' and state = 'open'
    order by opened_at, link_id, field`.execute(db)
  return rows
}

export async function latestConflicts(
  db: Database,
  connectionId: string,
  limit: number,
): Promise<readonly ConflictRow[]> {
  const { rows } = await sql<ConflictRow>`
    select id, link_id as "linkId", kind, title, field, base, zoho, xero, policy, winner, state, opened_at as "openedAt"
    from tandem.conflict where connection_id = ${connectionId}
    order by opened_at desc, link_id, field, id limit ${limit}`.execute(db)
  return rows
}
