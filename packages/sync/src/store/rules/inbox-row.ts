import type { Code } from '../../model/codes.ts'
import type { Kind } from '../../model/kind.ts'
import type { NewConflict, NewHold } from '../../model/plan.ts'
import { type RecordRef, refKey } from '../../model/record.ts'
import type { Value } from '../../model/value.ts'
import type { ConflictState, ConflictView, InboxItem } from '../contract.ts'
import { fieldKey } from './touched.ts'

/** A stored hold or refusal. Closed ones are deleted: the event log remembers them. */
export interface HoldRow {
  readonly id: string
  /** One open row per identity: a second hold for the same cause replaces the first. */
  readonly identity: string
  readonly type: 'hold' | 'refusal'
  readonly planId: string | null
  readonly linkId: string | null
  readonly kind: Kind
  readonly code: Code
  readonly title: string
  readonly detail: Value
  readonly refs: readonly RecordRef[]
  readonly openedAt: number
}

/** Link and code; without a link the first record stands in for it. */
export function holdIdentity(hold: NewHold): string {
  const first = hold.marks[0]
  const subject = hold.linkId ?? (first === undefined ? hold.title : refKey(first))
  return `${subject} ${hold.code}`
}

/** A stored conflict is what reports show. */
export type ConflictRow = ConflictView

/** A conflict that policy resolved is history at once; both values stay on record. */
export function conflictStateOf(conflict: NewConflict): ConflictState {
  return conflict.winner === null ? 'open' : 'closed'
}

/** Open conflicts that these ask about again, by `fieldKey`: they stay the same item. */
export function askedAgain<
  T extends { readonly linkId: string; readonly field: string; readonly state: ConflictState },
>(waiting: readonly T[], conflicts: readonly NewConflict[]): ReadonlyMap<string, T> {
  const asked = new Set(conflicts.filter((conflict) => conflict.winner === null).map(fieldKey))
  return new Map(
    waiting.filter((row) => row.state === 'open' && asked.has(fieldKey(row))).map((row) => [fieldKey(row), row]),
  )
}

export function holdItem(hold: HoldRow): InboxItem {
  const { id, type, code, kind, linkId, title, detail, refs, openedAt } = hold
  return { id, type, code, kind, linkId, title, detail, refs, openedAt }
}

export function conflictItem(conflict: ConflictRow): InboxItem {
  const { id, kind, linkId, title, field, base, zoho, xero, policy, openedAt } = conflict
  const detail = { field, base, zoho, xero, policy }
  return { id, type: 'conflict', code: 'bothSidesChanged', kind, linkId, title, detail, refs: [], openedAt }
}
