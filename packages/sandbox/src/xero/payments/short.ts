import { orAbsent } from '../contacts/wire.ts'
import type { PaymentRow } from '../model/rows.ts'
import { plainDateMs } from '../wire/dates.ts'
import { decimal, instant, money, type WireObject } from '../wire/json.ts'

/** Inside the document that it is on a payment has no account and no status; deleted ones are gone (xero.md 4.3). */
export function paymentsInside(payments: readonly PaymentRow[]): readonly WireObject[] {
  return payments
    .filter((payment) => payment.status === 'AUTHORISED')
    .map((payment) => ({
      PaymentID: payment.id,
      Date: instant(plainDateMs(payment.date)),
      Amount: money(payment.amount),
      Reference: orAbsent(payment.reference),
      CurrencyRate: decimal(payment.currencyRate, 10),
      HasAccount: false,
      HasValidationErrors: false,
    }))
}
