import { embeddedContact, orAbsent } from '../contacts/wire.ts'
import { invoiceWire } from '../invoices/wire.ts'
import type { Books } from '../model/books.ts'
import type { CreditNoteRow } from '../model/credit-rows.ts'
import type { PaymentRow } from '../model/rows.ts'
import { isoSeconds, plainDateMs } from '../wire/dates.ts'
import { decimal, instant, money, type WireObject } from '../wire/json.ts'

/** `one`: single reads and write answers name the account and expand the document; lists do neither. */
export type PaymentView = 'one' | 'listed'

export function paymentWire(books: Books, row: PaymentRow, view: PaymentView): WireObject {
  const account = books.accounts.get(row.accountId)
  const name = view === 'one' ? { Name: account?.name ?? '' } : {}
  return {
    PaymentID: row.id,
    Date: instant(plainDateMs(row.date)),
    BankAmount: money(row.amount.div(row.currencyRate)),
    Amount: money(row.amount),
    Reference: orAbsent(row.reference),
    CurrencyRate: decimal(row.currencyRate, 10),
    PaymentType: row.type,
    Status: row.status,
    UpdatedDateUTC: instant(row.updatedMs),
    UpdatedDateUTCString: isoSeconds(row.updatedMs),
    HasAccount: true,
    IsReconciled: row.isReconciled,
    Account: account === undefined ? undefined : { AccountID: account.id, Code: orAbsent(account.code), ...name },
    ...documentOf(books, row, view),
    HasValidationErrors: false,
  }
}

function documentOf(books: Books, row: PaymentRow, view: PaymentView): WireObject {
  if (row.prepaymentId !== '') return { Prepayment: { PrepaymentID: row.prepaymentId } }
  if (row.overpaymentId !== '') return { Overpayment: { OverpaymentID: row.overpaymentId } }
  const note = books.creditNotes.get(row.creditNoteId)
  if (note === undefined) return { Invoice: paidInvoice(books, row.invoiceId, view) }
  if (books.switches.is('refundShownAs', 'invoice')) return { Invoice: noteAsInvoice(books, note) }
  return { CreditNote: { CreditNoteID: note.id, ID: note.id, CreditNoteNumber: note.number } }
}

/** In a list `Payments: []` means "not expanded" (xero.md 2.5). */
function paidInvoice(books: Books, id: string, view: PaymentView): WireObject | undefined {
  const invoice = books.invoices.get(id)
  if (invoice === undefined) return undefined
  const contact = embeddedContact(books, invoice.contactId)
  if (view === 'one') {
    // As the invoice shows itself, but for what belongs to its page.
    const shown = invoiceWire(books, invoice, { view: 'listed', unitDecimals: 2 })
    return { ...shown, Contact: contact, InvoicePaymentServices: undefined }
  }
  return {
    ...notExpanded(books, invoice),
    Type: invoice.type,
    InvoiceID: invoice.id,
    InvoiceNumber: invoice.number,
    IsDiscounted: invoice.totalDiscount.gt(0),
  }
}

/** Samples and measurements show a refunded credit note as an invoice of its own type and id. */
function noteAsInvoice(books: Books, note: CreditNoteRow): WireObject {
  return { ...notExpanded(books, note), Type: note.type, InvoiceID: note.id, InvoiceNumber: note.number }
}

function notExpanded(books: Books, document: { readonly contactId: string; readonly currency: string }): WireObject {
  return {
    Payments: [],
    CreditNotes: [],
    Prepayments: [],
    Overpayments: [],
    IsDiscounted: false,
    HasErrors: false,
    Contact: embeddedContact(books, document.contactId),
    LineItems: [],
    CurrencyCode: document.currency,
  }
}
