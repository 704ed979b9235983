import { Big } from 'big.js'

export const ZERO = new Big(0)
export const CENT = new Big('0.01')

/** To the cent, half away from zero (big.js rounds the magnitude). */
export function cents(value: Big): Big {
  return value.round(2, Big.roundHalfUp)
}

export function sum(values: readonly Big[]): Big {
  return values.reduce((total, value) => total.plus(value), ZERO)
}

export function decimalPlaces(text: string): number {
  return text.split('.')[1]?.replace(/0+$/, '').length ?? 0
}
