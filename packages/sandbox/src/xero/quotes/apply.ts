import { ElementRefused } from '../api/problem.ts'
import { defaultTheme, lineAmountTypesOf, rateFor } from '../invoices/apply.ts'
import { blankDocument } from '../invoices/blank.ts'
import { changeLines } from '../invoices/change-lines.ts'
import { totalsOf } from '../invoices/line-amounts.ts'
import type { LineRules } from '../invoices/line-draft.ts'
import { resolveContact } from '../invoices/resolve-contact.ts'
import { NO_CONTACT } from '../invoices/rules.ts'
import type { Books } from '../model/books.ts'
import { QUOTE_STATUSES, type QuoteRow, type QuoteStatus } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'

export interface AppliedQuote {
  readonly row: QuoteRow
  readonly warnings: readonly string[]
}

export const blankQuote = (books: Books): QuoteRow => ({
  ...blankDocument(books),
  number: '',
  status: 'DRAFT',
  reference: '',
  terms: '',
  title: '',
  summary: '',
  expiryDate: '',
})

/** The quote as the request wants it (xero.md 4.4). Rules are checked afterwards. */
export function applyQuote(books: Books, before: QuoteRow, fields: Fields): AppliedQuote {
  const contact = fields.object('Contact')
  if (before.contactId === '' && contact === undefined) throw new ElementRefused(NO_CONTACT)
  // Left out, it falls back to EXCLUSIVE, also on update: an inclusive quote is silently priced anew (reported).
  const lineAmountTypes = lineAmountTypesOf(fields) ?? 'Exclusive'
  const sent = fields.list('LineItems')
  const rules = quoteRules(books, lineAmountTypes)
  const built = changeLines(books, { before, sent, rules, stored: 'trust' })
  const currency = fields.text('CurrencyCode') || before.currency || books.organisation.baseCurrency
  const row: QuoteRow = {
    ...before,
    ...textsOf(books, before, fields),
    ...totalsOf(built.lines, lineAmountTypes),
    updatedMs: books.now(),
    number: fields.text('QuoteNumber') || before.number,
    status: statusOf(before, fields),
    contactId: contact === undefined ? before.contactId : resolveContact(books, contact, 'refuse').id,
    date: fields.date('Date') || before.date,
    lineAmountTypes,
    lines: built.lines,
    currency,
    currencyRate: fields.decimal('CurrencyRate') ?? rateFor(books, currency, before),
    brandingThemeId: fields.text('BrandingThemeID')?.toLowerCase() || before.brandingThemeId || defaultTheme(books),
  }
  return { row, warnings: built.warnings }
}

/** Unit prices always with 4 decimals; the tax type is never taken from the account. */
function quoteRules(books: Books, lineAmountTypes: QuoteRow['lineAmountTypes']): LineRules {
  return {
    side: 'sale',
    lineAmountTypes,
    unitDecimals: 4,
    stage: 'draft',
    discounts: 'allowed',
    taxDefault: books.switches.is('quoteItemTax', 'filled') ? 'fromItem' : 'none',
    tracking: 'byOptionId',
  }
}

/** Switch `quoteOmittedTexts`: whether an update keeps the texts that it does not send. */
function textsOf(books: Books, before: QuoteRow, fields: Fields) {
  const kept = books.switches.is('quoteOmittedTexts', 'kept') ? before : blankTexts
  return {
    reference: fields.text('Reference') ?? kept.reference,
    terms: fields.text('Terms') ?? kept.terms,
    title: fields.text('Title') ?? kept.title,
    summary: fields.text('Summary') ?? kept.summary,
    expiryDate: fields.date('ExpiryDate') ?? kept.expiryDate,
  }
}

const blankTexts = { reference: '', terms: '', title: '', summary: '', expiryDate: '' }

function statusOf(before: QuoteRow, fields: Fields): QuoteStatus {
  const sent = fields.text('Status')?.toUpperCase() || before.status
  const known = QUOTE_STATUSES.find((status) => status === sent)
  if (known === undefined) throw new ElementRefused(`Quote Status '${sent}' is not valid.`)
  return known
}
