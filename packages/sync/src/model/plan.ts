import type { Code } from './codes.ts'
import type { Kind } from './kind.ts'
import type { LinePair, LinkPart, ShadowField } from './link.ts'
import type { LinkEvent } from './link-state.ts'
import type { Op } from './op.ts'
import type { RecordRef } from './record.ts'
import type { Side } from './side.ts'
import type { Value } from './value.ts'

/** `ready`: automatic, goes at once. `held`: waits for approval. `approved`: a ceiling for apply. */
export type PlanState = 'ready' | 'held' | 'approved' | 'applying' | 'done' | 'superseded'

export interface Plan {
  readonly id: string
  readonly runId: string
  readonly state: PlanState
  readonly createdAt: number
  /** Why it is held; null when it is not. */
  readonly holdCode: Code | null
  readonly counts: readonly PlanCount[]
}

export interface PlanCount {
  readonly kind: Kind
  readonly side: Side
  readonly verb: Op['verb']
  readonly count: number
}

/**
 * What planning one chunk decided. Data only (I12): nothing in it has happened. `settled` are facts found true without
 * a write; `ops` are intended writes; the rest is for people.
 */
export interface PlanChunk {
  readonly newLinks: readonly NewLink[]
  readonly linkChanges: readonly LinkChange[]
  readonly ops: readonly Op[]
  readonly settled: readonly SettledPart[]
  readonly conflicts: readonly NewConflict[]
  readonly holds: readonly NewHold[]
  /** Marks that this chunk has dealt with and that no op or hold owns: they are cleared when the chunk is recorded. */
  readonly clear: readonly RecordRef[]
  readonly skipped: readonly { readonly ref: RecordRef; readonly reason: SkipReason }[]
}

/** Why a record takes no part, by setting and without any error. */
export type SkipReason =
  | 'notTicked'
  | 'supplierOnly'
  | 'notASale'
  | 'cancelled'
  | 'archivedUnlinked'
  | 'createSwitchedOff'
  | 'updateSwitchedOff'
  | 'directionSwitchedOff'
  | 'statusFilteredOut'
  | 'lockedInXero'
  | 'goneUnlinked'
  | 'waitsForUnsettledCreate'
  | 'detached'
  | 'beforeStartDate'
  | 'personWithoutCompany'
  | 'notWon'
  | 'parentLeftOut'
  | 'notASupplier'
  | 'waitsForDayEnd'
  | 'daySummary'

export interface NewLink {
  readonly id: string
  readonly kind: Kind
  readonly parts: readonly LinkPart[]
}

export interface LinkChange {
  readonly linkId: string
  readonly event: LinkEvent | null
  readonly code: Code | null
  readonly addParts: readonly LinkPart[]
  /** Persons that have left the company, or are gone: no longer parts of this link. */
  readonly dropParts?: readonly RecordRef[]
  /** null leaves the pairs as they are. */
  readonly lines: readonly LinePair[] | null
}

/** Shadows and version of one part that are known true from fresh reads alone. */
export interface SettledPart {
  readonly linkId: string
  readonly ref: RecordRef
  readonly shadow: Readonly<Record<string, ShadowField>>
  /** `keep` leaves the stored version; null forgets it; a text sets it (VERSION RULE). */
  readonly version: string | null | 'keep'
  readonly generation: number
}

export interface NewConflict {
  readonly linkId: string
  /** What a person knows the record by. */
  readonly title: string
  readonly field: string
  readonly base: Value
  readonly zoho: Value
  readonly xero: Value
  /** null: waits for a person. */
  readonly winner: Side | null
  readonly policy: string
}

export interface NewHold {
  readonly linkId: string | null
  readonly kind: Kind
  readonly code: Code
  readonly title: string
  readonly detail: Value
  /** The marks this hold owns: they stay, and are not planned again until they are renewed or the hold is released. */
  readonly marks: readonly RecordRef[]
}
