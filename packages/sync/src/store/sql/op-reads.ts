import { sql } from 'kysely'
import type { Kind } from '../../model/kind.ts'
import type { Op } from '../../model/op.ts'
import type { Side } from '../../model/side.ts'
import type { UnsettledOp } from '../contract.ts'
import { plainOps, readOps, unsettled } from './op-rows.ts'
import type { Database } from './schema.ts'

export function opsOfPlan(db: Database, planId: string): Promise<readonly Op[]> {
  return plainOps(db, sql`where o.plan_id = ${planId} order by o.sequence, o.id`)
}

export function intendedOps(
  db: Database,
  planId: string,
  page: { readonly afterSequence: number; readonly limit: number },
): Promise<readonly Op[]> {
  return plainOps(
    db,
    sql`where o.plan_id = ${planId} and o.sequence > ${page.afterSequence} and o.state = 'intended'
      order by o.sequence, o.id limit ${page.limit}`,
  )
}

export async function opsToSettle(db: Database, connectionId: string, now: number): Promise<readonly UnsettledOp[]> {
  const ops = await readOps(db, sql`${unsettled(connectionId)} and o.settle_after <= ${now} order by o.sent_at, o.id`)
  return ops.flatMap(({ bookkeeping: { sentAt, dispatchId }, ...op }) =>
    sentAt === null || dispatchId === null ? [] : [{ op, sentAt, dispatchId }],
  )
}

export async function unsettledLinks(
  db: Database,
  connectionId: string,
  linkIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ linkId: string }>`
    select distinct o.link_id as "linkId" from tandem.op as o ${unsettled(connectionId)}
      and o.link_id = any(${linkIds}::text[])`.execute(db)
  return new Set(rows.map((row) => row.linkId))
}

export async function unsettledCreates(
  db: Database,
  connectionId: string,
): Promise<readonly { readonly kind: Kind; readonly side: Side; readonly sentAt: number }[]> {
  const { rows } = await sql<{ kind: Kind; side: Side; sentAt: number }>`
    select o.kind, o.side, min(o.sent_at) as "sentAt" from tandem.op as o ${unsettled(connectionId)}
      and o.verb = 'create' and o.role <> 'task' group by o.kind, o.side order by o.kind, o.side`.execute(db)
  return rows
}

export async function writesSince(
  db: Database,
  linkIds: readonly string[],
  since: number,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ linkId: string; count: number }>`
    select link_id as "linkId", count(*) as count from tandem.op
    where link_id = any(${linkIds}::text[]) and sent_at >= ${since} group by link_id`.execute(db)
  return new Map(rows.map((row) => [row.linkId, row.count]))
}

export async function deletesSince(
  db: Database,
  connectionId: string,
  what: { readonly kind: Kind; readonly side: Side; readonly since: number },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from tandem.op
    where connection_id = ${connectionId} and kind = ${what.kind} and side = ${what.side} and verb = 'delete'
      and sent_at >= ${what.since}`.execute(db)
  return rows[0]?.count ?? 0
}
