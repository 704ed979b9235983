import { Big } from 'big.js'
import { type Difference, differences } from './oracle-difference.ts'
import type { BothStates, XeroPayment, ZohoPayment } from './oracle-state.ts'

export interface PaymentPair {
  readonly crm: ZohoPayment
  readonly books: XeroPayment
  /** The CRM invoice of what the books' payment pays; '' when it is not linked. */
  readonly invoiceId: string
}

/** Payments that the CRM's own Xero ID names, each under the invoice that it pays (R38a). */
export function paymentPairs({ zoho, xero }: BothStates): readonly PaymentPair[] {
  const invoices = new Map(zoho.records.Invoices.map((one) => [one.Xero_ID, one.id]))
  return zoho.records.XeroPayments.flatMap((crm) =>
    xero.payments
      .filter((one) => one.id === crm.Xero_ID)
      .map((books) => ({ crm, books, invoiceId: invoices.get(books.invoiceId) ?? '' })),
  )
}

export function paymentDifferences({ crm, books, invoiceId }: PaymentPair): readonly Difference[] {
  return differences({ kind: 'payment', zohoId: crm.id, xeroId: books.id }, (differ) => {
    if (!new Big(crm.Paid_Amount).eq(books.amount)) differ('amount', crm.Paid_Amount, books.amount)
    if (crm.Payment_Date !== books.date) differ('date', crm.Payment_Date, books.date)
    // An invoice that was deleted in the CRM takes its lookup along.
    if (invoiceId !== '' && crm.Paid_Invoice !== '' && crm.Paid_Invoice !== invoiceId)
      differ('invoice', crm.Paid_Invoice, invoiceId)
    const taken = books.type === 'ARCREDITPAYMENT' ? 'Refunded' : 'Received'
    const shown = books.status === 'DELETED' ? 'Deleted' : taken
    if (crm.Payment_Status !== shown) differ('status', crm.Payment_Status, books.status)
  })
}

/** Received payments of invoices that stand in the CRM, and are not there. */
export function lostPayments(states: BothStates): readonly XeroPayment[] {
  const { zoho, xero } = states
  const known = new Set([
    ...zoho.records.XeroPayments.map((one) => one.Xero_ID),
    // A person who deletes the record of a payment takes it out: it is not made again.
    ...zoho.deleted.flatMap(({ module, record }) => (module === 'XeroPayments' ? [String(record.values.Xero_ID)] : [])),
  ])
  const linked = new Set(zoho.records.Invoices.map((one) => one.Xero_ID).filter((id) => id !== ''))
  return xero.payments.filter(
    (one) =>
      one.type === 'ACCRECPAYMENT' && one.status === 'AUTHORISED' && linked.has(one.invoiceId) && !known.has(one.id),
  )
}
