import type { EndState } from '../mapping/removal.ts'
import { type Link, mainPart } from '../model/link.ts'
import type { NewHold, SettledPart } from '../model/plan.ts'
import type { RemoteRecord } from '../model/record.ts'
import { otherSide, type Side } from '../model/side.ts'
import { canonicalText } from '../model/value.ts'
import { basisOf, type OpDraft, refOf } from './draft.ts'
import { editedSince } from './edited-since.ts'
import { holdSubject, staying, titleOf } from './hold-subject.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { type LinkPlan, NOTHING } from './outcome.ts'
import { type KnownValue, shadowField } from './settle.ts'

/** Shadow field of a part: how a delete of ours has ended its record. */
export const REMOVED_FIELD = '$removed'
/** The same of a delete that had no answer: if the record has ended, it was us. */
export const REMOVING_FIELD = '$removing'
/** Shadow field of a Xero part: back in use, while its partner lies in the CRM's recycle bin. It is not put away again by us. */
const KEPT_FIELD = '$kept'
/** Shadow field of a Xero part: how it had ended when the two were last looked at. */
export const ENDED_FIELD = '$ended'
/** Shadow field of a part: the version of its record when a person was last asked whether it shall be deleted. */
const ASKED_FIELD = '$asked'
/** Shadow field of a CRM part, one per former partner, whose id it ends with: deleted by us, and nobody's partner again. */
const FORMER_PREFIX = '$former:'

/** Is this how we have ended the record of this side? By its fingerprint, which outlives the value (R79). */
export function isRemovedAs(link: Link, side: Side, end: EndState, input: Pick<PlanInput, 'fingerprint'>): boolean {
  const shadow = mainPart(link, side)?.shadow ?? {}
  const print = input.fingerprint(canonicalText(end))
  return [REMOVED_FIELD, REMOVING_FIELD].some((field) => shadow[field]?.print === print)
}

export function isRemovedByUs(link: Link, side: Side, input: Pick<PlanInput, 'fingerprint'>): boolean {
  return ENDS.some((end) => isRemovedAs(link, side, end, input))
}

/** Xero records that we have deleted with the CRM record of this link. */
export function formerPartners(link: Link): readonly string[] {
  return Object.keys(mainPart(link, 'zoho')?.shadow ?? {}).flatMap((field) =>
    field.startsWith(FORMER_PREFIX) ? [field.slice(FORMER_PREFIX.length)] : [],
  )
}

/** The shadow field that remembers one. */
export function formerField(remoteId: string): string {
  return `${FORMER_PREFIX}${remoteId}`
}

const ENDS: readonly EndState[] = ['ARCHIVED', 'VOIDED', 'DELETED']

/** Kind power, direction and the delete switch of the target (R11, R12, C4); not the mode of this run. */
export function mayDelete(target: Side, input: PlanInput): boolean {
  const kind = input.context.settings.kinds[input.kind]
  const flow = target === 'xero' ? 'zohoToXero' : 'xeroToZoho'
  return kind.isOn && (kind.direction === 'both' || kind.direction === flow) && kind[target].delete
}

/** The marks stay for the next run that goes that way. */
export function leaveForLater(subject: LinkSubject): LinkPlan {
  return { ...NOTHING, skipped: staying(subject).map((ref) => ({ ref, reason: 'directionSwitchedOff' })) }
}

/** Has a person agreed to the delete, with the target as it is now? Changed since they were asked, it is asked about anew. */
export function isAgreed(subject: LinkSubject, target: Side, input: Pick<PlanInput, 'fingerprint'>): boolean {
  const main = subject[target].main
  if (main === null || !(subject.agreed ?? []).some((ref) => ref.side === target && ref.remoteId === main.id))
    return false
  const asked = mainPart(subject.link, target)?.shadow[ASKED_FIELD]
  return asked === undefined || isAskedAbout(subject.link, main, input)
}

/** Was a person last asked about this version of the record? */
export function isAskedAbout(
  link: Link,
  { side, version }: Pick<RemoteRecord, 'side' | 'version'>,
  { fingerprint }: Pick<PlanInput, 'fingerprint'>,
): boolean {
  return mainPart(link, side)?.shadow[ASKED_FIELD]?.print === fingerprint(canonicalText(version))
}

/** Asks a person about a delete, and remembers what they could see of its target. */
export function askToDelete(
  subject: LinkSubject,
  of: Pick<NewHold, 'code' | 'detail'> & { readonly target: Side },
  input: PlanInput,
): LinkPlan {
  const { target, code, detail } = of
  const { main } = subject[target]
  const held = holdSubject(subject, { code, title: titleOf(subject, input), detail, marks: [] })
  if (main === null) return held
  const shadow = { [ASKED_FIELD]: shadowField(main.version, input.fingerprint) }
  const { link } = subject
  return {
    ...held,
    settled: [{ linkId: link.id, ref: refOf(main), shadow, version: 'keep', generation: link.generation }],
  }
}

export interface Deletion {
  readonly target: Side
  /** The target's status now, and the one that it gets. */
  readonly from: string
  readonly to: EndState
  readonly payload: OpDraft['payload']
}

/** The one delete of a link; everything of it is over once that is confirmed. */
export function deletion(subject: LinkSubject, of: Deletion, input: PlanInput): LinkPlan {
  const { target, from, to, payload } = of
  const { main } = subject[target]
  if (main === null) return NOTHING
  const draft: OpDraft = {
    linkId: subject.link.id,
    side: target,
    collection: main.collection,
    role: 'main',
    verb: 'delete',
    remoteId: main.id,
    title: titleOf(subject, input),
    changes: [{ field: 'status', before: from, after: to, reason: 'changed' }],
    payload,
    sourceShadow: [],
    naturalKey: null,
    beforeVersion: main.version,
    basis: basisOf([subject[target]]),
    afterDrafts: [],
    phase: 'writeBack',
  }
  const change = { linkId: subject.link.id, event: null, code: null, addParts: [], lines: null }
  return { ...NOTHING, change: { ...change, dropParts: subject.strayed }, drafts: [draft] }
}

const MEMORIES = [ENDED_FIELD, REMOVED_FIELD, REMOVING_FIELD, KEPT_FIELD]

/** Somebody has brought the record of Xero back, and not the one of the CRM: it stays. */
export function keptValues({ link, zoho, xero }: LinkSubject, input: PlanInput): readonly SettledPart[] {
  if (zoho.main !== null || xero.main === null) return []
  const shadow = { [KEPT_FIELD]: shadowField(true, input.fingerprint) }
  return [{ linkId: link.id, ref: refOf(xero.main), shadow, version: 'keep', generation: link.generation }]
}

export function isKept(link: Link, input: Pick<PlanInput, 'fingerprint'>): boolean {
  return mainPart(link, 'xero')?.shadow[KEPT_FIELD]?.print === input.fingerprint(canonicalText(true))
}

/** What is to be remembered of how the record in Xero has ended; forgotten once it is in use again. */
export function endedValues({ link, xero }: LinkSubject, input: PlanInput): readonly KnownValue[] {
  const shadow = mainPart(link, 'xero')?.shadow ?? {}
  const { main } = xero
  if (main === null || input.mapping.ended === undefined) return []
  const end = input.mapping.ended(main) ?? ''
  const known = end === '' ? MEMORIES.filter((field) => shadow[field] !== undefined) : [ENDED_FIELD]
  const print = input.fingerprint(canonicalText(end))
  return known
    .filter((field) => shadow[field]?.print !== print)
    .map((field) => ({ ref: refOf(main), field, value: end }))
}

/** An edit that has not crossed yet beats the delete of the other side: a person says what is right (`merge-lines.ts` alike). */
export function holdIfEdited(subject: LinkSubject, target: Side, input: PlanInput): LinkPlan | null {
  if (isAgreed(subject, target, input)) return null
  const edited = editedSince(subject, target, input)
  if (edited.length === 0) return null
  const detail = { goneOn: otherSide(target), fields: edited, detail: 'Changed there since the last sync' }
  return askToDelete(subject, { code: 'targetDeleted', detail, target }, input)
}
