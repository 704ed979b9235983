import type { Collection, Kind } from '../model/kind.ts'
import type { RecordRef } from '../model/record.ts'
import type { Side } from '../model/side.ts'

export interface NewMark extends RecordRef {
  readonly kind: Kind
  readonly reason: MarkReason
  /** Epoch milliseconds from which it may be planned (now + quiet time on save, now for a button or a poll). */
  readonly dueAt: number
}

export type MarkReason =
  | 'poll'
  | 'webhook'
  | 'sweep'
  | 'deleted'
  | 'absent'
  | 'person'
  | 'parent'
  | 'child'
  | 'recover'
  | 'reread'
  | 'retry'
  | 'moved'
  | 'calendar'
  | 'chooseKey'
  | 'delete'
  | 'dayEnd'

/** These only say that something may have changed on their own side; the others ask for a full look at both. */
export const LOOK_REASONS: readonly MarkReason[] = ['poll', 'webhook', 'sweep', 'reread', 'calendar']

export interface Mark extends RecordRef {
  readonly kind: Kind
  readonly token: string
  readonly reason: MarkReason
  readonly since: number
  readonly dueAt: number
}

export interface Cursor {
  readonly collection: Collection
  readonly side: Side
  readonly feed: 'modified' | 'deleted'
  /** A version seen in a row, never our clock (I7). */
  readonly highWater: string
  /** The deleted feed alone: what has been told of the rows that its next poll will repeat. */
  readonly told?: readonly string[]
}
