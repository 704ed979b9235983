import { sql } from 'kysely'
import { trustStored } from '../../model/cast.ts'
import type { NewEvent } from '../contract.ts'
import { CHAIN_START, type ChainHead, chainEvents, type EventRow, firstBroken } from '../rules/event-chain.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

/** Goes on from the connection's head, which stays locked until the transaction ends. Needs a transaction. */
export async function appendEvents(tx: Database, connectionId: string, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const head = await lockHead(tx, connectionId)
  // the digest must be of what is stored, so repaired text comes first
  const rows = chainEvents(head, trustStored<readonly NewEvent[]>(JSON.parse(safeJson(events))))
  await sql`
    insert into tandem.event (connection_id, sequence, at, run_id, link_id, type, detail, detail_digest, hash)
    select ${connectionId}::text, e.sequence, e.at, e."runId", e."linkId", e.type, coalesce(e.detail, 'null'),
      e."detailDigest", e.hash
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as e (sequence bigint, at bigint, "runId" text, "linkId" text,
      type text, detail jsonb, "detailDigest" text, hash text)`.execute(tx)
  const last = rows.at(-1)
  if (last === undefined) return
  await sql`
    update tandem.event_head set sequence = ${last.sequence}, hash = ${last.hash}
    where connection_id = ${connectionId}`.execute(tx)
}

async function lockHead(tx: Database, connectionId: string): Promise<ChainHead> {
  const { rows } = await sql<ChainHead>`
    insert into tandem.event_head as head (connection_id, sequence, hash) values (${connectionId}, 0, ${CHAIN_START})
    on conflict (connection_id) do update set sequence = head.sequence
    returning sequence, hash`.execute(tx)
  return rows[0] ?? { sequence: 0, hash: CHAIN_START }
}

type StoredEvent = EventRow & { readonly isPurged: boolean }

const COLUMNS = sql`sequence, at, run_id as "runId", link_id as "linkId", type, detail, detail_digest as "detailDigest",
  hash, is_purged as "isPurged"`

export async function latestEvents(
  db: Database,
  connectionId: string,
  limit: number,
): Promise<readonly (NewEvent & { readonly id: string })[]> {
  const { rows } = await sql<StoredEvent>`
    select ${COLUMNS} from tandem.event where connection_id = ${connectionId}
    order by sequence desc limit ${limit}`.execute(db)
  return rows.map(({ sequence, at, runId, linkId, type, detail }) => ({
    id: String(sequence),
    at,
    runId,
    linkId,
    type,
    detail,
  }))
}

const PAGE = 2000

/** The id of the first event that breaks the chain, null when whole. A page at a time: the log grows for years. */
export async function brokenEvent(db: Database, connectionId: string): Promise<string | null> {
  let head: ChainHead = { sequence: 0, hash: CHAIN_START }
  for (;;) {
    const { rows } = await sql<StoredEvent>`
      select ${COLUMNS} from tandem.event where connection_id = ${connectionId} and sequence > ${head.sequence}
      order by sequence limit ${PAGE}`.execute(db)
    const broken = firstBroken(head, rows)
    if (broken !== null) return String(broken)
    const last = rows.at(-1)
    if (last === undefined) return endsAtHead(db, connectionId, head)
    head = last
  }
}

/** Events cut off at the end break no link of the chain: the head remembers how far it went. */
async function endsAtHead(db: Database, connectionId: string, last: ChainHead): Promise<string | null> {
  const { rows } = await sql<ChainHead>`
    select sequence, hash from tandem.event_head where connection_id = ${connectionId}`.execute(db)
  const head = rows[0]
  return head === undefined || head.hash === last.hash ? null : String(last.sequence + 1)
}
