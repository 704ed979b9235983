import { runBatch } from '../api/batch.ts'
import { type ApiCall, unitDecimals } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { filterRows, paginate } from '../api/listing.ts'
import { type ApiAnswer, notFound, simulatorGap } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import type { InvoiceRow } from '../model/rows.ts'
import { Fields } from '../wire/fields.ts'
import { emailInvoice, onlineInvoice } from './extras.ts'
import { invoiceListOf, selectedInvoices } from './filters.ts'
import { saveInvoice } from './save.ts'
import { type InvoiceView, invoiceWire } from './wire.ts'

/** `/Invoices`, `/Invoices/{id or number}` and what hangs below one (xero.md 4.3). */
export function invoicesEndpoint(call: ApiCall): ApiAnswer {
  const [key, sub] = call.path
  if (key !== undefined && sub !== undefined) return belowInvoice(call, key, sub.toLowerCase())
  switch (call.method) {
    case 'GET':
      return key === undefined ? listInvoices(call) : oneInvoice(call, key)
    case 'PUT':
      if (key !== undefined) throw notFound()
      return saveInvoices(call, 'create', undefined)
    case 'POST':
      return saveInvoices(call, 'upsert', key)
    default:
      throw notFound()
  }
}

function belowInvoice(call: ApiCall, key: string, sub: string): ApiAnswer {
  const row = requireInvoice(call.books, key)
  if (sub === 'onlineinvoice' && call.method === 'GET') return onlineInvoice(call, row)
  if (sub === 'email' && call.method === 'POST') return emailInvoice(call, row)
  if (sub === 'attachments' || sub === 'pdf') throw simulatorGap(501, `/Invoices/{id}/${sub} is not simulated`)
  throw notFound()
}

function listInvoices(call: ApiCall): ApiAnswer {
  const isSummary = call.query.isTrue('summaryOnly')
  const rows = filterRows(call, selectedInvoices(call), invoiceListOf(call))
  const page = paginate(call, rows, isSummary || call.query.has('Statuses') ? 'forcePaging' : 'asAsked')
  const view: InvoiceView['view'] = isSummary ? 'summary' : page.pagination === undefined ? 'unpaged' : 'listed'
  const shown = { view, unitDecimals: unitDecimals(call) }
  return envelope(call, {
    plural: 'Invoices',
    pagination: page.pagination,
    elements: page.rows.map((row) => invoiceWire(call.books, row, shown)),
  })
}

function oneInvoice(call: ApiCall, key: string): ApiAnswer {
  const shown: InvoiceView = { view: 'one', unitDecimals: unitDecimals(call) }
  return envelope(call, {
    plural: 'Invoices',
    elements: [invoiceWire(call.books, requireInvoice(call.books, key), shown)],
  })
}

export function invoiceByKey(books: Books, key: string): InvoiceRow | undefined {
  return books.invoices.get(key.toLowerCase()) ?? books.invoices.find('number', key)[0]
}

function requireInvoice(books: Books, key: string): InvoiceRow {
  const row = invoiceByKey(books, key)
  if (row === undefined) throw notFound()
  return row
}

function saveInvoices(call: ApiCall, mode: 'create' | 'upsert', key: string | undefined): ApiAnswer {
  const shown: InvoiceView = { view: 'one', unitDecimals: unitDecimals(call) }
  return runBatch(call, {
    plural: 'Invoices',
    idKey: 'InvoiceID',
    errorFlag: 'HasErrors',
    save: (fields) => {
      const target = key === undefined ? fields : withId(call.books, fields, key)
      const write = { mode, unitDecimals: shown.unitDecimals, author: 'app' as const }
      const { row, warnings } = saveInvoice(call.books, target, write)
      return { wire: invoiceWire(call.books, row, shown), warnings }
    },
  })
}

function withId(books: Books, fields: Fields, key: string): Fields {
  const row = requireInvoice(books, key)
  const rest = Object.entries(fields.raw).filter(([name]) => name.toLowerCase() !== 'invoiceid')
  return new Fields({ ...Object.fromEntries(rest), InvoiceID: row.id })
}
