import { type ApiCall, unitDecimals } from '../api/call.ts'
import { contactWire, embeddedContact, orAbsent } from '../contacts/wire.ts'
import { allocationWires } from '../credits/allocations-endpoint.ts'
import { allocated, kindOf, openCredit } from '../credits/credit.ts'
import { lineWire } from '../invoices/line-wire.ts'
import { datePair } from '../invoices/wire.ts'
import type { AdvanceRow } from '../model/credit-rows.ts'
import { paymentsInside } from '../payments/short.ts'
import { isoSeconds } from '../wire/dates.ts'
import { decimal, instant, money, type WireObject } from '../wire/json.ts'

export type AdvanceView = 'one' | 'listed' | 'unpaged'

/** A prepayment or an overpayment as `GET` shows it (xero.md 4.7). */
export function advanceWire(call: ApiCall, row: AdvanceRow, view: AdvanceView): WireObject {
  const { books } = call
  return {
    ...(kindOf(row) === 'prepayment' ? { PrepaymentID: row.id } : { OverpaymentID: row.id }),
    CurrencyRate: decimal(row.currencyRate, 10),
    Type: row.type,
    ...(kindOf(row) === 'prepayment' ? { BrandingThemeID: orAbsent(row.brandingThemeId) } : {}),
    Reference: orAbsent(row.reference),
    // What a person types as the reference of a prepayment is shown as its number too.
    ...(kindOf(row) === 'prepayment' ? { InvoiceNumber: orAbsent(row.reference) } : {}),
    RemainingCredit: money(row.status === 'VOIDED' ? row.total.times(0) : openCredit(books, row)),
    AppliedAmount: money(allocated(row)),
    Allocations: allocationWires(call, row),
    Payments: paymentsInside(books.payments.find('credit', row.id)),
    HasAttachments: false,
    ...advanceBody(call, row, view),
    UpdatedDateUTCString: isoSeconds(row.updatedMs),
  }
}

/** The part that the bank transaction shows as well. */
export function advanceBody(call: ApiCall, row: AdvanceRow, view: AdvanceView): WireObject {
  const { books } = call
  const contact = books.contacts.get(row.contactId)
  return {
    Contact:
      view === 'one' && contact !== undefined
        ? contactWire(books, contact, 'full')
        : embeddedContact(books, row.contactId),
    ...datePair('Date', row.date),
    Status: row.status,
    LineAmountTypes: row.lineAmountTypes,
    ...(view === 'unpaged' ? {} : { LineItems: row.lines.map((line) => lineWire(books, line, unitDecimals(call))) }),
    SubTotal: money(row.subTotal),
    TotalTax: money(row.totalTax),
    Total: money(row.total),
    UpdatedDateUTC: instant(row.updatedMs),
    CurrencyCode: row.currency,
  }
}
