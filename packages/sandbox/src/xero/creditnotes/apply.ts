import { ElementRefused } from '../api/problem.ts'
import { defaultTheme, lineAmountTypesOf, rateFor } from '../invoices/apply.ts'
import { blankDocument } from '../invoices/blank.ts'
import { changeLines, NO_LINES } from '../invoices/change-lines.ts'
import { totalsOf } from '../invoices/line-amounts.ts'
import type { LineRules } from '../invoices/line-draft.ts'
import { resolveContact } from '../invoices/resolve-contact.ts'
import { BAD_STATUS } from '../invoices/rules.ts'
import type { Books } from '../model/books.ts'
import type { CreditNoteRow } from '../model/credit-rows.ts'
import type { Fields } from '../wire/fields.ts'

export interface AppliedNote {
  readonly row: CreditNoteRow
  readonly warnings: readonly string[]
}

const STATUSES = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'] as const

export function blankNote(books: Books, fields: Fields): CreditNoteRow {
  const type = fields.text('Type')?.toUpperCase()
  if (type !== 'ACCRECCREDIT' && type !== 'ACCPAYCREDIT') {
    throw new ElementRefused('The Credit Note Type must be ACCRECCREDIT or ACCPAYCREDIT.')
  }
  return {
    ...blankDocument(books),
    type,
    status: 'DRAFT',
    number: '',
    reference: '',
    sentToContact: false,
    allocations: [],
  }
}

/** The note as the request wants it; unsent fields keep their value. `Allocations` are another call (xero.md 4.5). */
export function applyNote(
  books: Books,
  before: CreditNoteRow,
  change: { readonly fields: Fields; readonly unitDecimals: 2 | 4 },
): AppliedNote {
  const { fields } = change
  const sentContact = fields.object('Contact')
  const isNew = before.contactId === ''
  const contact = isNew || sentContact !== undefined ? resolveContact(books, sentContact, 'create') : undefined
  const status = wantedStatus(before, fields)
  const lineAmountTypes = lineAmountTypesOf(fields) ?? before.lineAmountTypes
  const rules = noteRules({ ...before, status, lineAmountTypes }, change.unitDecimals)
  const sent = fields.list('LineItems')
  // Unlike an invoice it may have none while it is a draft.
  if (rules.stage === 'final' && (sent ?? before.lines).length === 0) throw new ElementRefused(NO_LINES)
  const isApproving = rules.stage === 'final' && before.status !== 'AUTHORISED'
  const built = changeLines(books, { before, sent, rules, stored: isApproving ? 'check' : 'trust' })
  const currency =
    fields.text('CurrencyCode') || before.currency || contact?.texts.DefaultCurrency || books.organisation.baseCurrency
  const row: CreditNoteRow = {
    ...before,
    ...totalsOf(built.lines, lineAmountTypes),
    updatedMs: books.now(),
    status,
    number: fields.text('CreditNoteNumber') || before.number,
    reference: fields.text('Reference') ?? before.reference,
    contactId: contact?.id ?? before.contactId,
    date: fields.date('Date') || before.date || books.today(),
    lineAmountTypes,
    lines: built.lines,
    currency,
    currencyRate: fields.decimal('CurrencyRate') ?? rateFor(books, currency, before),
    brandingThemeId: fields.text('BrandingThemeID')?.toLowerCase() || before.brandingThemeId || defaultTheme(books),
    sentToContact: fields.flag('SentToContact') ?? before.sentToContact,
  }
  return { row, warnings: built.warnings }
}

function wantedStatus(before: CreditNoteRow, fields: Fields): CreditNoteRow['status'] {
  const sent = fields.text('Status')?.toUpperCase() || before.status
  const known = STATUSES.find((status) => status === sent)
  if (known === undefined) throw new ElementRefused(BAD_STATUS)
  return known
}

function noteRules(row: CreditNoteRow, unitDecimals: 2 | 4): LineRules {
  return {
    side: row.type === 'ACCRECCREDIT' ? 'sale' : 'purchase',
    lineAmountTypes: row.lineAmountTypes,
    unitDecimals,
    stage: row.status === 'AUTHORISED' ? 'final' : 'draft',
    discounts: 'refused',
    taxDefault: 'fromAccount',
    tracking: 'byName',
  }
}
