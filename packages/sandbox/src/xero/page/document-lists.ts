import { html } from 'hono/html'
import { contains } from '../api/listing.ts'
import { openCredit } from '../credits/credit.ts'
import type { Books } from '../model/books.ts'
import type { CreditRow } from '../model/credit-rows.ts'
import type { PaymentRow } from '../model/rows.ts'
import { paidDocument } from './document-forms.ts'
import type { Kind } from './kinds.ts'

export type DocumentKind = Exclude<Kind, 'contacts' | 'items' | 'invoices'>

/** Each row as a function, so that only those on the page are rendered. */
export function documentRows(books: Books, kind: DocumentKind, search: string) {
  const nameOf = (contactId: string) => books.contacts.get(contactId)?.texts.Name ?? ''
  switch (kind) {
    case 'quotes':
      return books.quotes
        .all()
        .filter((row) => contains([row.number, row.reference, nameOf(row.contactId)], search))
        .map((row) => () => documentLine(kind, { ...row, name: nameOf(row.contactId) }))
    case 'purchaseOrders':
      return books.purchaseOrders
        .all()
        .filter((row) => contains([row.number, row.texts.Reference, nameOf(row.contactId)], search))
        .map((row) => () => documentLine(kind, { ...row, name: nameOf(row.contactId) }))
    case 'creditNotes':
      return books.creditNotes
        .all()
        .filter((row) => contains([row.number, row.reference, nameOf(row.contactId)], search))
        .map((row) => () => creditLine(books, kind, { row, label: row.number, name: nameOf(row.contactId) }))
    case 'prepayments':
    case 'overpayments':
      return books[kind]
        .all()
        .filter((row) => contains([row.reference, nameOf(row.contactId)], search))
        .map((row) => () => creditLine(books, kind, { row, label: row.reference, name: nameOf(row.contactId) }))
    case 'payments':
      return books.payments
        .all()
        .filter((row) => contains([row.reference, row.date, books.invoices.get(row.invoiceId)?.number ?? ''], search))
        .map((row) => () => paymentLine(books, row))
  }
}

interface ShownDocument {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly date: string
  readonly status: string
  readonly currency: string
  readonly total: { toFixed(places: number): string }
}

const documentLine = (kind: Kind, row: ShownDocument) => html`<tr>
  <td><a href="/?kind=${kind}&id=${row.id}">${row.number}</a></td><td>${row.name}</td><td>${row.date}</td>
  <td class="status">${row.status}</td><td class="amount">${row.currency} ${row.total.toFixed(2)}</td></tr>`

function creditLine(books: Books, kind: Kind, shown: { row: CreditRow; label: string; name: string }) {
  const { row, label, name } = shown
  return html`<tr>
  <td><a href="/?kind=${kind}&id=${row.id}">${label || '(no number)'}</a></td><td>${name}</td><td>${row.date}</td>
  <td class="status">${row.type} ${row.status}</td><td class="amount">${row.currency} ${row.total.toFixed(2)}</td>
  <td class="amount">left ${openCredit(books, row).toFixed(2)}</td></tr>`
}

const paymentLine = (books: Books, row: PaymentRow) => html`<tr>
  <td><a href="/?kind=payments&id=${row.id}">${row.date}</a></td><td>${paidDocument(books, row)}</td>
  <td>${books.accounts.get(row.accountId)?.name ?? ''}</td><td>${row.reference}</td>
  <td class="status">${row.type} ${row.status}</td><td class="amount">${row.amount.toFixed(2)}</td></tr>`
