import { type ApiCall, unitDecimals } from '../api/call.ts'
import { contactWire, embeddedContact, orAbsent } from '../contacts/wire.ts'
import { lineWire } from '../invoices/line-wire.ts'
import { datePair } from '../invoices/wire.ts'
import type { PurchaseOrderRow } from '../model/order-rows.ts'
import { decimal, instant, money, type WireObject } from '../wire/json.ts'

/** As the samples of the specification show it; unlike invoices, lists have its lines even without a page. */
export function purchaseOrderWire(call: ApiCall, row: PurchaseOrderRow, view: 'one' | 'listed'): WireObject {
  const { books } = call
  const contact = books.contacts.get(row.contactId)
  return {
    PurchaseOrderID: row.id,
    PurchaseOrderNumber: row.number,
    ...datePair('Date', row.date),
    ...datePair('DeliveryDate', row.deliveryDate),
    ...datePair('ExpectedArrivalDate', row.expectedArrivalDate),
    DeliveryAddress: orAbsent(row.texts.DeliveryAddress),
    AttentionTo: orAbsent(row.texts.AttentionTo),
    Telephone: orAbsent(row.texts.Telephone),
    DeliveryInstructions: orAbsent(row.texts.DeliveryInstructions),
    TotalDiscount: money(row.totalDiscount),
    SentToContact: row.sentToContact,
    Reference: orAbsent(row.texts.Reference),
    CurrencyRate: decimal(row.currencyRate, 10),
    CurrencyCode: row.currency,
    Contact:
      view === 'one' && contact !== undefined
        ? contactWire(books, contact, 'full')
        : embeddedContact(books, row.contactId),
    BrandingThemeID: orAbsent(row.brandingThemeId),
    Status: row.status,
    LineAmountTypes: row.lineAmountTypes,
    LineItems: row.lines.map((line) => lineWire(books, line, unitDecimals(call))),
    SubTotal: money(row.subTotal),
    TotalTax: money(row.totalTax),
    Total: money(row.total),
    UpdatedDateUTC: instant(row.updatedMs),
    HasAttachments: false,
  }
}
