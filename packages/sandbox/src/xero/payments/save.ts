import { Big } from 'big.js'
import { ElementRefused } from '../api/problem.ts'
import { tooLong } from '../contacts/validate.ts'
import { openCredit, settleCreditNote } from '../creditnotes/settle.ts'
import { lockFaults } from '../invoices/rules.ts'
import { amountDue, settleInvoice } from '../invoices/settle.ts'
import type { Books } from '../model/books.ts'
import type { CreditNoteRow, InvoiceRow, PaymentRow } from '../model/rows.ts'
import type { AccountRow } from '../model/settings-rows.ts'
import type { Fields } from '../wire/fields.ts'

/** Exact texts of xero.md 4.6. */
export const NOT_AUTHORISED = 'Payments can only be made against Authorised documents'
export const TOO_MUCH = 'Payment amount exceeds the amount outstanding on this document'
export const NO_ACCOUNT = 'Account could not be found'

type Target =
  | { readonly invoice: InvoiceRow; readonly note?: never }
  | { readonly note: CreditNoteRow; readonly invoice?: never }

/** Creates a payment on one approved document and settles it (xero.md 4.6). */
export function createPayment(books: Books, fields: Fields): PaymentRow {
  const target = targetOf(books, fields)
  const account = accountOf(books, fields)
  const document = target.invoice ?? target.note
  const outstanding = target.invoice === undefined ? openCredit(books, target.note) : amountDue(target.invoice)
  const amount = (fields.decimal('Amount') ?? new Big(0)).round(2, 1)
  const date = fields.date('Date') || books.today()
  const reference = fields.text('Reference') ?? ''
  const faults = [...lockFaults(books, [date])]
  if (document.status !== 'AUTHORISED') faults.push(NOT_AUTHORISED)
  else if (amount.gt(outstanding)) faults.push(TOO_MUCH)
  if (amount.lte(0)) faults.push('Payment amount must be greater than zero')
  if (reference.length > 255) faults.push(tooLong('Reference', 255))
  if (faults.length > 0) throw new ElementRefused(...faults)
  const row: PaymentRow = {
    id: books.guid(),
    updatedMs: books.now(),
    invoiceId: target.invoice?.id ?? '',
    creditNoteId: target.note?.id ?? '',
    accountId: account.id,
    date,
    amount,
    currencyRate: fields.decimal('CurrencyRate') ?? document.currencyRate,
    reference,
    status: 'AUTHORISED',
    isReconciled: fields.flag('IsReconciled') ?? false,
    type: typeOf(target),
  }
  books.payments.put(row)
  settle(books, row)
  return row
}

function typeOf(target: Target): PaymentRow['type'] {
  if (target.invoice !== undefined) return target.invoice.type === 'ACCREC' ? 'ACCRECPAYMENT' : 'ACCPAYPAYMENT'
  return target.note.type === 'ACCRECCREDIT' ? 'ARCREDITPAYMENT' : 'APCREDITPAYMENT'
}

function targetOf(books: Books, fields: Fields): Target {
  const sentInvoice = fields.object('Invoice')
  const sentNote = fields.object('CreditNote')
  const id = sentInvoice?.text('InvoiceID')?.toLowerCase() ?? ''
  const number = sentInvoice?.text('InvoiceNumber') ?? fields.text('InvoiceNumber') ?? ''
  const invoice = id === '' ? books.invoices.find('number', number)[0] : books.invoices.get(id)
  if (invoice !== undefined && sentNote === undefined) return { invoice }
  const noteId = sentNote?.text('CreditNoteID')?.toLowerCase() ?? ''
  const note =
    books.creditNotes.get(noteId) ?? books.creditNotes.find('number', sentNote?.text('CreditNoteNumber') ?? '')[0]
  if (note !== undefined && sentInvoice === undefined) return { note }
  throw new ElementRefused(
    'Payment must be made against exactly one existing Invoice, CreditNote, Prepayment or Overpayment',
  )
}

/** Type BANK, or an account that takes payments; archived ones do not (xero.md 4.6). */
function accountOf(books: Books, fields: Fields): AccountRow {
  const sent = fields.object('Account')
  const id = sent?.text('AccountID')?.toLowerCase() ?? ''
  const account = id === '' ? books.accounts.find('code', sent?.text('Code') ?? '')[0] : books.accounts.get(id)
  const isUsable = account?.status === 'ACTIVE' && (account.type === 'BANK' || account.enablePayments)
  if (account === undefined || !isUsable) throw new ElementRefused(NO_ACCOUNT)
  return account
}

function settle(books: Books, row: PaymentRow): void {
  if (row.invoiceId !== '') settleInvoice(books, row.invoiceId)
  if (row.creditNoteId !== '') settleCreditNote(books, row.creditNoteId)
}

/** Payments are immutable: DELETED is the only change there is (xero.md 4.6). */
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
