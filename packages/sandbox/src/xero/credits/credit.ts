import type { Big } from 'big.js'
import { sum } from '../invoices/rounding.ts'
import type { AdvanceTable, Books, EventCategory } from '../model/books.ts'
import type { AdvanceRow, AdvanceType, CreditKind, CreditNoteRow, CreditRow } from '../model/credit-rows.ts'
import { isoSeconds } from '../wire/dates.ts'

/** Credit notes, prepayments and overpayments pay invoices in one and the same way (xero.md 4.5, 4.7). */
export function creditById(books: Books, id: string): CreditRow | undefined {
  return books.creditNotes.get(id) ?? books.prepayments.get(id) ?? books.overpayments.get(id)
}

export function kindOf(row: CreditRow): CreditKind {
  switch (row.type) {
    case 'ACCRECCREDIT':
    case 'ACCPAYCREDIT':
      return 'creditNote'
    case 'RECEIVE-PREPAYMENT':
    case 'SPEND-PREPAYMENT':
    case 'ARPREPAYMENT':
    case 'APPREPAYMENT':
      return 'prepayment'
    case 'RECEIVE-OVERPAYMENT':
    case 'SPEND-OVERPAYMENT':
    case 'AROVERPAYMENT':
      return 'overpayment'
  }
}

/** Whether it belongs to a customer or to a supplier. */
export function sideOf({ type }: Pick<CreditRow, 'type'>): 'sale' | 'purchase' {
  return ['ACCPAYCREDIT', 'SPEND-PREPAYMENT', 'APPREPAYMENT', 'SPEND-OVERPAYMENT'].includes(type) ? 'purchase' : 'sale'
}

export const advancesOf = (books: Books, type: AdvanceType): AdvanceTable =>
  type.endsWith('PREPAYMENT') ? books.prepayments : books.overpayments

export const isCreditNote = (row: CreditRow): row is CreditNoteRow => kindOf(row) === 'creditNote'
export const isAdvance = (row: CreditRow): row is AdvanceRow => !isCreditNote(row)

/** Keeps the row and nothing else. */
export function keepCredit(books: Books, row: CreditRow): void {
  if (isCreditNote(row)) books.creditNotes.put(row)
  else if (isAdvance(row)) advancesOf(books, row.type).put(row)
}

export const allocated = (row: CreditRow): Big => sum(row.allocations.map((allocation) => allocation.amount))

const refundsOf = (books: Books, row: CreditRow) =>
  books.payments.find('credit', row.id).filter((payment) => payment.status === 'AUTHORISED')

/** What is neither allocated nor refunded: RemainingCredit. */
export const openCredit = (books: Books, row: CreditRow): Big =>
  row.total.minus(allocated(row)).minus(sum(refundsOf(books, row).map((refund) => refund.amount)))

export const isUsed = (books: Books, row: CreditRow): boolean =>
  row.allocations.length > 0 || refundsOf(books, row).length > 0

/** The day on which the last of it was used; '' while some is left. */
export function usedUpOn(books: Books, row: CreditRow): string {
  if (row.status !== 'PAID') return ''
  return [...row.allocations, ...refundsOf(books, row)].reduce((date, use) => (use.date > date ? use.date : date), '')
}

/** After an allocation or refund came or went: PAID at RemainingCredit 0, AUTHORISED otherwise (xero.md 4.5). */
export function settleCredit(books: Books, id: string): CreditRow | undefined {
  const row = creditById(books, id)
  if (row === undefined) return undefined
  const status = openCredit(books, row).eq(0) ? { status: 'PAID' as const } : { status: 'AUTHORISED' as const }
  const settled: CreditRow = { ...row, ...status, updatedMs: books.now() }
  keepCredit(books, settled)
  if (books.switches.is('creditUseRaisesEvent', 'yes')) raiseCredit(books, settled, 'UPDATE')
  return settled
}

const CATEGORIES: Readonly<Record<CreditKind, EventCategory>> = {
  creditNote: 'CREDITNOTE',
  prepayment: 'PREPAYMENT',
  overpayment: 'OVERPAYMENT',
}

/** These events carry data; contact and invoice events do not (xero.md 6). */
export function raiseCredit(books: Books, row: CreditRow, type: 'CREATE' | 'UPDATE'): void {
  const kind = kindOf(row)
  const stamp = kind === 'creditNote' ? {} : { UpdatedDateUTCString: isoSeconds(row.updatedMs) }
  const data = { Type: row.type, Status: row.status, ...stamp }
  books.raise({ category: CATEGORIES[kind], type, resourceId: row.id, atMs: row.updatedMs, data })
}
