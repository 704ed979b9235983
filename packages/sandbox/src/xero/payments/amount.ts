import { Big } from 'big.js'
import { ElementRefused } from '../api/problem.ts'
import { roundHalfUp } from '../invoices/rounding.ts'
import type { Books } from '../model/books.ts'
import type { Fields } from '../wire/fields.ts'

/** An amount of money as it was sent: two decimals at most (xero.md 4). Rounding it would hide a client's mistake. */
export function sentMoney(fields: Fields, name: string): Big | undefined {
  const amount = fields.decimal(name)
  if (amount === undefined || amount.round(2, 0).eq(amount)) return amount
  throw new ElementRefused(`${name} must have no more than 2 decimal places`)
}

export interface PaidAmount {
  /** In the currency of the document. */
  readonly amount: Big
  readonly currencyRate: Big
}

/**
 * `Amount` is in the document's currency, `BankAmount` in the account's (switch `paymentBankAmount`); a rate belongs to
 * foreign currency only (xero.md 0, 4.6).
 */
export function paidAmount(
  books: Books,
  fields: Fields,
  document: { readonly currency: string; readonly currencyRate: Big },
): PaidAmount {
  const sent = sentMoney(fields, 'Amount')
  const banked = books.switches.is('paymentBankAmount', 'accepted') ? sentMoney(fields, 'BankAmount') : undefined
  if (document.currency === books.organisation.baseCurrency) {
    return { amount: sent ?? banked ?? new Big(0), currencyRate: new Big(1) }
  }
  const rate = fields.decimal('CurrencyRate') ?? document.currencyRate
  if (rate.lte(0)) throw new ElementRefused('CurrencyRate must be greater than zero.')
  if (sent === undefined) return { amount: roundHalfUp((banked ?? new Big(0)).times(rate), 2), currencyRate: rate }
  const implied = banked === undefined || banked.eq(0) ? rate : roundHalfUp(sent.div(banked), 10)
  return { amount: sent, currencyRate: implied }
}
