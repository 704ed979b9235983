import { z } from 'zod'
import { calendarDate, decimal, id, instant, maybeObject, text } from './row-schemas.ts'
import type { XeroShape } from './shape.ts'

/** xero.md 4.6. A deleted payment stays readable: its Status tells, it is no absence. */
const schema = z.looseObject({
  PaymentID: id,
  PaymentType: z.string(),
  Status: z.string(),
  UpdatedDateUTC: instant,
  Date: calendarDate,
  Amount: decimal,
  Reference: text,
  CurrencyRate: decimal,
  Account: maybeObject({ AccountID: text, Code: text, Name: text }),
  Invoice: maybeObject({ InvoiceID: id, InvoiceNumber: text, CurrencyCode: text }),
})

export const paymentShape: XeroShape = {
  collection: 'Payments',
  resource: 'Payments',
  idField: 'PaymentID',
  keyField: null,
  schema,
  texts: ['Date', 'Amount', 'Reference', 'CurrencyRate'],
  lists: [],
  life: () => 'live',
  hasLines: () => true,
}
