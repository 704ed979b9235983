import { Big } from 'big.js'
import { cents, sum, ZERO } from './decimals.ts'
import type { GoldenDocument, GoldenLine } from './document.ts'
import { type Expected, type ExpectedLine, held, type Policy } from './expected.ts'
import { type RowSums, type ZohoSums, zohoSums } from './sums-zoho.ts'
import { TAXES, XERO_RATES, xeroTaxOf } from './taxes.ts'

/** What must become of a document that was typed into Zoho. */
export function expectInXero(document: GoldenDocument, policy: Policy): Expected {
  const sums = zohoSums(document)
  if (document.documentTaxes.length > 0) return held('documentTax', 'Xero taxes lines only')
  if (!sums.headerDiscount.eq(ZERO) && policy.headerDiscount === 'hold')
    return held('headerDiscount', 'Xero has no discount on the whole document')
  const nets = netsAfterHeader(sums)
  const lines: ExpectedLine[] = []
  for (const [index, line] of document.lines.entries()) {
    const row = sums.rows[index]
    const net = nets[index]
    if (row === undefined || net === undefined) throw new Error('unreachable: a row for each line')
    const expected = lineInXero(line, row, net)
    if ('type' in expected) return expected
    lines.push(expected)
  }
  const rounding = sums.grandTotal.minus(sum(lines.map(({ net, tax }) => net.plus(tax))))
  if (rounding.abs().gt(policy.roundingLimit))
    return held('totalsDiffer', `a rounding of ${rounding.toFixed(2)} is above the limit`)
  return { type: 'synced', lines, rounding, total: sums.grandTotal }
}

function lineInXero(line: GoldenLine, row: RowSums, net: Big): ExpectedLine | Extract<Expected, { type: 'held' }> {
  const taxName = xeroTaxOf(line.taxes.map((key) => TAXES[key].zoho))
  if (taxName === undefined) return held('unmappedTax', 'nobody has paired these taxes')
  const discount = row.gross.minus(net)
  if (!isSayable(line, discount, net))
    return held('totalsDiffer', `Xero rounds ${line.quantity} x ${line.price} less ${discount.toFixed(2)} another way`)
  return {
    quantity: line.quantity,
    price: new Big(line.price),
    priceSlack: ZERO,
    discount,
    discountSlack: ZERO,
    net,
    tax: cents(net.times(XERO_RATES[taxName] ?? '0').div(100)),
    taxName,
  }
}

/** Xero rounds once, after the discount: does it come to the same by an amount, or by the percentage itself? */
function isSayable({ quantity, price, discount: typed }: GoldenLine, discount: Big, net: Big): boolean {
  const exact = new Big(quantity).times(price)
  if (cents(exact.minus(discount)).eq(net)) return true
  return typed.type === 'percent' && cents(exact.minus(exact.times(typed.value).div(100))).eq(net)
}

/** `spread`: each line bears its share of the document's discount; the largest takes what rounding leaves. */
function netsAfterHeader({ rows, subTotal, headerDiscount }: ZohoSums): readonly Big[] {
  const nets = rows.map((row) => row.net)
  if (headerDiscount.eq(ZERO)) return nets
  const shareOf = (net: Big) => cents(net.times(headerDiscount).div(subTotal))
  const left = shareOf(sum(nets)).minus(sum(nets.map(shareOf)))
  const size = (net: Big) => Number(net.abs())
  const largest = nets.findIndex((net) => size(net) === Math.max(...nets.map(size)))
  return nets.map((net, index) => net.minus(shareOf(net)).minus(index === largest ? left : ZERO))
}
