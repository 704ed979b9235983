import { sql } from 'kysely'
import type { Database } from './schema.ts'

/**
 * An embedded database belongs to one process, whose folder lock proves it: leases and claims that stand there are of a
 * dead one. Waiting for them to run out would be most of a restart.
 */
export async function freeWhatTheDeadHold(db: Database): Promise<void> {
  await sql`update tandem.connection_lease set lease_until = 0 where lease_until > 0`.execute(db)
  await sql`update tandem.credential set claim_owner = null, claim_until = null where claim_owner is not null`.execute(
    db,
  )
}
