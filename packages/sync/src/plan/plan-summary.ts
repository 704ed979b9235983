import type { LinkContext } from '../mapping/contract.ts'
import { type LinkPart, linkReference, mainPart } from '../model/link.ts'
import type { NewLink } from '../model/plan.ts'
import type { RecordRef } from '../model/record.ts'
import { dayValue } from '../model/summary.ts'
import { type OpDraft, refOf } from './draft.ts'
import { faultDetail } from './faults.ts'
import { holdCandidate } from './held-candidate.ts'
import type { PlanInput } from './input.ts'
import { lineShadowField } from './merge-lines.ts'
import { type LinkPlan, NOTHING, skipAll } from './outcome.ts'
import { pendingParents } from './pending-parents.ts'
import { planCreate } from './plan-create.ts'
import { changeOf, futureInvoice, mainPartOf } from './plan-deal.ts'
import { updateSummary } from './plan-summary-update.ts'
import { shadowField } from './settle.ts'
import { holdForMember, plainSummaryView, type SummaryAt, sourceOf } from './summary-at.ts'
import { DAY_FIELD, type Member, type SummarySubject } from './summary-facts.ts'
import { type FaultyMember, type SharedMember, shareAdvances, sharesOf } from './summary-shares.ts'
import { toldMembers } from './told-deals.ts'

/**
 * Plans one daily summary. Its members are parts of its link before anything is sent, and for ever: no invoice gets into
 * two of them, and none that is in one goes by itself (R26, I2).
 */
export function planSummary(subject: SummarySubject, input: PlanInput): readonly LinkPlan[] {
  const { link, linkId, marks } = subject
  const { summaries: rules } = input.mapping
  if (rules === undefined) return []
  if (link?.state === 'detached' || link?.state === 'tombstoned') return [skipAll(marks, 'detached')]
  if (input.unsettledLinkIds.has(linkId)) return [NOTHING]
  const context: LinkContext = { ...input.context, linkId }
  const shares = sharesOf(subject, input, context)
  const at: SummaryAt = { subject, input, context, rules }
  const isInXero = link !== null && (mainPart(link, 'xero')?.remoteId ?? null) !== null
  if (isInXero) return [updateSummary(at, shares)]
  if (link !== null) return makeSummary(at, shares.shared, shares.faulty)
  const isStill = ({ member }: { readonly member: Member }) => isOfTheDay(at, member)
  const gone = shares.shared.flatMap(({ member }) => (member.isGone ? [refOfPart(member)] : []))
  const made = makeSummary(at, shares.shared.filter(isStill), shares.faulty.filter(isStill))
  return gone.length === 0 ? made : [skipAll(gone, 'goneUnlinked'), ...made]
}

/** Read with its lines, it may have been deleted, cancelled or moved to another day: then its marks stay for the next look. */
function isOfTheDay({ rules, subject, context }: SummaryAt, { record }: Member): boolean {
  const of = record === null ? null : rules.dayOf(record, context)
  return of !== null && of.day === subject.of.day && of.currency === subject.of.currency
}

function refOfPart({ part: { side, collection, remoteId } }: Member): RecordRef {
  return { side, collection, remoteId }
}

/** Whoever cannot be said in Xero waits by itself, and the rest goes without it; a member already waits with all the others. */
function makeSummary(
  at: SummaryAt,
  shared: readonly SharedMember[],
  faulty: readonly FaultyMember[],
): readonly LinkPlan[] {
  const { subject, input } = at
  const { link, marks } = subject
  const [first] = faulty
  if (link !== null && first !== undefined) return [holdForMember(at, first)]
  const alone = faulty.flatMap((one) => heldAlone(one, input))
  if (shared.length === 0) return alone
  if (shared.some(({ member }) => waitsForItems(member, input))) return [...alone, waiting(subject)]
  const made = subject.found.filter((found) =>
    at.rules.isMadeFor(found, { linkId: subject.linkId, of: subject.of }, input.context),
  )
  const [ours] = made
  if (ours !== undefined) {
    const newLink = linkOf(at, shared, [mainPartOf(ours)])
    // The marks stay: the next plan compares it with its members.
    return [...alone, { ...NOTHING, newLink, change: changeOf(newLink.id, 'matched') }]
  }
  if (shared.every(({ share }) => share.rows.length === 0))
    return [...alone, { ...skipAll(marks, 'cancelled'), change: link === null ? null : changeOf(link.id, null) }]
  return [...alone, createSummary(at, shared)]
}

function heldAlone({ member, faults }: FaultyMember, input: PlanInput): readonly LinkPlan[] {
  const { record } = member
  if (record === null) return []
  const view = plainSummaryView(record)
  const candidate = { linkId: null, view, main: record, marks: [refOfPart(member)], isPulledIn: false }
  const [first] = faults
  return [holdCandidate(candidate, { code: first.code, detail: faultDetail(first, faults) }, input)]
}

/** An item that is on its way says, once it is there, which account its sales go to. */
function waitsForItems({ record }: Member, input: PlanInput): boolean {
  if (record === null) return false
  return pendingParents(plainSummaryView(record), input).length > 0
}

function waiting({ marks }: SummarySubject): LinkPlan {
  return { ...NOTHING, skipped: marks.map((ref) => ({ ref, reason: 'waitsForUnsettledCreate' })) }
}

/** One document by the rules of invoices; the link and its members are on record before it is sent (I2, I7). */
function createSummary(at: SummaryAt, shared: readonly SharedMember[]): LinkPlan {
  const { subject, input, context, rules } = at
  const { linkId } = subject
  const isPaid = shared.every(({ member: { record } }) => record !== null && rules.isPaid(record))
  const source = sourceOf(at, shared, isPaid ? statusOf(shared[0]?.member) : '')
  const view = plainSummaryView(source)
  const marks = marksOf(subject, shared)
  const plan = planCreate({ linkId, view, main: source, marks, isPulledIn: false }, input)
  if (plan.newLink === null) return plan
  const newLink = linkOf(at, shared, [])
  const [main] = plan.drafts
  if (main === undefined) return { ...plan, newLink }
  const told = toldMembers(
    shared.flatMap(({ member: { part, record } }) => (record === null ? [] : [{ part, record }])),
    { linkId, invoice: futureInvoice(linkId, main.payload, input), context, input },
  )
  const lines = main.sourceShadow.filter(({ field }) => field.startsWith(lineShadowField('')))
  const create: OpDraft = {
    ...main,
    sourceShadow: [...shareAdvances(shared, input), ...lines],
    basis: shared.flatMap(({ member: { record } }) =>
      record === null ? [] : [{ ...refOf(record), version: record.version }],
    ),
  }
  const needs = [linkReference(linkId, 'xero')]
  return { ...plan, newLink, drafts: [create, ...told.drafts.map((draft) => ({ ...draft, afterDrafts: [0], needs }))] }
}

/** Without the marks of those who wait by themselves. */
function marksOf({ link, marks }: SummarySubject, shared: readonly SharedMember[]) {
  if (link !== null) return marks
  const ids = new Set(shared.map(({ member }) => member.part.remoteId))
  return marks.filter(({ remoteId }) => ids.has(remoteId))
}

function linkOf({ subject, input }: SummaryAt, shared: readonly SharedMember[], others: readonly LinkPart[]): NewLink {
  const day = shadowField(dayValue(subject.of), input.fingerprint)
  const members = shared.map(
    ({ member }): LinkPart => ({ ...member.part, role: 'member', shadow: { ...member.part.shadow, [DAY_FIELD]: day } }),
  )
  return { id: subject.linkId, kind: input.kind, parts: [...members, ...others] }
}

function statusOf(member: Member | undefined): string {
  const status = member?.record?.fields.Status
  return typeof status === 'string' ? status : ''
}
