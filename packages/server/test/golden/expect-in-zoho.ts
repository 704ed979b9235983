import { Big } from 'big.js'
import { CENT, cents, decimalPlaces, sum, ZERO } from './decimals.ts'
import type { GoldenDocument, GoldenLine } from './document.ts'
import { type Expected, type ExpectedLine, held, type Policy } from './expected.ts'
import { type LineSums, xeroSums } from './sums-xero.ts'
import { XERO_RATES, zohoTaxesOf } from './taxes.ts'

/** Digits that Zoho keeps of quantities and prices: its metadata's default (zoho-crm.md 5). */
const PLACES = 2

/** Words alone, as Zoho says them: one of what costs nothing. */
const OF_WORDS = { quantity: '1', price: '0' } as const

/** What must become of a document that was typed into Xero. */
export function expectInZoho(document: GoldenDocument, policy: Policy): Expected {
  const sums = xeroSums(document)
  const lines: ExpectedLine[] = []
  for (const [index, line] of document.lines.entries()) {
    const amounts = sums.lines[index]
    if (amounts === undefined) throw new Error('unreachable: sums for each line')
    const expected = rowInZoho(line, amounts, document.basis)
    if ('type' in expected) return expected
    lines.push(expected)
  }
  const rounding = sums.total.minus(sum(lines.map(({ net, tax }) => net.plus(tax))))
  if (rounding.abs().gt(policy.roundingLimit))
    return held('totalsDiffer', `an Adjustment of ${rounding.toFixed(2)} is above the limit`)
  return { type: 'synced', lines, rounding, total: sums.total }
}

function rowInZoho(
  typed: GoldenLine,
  { net, taxType }: LineSums,
  basis: GoldenDocument['basis'],
): ExpectedLine | Extract<Expected, { type: 'held' }> {
  const line = typed.price === '' ? { ...typed, ...OF_WORDS } : typed
  const taxes = basis === 'NoTax' ? [] : zohoTaxesOf(taxType)
  if (taxes === undefined) return held('unmappedTax', `nobody has paired ${taxType}`)
  if (decimalPlaces(line.quantity) > PLACES) return held('valueNotAllowed', 'Zoho keeps two decimals of a quantity')
  const rate = new Big(taxes.length === 0 ? '0' : (XERO_RATES[taxType] ?? '0'))
  const isWithTax = basis === 'Inclusive' && !rate.eq(ZERO)
  // Without its tax a price has more decimals than anybody keeps: it may be shown a cent higher, its discount makes up.
  const price = isWithTax ? new Big(line.price).div(rate.div(100).plus(1)) : new Big(line.price)
  const isShownExactly = !isWithTax && decimalPlaces(line.price) <= PLACES
  const gross = isShownExactly ? cents(price.times(line.quantity)) : price.times(line.quantity)
  // The line is rounded before its tax is taken out: half a cent of it, on less than one piece, is more of the price.
  const slack = isShownExactly ? ZERO : CENT.plus(isWithTax && !gross.eq(ZERO) ? CENT.div(line.quantity).abs() : ZERO)
  return {
    quantity: line.quantity,
    price,
    priceSlack: slack,
    discount: gross.minus(net),
    discountSlack: isShownExactly ? ZERO : slack.times(line.quantity).abs().plus(CENT),
    net,
    tax: cents(net.times(rate).div(100)),
    taxName: taxes.join(' + '),
  }
}
