import type { Chance } from '@tandem/sandbox'
import { Big } from 'big.js'
import { amount, type Discount, type GoldenLine, NO_DISCOUNT, percent, type TaxKey } from './document.ts'

/** Whoever types the documents: draws lines of the kinds that trading companies really have. */
export interface Desk {
  readonly chance: Chance
  /** Products that both systems have. */
  readonly products: number
}

const WHOLE = ['1', '2', '3', '4', '7', '10', '12', '24', '100'] as const
const PARTS = ['0.5', '1.25', '2.75', '7.5', '0.33', '12.05', '3.15'] as const
const PERCENTAGES = ['5', '10', '12.5', '33.33', '7.25', '2.5', '66.67', '99'] as const
const DOMESTIC: readonly [TaxKey, ...TaxKey[]] = ['gst', 'gst', 'gst', 'gstFree', 'export']

/** A line of whole cents, its quantity whole or not. `more` overrides what the family is about. */
export function line({ chance, products }: Desk, more: Partial<GoldenLine> = {}): GoldenLine {
  return {
    product: chance.int(0, products - 1),
    description: `As agreed ${chance.int(100, 999)}`,
    quantity: chance.pick([...WHOLE, ...PARTS]),
    price: cash(chance, 1, 90_000),
    discount: NO_DISCOUNT,
    taxes: [chance.pick(DOMESTIC)],
    ...more,
  }
}

export function lines(desk: Desk, count: number, make: (index: number) => Partial<GoldenLine> = () => ({})) {
  return Array.from({ length: count }, (_, index) => line(desk, make(index)))
}

/** `few` lines: one to four. */
export function few(desk: Desk, make: (index: number) => Partial<GoldenLine> = () => ({})) {
  return lines(desk, desk.chance.int(1, 4), make)
}

export function cash(chance: Chance, low: number, high: number): string {
  return new Big(chance.int(low, high)).div(100).toFixed(2)
}

/** Four decimals, the last of them never zero. */
export function finePrice(chance: Chance): string {
  return new Big(chance.int(1, 900_000)).times(10).plus(chance.int(1, 9)).div(10_000).toFixed(4)
}

export function someTax({ chance }: Desk): readonly TaxKey[] {
  return [chance.pick(DOMESTIC)]
}

export function someQuantity({ chance }: Desk): string {
  return chance.pick([...WHOLE, ...PARTS])
}

export function percentOff({ chance }: Desk): Discount {
  return percent(chance.pick(PERCENTAGES))
}

/** An amount below what the line comes to. */
export function amountOff({ chance }: Desk, quantity: string, price: string): Discount {
  const most = Number(new Big(quantity).times(price).times(100).round(0, Big.roundDown))
  return amount(cash(chance, 0, Math.max(0, most)))
}

/**
 * Amounts that end in half a cent, one way each: quantity times price, the discount in per cent of it, the tax on what is
 * left. These are where two systems that both round correctly come to different cents.
 */
export function halfCentLine(desk: Desk, index: number): Partial<GoldenLine> {
  const { chance } = desk
  const odd = (low: number, high: number) => 2 * chance.int(low, high) + 1
  switch (index % 4) {
    case 0:
      return { quantity: `${chance.int(0, 9)}.5`, price: new Big(odd(0, 400)).div(100).toFixed(2), taxes: ['gst'] }
    case 1:
      return { quantity: '1', price: new Big(odd(0, 99)).div(2).toFixed(2), discount: percent('5'), taxes: ['gst'] }
    case 2:
      return { quantity: `${odd(0, 9)}`, price: new Big(odd(0, 999)).times(5).div(100).toFixed(2), taxes: ['gst'] }
    default:
      return {
        quantity: `${chance.int(1, 9)}.5`,
        price: new Big(odd(0, 400)).div(100).toFixed(2),
        discount: percent('12.5'),
        taxes: ['gst'],
      }
  }
}
