import { amountOff, type Desk, few, halfCentLine, line, lines, percentOff, someQuantity, someTax } from './desk.ts'
import type { Discount, GoldenDocument, GoldenLine } from './document.ts'

/** What documents of one family have in common. */
export type Draft = Pick<GoldenDocument, 'lines'> &
  Partial<Pick<GoldenDocument, 'currency' | 'basis' | 'headerDiscount' | 'adjustment' | 'documentTaxes'>>

export interface Family {
  /** Part of the document's title: what a failure names. */
  readonly name: string
  readonly count: number
  make(desk: Desk, ordinal: number): Draft
}

/** Discounted by an amount that the line can bear. */
export function lessAmount(desk: Desk): Partial<GoldenLine> {
  const drawn = line(desk)
  return { ...drawn, discount: amountOff(desk, drawn.quantity, drawn.price) }
}

export function lessPercent(desk: Desk): Partial<GoldenLine> {
  return { discount: percentOff(desk) }
}

/** Per cent, amount and none in one document. */
export function mixedDiscounts(desk: Desk, index: number): Partial<GoldenLine> {
  if (index % 3 === 0) return lessPercent(desk)
  return index % 3 === 1 ? lessAmount(desk) : {}
}

const FOREIGN = ['USD', 'NZD', 'GBP'] as const

/** Of another currency, discounted like the others: exports mostly. */
export function foreign(desk: Desk, ordinal: number): Draft {
  return {
    currency: FOREIGN[ordinal % FOREIGN.length] ?? 'USD',
    lines: few(desk, (index) => ({
      ...mixedDiscounts(desk, index + ordinal),
      taxes: [index === 0 ? 'export' : 'gst'],
    })),
  }
}

/** A line that comes to nothing (given away, of no quantity, discounted whole) beside one that does not. */
export function withNothing(desk: Desk, ordinal: number): Draft {
  const free: readonly Partial<GoldenLine>[] = [
    { price: '0.00' },
    { quantity: '0' },
    { quantity: '3', price: '12.35', discount: { type: 'percent', value: '100' }, taxes: ['gst'] },
    { quantity: '1', price: '8.05', discount: { type: 'amount', value: '8.05' } },
  ]
  return { lines: [line(desk), line(desk, free[ordinal % free.length])] }
}

/** Something is taken back, by quantity or by price; the document stays above zero. */
export function withReturn(desk: Desk, ordinal: number): Draft {
  const back: readonly Partial<GoldenLine>[] = [
    { quantity: '-1', price: '12.35' },
    { quantity: '-2.5', price: '3.33', discount: { type: 'percent', value: '10' } },
    { quantity: '1', price: '-20.05' },
  ]
  const sold = line(desk, { quantity: '10', price: '99.95' })
  return { lines: [sold, line(desk, { taxes: ['gst'], ...back[ordinal % back.length] })] }
}

export function halfCents(desk: Desk, ordinal: number): Draft {
  return { lines: few(desk, (index) => halfCentLine(desk, index + ordinal)) }
}

export function many(desk: Desk, ordinal: number): Draft {
  return { lines: lines(desk, 30 + 10 * ordinal, (index) => mixedDiscounts(desk, index)) }
}

export function plain(desk: Desk): Draft {
  return { lines: few(desk) }
}

export function discounted(make: (desk: Desk, index: number) => Partial<GoldenLine>) {
  return (desk: Desk): Draft => ({ lines: few(desk, (index) => make(desk, index)) })
}

export function finePriced(price: (desk: Desk) => string) {
  return (desk: Desk, ordinal: number): Draft => ({
    lines: few(desk, (index) => ({
      price: price(desk),
      quantity: someQuantity(desk),
      taxes: someTax(desk),
      ...((index + ordinal) % 2 === 0 ? {} : lessPercent(desk)),
    })),
  })
}

export function underHeader(discounts: readonly Discount[]) {
  return (desk: Desk, ordinal: number): Draft => ({
    headerDiscount: discounts[ordinal % discounts.length] ?? { type: 'none' },
    lines: lines(desk, 2 + ordinal, (index) => (index === 1 ? lessPercent(desk) : { quantity: '3' })),
  })
}
