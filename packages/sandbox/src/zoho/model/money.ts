import { Big } from 'big.js'

export type Rounding = 'halfUp' | 'halfEven'

/** Rounds to a number of decimals; JSON numbers exist only at the border (zoho-crm.md 3.14). */
export function rounded(amount: Big, decimals: number, rounding: Rounding): number {
  const mode = rounding === 'halfUp' ? Big.roundHalfUp : Big.roundHalfEven
  return amount.round(decimals, mode).toNumber()
}

/** A decimal text or number as Big; undefined for anything that is no finite number. */
export function decimal(value: unknown): Big | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  try {
    return new Big(value)
  } catch {
    return undefined
  }
}

/** The number in a text like "12.5%"; undefined when it is not one between 0 and 100. */
export function percentOf(text: string): Big | undefined {
  const match = /^(\d{1,3}(?:\.\d{1,9})?)\s?%$/.exec(text.trim())
  const number = decimal(match?.[1])
  return number?.lte(100) ? number : undefined
}
