import { Big } from 'big.js'
import { ElementRefused } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import type { InvoiceRow, LineAmountTypes } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'
import { changeLines, NO_LINES } from './change-lines.ts'
import { totalsOf } from './line-amounts.ts'
import type { LineRules } from './line-draft.ts'
import type { BuiltLines } from './lines.ts'
import { resolveContact } from './resolve-contact.ts'

export interface Applied {
  readonly row: InvoiceRow
  readonly warnings: readonly string[]
}

/** The invoice as the request wants it; unsent fields keep their value (xero.md 4.3). Rules are checked afterwards. */
export function applyInvoice(
  books: Books,
  before: InvoiceRow,
  change: { fields: Fields; unitDecimals: 2 | 4 },
): Applied {
  const { fields } = change
  const sentContact = fields.object('Contact')
  const isNew = before.contactId === ''
  const contact = isNew || sentContact !== undefined ? resolveContact(books, sentContact, 'create') : undefined
  const status = wantedStatus(before, fields)
  const lineAmountTypes = lineAmountTypesOf(fields) ?? before.lineAmountTypes
  const rules = lineRules({ ...before, status, lineAmountTypes }, change.unitDecimals)
  const built = buildLines(books, before, { fields, rules })
  const currency =
    fields.text('CurrencyCode') || before.currency || contact?.texts.DefaultCurrency || books.organisation.baseCurrency
  const row: InvoiceRow = {
    ...before,
    ...headTexts(before, fields),
    ...totalsOf(built.lines, lineAmountTypes),
    updatedMs: books.now(),
    status,
    contactId: contact?.id ?? before.contactId,
    date: fields.date('Date') || before.date || books.today(),
    dueDate: fields.date('DueDate') ?? before.dueDate,
    lineAmountTypes,
    lines: built.lines,
    currency,
    currencyRate: fields.decimal('CurrencyRate') ?? rateFor(books, currency, before),
    sentToContact: (isApproved(status) ? fields.flag('SentToContact') : undefined) ?? before.sentToContact,
    brandingThemeId: fields.text('BrandingThemeID')?.toLowerCase() || before.brandingThemeId || defaultTheme(books),
  }
  return { row, warnings: [...built.warnings, ...sentWarnings(fields, status)] }
}

function headTexts(before: InvoiceRow, fields: Fields) {
  return {
    number: fields.text('InvoiceNumber') || before.number,
    // Ignored on bills, which use InvoiceNumber (xero.md 4.3).
    reference: before.type === 'ACCPAY' ? '' : (fields.text('Reference') ?? before.reference),
    url: fields.text('Url') ?? before.url,
    expectedPaymentDate: fields.date('ExpectedPaymentDate') ?? before.expectedPaymentDate,
    plannedPaymentDate: fields.date('PlannedPaymentDate') ?? before.plannedPaymentDate,
  }
}

const STATUSES = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'] as const

function wantedStatus(before: InvoiceRow, fields: Fields): InvoiceRow['status'] {
  const sent = fields.text('Status')?.toUpperCase()
  if (sent === undefined || sent === '') return before.status
  const known = STATUSES.find((status) => status === sent)
  if (known === undefined) throw new ElementRefused(`Invoice Status '${sent}' is not valid.`)
  return known
}

export function lineAmountTypesOf(fields: Fields): LineAmountTypes | undefined {
  const sent = fields.text('LineAmountTypes')?.toUpperCase()
  switch (sent) {
    case undefined:
    case '':
      return undefined
    case 'EXCLUSIVE':
      return 'Exclusive'
    case 'INCLUSIVE':
      return 'Inclusive'
    case 'NOTAX':
      return 'NoTax'
    default:
      throw new ElementRefused(`LineAmountTypes '${sent}' is not valid.`)
  }
}

export function lineRules(row: InvoiceRow, unitDecimals: 2 | 4): LineRules {
  return {
    side: row.type === 'ACCREC' ? 'sale' : 'purchase',
    lineAmountTypes: row.lineAmountTypes,
    unitDecimals,
    stage: isApproved(row.status) ? 'final' : 'draft',
    discounts: row.type === 'ACCREC' ? 'allowed' : 'refused',
    taxDefault: 'fromAccount',
    tracking: 'byName',
  }
}

function buildLines(books: Books, before: InvoiceRow, change: { fields: Fields; rules: LineRules }): BuiltLines {
  const { fields, rules } = change
  const sent = fields.list('LineItems')
  if ((sent ?? before.lines).length === 0) throw new ElementRefused(NO_LINES)
  const isClosing = !['DRAFT', 'SUBMITTED', 'AUTHORISED'].includes(before.status)
  // A draft without account codes cannot be approved.
  const isApproving = rules.stage === 'final' && before.status !== 'AUTHORISED' && !isClosing
  return changeLines(books, { before, sent, rules, stored: isApproving ? 'check' : 'trust' })
}

/** Units of foreign currency per one of the base: the day rate when none is given (xero.md 4.3). */
export function rateFor(books: Books, currency: string, before: { currency: string; currencyRate: Big }): Big {
  if (currency === before.currency) return before.currencyRate
  return books.currencies.get(currency)?.ratePerBase ?? new Big(1)
}

/** The theme of SortOrder 0 (xero.md 4.10). */
export function defaultTheme(books: Books): string {
  return books.brandingThemes.all().find((theme) => theme.sortOrder === 0)?.id ?? ''
}

const isApproved = (status: InvoiceRow['status']) => status === 'AUTHORISED' || status === 'PAID'

/** Only approved documents can be marked as sent (xero.md 4.3). */
function sentWarnings(fields: Fields, status: InvoiceRow['status']): readonly string[] {
  if (fields.flag('SentToContact') !== true || isApproved(status)) return []
  return ['Only AUTHORISED invoices may have SentToContact updated.']
}
