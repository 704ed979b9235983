import { html } from 'hono/html'
import { contains } from '../api/listing.ts'
import { amountDue } from '../invoices/settle.ts'
import type { Books } from '../model/books.ts'
import type { ContactRow, InvoiceRow, ItemRow } from '../model/rows.ts'
import { documentRows } from './document-lists.ts'
import { KIND_LABELS, type Kind } from './kinds.ts'

const PER_PAGE = 50

export interface ListQuery {
  readonly search: string
  readonly page: number
}

/** Newest change first, 50 a page. */
export function listPage(books: Books, kind: Kind, query: ListQuery) {
  const rows = rowsOf(books, kind, query.search).toReversed()
  const label = KIND_LABELS[kind]
  const shown = rows.slice((query.page - 1) * PER_PAGE, query.page * PER_PAGE).map((row) => row())
  const link = (page: number) => `/?kind=${kind}&q=${encodeURIComponent(query.search)}&page=${page}`
  return html`
    <form class="search">
      <input type="hidden" name="kind" value="${kind}">
      <input name="q" value="${query.search}" placeholder="Search ${label}" aria-label="Search ${label}">
      <button>Search</button>
      <span class="status">${rows.length} ${label}</span>
    </form>
    <table>${shown}</table>
    <nav class="pages">
      ${query.page > 1 ? html`<a href="${link(query.page - 1)}">Newer</a>` : ''}
      ${rows.length > query.page * PER_PAGE ? html`<a href="${link(query.page + 1)}">Older</a>` : ''}
    </nav>`
}

/** Each row as a function, so that only those on the page are rendered. */
function rowsOf(books: Books, kind: Kind, search: string) {
  switch (kind) {
    case 'contacts':
      return books.contacts
        .all()
        .filter(({ texts }) => contains([texts.Name, texts.EmailAddress, texts.ContactNumber], search))
        .map((row) => () => contactLine(row))
    case 'items':
      return books.items
        .all()
        .filter((row) => contains([row.code, row.name], search))
        .map((row) => () => itemLine(row))
    case 'invoices':
      return books.invoices
        .all()
        .filter((row) => contains([row.number, row.reference, nameOf(books, row)], search))
        .map((row) => () => invoiceLine(row, nameOf(books, row)))
    default:
      return documentRows(books, kind, search)
  }
}

const nameOf = (books: Books, row: InvoiceRow) => books.contacts.get(row.contactId)?.texts.Name ?? ''

const contactLine = (row: ContactRow) => html`<tr>
  <td><a href="/?kind=contacts&id=${row.id}">${row.texts.Name}</a></td>
  <td>${row.texts.EmailAddress}</td><td>${row.texts.ContactNumber}</td><td class="status">${row.status}</td></tr>`

const itemLine = (row: ItemRow) => html`<tr>
  <td><a href="/?kind=items&id=${row.id}">${row.code}</a></td><td>${row.name}</td>
  <td class="amount">${row.sales.unitPrice?.toFixed(2) ?? ''}</td></tr>`

const invoiceLine = (row: InvoiceRow, name: string) => html`<tr>
  <td><a href="/?kind=invoices&id=${row.id}">${row.number || '(no number)'}</a></td><td>${name}</td><td>${row.date}</td>
  <td class="status">${row.type} ${row.status}</td>
  <td class="amount">${row.currency} ${row.total.toFixed(2)}</td><td class="amount">due ${amountDue(row).toFixed(2)}</td></tr>`
