import { type Difference, differences } from './oracle-difference.ts'
import type { BothStates, XeroInvoice, ZohoDeal, ZohoInvoice } from './oracle-state.ts'

export interface DealPair {
  readonly deal: ZohoDeal
  /** The Xero invoice that it shows. */
  readonly books: XeroInvoice
  /** What stands in the CRM for that invoice, by our own hand. */
  readonly made: readonly ZohoInvoice[]
}

/** Deals that show an invoice (R37). */
export function dealPairs({ zoho, xero }: BothStates): readonly DealPair[] {
  const invoices = new Map(xero.invoices.map((one) => [one.id, one]))
  const us = zoho.org.users[0]?.id ?? ''
  return zoho.records.Deals.flatMap((deal) => {
    const books = invoices.get(deal.Xero_Invoice_ID)
    if (books === undefined) return []
    const made = zoho.records.Invoices.filter((one) => one.Xero_ID === books.id && one.Created_By.id === us)
    return [{ deal, books, made }]
  })
}

export function dealDifferences({ deal, books, made }: DealPair): readonly Difference[] {
  return differences({ kind: 'deal', zohoId: deal.id, xeroId: books.id }, (differ) => {
    if (deal.Xero_Invoice_No !== books.number) differ('number', deal.Xero_Invoice_No, books.number)
    if (!deal.Xero_Invoice_URL.includes(books.id)) differ('address', deal.Xero_Invoice_URL, books.id)
    const strange = made.find((one) => one.Deal_Name__s !== deal.id)
    if (strange !== undefined && dealBilledBy(books) === deal.id) differ('deal named', strange.Deal_Name__s, deal.id)
  })
}

/** The deal that a Xero invoice was made of, whatever a bookkeeper has added to its number since; '' for others. */
export function dealBilledBy({ number }: Pick<XeroInvoice, 'number'>): string {
  return /DEAL-(\d+)/.exec(number)?.[1] ?? ''
}

/** One sale, one invoice of ours, ever: whether it was voided since, and whatever the stage did. */
export function billedTwice({ zoho, xero }: BothStates): readonly string[] {
  const us = zoho.org.users[0]?.id ?? ''
  const naming = zoho.records.Invoices.filter((one) => one.Deal_Name__s !== '')
  const sent = new Set(xero.invoices.filter((one) => one.createdByApp).map((one) => one.id))
  const byHand = naming.filter((one) => one.Created_By.id !== us && sent.has(one.Xero_ID))
  const bills = xero.invoices.filter((one) => dealBilledBy(one) !== '')
  const made = naming.filter((one) => one.Created_By.id === us)
  return [
    ...groupsOf(bills, dealBilledBy).map(([deal, group]) => `Xero invoices of one deal ${deal}: ${group}`),
    ...groupsOf(made, (one) => one.Deal_Name__s).map(
      ([deal, group]) => `our Zoho Invoices of one deal ${deal}: ${group}`,
    ),
    ...byHand.flatMap((one) => {
      const bill = bills.find((other) => dealBilledBy(other) === one.Deal_Name__s && other.id !== one.Xero_ID)
      return bill === undefined
        ? []
        : [`one sale, by its deal and by its Zoho Invoice: ${bill.id}, ${one.id}, ${one.Deal_Name__s}`]
    }),
  ]
}

/** Ids of what stands under one key twice or more. */
function groupsOf<T extends { readonly id: string }>(records: readonly T[], keyOf: (record: T) => string) {
  return [...Map.groupBy(records, keyOf)].flatMap(([key, group]) =>
    group.length < 2 ? [] : [[key, group.map(({ id }) => id).join(', ')] as const],
  )
}

/** Deals in one of these stages that no invoice bills, and whose CRM invoice does not wait for anybody either. */
export function unbilledDeals(
  { zoho }: BothStates,
  at: { readonly stages: readonly string[]; readonly inbox: ReadonlyMap<string, unknown> },
): readonly ZohoDeal[] {
  const waiting = new Set(zoho.records.Invoices.filter((one) => at.inbox.has(one.id)).map((one) => one.Deal_Name__s))
  return zoho.records.Deals.filter(
    (one) => at.stages.includes(one.Stage) && one.Xero_Invoice_ID === '' && !waiting.has(one.id),
  )
}
