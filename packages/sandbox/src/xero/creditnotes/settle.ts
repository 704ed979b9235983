import type { Big } from 'big.js'
import { sum } from '../invoices/rounding.ts'
import type { Books } from '../model/books.ts'
import type { CreditNoteRow } from '../model/rows.ts'

export const allocated = (note: CreditNoteRow): Big => sum(note.allocations.map((allocation) => allocation.amount))

/** What is neither allocated nor refunded; refunds are settled into the status only. */
export const remainingCredit = (note: CreditNoteRow): Big => note.total.minus(allocated(note))

/** PAID at RemainingCredit 0, back to AUTHORISED otherwise (xero.md 4.5). */
export function settleCreditNote(books: Books, id: string): CreditNoteRow | undefined {
  const note = books.creditNotes.get(id)
  if (note === undefined) return undefined
  const remaining = openCredit(books, note)
  const status = remaining.eq(0) ? 'PAID' : note.status === 'PAID' ? 'AUTHORISED' : note.status
  const settled: CreditNoteRow = { ...note, status, updatedMs: books.now() }
  books.creditNotes.put(settled)
  raiseCreditNote(books, settled, 'UPDATE')
  return settled
}

export function openCredit(books: Books, note: CreditNoteRow): Big {
  const refunds = books.payments.find('creditNote', note.id).filter((payment) => payment.status === 'AUTHORISED')
  return remainingCredit(note).minus(sum(refunds.map((refund) => refund.amount)))
}

/** Credit note events carry data, contact and invoice events do not (xero.md 6). */
export function raiseCreditNote(books: Books, note: CreditNoteRow, type: 'CREATE' | 'UPDATE'): void {
  const data = { Type: note.type, Status: note.status }
  books.raise({ category: 'CREDITNOTE', type, resourceId: note.id, atMs: note.updatedMs, data })
}
