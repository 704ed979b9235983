import type { Collection } from './kind.ts'
import type { Side } from './side.ts'
import type { ValueObject } from './value.ts'

/**
 * One remote record as read, in the remote's own field names with decimals as strings and empty strings where the
 * remote says nothing. Parsed and validated by its connector; trusted inside.
 */
export interface RemoteRecord {
  readonly side: Side
  readonly collection: Collection
  readonly id: string
  /** The remote's own modification instant, ISO 8601 UTC (`2026-10-06T03:15:20.123Z`). Never compared across sides. */
  readonly version: string
  readonly createdAt: string | null
  /** The remote's user id of the last modifier, where it says so (Zoho's Modified_By.id). */
  readonly modifiedBy: string | null
  readonly life: RecordLife
  /** False for a list row that lacks lines (zoho-crm.md 0.6): its lines must not be compared. */
  readonly hasLines: boolean
  readonly fields: ValueObject
}

/** `archived`: it exists, but refuses edits (xero.md 4.1). `gone`: deleted, voided out of sight, or merged away. */
export type RecordLife = 'live' | 'archived' | 'gone'

/** A record with the moment its read was sent, on this process' monotonic clock: the VERSION RULE needs the age. */
export interface FreshRecord {
  readonly record: RemoteRecord
  readonly sentAtMonotonicMs: number
}

export interface RecordRef {
  readonly side: Side
  readonly collection: Collection
  readonly remoteId: string
}

export function refKey(ref: RecordRef): string {
  return `${ref.side}/${ref.collection}/${ref.remoteId}`
}
