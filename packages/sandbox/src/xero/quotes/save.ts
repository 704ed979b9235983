import { ElementRefused, UnknownId } from '../api/problem.ts'
import { tooLong } from '../contacts/validate.ts'
import { blankInvoice, defaultTheme, lineAmountTypesOf, rateFor } from '../invoices/apply.ts'
import { totalsOf } from '../invoices/line-amounts.ts'
import { replaceLines } from '../invoices/lines.ts'
import { resolveContact } from '../invoices/resolve-contact.ts'
import { NO_CONTACT } from '../invoices/rules.ts'
import type { Books } from '../model/books.ts'
import { QUOTE_STATUSES, type QuoteRow, type QuoteStatus } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'

const TRANSITIONS: Readonly<Record<QuoteStatus, readonly QuoteStatus[]>> = {
  DRAFT: ['DRAFT', 'SENT', 'DELETED'],
  SENT: ['SENT', 'ACCEPTED', 'DECLINED', 'DELETED'],
  ACCEPTED: ['ACCEPTED', 'INVOICED', 'SENT', 'DELETED'],
  DECLINED: ['DECLINED', 'SENT', 'DELETED'],
  INVOICED: ['INVOICED', 'SENT', 'DELETED'],
  DELETED: [],
}
const LIMITS = { reference: 4000, terms: 4000, title: 100, summary: 3000, number: 255 } as const

/** Update needs the QuoteID; the contact must exist; SENT is a step that cannot be skipped (xero.md 4.4). */
export function saveQuote(books: Books, fields: Fields, mode: 'create' | 'upsert'): QuoteRow {
  const before = targetQuote(books, fields, mode)
  const row = applyQuote(books, before ?? blankQuote(books), fields)
  const faults = quoteFaults(books, row, before)
  if (faults.length > 0) throw new ElementRefused(...faults)
  books.quotes.put(row)
  return row
}

function targetQuote(books: Books, fields: Fields, mode: 'create' | 'upsert'): QuoteRow | undefined {
  const id = fields.text('QuoteID')?.toLowerCase()
  const number = fields.text('QuoteNumber') ?? ''
  if (id === undefined || id === '') {
    if (books.quotes.find('number', number).length > 0) throw new ElementRefused('Quote # must be unique.')
    return undefined
  }
  const row = books.quotes.get(id)
  if (row === undefined) throw new UnknownId('Quote', id)
  if (mode === 'create') throw new ElementRefused('Quote # must be unique.')
  return row
}

const blankQuote = (books: Books): QuoteRow => ({
  ...blankInvoice(books, 'ACCREC'),
  status: 'DRAFT',
  terms: '',
  title: '',
  summary: '',
  expiryDate: '',
})

function applyQuote(books: Books, before: QuoteRow, fields: Fields): QuoteRow {
  const contact = fields.object('Contact')
  if (before.contactId === '' && contact === undefined) throw new ElementRefused(NO_CONTACT)
  // Left out, it falls back to EXCLUSIVE, also on update (reported).
  const lineAmountTypes = lineAmountTypesOf(fields) ?? 'Exclusive'
  const sentLines = fields.list('LineItems')
  const rules = {
    side: 'sale',
    lineAmountTypes,
    unitDecimals: 4,
    stage: 'draft',
    discounts: 'allowed',
    taxDefault: 'none',
  } as const
  const lines =
    sentLines === undefined ? before.lines : replaceLines(books, sentLines, { before: before.lines, rules }).lines
  const currency = fields.text('CurrencyCode') || before.currency || books.organisation.baseCurrency
  return {
    ...before,
    ...totalsOf(lines, lineAmountTypes),
    updatedMs: books.now(),
    number: fields.text('QuoteNumber') || before.number || nextQuoteNumber(books),
    status: statusOf(before, fields),
    reference: fields.text('Reference') ?? before.reference,
    terms: fields.text('Terms') ?? before.terms,
    title: fields.text('Title') ?? before.title,
    summary: fields.text('Summary') ?? before.summary,
    contactId: contact === undefined ? before.contactId : resolveContact(books, contact, 'refuse').id,
    date: fields.date('Date') || before.date,
    expiryDate: fields.date('ExpiryDate') ?? before.expiryDate,
    lineAmountTypes,
    lines,
    currency,
    currencyRate: fields.decimal('CurrencyRate') ?? rateFor(books, currency, before),
    brandingThemeId: fields.text('BrandingThemeID')?.toLowerCase() || before.brandingThemeId || defaultTheme(books),
  }
}

const nextQuoteNumber = (books: Books) =>
  books.nextNumber('QU-', (candidate) => books.quotes.find('number', candidate).length > 0)

function statusOf(before: QuoteRow, fields: Fields): QuoteStatus {
  const sent = fields.text('Status')?.toUpperCase() || before.status
  const known = QUOTE_STATUSES.find((status) => status === sent)
  if (known === undefined) throw new ElementRefused(`Quote Status '${sent}' is not valid.`)
  return known
}

function quoteFaults(books: Books, row: QuoteRow, before: QuoteRow | undefined): readonly string[] {
  const faults: string[] = []
  const allowed = before === undefined ? (['DRAFT', 'SENT'] as const) : TRANSITIONS[before.status]
  if (!allowed.some((status) => status === row.status)) {
    faults.push(`Quote status cannot be changed from ${before?.status ?? 'NEW'} to ${row.status}`)
  }
  const isClosed = before !== undefined && !['DRAFT', 'SENT'].includes(before.status)
  if (isClosed && row.lines !== before.lines) faults.push('Only DRAFT and SENT quotes can be edited')
  if (row.date === '') faults.push('The document Date field must be specified.')
  if (row.lines.length === 0) faults.push('One or more line items must be specified')
  if (row.number.length > LIMITS.number) faults.push(tooLong('QuoteNumber', LIMITS.number))
  if (row.reference.length > LIMITS.reference) faults.push(tooLong('Reference', LIMITS.reference))
  if (row.terms.length > LIMITS.terms) faults.push(tooLong('Terms', LIMITS.terms))
  if (row.title.length > LIMITS.title) faults.push(tooLong('Title', LIMITS.title))
  if (row.summary.length > LIMITS.summary) faults.push(tooLong('Summary', LIMITS.summary))
  if (books.currencies.get(row.currency) === undefined) {
    faults.push(`Organisation is not subscribed to currency ${row.currency}`)
  }
  return faults
}
