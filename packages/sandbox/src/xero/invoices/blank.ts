import { Big } from 'big.js'
import type { Books } from '../model/books.ts'
import type { InvoiceRow, Totals } from '../model/rows.ts'
import { ZERO } from './rounding.ts'

export const NO_TOTALS: Totals = { subTotal: ZERO, totalTax: ZERO, total: ZERO, totalDiscount: ZERO }

/** What every document with lines starts from, whatever its kind. */
export function blankDocument(books: Books) {
  return {
    ...NO_TOTALS,
    id: books.guid(),
    updatedMs: 0,
    contactId: '',
    date: '',
    lineAmountTypes: 'Exclusive' as const,
    lines: [],
    currency: '',
    currencyRate: new Big(1),
    brandingThemeId: '',
  }
}

export function blankInvoice(books: Books, type: InvoiceRow['type']): InvoiceRow {
  return {
    ...blankDocument(books),
    type,
    status: 'DRAFT',
    number: '',
    reference: '',
    dueDate: '',
    url: '',
    sentToContact: false,
    expectedPaymentDate: '',
    plannedPaymentDate: '',
    amountPaid: ZERO,
    amountCredited: ZERO,
    fullyPaidOn: '',
    createdByApp: false,
  }
}
