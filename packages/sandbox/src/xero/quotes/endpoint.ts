import { runBatch, summarizes } from '../api/batch.ts'
import type { ApiCall } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { filterRows, paginate } from '../api/listing.ts'
import { type ApiAnswer, notFound, simulatorGap } from '../api/problem.ts'
import { orAbsent, shownText } from '../contacts/wire.ts'
import { lineWire } from '../invoices/line-wire.ts'
import type { QuoteRow } from '../model/rows.ts'
import { parsePlainDate, plainDateMs } from '../wire/dates.ts'
import { Fields } from '../wire/fields.ts'
import { bareInstant, decimal, money, type WireObject } from '../wire/json.ts'
import { saveQuote } from './save.ts'

/** `/Quotes`: paged but without a `pagination` object, own filters, no `where` (xero.md 4.4). */
export function quotesEndpoint(call: ApiCall): ApiAnswer {
  const [key, sub] = call.path
  if (sub !== undefined) throw notFound()
  const row = key === undefined ? undefined : call.books.quotes.get(key.toLowerCase())
  if (key !== undefined && row === undefined) throw notFound()
  if (call.method === 'GET') return answer(call, row === undefined ? listed(call) : [row])
  if (call.method === 'PUT' && row === undefined) return saveQuotes(call, 'create', undefined)
  if (call.method === 'POST') return saveQuotes(call, 'upsert', row)
  throw notFound()
}

function answer(call: ApiCall, rows: readonly QuoteRow[]): ApiAnswer {
  return envelope(call, {
    plural: 'Quotes',
    leading: { SummarizeErrors: summarizes(call) },
    elements: rows.map((row) => quoteWire(call, row)),
  })
}

function saveQuotes(call: ApiCall, mode: 'create' | 'upsert', target: QuoteRow | undefined): ApiAnswer {
  return runBatch(call, {
    plural: 'Quotes',
    idKey: 'QuoteID',
    errorFlag: 'HasErrors',
    leading: { SummarizeErrors: summarizes(call) },
    save: (sent) => {
      const fields = target === undefined ? sent : new Fields({ ...sent.raw, QuoteID: target.id })
      return { wire: quoteWire(call, saveQuote(call.books, fields, mode)), warnings: [] }
    },
  })
}

function listed(call: ApiCall): readonly QuoteRow[] {
  const { query } = call
  for (const unknown of ['where', 'IDs']) {
    if (query.has(unknown)) throw simulatorGap(400, `Quotes have no ${unknown} parameter`)
  }
  const number = query.get('QuoteNumber')?.toLowerCase()
  const status = query.get('Status')?.toUpperCase()
  const contact = query.get('ContactID')?.toLowerCase()
  const inRange = (name: string, date: string) => {
    const from = parsePlainDate(query.get(`${name}From`) ?? '')
    const to = parsePlainDate(query.get(`${name}To`) ?? '')
    return (from === undefined || date >= from) && (to === undefined || (date !== '' && date <= to))
  }
  const selected = call.books.quotes.listed().filter(
    (row) =>
      // A partial match (xero.md 4.4).
      (number === undefined || row.number.toLowerCase().includes(number)) &&
      (status === undefined || row.status === status) &&
      (contact === undefined || row.contactId === contact) &&
      inRange('Date', row.date) &&
      inRange('ExpiryDate', row.expiryDate),
  )
  const kind = { typeName: 'Quote', getters: { UpdatedDateUTC: (row: QuoteRow) => ({ ms: row.updatedMs }) } }
  return paginate(call, filterRows(call, selected, kind), 'forcePaging').rows
}

/** Quote dates carry no zone suffix, unit amounts always 4 decimals, LineAmountTypes upper case (xero.md 2.5, 4.4). */
function quoteWire(call: ApiCall, row: QuoteRow): WireObject {
  const { books } = call
  const contact = books.contacts.get(row.contactId)
  const dates = (name: string, date: string) =>
    date === '' ? {} : { [name]: bareInstant(plainDateMs(date)), [`${name}String`]: `${date}T00:00:00` }
  return {
    QuoteID: row.id,
    QuoteNumber: row.number,
    Reference: orAbsent(row.reference),
    Terms: orAbsent(row.terms),
    Contact: {
      ContactID: row.contactId,
      Name: shownText(books, contact?.texts.Name ?? ''),
      EmailAddress: orAbsent(contact?.texts.EmailAddress ?? ''),
    },
    LineItems: row.lines.map((line) => lineWire(books, line, 4)),
    ...dates('Date', row.date),
    ...dates('ExpiryDate', row.expiryDate),
    Status: row.status,
    CurrencyRate: decimal(row.currencyRate, 6),
    CurrencyCode: row.currency,
    SubTotal: money(row.subTotal),
    TotalTax: money(row.totalTax),
    Total: money(row.total),
    TotalDiscount: row.totalDiscount.gt(0) ? money(row.totalDiscount) : undefined,
    Title: orAbsent(row.title),
    Summary: orAbsent(row.summary),
    BrandingThemeID: orAbsent(row.brandingThemeId),
    UpdatedDateUTC: bareInstant(row.updatedMs),
    LineAmountTypes: row.lineAmountTypes.toUpperCase(),
    StatusAttributeString: 'OK',
  }
}
