import { sql } from 'kysely'
import { LeaseLost } from '../contract.ts'
import type { Database } from './schema.ts'

export interface LaneKey {
  readonly connectionId: string
  readonly owner: string
  readonly fence: number
}

/**
 * One transaction of a lane. The shared row lock keeps a newer owner from claiming between this check and the commit.
 * Throws LeaseLost when a newer owner has the lane (C17).
 */
export function inLane<T>(db: Database, lane: LaneKey, work: (tx: Database) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql`
      select 1 from tandem.connection_lease
      where connection_id = ${lane.connectionId} and fence = ${lane.fence} for share`.execute(tx)
    if (rows.length === 0) throw new LeaseLost(lane.connectionId)
    return work(tx)
  })
}

/**
 * For writers without a lane (people, webhooks): waits until no lane transaction is under way and keeps the next one
 * out until this one ends. So lanes need no row locks, and two batches of marks cannot lock each other out.
 */
export async function lockConnection(tx: Database, connectionId: string): Promise<void> {
  await sql`select 1 from tandem.connection_lease where connection_id = ${connectionId} for update`.execute(tx)
}

/**
 * Takes the lane if it is free, run out, or this owner's already: one statement, so that many claims have one winner.
 * Answers the new fence, undefined when another owner holds it.
 */
export async function claimFence(
  db: Database,
  connectionId: string,
  claim: { readonly owner: string; readonly now: number; readonly ttlMs: number },
): Promise<number | undefined> {
  const { owner, now, ttlMs } = claim
  const { rows } = await sql<{ fence: number }>`
    insert into tandem.connection_lease as lease (connection_id, owner, lease_until, fence)
    values (${connectionId}, ${owner}, ${now + ttlMs}, 1)
    on conflict (connection_id) do update
      set owner = excluded.owner, lease_until = excluded.lease_until, fence = lease.fence + 1
      where lease.lease_until <= ${now} or lease.owner = excluded.owner
    returning fence`.execute(db)
  return rows[0]?.fence
}

/** Throws LeaseLost like every write. */
export async function setLease(db: Database, lane: LaneKey, until: number): Promise<void> {
  const { rows } = await sql`
    update tandem.connection_lease set lease_until = ${until}
    where connection_id = ${lane.connectionId} and fence = ${lane.fence} returning 1`.execute(db)
  if (rows.length === 0) throw new LeaseLost(lane.connectionId)
}
