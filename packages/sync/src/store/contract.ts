import type { ConnectionStore } from './connection-store.ts'
import type { JobQueue, WebhookStore } from './inbound.ts'
import type { Lane } from './lane.ts'
import type { ReportStore } from './report-store.ts'
import type { VaultStore } from './vault-store.ts'

export type { NewConflict, NewHold } from '../model/plan.ts'
export type * from './connection-store.ts'
export type * from './inbound.ts'
export type * from './lane.ts'
export type * from './mark.ts'
export type * from './report-store.ts'
export type * from './run.ts'
export type * from './vault-store.ts'

/**
 * Everything durable, as semantic operations (design sections 3 and 4). The engine knows no SQL; an in-memory store that
 * passes the same contract tests serves the simulation. Every method is one transaction. Lists come in as batches and
 * are written with multi-row statements: a first sync moves tens of thousands of rows.
 */
export interface Store {
  readonly connections: ConnectionStore
  readonly vault: VaultStore
  readonly webhooks: WebhookStore
  readonly queue: JobQueue
  /**
   * The lane of a connection: a lease with a fencing token. undefined when another owner holds it. Every write through
   * the lane checks the fence and throws `LeaseLost` when a newer owner has taken over (C17).
   */
  claimLane(connectionId: string, owner: string, ttlMs: number): Promise<Lane | undefined>
  /** Reads and people's decisions that need no lane. */
  readonly reports: ReportStore
  /** Housekeeping for a quiet moment, minutes apart (an embedded database has nobody else to vacuum it). */
  tidy(): Promise<void>
  close(): Promise<void>
}

export class LeaseLost extends Error {
  constructor(connectionId: string) {
    super(`The lane of connection ${connectionId} belongs to a newer owner`)
    this.name = 'LeaseLost'
  }
}
