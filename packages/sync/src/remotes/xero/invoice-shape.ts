import { z } from 'zod'
import { isValueList } from '../../model/value.ts'
import { calendarDate, decimal, documentLine, id, instant, text } from './row-schemas.ts'
import type { XeroShape } from './shape.ts'

/** The short form inside an invoice: no account, no status (xero.md 4.3). */
const shortPayment = z.looseObject({ PaymentID: text, Date: calendarDate, Amount: decimal, Reference: text })

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
  // A voided or deleted invoice is a state that its Status tells, not an absence.
  life: () => 'live',
  hasLines: (fields) => isValueList(fields.LineItems),
}
