import { ElementRefused } from '../api/problem.ts'
import { keysOf, recordOf } from '../contacts/blank.ts'
import { defaultTheme, lineAmountTypesOf, rateFor } from '../invoices/apply.ts'
import { blankDocument } from '../invoices/blank.ts'
import { changeLines, NO_LINES } from '../invoices/change-lines.ts'
import { totalsOf } from '../invoices/line-amounts.ts'
import type { LineRules } from '../invoices/line-draft.ts'
import { resolveContact } from '../invoices/resolve-contact.ts'
import { BAD_STATUS, NO_CONTACT } from '../invoices/rules.ts'
import type { Books } from '../model/books.ts'
import {
  ORDER_STATUSES,
  ORDER_TEXTS,
  type OrderStatus,
  type OrderText,
  type PurchaseOrderRow,
} from '../model/order-rows.ts'
import type { Fields } from '../wire/fields.ts'

export interface AppliedOrder {
  readonly row: PurchaseOrderRow
  readonly warnings: readonly string[]
}

const orderTextNames: readonly OrderText[] = keysOf(ORDER_TEXTS)
const SENT_TOO_EARLY = 'Only AUTHORISED and BILLED purchase orders may have SentToContact updated.'

export const blankOrder = (books: Books): PurchaseOrderRow => ({
  ...blankDocument(books),
  status: 'DRAFT',
  number: '',
  texts: recordOf(orderTextNames, () => ''),
  deliveryDate: '',
  expectedArrivalDate: '',
  sentToContact: false,
})

/** The order as the request wants it; unsent fields keep their value. Its contact must exist (xero.md 4.1). */
export function applyOrder(
  books: Books,
  before: PurchaseOrderRow,
  change: { readonly fields: Fields; readonly unitDecimals: 2 | 4 },
): AppliedOrder {
  const { fields } = change
  const contact = fields.object('Contact')
  if (before.contactId === '' && contact === undefined) throw new ElementRefused(NO_CONTACT)
  const status = wantedStatus(before, fields)
  const lineAmountTypes = lineAmountTypesOf(fields) ?? before.lineAmountTypes
  const rules = orderRules({ ...before, status, lineAmountTypes }, change.unitDecimals)
  const sent = fields.list('LineItems')
  if ((sent ?? before.lines).length === 0) throw new ElementRefused(NO_LINES)
  const isApproving = rules.stage === 'final' && !isApproved(before.status)
  const built = changeLines(books, { before, sent, rules, stored: isApproving ? 'check' : 'trust' })
  const currency = fields.text('CurrencyCode') || before.currency || books.organisation.baseCurrency
  const row: PurchaseOrderRow = {
    ...before,
    ...totalsOf(built.lines, lineAmountTypes),
    updatedMs: books.now(),
    status,
    number: fields.text('PurchaseOrderNumber') || before.number,
    texts: recordOf(orderTextNames, (name) => fields.text(name) ?? before.texts[name]),
    contactId: contact === undefined ? before.contactId : resolveContact(books, contact, 'refuse').id,
    date: fields.date('Date') || before.date || books.today(),
    deliveryDate: fields.date('DeliveryDate') ?? before.deliveryDate,
    expectedArrivalDate: fields.date('ExpectedArrivalDate') ?? before.expectedArrivalDate,
    lineAmountTypes,
    lines: built.lines,
    currency,
    currencyRate: fields.decimal('CurrencyRate') ?? rateFor(books, currency, before),
    brandingThemeId: fields.text('BrandingThemeID')?.toLowerCase() || before.brandingThemeId || defaultTheme(books),
    sentToContact: (isApproved(status) ? fields.flag('SentToContact') : undefined) ?? before.sentToContact,
  }
  const isTooEarly = fields.flag('SentToContact') === true && !isApproved(status)
  return { row, warnings: [...built.warnings, ...(isTooEarly ? [SENT_TOO_EARLY] : [])] }
}

const isApproved = (status: OrderStatus) => status === 'AUTHORISED' || status === 'BILLED'

function wantedStatus(before: PurchaseOrderRow, fields: Fields): OrderStatus {
  const sent = fields.text('Status')?.toUpperCase() || before.status
  const known = ORDER_STATUSES.find((status) => status === sent)
  if (known === undefined) throw new ElementRefused(BAD_STATUS)
  return known
}

function orderRules(row: PurchaseOrderRow, unitDecimals: 2 | 4): LineRules {
  return {
    side: 'purchase',
    lineAmountTypes: row.lineAmountTypes,
    unitDecimals,
    stage: isApproved(row.status) ? 'final' : 'draft',
    discounts: 'allowed',
    taxDefault: 'fromAccount',
    tracking: 'byName',
  }
}

export const orderTextFaults = (row: PurchaseOrderRow): readonly OrderText[] =>
  orderTextNames.filter((name) => row.texts[name].length > ORDER_TEXTS[name])
