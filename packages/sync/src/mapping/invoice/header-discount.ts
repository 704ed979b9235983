import type { Big } from 'big.js'
import type { ValueObject } from '../../model/value.ts'
import type { SideLine } from '../contract.ts'
import { bigOf, percentOf, plainText, round2, ZERO } from '../decimal.ts'
import { textAt } from '../record-fields.ts'

const PERCENT = /^(-?\d+(?:\.\d+)?)\s*%$/

/** A Zoho discount as it is read: an amount, or a percentage as text (zoho-crm.md 4.1). */
export function discountOf(text: string): { readonly percent: string | null; readonly amount: string } {
  const percent = PERCENT.exec(text.trim())?.[1]
  return percent === undefined ? { percent: null, amount: text } : { percent, amount: '0' }
}

/** The document's own discount, taken from the sum of its rows, taxes included (zoho-crm.md 4.1). */
export function headerDiscount(fields: ValueObject): Big {
  const { percent, amount } = discountOf(textAt(fields, 'Discount'))
  return percent === null
    ? round2(bigOf(amount))
    : round2(percentOf(bigOf(textAt(fields, 'Sub_Total')), bigOf(percent)))
}

/** Shares the header discount out over the lines by their amounts; the largest line takes what rounding leaves. */
export function spreadDiscount(lines: readonly SideLine[], fields: ValueObject): readonly SideLine[] {
  const discount = headerDiscount(fields)
  const subTotal = bigOf(textAt(fields, 'Sub_Total'))
  if (discount.eq(ZERO) || subTotal.eq(ZERO)) return lines
  const nets = lines.map((line) => bigOf(line.value.net))
  const part = (net: Big) => round2(net.times(discount).div(subTotal))
  const shares = nets.map(part)
  const wanted = part(nets.reduce((sum, net) => sum.plus(net), ZERO))
  const left = wanted.minus(shares.reduce((sum, share) => sum.plus(share), ZERO))
  const largest = nets.reduce((best, net, index) => (net.abs().gt((nets[best] ?? ZERO).abs()) ? index : best), 0)
  return lines.map((line, index) => discounted(line, (shares[index] ?? ZERO).plus(index === largest ? left : ZERO)))
}

function discounted(line: SideLine, share: Big): SideLine {
  if (share.eq(ZERO)) return line
  const { value } = line
  return {
    ...line,
    value: {
      ...value,
      discountPercent: null,
      discountAmount: plainText(bigOf(value.discountAmount).plus(share)),
      net: plainText(bigOf(value.net).minus(share)),
    },
  }
}
