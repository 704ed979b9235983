import { Big } from 'big.js'
import { decimalValue, type Value, type ValueObject } from '../model/value.ts'

export const ZERO = new Big(0)
const HUNDRED = new Big(100)
/** big.js calls it so: it rounds the magnitude, half away from zero (xero.md 4.3, zoho-crm.md 4.1). */
const HALF_AWAY_FROM_ZERO = 1
const AWAY_FROM_ZERO = 3
const PLAIN_DECIMAL = /^-?\d+(?:\.\d+)?$/

/** Decimal text in one form: no trailing zeros, no `-0`, no exponent. Text that is no decimal comes back as ''. */
export function normaliseDecimal(text: string): string {
  const trimmed = text.trim()
  if (!PLAIN_DECIMAL.test(trimmed)) return isDecimal(trimmed) ? plainText(new Big(trimmed)) : ''
  const isNegative = trimmed.startsWith('-')
  const [whole = '0', fraction = ''] = (isNegative ? trimmed.slice(1) : trimmed).split('.')
  const shortWhole = whole.replace(/^0+(?=\d)/, '')
  const shortFraction = fraction.replace(/0+$/, '')
  const magnitude = shortFraction === '' ? shortWhole : `${shortWhole}.${shortFraction}`
  return isNegative && magnitude !== '0' ? `-${magnitude}` : magnitude
}

export function isDecimal(text: string): boolean {
  return PLAIN_DECIMAL.test(text) || /^-?\d+(?:\.\d+)?e[+-]?\d+$/i.test(text)
}

/** A remote's decimal field as Big; blank is zero. */
export function bigOf(text: string): Big {
  const normal = normaliseDecimal(text)
  return normal === '' ? ZERO : new Big(normal)
}

export function plainText(amount: Big): string {
  return normaliseDecimal(amount.toFixed())
}

export function roundTo(amount: Big, places: number): Big {
  return amount.round(places, HALF_AWAY_FROM_ZERO)
}

/** To the cent. */
export function round2(amount: Big): Big {
  return roundTo(amount, 2)
}

export function roundAway(amount: Big, places: number): Big {
  return amount.round(places, AWAY_FROM_ZERO)
}

export function percentOf(amount: Big, percent: Big): Big {
  return amount.times(percent).div(HUNDRED)
}

export function decimalPlaces(text: string): number {
  return text.split('.')[1]?.length ?? 0
}

export function isZero(text: string): boolean {
  const normal = normaliseDecimal(text)
  return normal === '' || normal === '0'
}

/** What goes over the wire as a JSON number; null clears. */
export function wireDecimal(value: Value): ValueObject | null {
  return typeof value === 'string' && value !== '' ? decimalValue(value) : null
}
