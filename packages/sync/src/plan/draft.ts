import type { CreateExtras, SideView } from '../mapping/contract.ts'
import type { Collection, Kind } from '../model/kind.ts'
import type { PartRole } from '../model/link.ts'
import type { FieldChange, Op, OpVerb, ShadowAdvance } from '../model/op.ts'
import type { RecordRef, RemoteRecord } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import { canonicalText, type ValueObject } from '../model/value.ts'
import { mergePayload } from './merge-payload.ts'

/** An op while its fields are still being gathered. */
export interface OpDraft {
  readonly linkId: string
  readonly side: Side
  readonly collection: Collection
  readonly role: PartRole
  readonly verb: OpVerb
  readonly remoteId: string | null
  readonly title: string
  readonly changes: readonly FieldChange[]
  readonly payload: ValueObject
  readonly sourceShadow: readonly ShadowAdvance[]
  readonly naturalKey: CreateExtras['naturalKey'] | null
  readonly beforeVersion: string | null
  readonly basis: Op['basis']
  /** Drafts of the same link that must be confirmed first, by index in the link's list. */
  readonly afterDrafts: readonly number[]
  /** Partners that must exist by then although the payload names them by a text of their own (an item's code). */
  readonly needs?: readonly string[]
  readonly phase: OpPhase
}

/** Apply walks the phases in order: parents, then what names them; creates, then the write-backs that quote their ids. */
export type OpPhase = 'write' | 'persons' | 'writeBack'

const PHASE_ORDER: Readonly<Record<OpPhase, number>> = { write: 0, persons: 1, writeBack: 2 }
const KIND_ORDER: Readonly<Record<Kind, number>> = {
  contact: 0,
  item: 1,
  quote: 2,
  invoice: 3,
  creditNote: 4,
  payment: 5,
  vendor: 6,
  bill: 7,
  account: 8,
}
/** Room for this many ops in one phase of a plan; 100,000 records with persons stay far below. */
const PHASE_STRIDE = 10_000_000
export const PHASES_PER_KIND = 3

/** The place of an op in its plan: phases first, then the order in which it was planned. */
export function sequenceOf(kind: Kind, phase: OpPhase, counter: number): number {
  return (KIND_ORDER[kind] * PHASES_PER_KIND + PHASE_ORDER[phase]) * PHASE_STRIDE + counter
}

export function phaseOfSequence(sequence: number): number {
  return Math.floor(sequence / PHASE_STRIDE)
}

export function refOf(record: RemoteRecord): RecordRef {
  return { side: record.side, collection: record.collection, remoteId: record.id }
}

/** The versions that a plan of these views rests on. */
export function basisOf(views: readonly SideView[]): Op['basis'] {
  const records = views.flatMap((view) =>
    [view.main, view.primary, ...view.persons].filter((record) => record !== null),
  )
  return records.map((record) => ({ ...refOf(record), version: record.version }))
}

export function recordAt(view: SideView, role: PartRole): RemoteRecord | null {
  switch (role) {
    case 'main':
    case 'person':
    case 'deal':
    case 'member':
    case 'task':
      return view.main
    case 'primary':
      return view.primary
  }
}

export function joinPayloads(payloads: readonly ValueObject[]): ValueObject {
  return payloads.reduce(mergePayload, {})
}

/** Stable identity of an op inside its plan, so that the same state gives a byte-equal plan (I12). */
export function opIdFor(planId: string, draft: OpDraft, fingerprint: (text: string) => string): string {
  const key = [
    planId,
    draft.linkId,
    draft.side,
    draft.collection,
    draft.role,
    draft.verb,
    draft.remoteId ?? '',
    draft.phase,
  ]
  return fingerprint(`op:${canonicalText([...key, draft.payload])}`)
}

export function finishOps(
  drafts: readonly OpDraft[],
  place: { readonly planId: string; readonly kind: Kind; readonly firstCounter: number },
  fingerprint: (text: string) => string,
): readonly Op[] {
  const ids = drafts.map((draft) => opIdFor(place.planId, draft, fingerprint))
  return drafts.map((draft, index) => ({
    id: ids[index] ?? '',
    planId: place.planId,
    linkId: draft.linkId,
    sequence: sequenceOf(place.kind, draft.phase, place.firstCounter + index),
    kind: place.kind,
    side: draft.side,
    collection: draft.collection,
    role: draft.role,
    verb: draft.verb,
    remoteId: draft.remoteId,
    title: draft.title,
    changes: draft.changes,
    payload: draft.payload,
    sourceShadow: draft.sourceShadow,
    naturalKey: draft.naturalKey,
    beforeVersion: draft.beforeVersion,
    basis: draft.basis,
    after: [...draft.afterDrafts.flatMap((at) => ids[at] ?? []), ...(draft.needs ?? [])],
    state: 'intended',
    code: null,
    message: null,
  }))
}
