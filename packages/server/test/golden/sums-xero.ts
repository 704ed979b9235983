import { Big } from 'big.js'
import { cents, sum, ZERO } from './decimals.ts'
import type { Discount, GoldenDocument, GoldenLine } from './document.ts'
import { typedTaxType, XERO_RATES } from './taxes.ts'

/** Xero's arithmetic, worked out anew from the fact sheet (xero.md 4.3): per line to the cent, then summed. */
export interface LineSums {
  readonly lineAmount: Big
  readonly tax: Big
  /** Without tax, whatever the document's basis. */
  readonly net: Big
  readonly taxType: string
}

export interface XeroSums {
  readonly lines: readonly LineSums[]
  readonly total: Big
}

export function xeroSums({ lines, basis }: Pick<GoldenDocument, 'lines' | 'basis'>): XeroSums {
  const sums = lines.map((line) => xeroLine(line, basis))
  return { lines: sums, total: sum(sums.map(({ net, tax }) => net.plus(tax))) }
}

function xeroLine(line: GoldenLine, basis: GoldenDocument['basis']): LineSums {
  if (line.price === '') return { lineAmount: ZERO, tax: ZERO, net: ZERO, taxType: '' }
  const gross = new Big(line.quantity).times(line.price)
  const lineAmount = cents(gross.minus(taken(line.discount, gross)))
  const taxType = typedTaxType(line.taxes)
  const tax = line.typedTax === undefined ? taxOn(lineAmount, taxType, basis) : new Big(line.typedTax)
  return { lineAmount, tax, net: basis === 'Inclusive' ? lineAmount.minus(tax) : lineAmount, taxType }
}

function taxOn(lineAmount: Big, taxType: string, basis: GoldenDocument['basis']): Big {
  const rate = new Big(XERO_RATES[taxType] ?? '0').div(100)
  switch (basis) {
    case 'NoTax':
      return ZERO
    case 'Exclusive':
      return cents(lineAmount.times(rate))
    case 'Inclusive':
      return lineAmount.minus(cents(lineAmount.div(rate.plus(1))))
  }
}

/** Of the exact amount: the line is rounded once, after its discount. */
function taken(discount: Discount, from: Big): Big {
  switch (discount.type) {
    case 'none':
      return ZERO
    case 'amount':
      return new Big(discount.value)
    case 'percent':
      return from.times(discount.value).div(100)
  }
}
