import type { Side } from '../model/side.ts'
import type { Value } from '../model/value.ts'
import type { NewMark } from './mark.ts'

export interface InboundWebhook {
  readonly system: Side
  /** Unique per delivery: a digest of the raw body and its signature, or channel and server time. */
  readonly deliveryKey: string
  readonly body: string
  readonly receivedAt: number
}

export interface WebhookStore {
  /** Stored before it is acknowledged; `duplicate` deliveries change nothing. */
  add(webhook: InboundWebhook): Promise<'stored' | 'duplicate'>
  takeUnprocessed(limit: number): Promise<readonly (InboundWebhook & { readonly id: string })[]>
  /** Marks and completion in one transaction, for the connections concerned. */
  finish(id: string, marks: readonly { readonly connectionId: string; readonly mark: NewMark }[]): Promise<void>
}

/** Coarse durable jobs on pg-boss (stack.md B): one at a time per key. */
export interface JobQueue {
  start(handler: (job: QueueJob) => Promise<void>): Promise<void>
  /** At most one waiting job per (name, key): a second send while one waits is dropped. */
  send(job: QueueJob): Promise<void>
  schedule(name: string, cron: string, key: string): Promise<void>
  stop(): Promise<void>
}

export interface QueueJob {
  readonly name: string
  /** Connection id. */
  readonly key: string
  readonly data: Value
}
