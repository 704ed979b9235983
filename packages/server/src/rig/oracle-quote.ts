import { Big } from 'big.js'
import { type Differ, type Difference, differences } from './oracle-difference.ts'
import { compareLines } from './oracle-lines.ts'
import type { BothStates, XeroQuote, ZohoQuote } from './oracle-state.ts'
import { sameKey, sameText } from './oracle-text.ts'

export interface QuotePair {
  readonly crm: ZohoQuote
  readonly books: XeroQuote
  /** The Xero contact that the CRM's customer is linked to; '' when it is not. */
  readonly customer: string
  readonly serviceProductId: string
  readonly baseCurrency: string
  /** The CRM shows no customer, since its company was deleted there. */
  readonly isCustomerGone: boolean
}

/** What the CRM may show for a status of Xero (R32). Of a quote that was deleted in Xero a person is told: nothing stands for it. */
const STAGES: Readonly<Record<string, readonly string[]>> = {
  DRAFT: ['', 'Draft', 'On Hold'],
  SENT: ['Negotiation', 'Delivered'],
  ACCEPTED: ['Confirmed', 'Closed Won'],
  DECLINED: ['Closed Lost'],
  INVOICED: ['Closed Won'],
}

/** Quotes that the CRM's own Xero ID names. */
export function quotePairs(
  { zoho, xero }: BothStates,
  at: { readonly customers: ReadonlyMap<string, string>; readonly serviceProductId: string },
): readonly QuotePair[] {
  const quotes = new Map(xero.quotes.map((one) => [one.id, one]))
  return zoho.records.Quotes.flatMap((crm) => {
    const books = quotes.get(crm.Xero_ID)
    if (books === undefined) return []
    const customer = at.customers.get(crm.Account_Name) ?? ''
    const isCustomerGone = crm.Account_Name === '' && zoho.deleted.length > 0
    const { serviceProductId } = at
    return [{ crm, books, customer, serviceProductId, baseCurrency: xero.organisation.baseCurrency, isCustomerGone }]
  })
}

export function quoteDifferences(pair: QuotePair): readonly Difference[] {
  const { crm, books } = pair
  return differences({ kind: 'quote', zohoId: crm.id, xeroId: books.id }, (differ) => {
    if (!(STAGES[books.status] ?? []).includes(crm.Quote_Stage)) differ('status', crm.Quote_Stage, books.status)
    if (pair.customer !== books.contactId && !pair.isCustomerGone) differ('customer', pair.customer, books.contactId)
    const currency = crm.Currency === '' ? pair.baseCurrency : crm.Currency
    if (!sameKey(currency, books.currency)) differ('currency', currency, books.currency)
    if (crm.Xero_Quote_No !== books.number) differ('number', crm.Xero_Quote_No, books.number)
    if (!new Big(crm.Grand_Total).eq(books.total)) differ('total', crm.Grand_Total, books.total)
    compareTexts(differ, pair)
    const { serviceProductId } = pair
    compareLines(differ, { rows: crm.Quoted_Items, books, serviceProductId })
  })
}

/** Written in the CRM. Where it says nothing, Xero's own may stand: blank never erases. */
function compareTexts(differ: Differ, { crm, books }: QuotePair): void {
  const texts = [
    ['subject', crm.Subject, books.reference],
    ['expiry date', crm.Valid_Till, books.expiryDate],
    ['terms', crm.Terms_and_Conditions, books.terms],
    ['summary', crm.Description, books.summary],
  ] as const
  for (const [field, zoho, xero] of texts) if (zoho !== '' && !sameText(zoho, xero)) differ(field, zoho, xero)
}

/** CRM quotes that have no Xero quote. */
export function lostQuotes({ zoho, xero }: BothStates): readonly ZohoQuote[] {
  const there = new Set(xero.quotes.map((one) => one.id))
  return zoho.records.Quotes.filter((one) => !there.has(one.Xero_ID))
}

/** Xero quotes by the CRM's number that we gave them; a bookkeeper may have added something to it. */
export function quoteOrigin(number: string, prefix: string): string {
  return prefix !== '' && number.startsWith(prefix) ? (/^\d+/.exec(number.slice(prefix.length))?.[0] ?? '') : ''
}
