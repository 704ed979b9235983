import { mainPart, memberParts } from '../model/link.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import type { Value } from '../model/value.ts'
import type { DealLink } from './deal-facts.ts'
import type { Candidate, PlanInput, PoolEntry } from './input.ts'
import { type LinkPlan, NOTHING } from './outcome.ts'
import { changeOf, mainPartOf } from './plan-deal.ts'

/** How an unlinked invoice stands to the link of a deal. */
export type DealVerdict =
  /** It is planned like any other. */
  | { readonly type: 'apart' }
  /** Like any other, but as the invoice of that link: the deal has none yet. */
  | { readonly type: 'as'; readonly linkId: string }
  /** It is the CRM's side of the Xero invoice that bills the deal. */
  | { readonly type: 'join'; readonly partner: PoolEntry }
  /** The deal has its invoice: were this one created in Xero, the sale would be billed twice. */
  | { readonly type: 'second'; readonly detail: Value }
  | { readonly type: 'planned'; readonly plan: LinkPlan }

const APART: DealVerdict = { type: 'apart' }

export function invoiceOfDeal(candidate: Candidate, input: PlanInput): DealVerdict {
  const other = candidate.deals?.other ?? null
  if (other === null || other.link.state === 'detached' || other.link.state === 'tombstoned') return APART
  // Cancelled before it ever reached Xero: it is nobody's other side, and what somebody gave up is not brought back.
  if (candidate.main.side === 'zoho' && input.mapping.deals?.isCancelled(candidate.main) === true) return APART
  const crm = idOf(other, 'zoho')
  const books = idOf(other, 'xero')
  if (input.unsettledLinkIds.has(other.link.id)) return { type: 'planned', plan: waiting(candidate) }
  if (candidate.main.side === 'xero') return books === null ? adopted(candidate, other, input) : APART
  // The create of its invoice is on its way: what comes of it is seen first.
  if (books === null && other.link.state === 'creating') return { type: 'planned', plan: waiting(candidate) }
  // In a daily summary, which has no one CRM invoice.
  const isSummed = memberParts(other.link).length > 0
  if (crm !== null || isSummed) return { type: 'second', detail: detailOf(other, { crm, books }) }
  if (books === null) return { type: 'as', linkId: other.link.id }
  return beside(candidate, { other, books }, input)
}

/** The deal has its Xero invoice, and that has no CRM invoice yet. */
function beside(
  candidate: Candidate,
  of: { readonly other: DealLink; readonly books: string },
  input: PlanInput,
): DealVerdict {
  const { other, books } = of
  const reference = input.mapping.crossReference(candidate.main, input.context)
  // Whoever names another Xero invoice is that one's partner.
  if (reference?.type === 'partner' && reference.remoteId !== books) return APART
  const main = other.xero?.main ?? null
  // Deleted or voided since: the deal was billed all the same, and a person says whether it is to be billed again.
  if (other.xero === null || main === null || input.mapping.skip(main, input.context) !== null)
    return { type: 'second', detail: detailOf(other, { crm: null, books }) }
  const partner: PoolEntry = {
    poolKeys: [],
    remoteId: main.id,
    title: input.mapping.title(main),
    linkId: null,
    crossReference: input.mapping.crossReference(main, input.context),
    dealLinkId: other.link.id,
    view: other.xero,
  }
  return { type: 'join', partner }
}

/** A Xero invoice that carries the link of a deal which has none: the answer to its create was lost. */
function adopted({ main }: Candidate, { link }: DealLink, input: PlanInput): DealVerdict {
  const newLink = { id: link.id, kind: input.kind, parts: [mainPartOf(main)] }
  // Its marks stay: the next plan looks at it as the invoice of this link.
  return { type: 'planned', plan: { ...NOTHING, newLink, change: changeOf(link.id, 'matched') } }
}

function waiting(candidate: Candidate): LinkPlan {
  return { ...NOTHING, skipped: candidate.marks.map((ref) => ({ ref, reason: 'waitsForUnsettledCreate' })) }
}

function idOf({ link }: DealLink, side: Side): string | null {
  return mainPart(link, side)?.remoteId ?? null
}

function detailOf(other: DealLink, of: { readonly crm: string | null; readonly books: string | null }): Value {
  const shown = (side: Side, remoteId: string | null) =>
    remoteId === null ? [] : [{ side, remoteId, title: titleOf(other.xero?.main ?? null), isLinked: true }]
  return { key: 'deal', candidates: [...shown('xero', of.books), ...shown('zoho', of.crm)] }
}

function titleOf(record: RemoteRecord | null): string {
  const number = record?.fields.InvoiceNumber
  return typeof number === 'string' ? number : ''
}
