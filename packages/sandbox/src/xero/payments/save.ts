import { ElementRefused } from '../api/problem.ts'
import { tooLong } from '../contacts/validate.ts'
import { openCredit, settleCredit } from '../credits/credit.ts'
import { lockFaults } from '../invoices/rules.ts'
import { amountDue, settleInvoice } from '../invoices/settle.ts'
import type { Books } from '../model/books.ts'
import type { PaymentRow } from '../model/rows.ts'
import type { AccountRow } from '../model/settings-rows.ts'
import { Fields } from '../wire/fields.ts'
import { NO_ACCOUNT, sentAccount } from './account.ts'
import { paidAmount } from './amount.ts'
import { type PaymentTarget, paymentTarget, paymentTypeOf, targetIds } from './target.ts'

/** Exact texts of xero.md 4.6. */
export const NOT_AUTHORISED = 'Payments can only be made against Authorised documents'
export const TOO_MUCH = 'Payment amount exceeds the amount outstanding on this document'
export const STATUS_ONLY = 'Only Status accepted for updates.'

/** Creates a payment on one approved document and settles it (xero.md 4.6). */
export function createPayment(books: Books, fields: Fields): PaymentRow {
  // A known payment would be changed by this, and payments are immutable.
  if ((fields.text('PaymentID') ?? '') !== '') throw new ElementRefused(STATUS_ONLY)
  const target = paymentTarget(books, fields)
  const account = payableAccount(books, fields)
  const document = target.invoice ?? target.credit
  const { amount, currencyRate } = paidAmount(books, fields, document)
  const date = fields.date('Date') || books.today()
  const reference = fields.text('Reference') ?? ''
  const faults = [...lockFaults(books, [date])]
  if (document.status !== 'AUTHORISED') faults.push(NOT_AUTHORISED)
  else if (amount.gt(outstanding(books, target))) faults.push(TOO_MUCH)
  if (amount.lte(0)) faults.push('Payment amount must be greater than zero')
  if (reference.length > 255) faults.push(tooLong('Reference', 255))
  if (faults.length > 0) throw new ElementRefused(...faults)
  const row: PaymentRow = {
    ...targetIds(target),
    id: books.guid(),
    updatedMs: books.now(),
    accountId: account.id,
    date,
    amount,
    currencyRate,
    reference,
    status: 'AUTHORISED',
    isReconciled: fields.flag('IsReconciled') ?? false,
    type: paymentTypeOf(target),
  }
  books.payments.put(row)
  settle(books, row)
  return row
}

const outstanding = (books: Books, { invoice, credit }: PaymentTarget) =>
  invoice === undefined ? openCredit(books, credit) : amountDue(invoice)

/** Type BANK, or an account that takes payments; archived ones do not (xero.md 4.6). */
function payableAccount(books: Books, fields: Fields): AccountRow {
  const bare = fields.text('Code')
  const sent = fields.object('Account') ?? (bare === undefined ? undefined : new Fields({ Code: bare }))
  const account = sentAccount(books, sent)
  if (account === undefined || !(account.type === 'BANK' || account.enablePayments)) {
    throw new ElementRefused(NO_ACCOUNT)
  }
  return account
}

function settle(books: Books, row: PaymentRow): void {
  const creditId = row.creditNoteId || row.prepaymentId || row.overpaymentId
  if (row.invoiceId === '') settleCredit(books, creditId)
  else settleInvoice(books, row.invoiceId)
}

/** DELETED is the only change there is, and nothing may be sent along (xero.md 4.6). */
export function changePayment(books: Books, row: PaymentRow, fields: Fields): PaymentRow {
  const isStatusOnly = fields.names().every((name) => name === 'status' || name === 'paymentid')
  if (!isStatusOnly || fields.text('Status')?.toUpperCase() !== 'DELETED') throw new ElementRefused(STATUS_ONLY)
  return deletePayment(books, row)
}

export function deletePayment(books: Books, row: PaymentRow): PaymentRow {
  if (row.status === 'DELETED') throw new ElementRefused('Payment has already been deleted')
  if (row.isReconciled && books.switches.is('reconciledPaymentDelete', 'refused')) {
    throw new ElementRefused('This payment has been reconciled and cannot be deleted')
  }
  const faults = lockFaults(books, [row.date])
  if (faults.length > 0) throw new ElementRefused(...faults)
  const deleted: PaymentRow = { ...row, status: 'DELETED', updatedMs: books.now() }
  books.payments.put(deleted)
  settle(books, deleted)
  return deleted
}
