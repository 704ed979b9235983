import type { JobQueue, Store } from '../contract.ts'
import { sqlConnections } from './connections.ts'
import { claimFence } from './fence.ts'
import { type SqlPorts, sqlLane } from './lane.ts'
import { sqlReports } from './reports.ts'
import { sqlVault } from './vault.ts'
import { sqlWebhooks } from './webhooks.ts'

/** What belongs to the database itself, embedded or server: its queue, its housekeeping, its end. */
export interface SqlStoreParts extends SqlPorts {
  readonly queue: JobQueue
  tidy(): Promise<void>
  close(): Promise<void>
}

/** The store contract over a migrated PostgreSQL database, the same SQL for the embedded one and for a server. */
export function createSqlStore(parts: SqlStoreParts): Store {
  const { db, clock, queue } = parts
  return {
    connections: sqlConnections(parts),
    vault: sqlVault(db),
    webhooks: sqlWebhooks(parts),
    queue,
    claimLane: async (connectionId, owner, ttlMs) => {
      const fence = await claimFence(db, connectionId, { owner, now: clock.now(), ttlMs })
      return fence === undefined ? undefined : sqlLane(parts, { connectionId, owner, fence })
    },
    reports: sqlReports(parts),
    tidy: () => parts.tidy(),
    close: () => parts.close(),
  }
}
