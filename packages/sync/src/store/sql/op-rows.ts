import { type RawBuilder, sql } from 'kysely'
import { trustStored } from '../../model/cast.ts'
import type { Op } from '../../model/op.ts'
import type { NewDispatch } from '../contract.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

/** The parts of an op that no statement looks into: one column of JSON text. */
type OpBody = Pick<Op, 'changes' | 'payload' | 'sourceShadow' | 'naturalKey' | 'beforeVersion' | 'basis' | 'after'>
type OpRow = Omit<Op, keyof OpBody> & { readonly body: string }

export interface OpBookkeeping {
  readonly sentAt: number | null
  readonly dispatchId: string | null
}

export async function insertOps(
  db: Database,
  owner: { readonly connectionId: string; readonly runId: string; readonly fence: number },
  ops: readonly Op[],
): Promise<void> {
  if (ops.length === 0) return
  await sql`
    insert into tandem.op (id, connection_id, run_id, plan_id, link_id, sequence, kind, side, collection, role, verb,
      remote_id, title, body, state, code, message, fence)
    select o.id, ${owner.connectionId}::text, ${owner.runId}::text, o."planId", o."linkId", o.sequence, o.kind, o.side,
      o.collection, o.role, o.verb, o."remoteId", o.title, o.body, o.state, o.code, o.message, ${owner.fence}::bigint
    from jsonb_to_recordset(${safeJson(ops.map(toRow))}::jsonb) as o (id text, "planId" text, "linkId" text,
      sequence integer, kind text, side text, collection text, role text, verb text, "remoteId" text, title text,
      body text, state text, code text, message text)`.execute(db)
}

function toRow(op: Op): OpRow {
  const { changes, payload, sourceShadow, naturalKey, beforeVersion, basis, after, ...columns } = op
  return {
    ...columns,
    body: JSON.stringify({ changes, payload, sourceShadow, naturalKey, beforeVersion, basis, after }),
  }
}

export async function readOps(
  db: Database,
  rest: RawBuilder<unknown>,
): Promise<readonly (Op & { readonly bookkeeping: OpBookkeeping })[]> {
  const { rows } = await sql<OpRow & OpBookkeeping>`
    select o.id, o.plan_id as "planId", o.link_id as "linkId", o.sequence, o.kind, o.side, o.collection, o.role, o.verb,
      o.remote_id as "remoteId", o.title, o.body, o.state, o.code, o.message, o.sent_at as "sentAt",
      o.dispatch_id as "dispatchId"
    from tandem.op as o ${rest}`.execute(db)
  return rows.map(({ sentAt, dispatchId, body, ...columns }) => ({
    ...columns,
    ...trustStored<OpBody>(JSON.parse(body)),
    bookkeeping: { sentAt, dispatchId },
  }))
}

/** The ops as the engine knows them. */
export async function plainOps(db: Database, rest: RawBuilder<unknown>): Promise<readonly Op[]> {
  const ops = await readOps(db, rest)
  return ops.map(({ bookkeeping: _, ...op }) => op)
}

/** op=sent and the dispatch, in the caller's transaction. An op that is not intended is a bug and throws. */
export async function insertDispatch(db: Database, connectionId: string, dispatch: NewDispatch): Promise<void> {
  const { opIds, sentAt, settleAfter } = dispatch
  const { rows } = await sql<{ id: string }>`
    update tandem.op set state = 'sent', dispatch_id = ${dispatch.id}, sent_at = ${sentAt}, settle_after = ${settleAfter}
    where connection_id = ${connectionId} and id = any(${opIds}::text[]) and state = 'intended' returning id`.execute(
    db,
  )
  if (rows.length !== opIds.length) {
    throw new Error(`Not all of ops ${opIds.join(', ')} are intended: they cannot become sent`)
  }
  await sql`
    insert into tandem.dispatch (id, connection_id, run_id, side, idempotency_key, method, path, body, op_ids, sent_at, settle_after)
    values (${dispatch.id}, ${connectionId}, ${dispatch.runId}, ${dispatch.side}, ${dispatch.idempotencyKey},
      ${dispatch.method}, ${dispatch.path}, ${dispatch.body}, ${opIds}::text[], ${sentAt}, ${settleAfter})`.execute(db)
}

/** Ops under way, through the open dispatches. */
export function unsettled(connectionId: string): RawBuilder<unknown> {
  return sql`
    join tandem.dispatch as d on d.connection_id = ${connectionId} and not d.is_settled and o.id = any(d.op_ids)
      and o.dispatch_id = d.id
    where o.state in ('sent', 'unknown')`
}
