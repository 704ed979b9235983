import type { Big } from 'big.js'
import { createAdvance, voidAdvance } from '../advances/save.ts'
import { ElementRefused } from '../api/problem.ts'
import { creditNoteByKey } from '../creditnotes/endpoint.ts'
import { saveCreditNote, updateCreditNote } from '../creditnotes/save.ts'
import { allocate, unallocate } from '../credits/allocate.ts'
import { creditById, isCreditNote, kindOf, openCredit } from '../credits/credit.ts'
import { amountDue } from '../invoices/settle.ts'
import type { AdvanceTable, Books } from '../model/books.ts'
import {
  type AdvanceRow,
  type AdvanceType,
  type AllocationRow,
  type CreditNoteRow,
  type CreditRow,
  OVERPAYMENT_TYPES,
  PREPAYMENT_TYPES,
} from '../model/credit-rows.ts'
import type { PaymentRow } from '../model/rows.ts'
import { createPayment } from '../payments/save.ts'
import { Fields } from '../wire/fields.ts'
import { requireInvoice } from './invoice-acts.ts'

export const createCreditNote = (books: Books, fields: object): CreditNoteRow =>
  saveCreditNote(books, new Fields(fields), { mode: 'create', unitDecimals: 4 }).row

export function editCreditNote(books: Books, key: string, fields: object): CreditNoteRow {
  const row = creditNoteByKey(books, key)
  if (row === undefined) throw new ElementRefused(`No credit note "${key}"`)
  return updateCreditNote(books, row, { fields: new Fields(fields), unitDecimals: 4 }).row
}

export const createPrepayment = (books: Books, fields: object): AdvanceRow =>
  createByHand(books, fields, PREPAYMENT_TYPES)
export const createOverpayment = (books: Books, fields: object): AdvanceRow =>
  createByHand(books, fields, OVERPAYMENT_TYPES)

/** A person has a statement line in front of them: the account is given, and that it is reconciled. */
function createByHand(books: Books, fields: object, types: readonly AdvanceType[]): AdvanceRow {
  const page = { BankAccount: { Code: '090' }, Type: types[0], IsReconciled: true }
  return createAdvance(books, new Fields({ ...page, ...fields }), { types, unitDecimals: 4 })
}

export function voidByHand(books: Books, table: AdvanceTable, id: string): AdvanceRow {
  const row = table.get(id.toLowerCase())
  if (row === undefined) throw new ElementRefused(`No prepayment or overpayment "${id}"`)
  return voidAdvance(books, row)
}

export interface AllocateByHand {
  readonly id: string
  readonly invoice: string
  readonly amount?: string | number | undefined
}

/** Credit notes by id or number, the others by id; without an amount as much as both sides have open. */
export function allocateByHand(books: Books, wish: AllocateByHand): CreditRow {
  const credit = requireCredit(books, wish.id)
  const invoice = requireInvoice(books, wish.invoice)
  const fitting = smaller(amountDue(invoice), openCredit(books, credit)).toFixed(2)
  const fields = new Fields({ Invoice: { InvoiceID: invoice.id }, Amount: wish.amount ?? fitting })
  return allocate(books, credit, fields).credit
}

const smaller = (a: Big, b: Big) => (a.lt(b) ? a : b)

function requireCredit(books: Books, key: string): CreditRow {
  const row = creditById(books, key.toLowerCase()) ?? creditNoteByKey(books, key)
  if (row === undefined) throw new ElementRefused(`No credit note, prepayment or overpayment "${key}"`)
  return row
}

/** By the id of the allocation, whatever it is part of. */
export function removeAllocation(books: Books, id: string): AllocationRow {
  const wanted = id.toLowerCase()
  const credits: readonly CreditRow[] = [
    ...books.creditNotes.all(),
    ...books.prepayments.all(),
    ...books.overpayments.all(),
  ]
  const holder = credits.find((credit) => credit.allocations.some((allocation) => allocation.id === wanted))
  const gone = holder === undefined ? undefined : unallocate(books, holder, wanted)
  if (gone === undefined) throw new ElementRefused(`No allocation "${id}"`)
  return gone
}

export interface RefundByHand {
  readonly id: string
  readonly amount?: string | number | undefined
  readonly date?: string | undefined
  readonly account: string
  readonly reference: string
}

/** Pays back what is left of a credit, or a part. */
export function refundCredit(books: Books, wish: RefundByHand): PaymentRow {
  const credit = requireCredit(books, wish.id)
  return createPayment(
    books,
    new Fields({
      ...namedCredit(credit),
      Account: { Code: wish.account },
      Amount: wish.amount ?? openCredit(books, credit).toFixed(2),
      Date: wish.date,
      Reference: wish.reference,
    }),
  )
}

function namedCredit(credit: CreditRow): object {
  if (isCreditNote(credit)) return { CreditNote: { CreditNoteID: credit.id } }
  const isPrepayment = kindOf(credit) === 'prepayment'
  return isPrepayment ? { Prepayment: { PrepaymentID: credit.id } } : { Overpayment: { OverpaymentID: credit.id } }
}
