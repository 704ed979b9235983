import type { Books } from '../model/books.ts'
import type { CreditRow } from '../model/credit-rows.ts'
import type { InvoiceRow } from '../model/rows.ts'
import { plainDateMs } from '../wire/dates.ts'
import { instant, money, type WireObject } from '../wire/json.ts'

/** The credits that an invoice lists, each with what of it went to this invoice (xero.md 4.3, 4.7). */
export function creditsInside(books: Books, invoice: InvoiceRow): WireObject {
  const shown = (rows: readonly CreditRow[], names: (row: CreditRow) => WireObject) =>
    rows.map((row) => ({ ...names(row), ...applied(row, invoice) }))
  return {
    CreditNotes: books.creditNotes.find('invoice', invoice.id).map((note) => ({
      CreditNoteID: note.id,
      CreditNoteNumber: note.number,
      ID: note.id,
      HasErrors: false,
      ...applied(note, invoice),
    })),
    Prepayments: shown(books.prepayments.find('invoice', invoice.id), ({ id }) => ({ PrepaymentID: id })),
    Overpayments: shown(books.overpayments.find('invoice', invoice.id), ({ id }) => ({ OverpaymentID: id })),
  }
}

function applied(row: CreditRow, invoice: InvoiceRow): WireObject {
  const amount = row.allocations
    .filter((allocation) => allocation.invoiceId === invoice.id)
    .reduce((total, allocation) => total.plus(allocation.amount), row.total.times(0))
  return {
    AppliedAmount: money(amount),
    DateString: `${row.date}T00:00:00`,
    Date: instant(plainDateMs(row.date)),
    Total: money(row.total),
    LineItems: [],
  }
}
