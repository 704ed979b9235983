import { orAbsent, shownText } from '../contacts/wire.ts'
import { lineWire } from '../invoices/line-wire.ts'
import type { Books } from '../model/books.ts'
import type { QuoteRow } from '../model/rows.ts'
import { plainDateMs } from '../wire/dates.ts'
import { bareInstant, decimal, money, type WireObject } from '../wire/json.ts'

/** Quote dates carry no zone suffix, unit amounts always 4 decimals, LineAmountTypes upper case (xero.md 2.5, 4.4). */
export function quoteWire(books: Books, row: QuoteRow): WireObject {
  const contact = books.contacts.get(row.contactId)
  const dates = (name: string, date: string) =>
    date === '' ? {} : { [name]: bareInstant(plainDateMs(date)), [`${name}String`]: `${date}T00:00:00` }
  return {
    QuoteID: row.id,
    QuoteNumber: row.number,
    Reference: orAbsent(row.reference),
    Terms: orAbsent(row.terms),
    Contact: {
      ContactID: row.contactId,
      Name: shownText(books, contact?.texts.Name ?? ''),
      EmailAddress: orAbsent(contact?.texts.EmailAddress ?? ''),
    },
    LineItems: row.lines.map((line) => lineWire(books, line, 4)),
    ...dates('Date', row.date),
    ...dates('ExpiryDate', row.expiryDate),
    Status: row.status,
    CurrencyRate: decimal(row.currencyRate, 6),
    CurrencyCode: row.currency,
    SubTotal: money(row.subTotal),
    TotalTax: money(row.totalTax),
    Total: money(row.total),
    TotalDiscount: row.totalDiscount.gt(0) ? money(row.totalDiscount) : undefined,
    Title: orAbsent(row.title),
    Summary: orAbsent(row.summary),
    BrandingThemeID: orAbsent(row.brandingThemeId),
    UpdatedDateUTC: bareInstant(row.updatedMs),
    LineAmountTypes: row.lineAmountTypes.toUpperCase(),
    StatusAttributeString: 'OK',
  }
}
