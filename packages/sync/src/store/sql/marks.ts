import { sql } from 'kysely'
import type { Kind } from '../../model/kind.ts'
import { type RecordRef, refKey } from '../../model/record.ts'
import type { Chance } from '../../ports/chance.ts'
import type { Cursor, Mark, NewMark } from '../contract.ts'
import { LOOK_REASONS } from '../mark.ts'
import { strongerReason } from '../rules/mark-row.ts'
import type { WaitingMark } from '../rules/waiting-marks.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

export interface Stamp {
  readonly chance: Chance
  readonly now: number
}

/** One statement for any number of marks: new tokens, `since` kept, owners dropped (rules/mark-row.ts says the same in code). */
export async function putMarks(
  db: Database,
  connectionId: string,
  { marks, stamp }: { readonly marks: readonly NewMark[]; readonly stamp: Stamp },
): Promise<void> {
  if (marks.length === 0) return
  const rows = coalesced(marks).map((mark) => ({ ...mark, token: stamp.chance.uuid() }))
  await sql`
    insert into tandem.dirty as d
      (connection_id, side, collection, remote_id, kind, token, since, due_at, reason)
    select ${connectionId}::text, m.side, m.collection, m."remoteId", m.kind, m.token, ${stamp.now}::bigint, m."dueAt", m.reason
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as m
      (side text, collection text, "remoteId" text, kind text, token text, "dueAt" bigint, reason text)
    on conflict (remote_id, connection_id, side, collection) do update set
      kind = excluded.kind, token = excluded.token,
      reason = case when d.owner_plan is null and d.owner_hold is null and excluded.reason = any(${LOOK_REASONS}::text[])
        and d.reason <> all(${LOOK_REASONS}::text[]) then d.reason else excluded.reason end,
      due_at = case when d.owner_plan is null and d.owner_hold is null
        then least(d.due_at, excluded.due_at) else excluded.due_at end,
      owner_plan = null, owner_link = null, owner_hold = null`.execute(db)
}

/** The same record twice in one statement would fail: the last mark stands, with the stronger reason and the earliest due time. */
function coalesced(marks: readonly NewMark[]): readonly NewMark[] {
  const byRef = new Map<string, NewMark>()
  for (const mark of marks) {
    const { side, collection, remoteId, kind } = mark
    const before = byRef.get(refKey(mark)) ?? mark
    const reason = strongerReason(before.reason, mark.reason)
    byRef.set(refKey(mark), { side, collection, remoteId, kind, reason, dueAt: Math.min(before.dueAt, mark.dueAt) })
  }
  return [...byRef.values()]
}

/** Forward only (I7). Versions are ISO instants: byte order is time order. */
export async function moveCursor(db: Database, connectionId: string, cursor: Cursor): Promise<void> {
  const { side, collection, feed, highWater, told = [] } = cursor
  await sql`
    insert into tandem.cursor as c (connection_id, side, collection, feed, high_water, told)
    values (${connectionId}, ${side}, ${collection}, ${feed}, ${highWater}, ${safeJson(told)}::jsonb)
    on conflict (connection_id, side, collection, feed)
      do update set high_water = excluded.high_water, told = excluded.told
      where c.high_water <= excluded.high_water`.execute(db)
}

export async function readCursors(db: Database, connectionId: string): Promise<readonly Cursor[]> {
  const rows = await db
    .selectFrom('tandem.cursor')
    .select(['side', 'collection', 'feed', 'high_water as highWater', 'told'])
    .where('connection_id', '=', connectionId)
    .execute()
  return rows.map(({ told, ...cursor }) => (told.length === 0 ? cursor : { ...cursor, told }))
}

export async function readDueMarks(
  db: Database,
  connectionId: string,
  request: { readonly kinds: readonly Kind[]; readonly now: number; readonly limit: number; readonly after?: Mark },
): Promise<readonly Mark[]> {
  const { kinds, now, limit, after } = request
  const further =
    after === undefined
      ? sql`true`
      : sql`(since, ${NAME}) > (${after.since}::bigint, ${`${after.side} ${after.collection} ${after.remoteId}`}::text)`
  const { rows } = await sql<Mark>`
    select side, collection, remote_id as "remoteId", kind, token, reason, since, due_at as "dueAt"
    from tandem.dirty
    where connection_id = ${connectionId} and owner_plan is null and owner_hold is null
      and due_at <= ${now} and kind = any(${kinds}::text[]) and ${further}
    order by since, ${NAME} limit ${limit}`.execute(db)
  return rows
}

/** Byte order, as in rules/mark-row.ts, whatever the database's collation. */
const NAME = sql`((side || ' ' || collection || ' ' || remote_id) collate "C")`

/** Deletes only where the token is still the one given. */
export async function deleteMarks(db: Database, connectionId: string, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return
  const rows = marks.map(({ side, collection, remoteId, token }) => ({ side, collection, remoteId, token }))
  await sql`
    delete from tandem.dirty as d
    using jsonb_to_recordset(${safeJson(rows)}::jsonb) as m (side text, collection text, "remoteId" text, token text)
    where d.connection_id = ${connectionId} and d.side = m.side and d.collection = m.collection
      and d.remote_id = m."remoteId" and d.token = m.token`.execute(db)
}

/** Moves the due time only where the token is still the one given. */
export async function postponeMarks(db: Database, connectionId: string, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return
  const rows = marks.map(({ side, collection, remoteId, token, dueAt }) => ({
    side,
    collection,
    remoteId,
    token,
    dueAt,
  }))
  await sql`
    update tandem.dirty as d set due_at = m."dueAt", reason = 'dayEnd'
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as m
      (side text, collection text, "remoteId" text, token text, "dueAt" bigint)
    where d.connection_id = ${connectionId} and d.side = m.side and d.collection = m.collection
      and d.remote_id = m."remoteId" and d.token = m.token`.execute(db)
}

/** A hold takes over these marks, where the token is still the one given (null: whatever it is). */
export async function ownForHolds(
  db: Database,
  connectionId: string,
  claims: readonly (RecordRef & { readonly token: string | null; readonly holdId: string })[],
): Promise<void> {
  if (claims.length === 0) return
  await sql`
    update tandem.dirty as d set owner_hold = m."holdId", owner_plan = null, owner_link = null
    from jsonb_to_recordset(${safeJson(claims)}::jsonb) as m
      (side text, collection text, "remoteId" text, token text, "holdId" text)
    where d.connection_id = ${connectionId} and d.side = m.side and d.collection = m.collection
      and d.remote_id = m."remoteId" and (m.token is null or d.token = m.token)`.execute(db)
}

/** What the holds of these links own. */
export async function waitingMarks(
  db: Database,
  connectionId: string,
  linkIds: readonly string[],
): Promise<readonly WaitingMark[]> {
  if (linkIds.length === 0) return []
  const { rows } = await sql<WaitingMark>`
    select d.side, d.collection, d.remote_id as "remoteId", d.token, h.link_id as "linkId", h.identity
    from tandem.hold as h join tandem.dirty as d on d.connection_id = h.connection_id and d.owner_hold = h.id
    where h.connection_id = ${connectionId} and h.link_id = any(${linkIds}::text[])
    order by d.side, d.collection, d.remote_id`.execute(db)
  return rows
}

/** Marks of records whose link got ops belong to those ops from now on, unless they were renewed since they were read. */
export async function ownForPlan(
  db: Database,
  connectionId: string,
  plan: {
    readonly planId: string
    readonly linkIds: readonly string[]
    readonly marks: readonly (RecordRef & Pick<Mark, 'token'>)[]
  },
): Promise<void> {
  if (plan.linkIds.length === 0 || plan.marks.length === 0) return
  const rows = plan.marks.map(({ side, collection, remoteId, token }) => ({ side, collection, remoteId, token }))
  await sql`
    update tandem.dirty as d set owner_plan = ${plan.planId}, owner_link = p.link_id, owner_hold = null
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as m (side text, collection text, "remoteId" text, token text)
    join tandem.link_part as p on p.connection_id = ${connectionId} and p.side = m.side
      and p.collection = m.collection and p.remote_id = m."remoteId"
    where p.link_id = any(${plan.linkIds}::text[]) and d.connection_id = ${connectionId} and d.side = m.side
      and d.collection = m.collection and d.remote_id = m."remoteId" and d.token = m.token`.execute(db)
}

export async function countMarks(db: Database, connectionId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from tandem.dirty where connection_id = ${connectionId}`.execute(db)
  return rows[0]?.count ?? 0
}
