import type { Link } from '../model/link.ts'
import type { Op } from '../model/op.ts'
import type { PlanChunk } from '../model/plan.ts'
import { refKey } from '../model/record.ts'
import { otherSide } from '../model/side.ts'
import type { Value } from '../model/value.ts'
import { invoiceOfDeal } from './deal-invoice.ts'
import { finishOps, type OpDraft, refOf } from './draft.ts'
import { holdCandidate, linkIdOf, newLinkOf } from './held-candidate.ts'
import type { Candidate, LinkSubject, PlanInput, PoolEntry } from './input.ts'
import { matchCandidate } from './match.ts'
import { type LinkPlan, NOTHING, skipAll } from './outcome.ts'
import { planCreate } from './plan-create.ts'
import { planDeal } from './plan-deal.ts'
import { planLink } from './plan-link.ts'
import { withDeals } from './with-deals.ts'

/**
 * Plans one chunk of one kind. PURE: the same input gives a byte-equal chunk (I12). Subjects and candidates are taken
 * in a fixed order, so that it does not matter in which order the marks came (I13).
 */
export function planChunk(input: PlanInput, firstCounter: number): PlanChunk {
  const subjects = [...input.subjects].sort((a, b) => compare(a.link.id, b.link.id))
  const candidates = [...input.candidates].sort((a, b) => compare(candidateOrder(a), candidateOrder(b)))
  const plans: LinkPlan[] = subjects.map((subject) => planLink(subject, input))
  // Who takes a merged record's place in its link is nobody's new partner.
  const taken = new Set(
    subjects.flatMap(({ survivor }) =>
      survivor?.heldBy === null ? [key(survivor.record.side, survivor.record.id)] : [],
    ),
  )
  const made = new Set<string>()
  for (const candidate of candidates) {
    if (taken.has(key(candidate.main.side, candidate.main.id))) continue
    const plan = withDeals(planCandidate(candidate, input, taken), candidate, input)
    // A deal and its CRM invoice have one link: whichever comes second is planned when the first is there.
    if (!makesTwice(plan, made)) plans.push(plan)
  }
  return assemble(plans, input, firstCounter)
}

/** Would one side of one link be created twice in this chunk? Notes what is created. */
function makesTwice({ drafts }: LinkPlan, made: Set<string>): boolean {
  const creates = drafts.filter((draft) => draft.verb === 'create' && draft.role === 'main')
  const keys = creates.map((draft) => `${draft.linkId}.${draft.side}`)
  if (keys.some((one) => made.has(one))) return true
  for (const one of keys) made.add(one)
  return false
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function candidateOrder(candidate: Candidate): string {
  return `${candidate.main.side === 'zoho' ? 0 : 1}/${candidate.main.createdAt ?? ''}/${candidate.main.id}`
}

function key(side: string, remoteId: string): string {
  return `${side}/${remoteId}`
}

function planCandidate(candidate: Candidate, input: PlanInput, taken: Set<string>): LinkPlan {
  if (candidate.main.life === 'gone') return skipAll(candidate.marks, 'goneUnlinked')
  if (input.unsettledLinkIds.has(linkIdOf(candidate, input))) return NOTHING
  const own = candidate.deals?.own ?? null
  if (own !== null) return planDeal(candidate, own, input)
  const deal = invoiceOfDeal(candidate, input)
  switch (deal.type) {
    case 'planned':
      return deal.plan
    case 'join':
      // Two that somebody made of one deal, in one chunk: the second is one too many.
      if (taken.has(key(deal.partner.view.side, deal.partner.remoteId)))
        return planUnlinked(candidate, { input, taken, billedBy: deal.detail })
      taken.add(key(candidate.main.side, candidate.main.id)).add(key(deal.partner.view.side, deal.partner.remoteId))
      return linkCandidate(candidate, deal.partner, input)
    case 'as':
      return planUnlinked({ ...candidate, linkId: deal.linkId }, { input, taken, billedBy: null })
    case 'second':
      return planUnlinked(candidate, { input, taken, billedBy: deal.detail })
    case 'apart':
      return planUnlinked(candidate, { input, taken, billedBy: null })
  }
}

interface Unlinked {
  readonly input: PlanInput
  /** Records that are linked, held or created in this chunk already. */
  readonly taken: Set<string>
  /** What bills the deal that it names already: then it is never created. */
  readonly billedBy: Value
}

function planUnlinked(candidate: Candidate, { input, taken, billedBy }: Unlinked): LinkPlan {
  if (waitsForUnsettled(candidate, input)) {
    return waiting(candidate)
  }
  const match = matchCandidate(candidate, input)
  const skip = input.mapping.skip(candidate.main, input.context)
  const reason = candidate.isPulledIn && skip === 'supplierOnly' ? null : skip
  // Nobody later in this chunk may join what is linked, held or created here, by another key of its own (I2).
  if (match.type === 'link' || reason === null) taken.add(key(candidate.main.side, candidate.main.id))
  if (match.type === 'link' && isMergedAway(candidate, input))
    return match.reason === 'crossReference'
      ? joined(candidate, match.partner, input)
      : skipAll(candidate.marks, 'archivedUnlinked')
  switch (match.type) {
    case 'link':
      if (taken.has(key(otherSide(candidate.main.side), match.partner.remoteId))) {
        return holdCandidate(
          candidate,
          { code: 'ambiguousMatch', detail: { key: match.reason, taken: match.partner.remoteId } },
          input,
        )
      }
      taken.add(key(otherSide(candidate.main.side), match.partner.remoteId))
      return linkCandidate(candidate, match.partner, input)
    case 'hold':
      if (reason !== null) return skipAll(candidate.marks, reason)
      return holdCandidate(candidate, match, input)
    case 'create':
      if (reason !== null) return skipAll(candidate.marks, reason)
      if (isAmong(input.waitingForOtherRole, candidate)) return waiting(candidate)
      if (isAmong(input.withGoneParents, candidate)) return skipAll(candidate.marks, 'parentLeftOut')
      if (billedBy !== null) return holdCandidate(candidate, { code: 'dealHasInvoice', detail: billedBy }, input)
      return planCreate(candidate, input)
  }
}

/** Its marks stay: it is planned again with the next round. */
function waiting(candidate: Candidate): LinkPlan {
  return { ...NOTHING, skipped: candidate.marks.map((ref) => ({ ref, reason: 'waitsForUnsettledCreate' })) }
}

function isAmong(keys: ReadonlySet<string> | undefined, { main }: Candidate): boolean {
  const { side, collection, id: remoteId } = main
  return keys?.has(refKey({ side, collection, remoteId })) ?? false
}

/** A record that may be the result of a create whose answer was lost is not planned until that create is settled. */
function waitsForUnsettled(candidate: Candidate, input: PlanInput): boolean {
  const reference = input.mapping.crossReference(candidate.main, input.context)
  // It says itself which create it may be the result of.
  if (reference?.type === 'link' && input.unsettledLinkIds.has(reference.linkId)) return true
  const oldest = input.unsettledCreates[candidate.main.side]
  if (oldest === undefined || reference !== null) return false
  const { createdAt } = candidate.main
  // One minute of slack: the remote's clock and ours are compared here.
  return createdAt === null || Date.parse(createdAt) >= oldest - 60_000
}

/** A contact that was merged into another stands for nobody any more, whatever it says. */
function isMergedAway({ main }: Candidate, { mapping }: PlanInput): boolean {
  return main.life === 'archived' && (mapping.successor?.(main) ?? null) !== null
}

/**
 * A lost create had made this partner before the merge. Nothing of the one that was merged away goes to it: the marks
 * stay, and the next plan goes on with whoever won the merge, or tells a person.
 */
function joined(candidate: Candidate, partner: PoolEntry, input: PlanInput): LinkPlan {
  const link = newLinkOf(candidate, input)
  const theirs = partner.view.main === null ? [] : [{ ...refOf(partner.view.main), ...UNCOMPARED }]
  const change = { linkId: link.id, event: 'matched' as const, code: null, addParts: theirs, lines: null }
  return { ...NOTHING, newLink: link, change }
}

const UNCOMPARED = { role: 'main' as const, version: null, shadow: {} }

/** Joins two records and merges them at once, as a link without a base. */
function linkCandidate(candidate: Candidate, partner: PoolEntry, input: PlanInput): LinkPlan {
  const views = { [candidate.main.side]: candidate.view, [partner.view.side]: partner.view }
  const zoho = views.zoho ?? candidate.view
  const xero = views.xero ?? partner.view
  const id = partner.dealLinkId ?? candidate.linkId ?? input.linkIdFor(refOf(zoho.main ?? candidate.main))
  const parts = [zoho, xero].flatMap((view) =>
    view.main === null
      ? []
      : [
          {
            side: view.side,
            collection: view.main.collection,
            role: 'main' as const,
            remoteId: view.main.id,
            version: null,
            shadow: {},
          },
        ],
  )
  const link: Link = {
    id,
    kind: input.kind,
    state: 'linked',
    generation: input.generation,
    attempts: 0,
    nextAttemptAt: null,
    lastCode: null,
    lines: [],
    parts,
  }
  const partnerMarks = input.candidates
    .filter((other) => other.main.id === partner.remoteId && other.main.side === partner.view.side)
    .flatMap((other) => other.marks)
  const subject: LinkSubject = {
    link,
    zoho,
    xero,
    gone: [],
    strayed: [],
    marks: [...candidate.marks, ...partnerMarks],
    linesEcho: new Set(),
    choices: {},
    // Whoever joins the link of a deal may bring what the deal has not been told of yet.
    ...(partner.dealLinkId === undefined ? {} : { deals: candidate.deals?.other?.billed ?? [] }),
  }
  const plan = planLink(subject, input)
  const change = plan.change ?? { linkId: id, event: null, code: null, addParts: [], lines: null }
  return { ...plan, newLink: { id, kind: input.kind, parts }, change: { ...change, event: change.event ?? 'matched' } }
}

/** What goes along with every write of a main record, and is never a reason for one. */
function stamped(draft: OpDraft, { mapping }: PlanInput): OpDraft {
  const stamp = draft.role === 'main' && draft.verb !== 'delete' ? mapping.stamp?.(draft.side) : undefined
  return stamp === undefined ? draft : { ...draft, payload: { ...draft.payload, ...stamp } }
}

/** The chunk of these plans, in their order. */
export function assemble(plans: readonly LinkPlan[], input: PlanInput, firstCounter: number): PlanChunk {
  const ops: Op[] = []
  for (const plan of plans) {
    ops.push(
      ...finishOps(
        plan.drafts.map((draft) => stamped(draft, input)),
        { planId: input.planId, kind: input.kind, firstCounter: firstCounter + ops.length },
        input.fingerprint,
      ),
    )
  }
  return {
    newLinks: plans.flatMap((plan) => plan.newLink ?? []),
    linkChanges: plans.flatMap((plan) => plan.change ?? []),
    ops,
    settled: plans.flatMap((plan) => plan.settled),
    conflicts: plans.flatMap((plan) => plan.conflicts),
    holds: plans.flatMap((plan) => plan.holds),
    clear: plans.flatMap((plan) => plan.clear),
    skipped: plans.flatMap((plan) => plan.skipped),
  }
}
