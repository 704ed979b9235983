import { z } from 'zod'
import { isValueList } from '../../model/value.ts'
import { calendarDate, decimal, documentLine, id, instant, text } from './row-schemas.ts'
import type { XeroShape } from './shape.ts'

/** The short form inside an invoice: no account, no status (xero.md 4.3). */
const shortPayment = z.looseObject({ PaymentID: text, Date: calendarDate, Amount: decimal, Reference: text })
/** Xero's own word for a supplier's bill (xero.md 4.3). */
export const BILL_TYPE = 'ACCPAY'

/** xero.md 4.3. */
const schema = z.looseObject({
  InvoiceID: id,
  Type: z.string(),
  Status: z.string(),
  UpdatedDateUTC: instant,
  Contact: z.looseObject({ ContactID: id }),
  InvoiceNumber: text,
  Reference: text,
  Url: text,
  BrandingThemeID: text,
  CurrencyCode: text,
  CurrencyRate: decimal,
  LineAmountTypes: text,
  Date: calendarDate,
  DueDate: calendarDate,
  FullyPaidOnDate: calendarDate,
  ExpectedPaymentDate: calendarDate,
  SubTotal: decimal,
  TotalTax: decimal,
  Total: decimal,
  TotalDiscount: decimal,
  AmountDue: decimal,
  AmountPaid: decimal,
  AmountCredited: decimal,
  LineItems: z.array(documentLine).nullish(),
  Payments: z.array(shortPayment).nullish(),
})

export const invoiceShape: XeroShape = {
  collection: 'Invoices',
  resource: 'Invoices',
  idField: 'InvoiceID',
  keyField: 'InvoiceNumber',
  schema,
  texts: [
    'InvoiceNumber',
    'Reference',
    'Url',
    'BrandingThemeID',
    'CurrencyCode',
    'CurrencyRate',
    'LineAmountTypes',
    'Date',
    'DueDate',
    'FullyPaidOnDate',
    'ExpectedPaymentDate',
    'SubTotal',
    'TotalTax',
    'Total',
    'TotalDiscount',
    'AmountDue',
    'AmountPaid',
    'AmountCredited',
  ],
  lists: [],
  // Asked for by their ids, bills come too: sales and purchases never cross over (R21e).
  isOne: (fields) => fields.Type !== BILL_TYPE,
  // A voided or deleted invoice is a state that its Status tells, not an absence.
  life: () => 'live',
  hasLines: (fields) => isValueList(fields.LineItems),
}

/**
 * Bills: the same records under another Type. Their number is the supplier's and not unique, and Reference is ignored
 * (xero.md 4.3): our Url is all that tells which one is ours.
 */
export const billShape: XeroShape = {
  ...invoiceShape,
  collection: 'Bills',
  keyField: null,
  pairField: 'Url',
  isOne: (fields) => fields.Type === BILL_TYPE,
}
