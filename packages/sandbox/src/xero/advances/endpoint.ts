import type { ApiCall } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { refuseOtherParameters } from '../api/list-parameters.ts'
import { filterRows, type ListKind, paginate } from '../api/listing.ts'
import { type ApiAnswer, notFound } from '../api/problem.ts'
import { allocationsEndpoint } from '../credits/allocations-endpoint.ts'
import { openCredit } from '../credits/credit.ts'
import { contactGetters } from '../invoices/filters.ts'
import type { AdvanceTable, Books } from '../model/books.ts'
import type { AdvanceRow } from '../model/credit-rows.ts'
import { plainDateMs } from '../wire/dates.ts'
import { type AdvanceView, advanceWire } from './wire.ts'

interface AdvanceKind {
  readonly plural: 'Prepayments' | 'Overpayments'
  readonly typeName: 'Prepayment' | 'Overpayment'
  readonly table: (books: Books) => AdvanceTable
  /** The list filter of this endpoint alone (xero.md 2.4). */
  readonly byReference: 'InvoiceNumbers' | 'References'
}

/** Read, and allocate; they are made as bank transactions (xero.md 4.7). */
export const prepaymentsEndpoint = advancesEndpoint({
  plural: 'Prepayments',
  typeName: 'Prepayment',
  table: (books) => books.prepayments,
  byReference: 'InvoiceNumbers',
})
export const overpaymentsEndpoint = advancesEndpoint({
  plural: 'Overpayments',
  typeName: 'Overpayment',
  table: (books) => books.overpayments,
  byReference: 'References',
})

function advancesEndpoint(kind: AdvanceKind): (call: ApiCall) => ApiAnswer {
  return (call) => {
    const [key, sub] = call.path
    if (key === undefined) return listAdvances(call, kind)
    const row = kind.table(call.books).get(key.toLowerCase())
    if (row === undefined) throw notFound()
    if (sub?.toLowerCase() === 'allocations') return allocationsEndpoint(call, row)
    if (sub !== undefined || call.method !== 'GET') throw notFound()
    return envelope(call, { plural: kind.plural, elements: [advanceWire(call, row, 'one')] })
  }
}

function listAdvances(call: ApiCall, kind: AdvanceKind): ApiAnswer {
  if (call.method !== 'GET') throw notFound()
  refuseOtherParameters(call, ['where', 'order', kind.byReference])
  const references = call.query.list(kind.byReference)
  const rows = kind.table(call.books).listed()
  const selected = references === undefined ? rows : rows.filter((row) => references.includes(row.reference))
  const page = paginate(call, filterRows(call, selected, advanceList(call.books, kind.typeName)), 'asAsked')
  const view: AdvanceView = page.pagination === undefined ? 'unpaged' : 'listed'
  const elements = page.rows.map((row) => advanceWire(call, row, view))
  return envelope(call, { plural: kind.plural, pagination: page.pagination, elements })
}

function advanceList(books: Books, typeName: AdvanceKind['typeName']): ListKind<AdvanceRow> {
  return {
    typeName,
    getters: {
      ...contactGetters(books),
      [`${typeName}ID`]: (row) => row.id,
      Type: (row) => row.type,
      Status: (row) => row.status,
      Reference: (row) => row.reference,
      Date: (row) => ({ ms: plainDateMs(row.date) }),
      Total: (row) => row.total,
      RemainingCredit: (row) => openCredit(books, row),
      CurrencyCode: (row) => row.currency,
      UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
    },
  }
}
