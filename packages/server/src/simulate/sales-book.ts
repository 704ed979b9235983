import type { BothStates } from '../rig/oracle-state.ts'
import type { Call } from './wire.ts'

/** What people did that the records do not show at the end, and what bills of deals were sent after. */
export interface SalesBook {
  /** How often each deal was brought to the stage that is billed. */
  readonly wins: Map<string, number>
  /** CRM invoices and quotes that lay in the recycle bin: whoever won their deal meanwhile saw none. */
  readonly binned: Set<string>
  /** Xero quotes that stand as invoiced, by when a bookkeeper said so. */
  readonly invoicedAt: Map<string, number>
  /** Quotes that had long been invoiced when the invoice of a deal was sent, by deal. */
  readonly sentAfter: Map<string, readonly string[]>
}

export function createSalesBook(): SalesBook {
  return { wins: new Map(), binned: new Set(), invoicedAt: new Map(), sentAfter: new Map() }
}

export function noteWin({ wins }: SalesBook, dealId: string): void {
  wins.set(dealId, (wins.get(dealId) ?? 0) + 1)
}

export function noteQuoteStatus(
  { invoicedAt }: SalesBook,
  quoteId: string,
  of: { status: string; atMs: number },
): void {
  if (of.status === 'INVOICED') invoicedAt.set(quoteId, of.atMs)
  else invoicedAt.delete(quoteId)
}

/** Longer than any plan waits for its write here. */
const PLAN_LASTS_MS = 30 * 60_000

/** An invoice of a deal is on its way to Xero. */
export function noteSent(book: SalesBook, { side, request, sentAtMs }: Call): void {
  if (side !== 'xero' || request.method !== 'PUT') return
  const long = [...book.invoicedAt].filter(([, atMs]) => sentAtMs - atMs > PLAN_LASTS_MS).map(([id]) => id)
  for (const [, dealId = ''] of (request.body ?? '').matchAll(/"InvoiceNumber":"DEAL-(\d+)"/g))
    if (!book.sentAfter.has(dealId)) book.sentAfter.set(dealId, long)
}

/** Deals billed although a bookkeeper had long invoiced a quote of theirs in Xero: that invoice bills the sale. */
export function billedBesideQuotes(
  { sentAfter, binned }: SalesBook,
  { zoho }: BothStates,
): readonly { readonly dealId: string; readonly quoteId: string }[] {
  return zoho.records.Quotes.filter((quote) => !binned.has(quote.id))
    .filter((quote) => sentAfter.get(quote.Deal_Name)?.includes(quote.Xero_ID))
    .map((quote) => ({ dealId: quote.Deal_Name, quoteId: quote.id }))
}
