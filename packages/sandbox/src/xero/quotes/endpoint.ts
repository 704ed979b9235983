import { runBatch, summarizes } from '../api/batch.ts'
import type { ApiCall } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { type ApiAnswer, notFound } from '../api/problem.ts'
import type { QuoteRow } from '../model/rows.ts'
import { Fields } from '../wire/fields.ts'
import { listedQuotes } from './filters.ts'
import { saveQuote } from './save.ts'
import { quoteWire } from './wire.ts'

/** `/Quotes`: paged but without a `pagination` object, own filters, no `where` (xero.md 4.4). */
export function quotesEndpoint(call: ApiCall): ApiAnswer {
  const [key, sub] = call.path
  if (sub !== undefined) throw notFound()
  const row = key === undefined ? undefined : call.books.quotes.get(key.toLowerCase())
  if (key !== undefined && row === undefined) throw notFound()
  if (call.method === 'GET') return answer(call, row === undefined ? listedQuotes(call) : [row])
  if (call.method === 'PUT' && row === undefined) return saveQuotes(call, 'create', undefined)
  if (call.method === 'POST') return saveQuotes(call, 'upsert', row)
  throw notFound()
}

function answer(call: ApiCall, rows: readonly QuoteRow[]): ApiAnswer {
  return envelope(call, {
    plural: 'Quotes',
    leading: { SummarizeErrors: summarizes(call) },
    elements: rows.map((row) => quoteWire(call.books, row)),
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
      const { row, warnings } = saveQuote(call.books, fields, mode)
      return { wire: quoteWire(call.books, row), warnings }
    },
  })
}
