import type { Collection, Kind } from './kind.ts'
import type { PartRole } from './link.ts'
import type { RecordRef } from './record.ts'
import type { Side } from './side.ts'
import type { Value, ValueObject } from './value.ts'

/** One intended remote write, committed before the call (design section 3). */
export interface Op {
  readonly id: string
  readonly planId: string
  readonly linkId: string
  /** Order inside the plan; the order of apply and of the preview. */
  readonly sequence: number
  readonly kind: Kind
  readonly side: Side
  readonly collection: Collection
  readonly role: PartRole
  readonly verb: OpVerb
  /** null for a create. */
  readonly remoteId: string | null
  /** What a person reads: the record's name or number on its source side. */
  readonly title: string
  /** Field by field, before and after, in the target's canonical form; what the preview shows. */
  readonly changes: readonly FieldChange[]
  /** What goes over the wire, in the remote's own names; may hold `@link:` references and ASSIGNED. */
  readonly payload: ValueObject
  /** Shadows that become true on the source side when this op is confirmed, by part key `role:remoteId`. */
  readonly sourceShadow: readonly ShadowAdvance[]
  /** The natural key by which an unsettled create is found again. */
  readonly naturalKey: NaturalKey | null
  /** The target's version when the before-image was read, for If-Unmodified-Since. */
  readonly beforeVersion: string | null
  /** Every record that this op was planned from, at the version that was read: a newer one drops the op. */
  readonly basis: readonly RecordVersion[]
  /** Ops of this plan that must be confirmed first (the create that a write-back follows), and partners by reference. */
  readonly after: readonly string[]
  readonly state: OpState
  readonly code: string | null
  readonly message: string | null
}

export interface RecordVersion extends RecordRef {
  readonly version: string
}

export type OpVerb = 'create' | 'update' | 'delete'

export type OpState = 'intended' | 'sent' | 'confirmed' | 'refused' | 'unknown' | 'superseded'

export interface FieldChange {
  readonly field: string
  readonly before: Value
  readonly after: Value
  /**
   * Why: `changed` on the source, `fill` of a blank, first-link policy, conflict won, write-back of a reference; `step`:
   * on its way to what the source says, and planned again from there.
   */
  readonly reason: ChangeReason
}

export type ChangeReason = 'create' | 'changed' | 'fill' | 'firstLink' | 'conflictWon' | 'crossReference' | 'step'

export interface ShadowAdvance {
  readonly side: Side
  readonly collection: Collection
  readonly remoteId: string
  readonly field: string
  readonly value: Value
  /** A line that this op only echoes, since another op carries it the other way: it is paired, and its shadows stay. */
  readonly isPairOnly?: true
}

/** In a look-up, instead of a field: whose e-mail address, or website, is on this domain. */
export const EMAIL_DOMAIN = 'EmailDomain'
export const WEBSITE_DOMAIN = 'WebsiteDomain'
/** In a look-up, instead of a field of Xero's payments: whose Reference ends with this token of ours. */
export const PAYMENT_TOKEN = 'ReferenceToken'

export interface NaturalKey {
  /** The remote's field that carries it: `ContactNumber`, `Code`, `InvoiceNumber`, `Url`, or the Zoho cross-reference field. */
  readonly field: string
  readonly value: string
}

/** The literal transition table of an op; a transition that is missing is a bug. */
export const OP_TRANSITIONS: Readonly<Record<OpState, readonly OpState[]>> = {
  intended: ['sent', 'superseded', 'refused'],
  // back to intended: the remote said that nothing was executed (throttled, unavailable).
  sent: ['confirmed', 'refused', 'unknown', 'superseded', 'intended'],
  unknown: ['confirmed', 'superseded', 'refused'],
  confirmed: [],
  refused: [],
  superseded: [],
}

/** An op that is neither ended nor merely intended keeps its link out of planning. */
export function isUnsettled(state: OpState): boolean {
  return state === 'sent' || state === 'unknown'
}
