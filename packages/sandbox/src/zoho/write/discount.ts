import { Big } from 'big.js'
import { percentOf, rounded } from '../model/money.ts'
import { accepted, type Coerced, coerceNumber, type Spot, wrongType } from './coerce.ts'
import type { WriteRules } from './rules.ts'
import { discountAmount } from './totals.ts'

/** An amount, or a percentage as text whose fate is unverified (zoho-crm.md 4.1, 9 trap 17). */
export function coerceDiscount(spot: Spot, raw: unknown, rules: WriteRules): Coerced {
  if (raw === null || raw === '') return accepted(0)
  if (typeof raw === 'string' && percentOf(raw) !== undefined) {
    return rules.percentDiscount === 'rejected' ? wrongType(spot, 'double') : accepted(raw)
  }
  return coerceNumber(spot, raw, rules)
}

/** When Zoho turns percentages into amounts, the amount is that of the base at the time of writing. */
export function settledDiscount(discount: string | number, base: number, rules: WriteRules): string | number {
  if (typeof discount === 'number' || rules.percentDiscount !== 'converted') return discount
  return rounded(new Big(discountAmount(discount, base, rules.rounding)), 2, rules.rounding)
}
