import type { LinkContext } from '../mapping/contract.ts'
import { type Collection, collectionsOf } from '../model/kind.ts'
import { type LinkPart, linkReference } from '../model/link.ts'
import type { LinkChange, SkipReason } from '../model/plan.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { ValueObject } from '../model/value.ts'
import type { DealInvoice, OwnDeal } from './deal-facts.ts'
import { refOf } from './draft.ts'
import { holdCandidate, linkIdOf, newLinkOf } from './held-candidate.ts'
import type { Candidate, PlanInput, PoolEntry } from './input.ts'
import { matchCandidate } from './match.ts'
import { type LinkPlan, NOTHING, skipAll } from './outcome.ts'
import { planCreate } from './plan-create.ts'
import { toldDeals } from './told-deals.ts'

/**
 * Plans a deal that no invoice bills yet. It joins the invoice that is there; only where there is none, one is made, and
 * the deal is a part of its link before anything is sent: from then on the stage may do what it likes (R37, I2).
 */
export function planDeal(candidate: Candidate, own: OwnDeal, input: PlanInput): LinkPlan {
  const reason = input.mapping.skip(candidate.main, input.context)
  if (reason === 'beforeStartDate') return leftAlone(candidate, input)
  if (reason !== null) return notBilled(candidate, reason)
  const [first] = [...own.invoices].sort(linkedFirst)
  const won: WonDeal = { candidate, own, input }
  if (first !== undefined) return joinInvoice(won, first)
  const match = matchCandidate(candidate, input)
  switch (match.type) {
    case 'link':
      return joinBooks(won, match.partner)
    case 'hold':
      return holdCandidate(candidate, match, input)
    case 'create':
      return bill(won)
  }
}

interface WonDeal {
  readonly candidate: Candidate
  readonly own: OwnDeal
  readonly input: PlanInput
}

/** Oldest first among those that are linked, and among those that are not. */
function linkedFirst(left: DealInvoice, right: DealInvoice): number {
  return Number(left.link === null) - Number(right.link === null)
}

/** Won before this was switched on: kept apart for good, so that no later edit of it is taken for a new win. */
function leftAlone(candidate: Candidate, input: PlanInput): LinkPlan {
  const skipped = skipAll(candidate.marks, 'beforeStartDate')
  if (candidate.linkId !== null) return skipped
  const newLink = newLinkOf(candidate, input)
  return { ...skipped, newLink, change: changeOf(newLink.id, 'detachedByPerson') }
}

/** What was held of it no longer waits. */
function notBilled(candidate: Candidate, reason: SkipReason): LinkPlan {
  const skipped = skipAll(candidate.marks, reason)
  return candidate.linkId === null ? skipped : { ...skipped, change: changeOf(candidate.linkId, null) }
}

/**
 * A CRM invoice names this deal: that one bills it, now or once it goes to Xero. Nothing is made. Where a link knows it,
 * the marks stay: the next plan looks at all of that link, and tells the deal.
 */
function joinInvoice({ candidate, own, input }: WonDeal, { record, link }: DealInvoice): LinkPlan {
  const part = dealPart(own.record)
  if (link !== null) return { ...NOTHING, change: { ...changeOf(link.id, null), addParts: [part] } }
  const id = candidate.linkId ?? input.linkIdFor(refOf(record))
  return { ...NOTHING, newLink: { id, kind: input.kind, parts: [mainPartOf(record), part] }, clear: candidate.marks }
}

/** The Xero invoice that an earlier try has made, found again by its number or by the link in its Url. The marks stay. */
function joinBooks({ candidate, own, input }: WonDeal, partner: PoolEntry): LinkPlan {
  const { main } = partner.view
  if (main === null || partner.dealLinkId !== undefined) {
    const detail = { key: 'deal', candidates: [{ side: 'xero', remoteId: partner.remoteId, title: partner.title }] }
    return holdCandidate(candidate, { code: 'ambiguousMatch', detail }, input)
  }
  const newLink = { ...newLinkOf(candidate, input), parts: [dealPart(own.record), mainPartOf(main)] }
  return { ...NOTHING, newLink, change: changeOf(newLink.id, 'matched') }
}

/** One Xero invoice, made by the rules of invoices; the link knows the deal before it is sent. */
function bill({ candidate, own, input }: WonDeal): LinkPlan {
  const { deals } = input.mapping
  if (deals === undefined) return NOTHING
  const plan = planCreate(candidate, { ...input, context: deals.contextFor(input.context) })
  const [main] = plan.drafts
  if (main === undefined) return plan
  // Rows of a quote are no rows of a CRM invoice: only the stage that made it is remembered of the deal.
  const stage = { ...refOf(own.record), field: 'stage', value: own.record.fields.Stage ?? '' }
  const linkId = linkIdOf(candidate, input)
  const invoice = futureInvoice(linkId, main.payload, input)
  const context: LinkContext = { ...input.context, linkId }
  const deal = { part: dealPart(own.record), record: own.record }
  const { drafts } = toldDeals([deal], { linkId, invoice, context, input })
  return {
    ...plan,
    drafts: [{ ...main, sourceShadow: [stage] }, ...drafts.map((draft) => ({ ...draft, afterDrafts: [0] }))],
  }
}

/** The invoice as it will be, under the id that its link stands for until Xero assigns one. */
export function futureInvoice(linkId: string, fields: ValueObject, input: PlanInput): RemoteRecord {
  const [collection]: readonly [Collection, ...Collection[]] = collectionsOf(
    input.kind,
    'xero',
    input.context.settings.customerModel,
  )
  const times = { version: '', createdAt: null, modifiedBy: null }
  return {
    side: 'xero',
    collection,
    id: linkReference(linkId, 'xero'),
    ...times,
    life: 'live',
    hasLines: false,
    fields,
  }
}

export function changeOf(linkId: string, event: LinkChange['event']): LinkChange {
  return { linkId, event, code: null, addParts: [], lines: null }
}

function dealPart(record: RemoteRecord): LinkPart {
  return { ...refOf(record), role: 'deal', version: null, shadow: {} }
}

export function mainPartOf(record: RemoteRecord): LinkPart {
  return { ...refOf(record), role: 'main', version: null, shadow: {} }
}
