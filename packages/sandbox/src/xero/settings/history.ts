import { refusal } from '../api/batch.ts'
import type { ApiCall } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { type ApiAnswer, ApiProblem, notFound } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import type { HistoryRow } from '../model/rows.ts'
import { isoNoZone } from '../wire/dates.ts'
import { readElements } from '../wire/fields.ts'
import { instant, type WireObject } from '../wire/json.ts'

const MAX_NOTE = 2500
const UNKNOWN_DOCUMENT = 'The document with the supplied id was not found for this endpoint.'

/** `/{Endpoint}/{id}/History`: read, and add notes that nobody can change (xero.md 4.3). */
export function historyEndpoint(call: ApiCall): ApiAnswer {
  const { books } = call
  const id = call.path[0]?.toLowerCase() ?? ''
  if (!isKnown(books, call.resource, id)) throw refused(UNKNOWN_DOCUMENT)
  if (call.method === 'GET') return answer(call, (books.history.get(id) ?? []).map(historyWire))
  if (call.method !== 'PUT') throw notFound()
  const notes = readElements(call.body, 'HistoryRecords').map((fields) => fields.text('Details') ?? '')
  if (notes.some((note) => note === '' || note.length > MAX_NOTE))
    throw refused('Details must have 1 to 2500 characters.')
  for (const note of notes) books.addHistory(id, 'Note', note)
  return answer(call, (books.history.get(id) ?? []).slice(-notes.length).map(historyWire))
}

const answer = (call: ApiCall, elements: readonly WireObject[]) =>
  envelope(call, { plural: 'HistoryRecords', elements })
const refused = (message: string) => new ApiProblem(refusal([{ ValidationErrors: [{ Message: message }] }]))

function historyWire(row: HistoryRow): WireObject {
  return {
    Changes: row.changes,
    DateUTCString: isoNoZone(row.atMs).slice(0, 19),
    DateUTC: instant(row.atMs),
    User: row.user,
    Details: row.details,
  }
}

function isKnown(books: Books, resource: string, id: string): boolean {
  switch (resource) {
    case 'contacts':
      return books.contacts.get(id) !== undefined
    case 'items':
      return books.items.get(id) !== undefined
    case 'invoices':
      return books.invoices.get(id) !== undefined
    case 'creditnotes':
      return books.creditNotes.get(id) !== undefined
    case 'quotes':
      return books.quotes.get(id) !== undefined
    case 'payments':
      return books.payments.get(id) !== undefined
    case 'prepayments':
      return books.prepayments.get(id) !== undefined
    case 'overpayments':
      return books.overpayments.get(id) !== undefined
    case 'banktransactions':
      return (books.prepayments.get(id) ?? books.overpayments.get(id)) !== undefined
    case 'purchaseorders':
      return books.purchaseOrders.get(id) !== undefined
    default:
      throw notFound()
  }
}
