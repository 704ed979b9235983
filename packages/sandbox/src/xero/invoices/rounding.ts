import { Big } from 'big.js'
import type { XeroSwitches } from '../switches.ts'

/** Half away from zero, which big.js calls RoundHalfUp (it rounds the magnitude). */
export const roundHalfUp = (amount: Big, places: number): Big => amount.round(places, 1)

/** Rounds money to 2 decimals; what happens at exact halves is unverified (xero.md 4.3, switch `roundingHalves`). */
export function roundMoney(amount: Big, switches: XeroSwitches): Big {
  return amount.round(2, switches.is('roundingHalves', 'toEven') ? 2 : 1)
}

export const ZERO = new Big(0)
export const sum = (amounts: readonly Big[]): Big => amounts.reduce((total, amount) => total.plus(amount), ZERO)
