import { sql } from 'kysely'
import type { Collection } from '../../model/kind.ts'
import type { RecordRef } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import type { SweepState } from '../contract.ts'
import type { Database } from './schema.ts'

export interface SweepPass {
  readonly side: Side
  readonly collection: Collection
  readonly sweep: number
}

export async function saveSweep(db: Database, connectionId: string, state: SweepState): Promise<void> {
  const { side, collection, sweep } = state
  const values = { sweep, resume_at: state.resumeAt, started_at: state.startedAt, finished_at: state.finishedAt }
  await db
    .insertInto('tandem.sweep')
    .values({ connection_id: connectionId, side, collection, ...values })
    .onConflict((conflict) => conflict.columns(['connection_id', 'side', 'collection']).doUpdateSet(values))
    .execute()
}

export async function readSweeps(db: Database, connectionId: string): Promise<readonly SweepState[]> {
  return db
    .selectFrom('tandem.sweep')
    .select([
      'side',
      'collection',
      'sweep',
      'resume_at as resumeAt',
      'started_at as startedAt',
      'finished_at as finishedAt',
    ])
    .where('connection_id', '=', connectionId)
    .execute()
}

export async function markSeen(
  db: Database,
  connectionId: string,
  { pass, remoteIds }: { readonly pass: SweepPass; readonly remoteIds: readonly string[] },
): Promise<void> {
  if (remoteIds.length === 0) return
  await sql`
    update tandem.link_part set seen_sweep = ${pass.sweep}
    where connection_id = ${connectionId} and side = ${pass.side} and collection = ${pass.collection}
      and remote_id = any(${remoteIds}::text[])`.execute(db)
}

export async function unseenParts(db: Database, connectionId: string, pass: SweepPass): Promise<readonly RecordRef[]> {
  const { rows } = await sql<RecordRef>`
    select p.side, p.collection, p.remote_id as "remoteId"
    from tandem.link_part as p join tandem.link as l on l.id = p.link_id
    where p.connection_id = ${connectionId} and p.side = ${pass.side} and p.collection = ${pass.collection}
      and p.remote_id is not null and p.seen_sweep < ${pass.sweep} and l.state <> 'tombstoned'
    order by p.remote_id`.execute(db)
  return rows
}
