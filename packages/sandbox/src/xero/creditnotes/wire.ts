import type { ApiCall } from '../api/call.ts'
import { unitDecimals } from '../api/call.ts'
import { contactWire, embeddedContact, orAbsent } from '../contacts/wire.ts'
import { allocationWires } from '../credits/allocations-endpoint.ts'
import { allocated, openCredit, usedUpOn } from '../credits/credit.ts'
import { lineWire } from '../invoices/line-wire.ts'
import { datePair } from '../invoices/wire.ts'
import type { CreditNoteRow } from '../model/credit-rows.ts'
import { paymentsInside } from '../payments/short.ts'
import { isoSeconds, plainDateMs } from '../wire/dates.ts'
import { decimal, instant, money, type WireObject } from '../wire/json.ts'

/** `one`: single reads and write answers; `unpaged` lists have no lines (xero.md 2.3). */
export type CreditView = 'one' | 'listed' | 'unpaged'

export function creditNoteWire(call: ApiCall, row: CreditNoteRow, view: CreditView): WireObject {
  const { books } = call
  const contact = books.contacts.get(row.contactId)
  const paidOn = usedUpOn(books, row)
  return {
    CreditNoteID: row.id,
    CreditNoteNumber: row.number,
    ID: row.id,
    Payments: paymentsInside(books.payments.find('credit', row.id)),
    HasErrors: false,
    CurrencyRate: decimal(row.currencyRate, 10),
    Type: row.type,
    Reference: orAbsent(row.reference),
    SentToContact: row.sentToContact,
    RemainingCredit: money(isDead(row) ? row.total.times(0) : openCredit(books, row)),
    AppliedAmount: money(allocated(row)),
    Allocations: allocationWires(call, row),
    HasAttachments: false,
    Contact:
      view === 'one' && contact !== undefined
        ? contactWire(books, contact, 'full')
        : embeddedContact(books, row.contactId),
    ...datePair('Date', row.date),
    BrandingThemeID: orAbsent(row.brandingThemeId),
    Status: row.status,
    LineAmountTypes: row.lineAmountTypes,
    ...(view === 'unpaged' ? {} : { LineItems: row.lines.map((line) => lineWire(books, line, unitDecimals(call))) }),
    SubTotal: money(row.subTotal),
    TotalTax: money(row.totalTax),
    Total: money(row.total),
    UpdatedDateUTC: instant(row.updatedMs),
    UpdatedDateUTCString: isoSeconds(row.updatedMs),
    CurrencyCode: row.currency,
    FullyPaidOnDate: paidOn === '' ? undefined : instant(plainDateMs(paidOn)),
  }
}

const isDead = ({ status }: CreditNoteRow) => status === 'VOIDED' || status === 'DELETED'
