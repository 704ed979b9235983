import { Big } from 'big.js'
import type { Difference } from './oracle-difference.ts'
import type { BothStates, XeroInvoice, ZohoInvoice } from './oracle-state.ts'

/** A daily summary of Xero and the CRM invoices that show its number; told by the address that we give such documents. */
export interface SummaryMembers {
  readonly summary: XeroInvoice
  readonly members: readonly ZohoInvoice[]
}

export function summariesIn({ zoho, xero }: BothStates): readonly SummaryMembers[] {
  return xero.invoices
    .filter(({ url }) => url.includes('/r/day-'))
    .map((summary) => ({
      summary,
      members: zoho.records.Invoices.filter((one) => one.Xero_ID === '' && one.Xero_Invoice_No === summary.number),
    }))
}

/** Voided and deleted ones are told; the others come to what their members come to, to the cent (I11). */
export function summaryDifferences({ summary, members }: SummaryMembers): readonly Difference[] {
  if (['VOIDED', 'DELETED'].includes(summary.status)) return []
  const [first] = members
  const live = members.filter((one) => one.Status !== 'Cancelled')
  const total = live.reduce((sum, one) => sum.plus(one.Grand_Total), new Big(0))
  if (total.eq(summary.total)) return []
  const ids = { zohoId: first?.id ?? '', xeroId: summary.id }
  return [{ kind: 'invoice', ...ids, field: 'total of the day', zoho: total.toFixed(2), xero: summary.total }]
}
