import { runBatch } from '../api/batch.ts'
import { type ApiCall, unitDecimals } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { refuseOtherParameters } from '../api/list-parameters.ts'
import { filterRows, type ListKind, paginate } from '../api/listing.ts'
import { type ApiAnswer, notFound } from '../api/problem.ts'
import { allocationsEndpoint } from '../credits/allocations-endpoint.ts'
import { openCredit } from '../credits/credit.ts'
import { contactGetters } from '../invoices/filters.ts'
import type { Books } from '../model/books.ts'
import type { CreditNoteRow } from '../model/credit-rows.ts'
import { plainDateMs } from '../wire/dates.ts'
import { Fields } from '../wire/fields.ts'
import { saveCreditNote } from './save.ts'
import { creditNoteWire } from './wire.ts'

const creditNoteList = (books: Books): ListKind<CreditNoteRow> => ({
  typeName: 'CreditNote',
  getters: {
    ...contactGetters(books),
    CreditNoteID: (row) => row.id,
    CreditNoteNumber: (row) => row.number,
    Type: (row) => row.type,
    Status: (row) => row.status,
    Reference: (row) => row.reference,
    Date: (row) => ({ ms: plainDateMs(row.date) }),
    Total: (row) => row.total,
    RemainingCredit: (row) => openCredit(books, row),
    CurrencyCode: (row) => row.currency,
    UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
  },
})

/** `/CreditNotes`, one of them by id or number, and its allocations (xero.md 4.5). */
export function creditNotesEndpoint(call: ApiCall): ApiAnswer {
  const [key, sub] = call.path
  const row = key === undefined ? undefined : creditNoteByKey(call.books, key)
  if (key !== undefined && row === undefined) throw notFound()
  if (row !== undefined && sub?.toLowerCase() === 'allocations') return allocationsEndpoint(call, row)
  if (sub !== undefined) throw notFound()
  if (call.method === 'GET') return row === undefined ? listNotes(call) : oneNote(call, row)
  if (call.method === 'PUT' && row === undefined) return saveNotes(call, 'create', undefined)
  if (call.method === 'POST') return saveNotes(call, 'upsert', row)
  throw notFound()
}

export function creditNoteByKey(books: Books, key: string): CreditNoteRow | undefined {
  return books.creditNotes.get(key.toLowerCase()) ?? books.creditNotes.find('number', key)[0]
}

function listNotes(call: ApiCall): ApiAnswer {
  refuseOtherParameters(call, ['where', 'order'])
  const rows = filterRows(call, call.books.creditNotes.listed(), creditNoteList(call.books))
  const page = paginate(call, rows, 'asAsked')
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
      const { row, warnings } = saveCreditNote(call.books, fields, { mode, unitDecimals: unitDecimals(call) })
      return { wire: creditNoteWire(call, row, 'one'), warnings }
    },
  })
}
