import type { Books } from '../model/books.ts'
import type { CreditRow } from '../model/credit-rows.ts'
import type { InvoiceRow } from '../model/rows.ts'
import { sum } from './rounding.ts'

export const amountDue = (row: InvoiceRow) => row.total.minus(row.amountPaid).minus(row.amountCredited)

/**
 * After a payment or allocation came or went: amounts, PAID or back to AUTHORISED, FullyPaidOnDate, UpdatedDateUTC and
 * the event (xero.md 2.6, 4.3, 6).
 */
export function settleInvoice(books: Books, invoiceId: string): InvoiceRow | undefined {
  const row = books.invoices.get(invoiceId)
  if (row === undefined) return undefined
  const payments = books.payments.find('invoice', invoiceId).filter((payment) => payment.status === 'AUTHORISED')
  const credits: readonly CreditRow[] = [
    ...books.creditNotes.find('invoice', invoiceId),
    ...books.prepayments.find('invoice', invoiceId),
    ...books.overpayments.find('invoice', invoiceId),
  ]
  const allocations = credits
    .flatMap((credit) => credit.allocations)
    .filter((allocation) => allocation.invoiceId === invoiceId)
  const amountPaid = sum(payments.map((payment) => payment.amount))
  const amountCredited = sum(allocations.map((allocation) => allocation.amount))
  const isPaid = row.total.eq(amountPaid.plus(amountCredited)) && (payments.length > 0 || allocations.length > 0)
  const latest = [...payments, ...allocations].reduce((date, one) => (one.date > date ? one.date : date), '')
  const settled: InvoiceRow = {
    ...row,
    amountPaid,
    amountCredited,
    status: isPaid ? 'PAID' : row.status === 'PAID' ? 'AUTHORISED' : row.status,
    fullyPaidOn: isPaid ? latest : '',
    updatedMs: books.now(),
  }
  books.invoices.put(settled)
  if (books.switches.is('paymentRaisesInvoiceEvent', 'yes')) {
    books.raise({ category: 'INVOICE', type: 'UPDATE', resourceId: row.id, atMs: settled.updatedMs })
  }
  return settled
}
