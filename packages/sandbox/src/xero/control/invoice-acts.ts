import { ElementRefused } from '../api/problem.ts'
import { invoiceByKey } from '../invoices/endpoint.ts'
import { saveInvoice, updateInvoice } from '../invoices/save.ts'
import { amountDue } from '../invoices/settle.ts'
import type { Books } from '../model/books.ts'
import type { InvoiceRow, PaymentRow } from '../model/rows.ts'
import { createPayment, deletePayment } from '../payments/save.ts'
import { Fields } from '../wire/fields.ts'

/** By id or number. */
export function requireInvoice(books: Books, key: string): InvoiceRow {
  const row = invoiceByKey(books, key)
  if (row === undefined) throw new ElementRefused(`No invoice "${key}"`)
  return row
}

export function createInvoiceByHand(books: Books, fields: object): InvoiceRow {
  return saveInvoice(books, new Fields(fields), { mode: 'create', unitDecimals: 4, author: 'person' }).row
}

export function editInvoiceByHand(books: Books, key: string, fields: object): InvoiceRow {
  return updateInvoice(books, requireInvoice(books, key), { fields: new Fields(fields), unitDecimals: 4 }).row
}

export const approve = (books: Books, key: string): InvoiceRow =>
  editInvoiceByHand(books, key, { Status: 'AUTHORISED' })
export const voidInvoice = (books: Books, key: string): InvoiceRow =>
  editInvoiceByHand(books, key, { Status: 'VOIDED' })
export const deleteDraft = (books: Books, key: string): InvoiceRow =>
  editInvoiceByHand(books, key, { Status: 'DELETED' })

export interface PayByHand {
  readonly id: string
  readonly amount?: string | number | undefined
  readonly date?: string | undefined
  readonly account: string
  readonly reference: string
  readonly isReconciled: boolean
}

/** Pays what is due, or a part; a payment made by bank reconciliation looks the same but `IsReconciled` (xero.md 4.6). */
export function pay(books: Books, payment: PayByHand): PaymentRow {
  const invoice = requireInvoice(books, payment.id)
  return createPayment(
    books,
    new Fields({
      Invoice: { InvoiceID: invoice.id },
      Account: { Code: payment.account },
      Amount: payment.amount ?? amountDue(invoice).toFixed(2),
      Date: payment.date,
      Reference: payment.reference,
      IsReconciled: payment.isReconciled,
    }),
  )
}

/** Removes a payment by its id, or all payments of an invoice; in the UI reconciled ones too. */
export function unpay(books: Books, key: string): readonly PaymentRow[] {
  const one = books.payments.get(key.toLowerCase())
  const rows = one === undefined ? books.payments.find('invoice', requireInvoice(books, key).id) : [one]
  const live = rows.filter((row) => row.status === 'AUTHORISED')
  if (live.length === 0) throw new ElementRefused(`No payment on "${key}"`)
  return live.map((row) => deletePayment(books, { ...row, isReconciled: false }))
}
