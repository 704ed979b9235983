import { z } from 'zod'
import { isValueList } from '../../model/value.ts'
import { calendarDate, decimal, documentLine, id, instant, text } from './row-schemas.ts'
import type { XeroShape } from './shape.ts'

/** xero.md 4.4. */
const schema = z.looseObject({
  QuoteID: id,
  Status: z.string(),
  UpdatedDateUTC: instant,
  Contact: z.looseObject({ ContactID: id }),
  QuoteNumber: text,
  Reference: text,
  Terms: text,
  Title: text,
  Summary: text,
  BrandingThemeID: text,
  CurrencyCode: text,
  CurrencyRate: decimal,
  LineAmountTypes: text,
  Date: calendarDate,
  ExpiryDate: calendarDate,
  SubTotal: decimal,
  TotalTax: decimal,
  Total: decimal,
  TotalDiscount: decimal,
  LineItems: z.array(documentLine).nullish(),
})

export const quoteShape: XeroShape = {
  collection: 'Quotes',
  resource: 'Quotes',
  idField: 'QuoteID',
  keyField: 'QuoteNumber',
  schema,
  texts: [
    'QuoteNumber',
    'Reference',
    'Terms',
    'Title',
    'Summary',
    'BrandingThemeID',
    'CurrencyCode',
    'CurrencyRate',
    'LineAmountTypes',
    'Date',
    'ExpiryDate',
    'SubTotal',
    'TotalTax',
    'Total',
    'TotalDiscount',
  ],
  lists: [],
  // A deleted quote is a state that its Status tells, not an absence.
  life: () => 'live',
  hasLines: (fields) => isValueList(fields.LineItems),
}
