import type { ApiCall } from '../api/call.ts'
import { contains, type ListKind } from '../api/listing.ts'
import type { Getters } from '../api/where.ts'
import type { Books } from '../model/books.ts'
import type { InvoiceRow } from '../model/rows.ts'
import { plainDateMs } from '../wire/dates.ts'
import { amountDue } from './settle.ts'

const dateValue = (date: string) => (date === '' ? null : { ms: plainDateMs(date) })

/** Fields that `where` and `order` know; those on the contact are added per call, as they need the books. */
export const INVOICE_LIST: ListKind<InvoiceRow> = {
  typeName: 'Invoice',
  getters: {
    InvoiceID: (row) => row.id,
    InvoiceNumber: (row) => row.number,
    Type: (row) => row.type,
    Status: (row) => row.status,
    Reference: (row) => row.reference,
    Date: (row) => dateValue(row.date),
    DueDate: (row) => dateValue(row.dueDate),
    AmountDue: amountDue,
    AmountPaid: (row) => row.amountPaid,
    Total: (row) => row.total,
    CurrencyCode: (row) => row.currency,
    UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
  },
}

/** As above, with the fields of the contact (xero.md 2.4). */
export function invoiceListOf(call: ApiCall): ListKind<InvoiceRow> {
  return { ...INVOICE_LIST, getters: { ...INVOICE_LIST.getters, ...contactGetters(call.books) } }
}

/** What a filter on any document may say of its contact (xero.md 2.4). */
export function contactGetters(books: Books): Getters<{ readonly contactId: string }> {
  const textOf = (contactId: string, key: 'Name' | 'ContactNumber') => books.contacts.get(contactId)?.texts[key] ?? ''
  return {
    'Contact.ContactID': (row) => row.contactId,
    'Contact.Name': (row) => textOf(row.contactId, 'Name'),
    'Contact.ContactNumber': (row) => textOf(row.contactId, 'ContactNumber'),
  }
}

/** The list parameters that are no `where`: ANDed together; an empty one matches nothing (xero.md 2.4). */
export function selectedInvoices(call: ApiCall): readonly InvoiceRow[] {
  const { query, books } = call
  const tests: ((row: InvoiceRow) => boolean)[] = []
  const ids = lowerSet(query.list('IDs'))
  if (ids !== undefined) tests.push((row) => ids.has(row.id))
  const numbers = setOf(query.list('InvoiceNumbers'))
  if (numbers !== undefined) tests.push((row) => numbers.has(row.number))
  const contacts = lowerSet(query.list('ContactIDs'))
  if (contacts !== undefined) tests.push((row) => contacts.has(row.contactId))
  const statuses = setOf(query.list('Statuses'))
  if (statuses !== undefined) tests.push((row) => statuses.has(row.status))
  const term = query.get('searchTerm')
  if (term !== undefined) tests.push((row) => contains([row.number, row.reference], term))
  if (query.isTrue('createdByMyApp')) tests.push((row) => row.createdByApp)
  if (tests.length === 0 && !query.has('where') && books.switches.is('unfilteredInvoices', 'excludeDeleted')) {
    tests.push((row) => row.status !== 'DELETED')
  }
  const rows = books.invoices.listed()
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)))
}

const setOf = (values: readonly string[] | undefined) => (values === undefined ? undefined : new Set(values))
const lowerSet = (values: readonly string[] | undefined) => setOf(values?.map((value) => value.toLowerCase()))
