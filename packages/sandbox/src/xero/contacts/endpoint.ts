import { runBatch } from '../api/batch.ts'
import type { ApiCall } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { contains, DEFAULT_PAGE_SIZE, filterRows, type ListKind, paginate } from '../api/listing.ts'
import { type ApiAnswer, notFound } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import type { ContactRow } from '../model/rows.ts'
import { Fields } from '../wire/fields.ts'
import { type SaveMode, saveContact } from './save.ts'
import { type ContactView, contactWire } from './wire.ts'

export const CONTACT_LIST: ListKind<ContactRow> = {
  typeName: 'Contact',
  getters: {
    ContactID: (row) => row.id,
    Name: (row) => row.texts.Name,
    ContactNumber: (row) => row.texts.ContactNumber,
    AccountNumber: (row) => row.texts.AccountNumber,
    EmailAddress: (row) => row.texts.EmailAddress,
    FirstName: (row) => row.texts.FirstName,
    LastName: (row) => row.texts.LastName,
    CompanyNumber: (row) => row.texts.CompanyNumber,
    TaxNumber: (row) => row.texts.TaxNumber,
    ContactStatus: (row) => row.status,
    IsCustomer: (row) => row.isCustomer,
    IsSupplier: (row) => row.isSupplier,
    UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
  },
}

/** `/Contacts` and `/Contacts/{id or number}` (xero.md 4.1). */
export function contactsEndpoint(call: ApiCall): ApiAnswer {
  const key = call.path[0]
  switch (call.method) {
    case 'GET':
      return key === undefined ? listContacts(call) : oneContact(call, key)
    case 'PUT':
      if (key !== undefined) throw notFound()
      return saveContacts(call, 'create', undefined)
    case 'POST':
      return saveContacts(call, 'upsert', key)
    default:
      throw notFound()
  }
}

function oneContact(call: ApiCall, key: string): ApiAnswer {
  const row = contactByKey(call.books, key)
  if (row === undefined) throw notFound()
  return envelope(call, { plural: 'Contacts', elements: [contactWire(call.books, row, 'full')] })
}

export function contactByKey(books: Books, key: string): ContactRow | undefined {
  return books.contacts.get(key.toLowerCase()) ?? books.contacts.find('number', key)[0]
}

function saveContacts(call: ApiCall, mode: SaveMode, key: string | undefined): ApiAnswer {
  return runBatch(call, {
    plural: 'Contacts',
    idKey: 'ContactID',
    errorFlag: 'HasValidationErrors',
    save: (fields) => {
      const target = key === undefined ? fields : withId(call.books, fields, key)
      return { wire: contactWire(call.books, saveContact(call.books, target, mode), 'full'), warnings: [] }
    },
  })
}

/** The id in the path names the contact, whatever the body says. */
function withId(books: Books, fields: Fields, key: string): Fields {
  const row = contactByKey(books, key)
  if (row === undefined) throw notFound()
  const rest = Object.entries(fields.raw).filter(([name]) => name.toLowerCase() !== 'contactid')
  return new Fields({ ...Object.fromEntries(rest), ContactID: row.id })
}

function listContacts(call: ApiCall): ApiAnswer {
  const rows = filterRows(call, visibleContacts(call), CONTACT_LIST)
  const page = paginate(call, rows, call.query.isTrue('summaryOnly') ? 'forcePaging' : 'asAsked')
  const view: ContactView = call.query.isTrue('summaryOnly')
    ? 'summary'
    : page.pagination === undefined
      ? 'unpaged'
      : 'full'
  // Measured: without a page only the first 100 come back (xero.md 2.3).
  const shown = page.pagination === undefined ? page.rows.slice(0, DEFAULT_PAGE_SIZE) : page.rows
  return envelope(call, {
    plural: 'Contacts',
    pagination: page.pagination,
    elements: shown.map((row) => contactWire(call.books, row, view)),
  })
}

/** Archived contacts are invisible without `includeArchived`, also in deltas (xero.md 2.4). */
function visibleContacts(call: ApiCall): readonly ContactRow[] {
  const ids = call.query.list('IDs')
  const wanted = ids === undefined ? undefined : new Set(ids.map((id) => id.toLowerCase()))
  const term = call.query.get('searchTerm')
  const withArchived = call.query.isTrue('includeArchived')
  return call.books.contacts.listed().filter((row) => {
    if (!withArchived && row.status === 'ARCHIVED') return false
    if (wanted !== undefined && !wanted.has(row.id)) return false
    return term === undefined || contains(searchTexts(row), term)
  })
}

const searchTexts = ({ texts }: ContactRow) => [
  texts.Name,
  texts.FirstName,
  texts.LastName,
  texts.ContactNumber,
  texts.CompanyNumber,
  texts.EmailAddress,
]
