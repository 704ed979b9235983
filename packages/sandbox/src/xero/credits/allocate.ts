import type { Big } from 'big.js'
import { ElementRefused, UnknownId } from '../api/problem.ts'
import { amountDue, settleInvoice } from '../invoices/settle.ts'
import type { Books } from '../model/books.ts'
import type { AllocationRow, CreditKind, CreditRow } from '../model/credit-rows.ts'
import type { InvoiceRow } from '../model/rows.ts'
import { sentMoney } from '../payments/amount.ts'
import type { Fields } from '../wire/fields.ts'
import { keepCredit, kindOf, openCredit, settleCredit, sideOf } from './credit.ts'

const NAMES: Readonly<Record<CreditKind, string>> = {
  creditNote: 'Credit Note',
  prepayment: 'Prepayment',
  overpayment: 'Overpayment',
}
export const PAID_OFF = 'The invoice you are trying to allocate to has already been paid off'
export const OTHER_CONTACT = 'The allocation must be made to an invoice of the same contact'
export const NOT_BOTH_AUTHORISED = 'Allocations can only be made between Authorised documents'
export const OTHER_CURRENCY = 'The allocation must be made to an invoice in the same currency'

/** Puts credit against an invoice: a second call after approval (xero.md 4.5). */
export function allocate(books: Books, credit: CreditRow, fields: Fields): { credit: CreditRow; made: AllocationRow } {
  const invoice = namedInvoice(books, fields)
  const amount = sentMoney(fields, 'Amount')
  const faults = allocationFaults(books, { credit, invoice, amount })
  if (amount === undefined || faults.length > 0) throw new ElementRefused(...faults)
  // Read only: the later of both dates, whatever was sent.
  const date = invoice.date > credit.date ? invoice.date : credit.date
  const made: AllocationRow = { id: books.guid(), invoiceId: invoice.id, amount, date }
  keepCredit(books, { ...credit, allocations: [...credit.allocations, made] })
  settleInvoice(books, invoice.id)
  return { credit: settleCredit(books, credit.id) ?? credit, made }
}

function namedInvoice(books: Books, fields: Fields): InvoiceRow {
  const id = fields.object('Invoice')?.text('InvoiceID') ?? ''
  const invoice = books.invoices.get(id.toLowerCase())
  if (invoice !== undefined) return invoice
  if (id === '') throw new ElementRefused('An Invoice must be specified for the allocation')
  throw new UnknownId('Invoice', id)
}

interface Wanted {
  readonly credit: CreditRow
  readonly invoice: InvoiceRow
  readonly amount: Big | undefined
}

function allocationFaults(books: Books, { credit, invoice, amount }: Wanted): readonly string[] {
  const name = NAMES[kindOf(credit)]
  const faults: string[] = []
  const isSameSide = sideOf(credit) === (invoice.type === 'ACCREC' ? 'sale' : 'purchase')
  if (!isSameSide) faults.push(`${name} cannot be allocated to an incorrect invoice type`)
  if (invoice.contactId !== credit.contactId) faults.push(OTHER_CONTACT)
  if (invoice.currency !== credit.currency) faults.push(OTHER_CURRENCY)
  if (invoice.status === 'PAID') faults.push(PAID_OFF)
  else if (invoice.status !== 'AUTHORISED' || credit.status !== 'AUTHORISED') faults.push(NOT_BOTH_AUTHORISED)
  if (amount === undefined || amount.lte(0)) faults.push('The allocation Amount must be greater than zero')
  else if (amount.gt(amountDue(invoice)) || amount.gt(openCredit(books, credit))) {
    faults.push(`${name} cannot be allocated as amount is greater than amount outstanding`)
  }
  return faults
}

/** Takes an allocation back; undefined when there is none of that id. */
export function unallocate(books: Books, credit: CreditRow, allocationId: string): AllocationRow | undefined {
  const gone = credit.allocations.find((candidate) => candidate.id === allocationId)
  if (gone === undefined) return undefined
  keepCredit(books, { ...credit, allocations: credit.allocations.filter((candidate) => candidate !== gone) })
  settleInvoice(books, gone.invoiceId)
  settleCredit(books, credit.id)
  return gone
}
