import { runBatch } from '../api/batch.ts'
import { type ApiCall, unitDecimals } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { filterRows, type ListKind, paginate } from '../api/listing.ts'
import { type ApiAnswer, jsonAnswer, notFound } from '../api/problem.ts'
import { contactWire, embeddedContact, orAbsent } from '../contacts/wire.ts'
import { lineWire } from '../invoices/line-wire.ts'
import { datePair } from '../invoices/wire.ts'
import type { CreditNoteRow } from '../model/rows.ts'
import { isoSeconds, plainDateMs } from '../wire/dates.ts'
import { Fields } from '../wire/fields.ts'
import { decimal, instant, money, type WireObject } from '../wire/json.ts'
import { allocate, saveCreditNote, unallocate } from './save.ts'
import { allocated, openCredit } from './settle.ts'

const CREDIT_NOTE_LIST: ListKind<CreditNoteRow> = {
  typeName: 'CreditNote',
  getters: {
    CreditNoteID: (row) => row.id,
    CreditNoteNumber: (row) => row.number,
    Type: (row) => row.type,
    Status: (row) => row.status,
    Reference: (row) => row.reference,
    'Contact.ContactID': (row) => row.contactId,
    Date: (row) => ({ ms: plainDateMs(row.date) }),
    UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
  },
}

/** `/CreditNotes`, one of them, and its allocations (xero.md 4.5). */
export function creditNotesEndpoint(call: ApiCall): ApiAnswer {
  const [key, sub, allocationId] = call.path
  const row = key === undefined ? undefined : noteByKey(call, key)
  if (key !== undefined && row === undefined) throw notFound()
  if (row !== undefined && sub?.toLowerCase() === 'allocations') return allocations(call, row, allocationId)
  if (sub !== undefined) throw notFound()
  if (call.method === 'GET') return row === undefined ? listNotes(call) : oneNote(call, row)
  if (call.method === 'PUT' && row === undefined) return saveNotes(call, 'create', undefined)
  if (call.method === 'POST') return saveNotes(call, 'upsert', row)
  throw notFound()
}

const noteByKey = ({ books }: ApiCall, key: string) =>
  books.creditNotes.get(key.toLowerCase()) ?? books.creditNotes.find('number', key)[0]

function listNotes(call: ApiCall): ApiAnswer {
  const page = paginate(call, filterRows(call, call.books.creditNotes.listed(), CREDIT_NOTE_LIST), 'asAsked')
  const view = page.pagination === undefined ? 'unpaged' : 'listed'
  const elements = page.rows.map((row) => creditNoteWire(call, row, view))
  return envelope(call, { plural: 'CreditNotes', pagination: page.pagination, elements })
}

const oneNote = (call: ApiCall, row: CreditNoteRow) =>
  envelope(call, { plural: 'CreditNotes', elements: [creditNoteWire(call, row, 'one')] })

function saveNotes(call: ApiCall, mode: 'create' | 'upsert', target: CreditNoteRow | undefined): ApiAnswer {
  return runBatch(call, {
    plural: 'CreditNotes',
    idKey: 'CreditNoteID',
    errorFlag: 'HasErrors',
    save: (sent) => {
      const fields = target === undefined ? sent : new Fields({ ...sent.raw, CreditNoteID: target.id })
      const row = saveCreditNote(call.books, fields, { mode, unitDecimals: unitDecimals(call) })
      return { wire: creditNoteWire(call, row, 'one'), warnings: [] }
    },
  })
}

function allocations(call: ApiCall, row: CreditNoteRow, allocationId: string | undefined): ApiAnswer {
  if (call.method === 'DELETE' && allocationId !== undefined) return removeAllocation(call, row, allocationId)
  if (call.method !== 'PUT') throw notFound()
  return runBatch(call, {
    plural: 'Allocations',
    idKey: 'AllocationID',
    errorFlag: 'HasErrors',
    save: (fields) => {
      const note = allocate(call.books, call.books.creditNotes.get(row.id) ?? row, fields)
      return { wire: allocationWires(note).at(-1) ?? {}, warnings: [] }
    },
  })
}

/** The answer is a bare object, no envelope (xero.md 4.5). */
function removeAllocation(call: ApiCall, row: CreditNoteRow, allocationId: string): ApiAnswer {
  const removed = unallocate(call.books, row, allocationId.toLowerCase())
  if (removed === undefined) throw notFound()
  return jsonAnswer({
    AllocationId: removed.id,
    Date: instant(plainDateMs(removed.date)),
    Invoice: [{ InvoiceID: removed.invoiceId }],
    IsDeleted: true,
  })
}

const allocationWires = (row: CreditNoteRow): WireObject[] =>
  row.allocations.map((allocation) => ({
    AllocationID: allocation.id,
    Amount: money(allocation.amount),
    Date: instant(plainDateMs(allocation.date)),
    Invoice: { InvoiceID: allocation.invoiceId },
  }))

export function creditNoteWire(call: ApiCall, row: CreditNoteRow, view: 'one' | 'listed' | 'unpaged'): WireObject {
  const { books } = call
  const contact = books.contacts.get(row.contactId)
  return {
    CreditNoteID: row.id,
    CreditNoteNumber: row.number,
    ID: row.id,
    Payments: [],
    HasErrors: false,
    CurrencyRate: decimal(row.currencyRate, 10),
    Type: row.type,
    Reference: orAbsent(row.reference),
    SentToContact: row.sentToContact,
    RemainingCredit: money(openCredit(books, row)),
    AppliedAmount: money(allocated(row)),
    Allocations: allocationWires(row),
    HasAttachments: false,
    Contact:
      view === 'one' && contact !== undefined
        ? contactWire(books, contact, 'full')
        : embeddedContact(books, row.contactId),
    ...datePair('Date', row.date),
    BrandingThemeID: orAbsent(row.brandingThemeId),
    Status: row.status,
    LineAmountTypes: row.lineAmountTypes,
    ...(view === 'unpaged' ? {} : { LineItems: row.lines.map((line) => lineWire(books, line, unitDecimals(call))) }),
    SubTotal: money(row.subTotal),
    TotalTax: money(row.totalTax),
    Total: money(row.total),
    UpdatedDateUTC: instant(row.updatedMs),
    UpdatedDateUTCString: isoSeconds(row.updatedMs),
    CurrencyCode: row.currency,
  }
}
