import { ElementRefused, UnknownId } from '../api/problem.ts'
import { NO_CONTACT } from '../invoices/rules.ts'
import type { Books } from '../model/books.ts'
import type { QuoteRow } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'
import { type AppliedQuote, applyQuote, blankQuote } from './apply.ts'
import { NUMBER_NOT_UNIQUE, quoteFaults } from './rules.ts'

/** PUT and POST create; only the QuoteID makes an update of it, a number never does (xero.md 4.4). No webhooks. */
export function saveQuote(books: Books, fields: Fields, mode: 'create' | 'upsert'): AppliedQuote {
  const id = fields.text('QuoteID') ?? ''
  if (id === '') return keep(books, applyQuote(books, blankQuote(books), fields), undefined)
  const before = books.quotes.get(id.toLowerCase())
  if (before === undefined) throw new UnknownId('Quote', id)
  if (mode === 'create') throw new ElementRefused(NUMBER_NOT_UNIQUE)
  return updateQuote(books, before, fields)
}

export function updateQuote(books: Books, before: QuoteRow, fields: Fields): AppliedQuote {
  const faults = books.switches.is('quoteUpdateHead', 'required') ? missingHead(fields) : []
  if (faults.length > 0) throw new ElementRefused(...faults)
  return keep(books, applyQuote(books, before, fields), before)
}

function missingHead(fields: Fields): readonly string[] {
  return [
    ...(fields.has('Contact') ? [] : [NO_CONTACT]),
    ...(fields.has('Date') ? [] : ['The document Date field must be specified.']),
  ]
}

function keep(books: Books, { row, warnings }: AppliedQuote, before: QuoteRow | undefined): AppliedQuote {
  const numbered = row.number === '' ? { ...row, number: nextQuoteNumber(books) } : row
  const isTaken = numbered.number !== before?.number && isNumberTaken(books, numbered)
  const faults = [...quoteFaults(books, numbered, before), ...(isTaken ? [NUMBER_NOT_UNIQUE] : [])]
  if (faults.length > 0) throw new ElementRefused(...faults)
  books.quotes.put(numbered)
  return { row: numbered, warnings }
}

/** Switch `freedNumberReuse`: whether deleted quotes still hold their number (xero.md 10.4). */
function isNumberTaken(books: Books, row: QuoteRow): boolean {
  const isFreed = (other: QuoteRow) => other.status === 'DELETED' && books.switches.is('freedNumberReuse', 'allowed')
  return books.quotes.find('number', row.number).some((other) => other.id !== row.id && !isFreed(other))
}

const nextQuoteNumber = (books: Books) =>
  books.nextNumber('QU-', (candidate) => books.quotes.find('number', candidate).length > 0)
