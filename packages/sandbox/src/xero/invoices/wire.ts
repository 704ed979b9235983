import { contactWire, embeddedContact, orAbsent } from '../contacts/wire.ts'
import { creditsInside } from '../credits/inside-invoice.ts'
import type { Books } from '../model/books.ts'
import type { InvoiceRow } from '../model/rows.ts'
import { paymentsInside } from '../payments/short.ts'
import { isoSeconds, plainDateMs } from '../wire/dates.ts'
import { decimal, instant, money, type WireObject } from '../wire/json.ts'
import { lineWire } from './line-wire.ts'
import { amountDue } from './settle.ts'

export interface InvoiceView {
  /** `one`: single reads and write answers; `listed`: paged; `unpaged` and `summary` have no lines (xero.md 2.3, 2.4). */
  readonly view: 'one' | 'listed' | 'unpaged' | 'summary'
  readonly unitDecimals: 2 | 4
}

export function invoiceWire(books: Books, row: InvoiceRow, { view, unitDecimals }: InvoiceView): WireObject {
  const contact = books.contacts.get(row.contactId)
  return {
    Type: row.type,
    InvoiceID: row.id,
    InvoiceNumber: row.number,
    Reference: row.type === 'ACCREC' ? row.reference : undefined,
    ...(view === 'summary' ? {} : { Payments: paymentsInside(books.payments.find('invoice', row.id)) }),
    ...creditsInside(books, row),
    ...amounts(row),
    SentToContact: row.sentToContact,
    CurrencyRate: decimal(row.currencyRate, 10),
    IsDiscounted: row.totalDiscount.gt(0),
    ...(view === 'summary' ? {} : { HasAttachments: false }),
    HasErrors: false,
    Attachments: [],
    InvoicePaymentServices: [],
    InvoiceAddresses: [],
    Contact:
      view === 'one' && contact !== undefined
        ? contactWire(books, contact, 'full')
        : embeddedContact(books, row.contactId),
    ...dates(row),
    BrandingThemeID: orAbsent(row.brandingThemeId),
    Url: orAbsent(row.url),
    Status: row.status,
    LineAmountTypes: row.lineAmountTypes,
    ...(view === 'one' || view === 'listed'
      ? { LineItems: row.lines.map((line) => lineWire(books, line, unitDecimals)) }
      : {}),
    SubTotal: money(row.subTotal),
    TotalTax: money(row.totalTax),
    Total: money(row.total),
    TotalDiscount: row.totalDiscount.gt(0) ? money(row.totalDiscount) : undefined,
    UpdatedDateUTC: instant(row.updatedMs),
    UpdatedDateUTCString: isoSeconds(row.updatedMs),
    CurrencyCode: row.currency,
  }
}

const amounts = (row: InvoiceRow): WireObject => ({
  AmountDue: money(row.status === 'VOIDED' || row.status === 'DELETED' ? row.amountPaid.times(0) : amountDue(row)),
  AmountPaid: money(row.amountPaid),
  AmountCredited: money(row.amountCredited),
})

/** Calendar dates come twice: ms at midnight UTC and a string without a zone (xero.md 2.5). */
export function datePair(name: string, date: string): WireObject {
  return date === '' ? {} : { [`${name}String`]: `${date}T00:00:00`, [name]: instant(plainDateMs(date)) }
}

function dates(row: InvoiceRow): WireObject {
  const optional = (name: string, date: string) => (date === '' ? {} : { [name]: instant(plainDateMs(date)) })
  return {
    ...datePair('Date', row.date),
    ...datePair('DueDate', row.dueDate),
    ...(row.type === 'ACCREC' ? datePair('ExpectedPaymentDate', row.expectedPaymentDate) : {}),
    ...(row.type === 'ACCPAY' ? datePair('PlannedPaymentDate', row.plannedPaymentDate) : {}),
    ...optional('FullyPaidOnDate', row.fullyPaidOn),
  }
}
