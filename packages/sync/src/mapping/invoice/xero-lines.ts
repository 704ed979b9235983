import type { Big } from 'big.js'
import type { RemoteRecord } from '../../model/record.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ValueObject } from '../../model/value.ts'
import { decodeEntities, tidy, tidyLines } from '../clean-text.ts'
import type { LineBasis, LineValue, LinkContext, SideLine, SideView } from '../contract.ts'
import { bigOf, isZero, normaliseDecimal, percentOf, plainText, round2, roundAway, ZERO } from '../decimal.ts'
import { objectAt, rowsAt, textAt } from '../record-fields.ts'
import { isRoundingLine } from './rounding-line.ts'
import { lineGross, xeroNet } from './totals.ts'

/** Xero's lines in canonical, tax-exclusive form; our own rounding line is no line (xero.md 4.3). */
export function readXeroLines({ main }: SideView, { reference }: LinkContext): readonly SideLine[] {
  if (main === null) return []
  const basis = basisOf(main)
  return rowsAt(main.fields, 'LineItems')
    .filter((row) => !isRoundingLine(row, reference))
    .map((row) => ({ id: textAt(row, 'LineItemID'), value: lineValue(row, basis, reference), raw: row, basis }))
}

export function basisOf({ fields }: RemoteRecord): LineBasis {
  switch (textAt(fields, 'LineAmountTypes').toLowerCase()) {
    case 'inclusive':
      return 'inclusive'
    case 'notax':
      return 'noTax'
    default:
      return 'exclusive'
  }
}

function lineValue(row: ValueObject, basis: LineBasis, reference: ReferenceData): LineValue {
  const amounts = basis === 'inclusive' ? exclusiveAmounts(row, reference) : statedAmounts(row)
  const code = textAt(row, 'ItemCode').trim()
  return {
    item: code === '' ? null : code,
    itemName: tidy(textAt(objectAt(row, 'Item'), 'Name')),
    description: tidyLines(decodeEntities(textAt(row, 'Description'))),
    ...amounts,
    tax: basis === 'noTax' ? '' : textAt(row, 'TaxType'),
  }
}

type Amounts = Pick<LineValue, 'quantity' | 'unitPrice' | 'discountPercent' | 'discountAmount' | 'net'>

function statedAmounts(row: ValueObject): Amounts {
  const percent = normaliseDecimal(textAt(row, 'DiscountRate'))
  const amounts = {
    ...quantityAndPrice(row),
    discountPercent: isZero(percent) ? null : percent,
    discountAmount: normaliseDecimal(textAt(row, 'DiscountAmount')) || '0',
  }
  const stated = normaliseDecimal(textAt(row, 'LineAmount'))
  const net = stated === '' ? xeroNet(amounts) : bigOf(stated)
  const isPlain = amounts.discountPercent === null && amounts.discountAmount === '0'
  return {
    ...amounts,
    discountAmount: isPlain ? '0' : plainText(lineGross(amounts).minus(net)),
    net: plainText(net),
  }
}

/** A line may consist of its description alone, or state its amount without a price (xero.md 4.3). */
function quantityAndPrice(row: ValueObject): { readonly quantity: string; readonly unitPrice: string } {
  const quantity = normaliseDecimal(textAt(row, 'Quantity'))
  const unitPrice = normaliseDecimal(textAt(row, 'UnitAmount'))
  const lineAmount = normaliseDecimal(textAt(row, 'LineAmount'))
  if (unitPrice === '' && lineAmount !== '' && (quantity === '' || quantity === '1'))
    return { quantity: '1', unitPrice: lineAmount }
  return { quantity: quantity || (unitPrice === '' ? '1' : '0'), unitPrice: unitPrice || '0' }
}

const PRICE_PLACES = 4
const ONE = bigOf('1')

/** Tax-inclusive amounts without their tax: the net stays exact, the price is rounded up and the rest is discount. */
function exclusiveAmounts(row: ValueObject, reference: ReferenceData): Amounts {
  const { unitPrice } = quantityAndPrice(row)
  const gross = bigOf(textAt(row, 'LineAmount'))
  const net = round2(gross.minus(bigOf(textAt(row, 'TaxAmount'))))
  const listed = isDiscounted(row) ? listPrice(row, reference) : null
  const atList = listed === null ? null : amountsAt(listed, row, net)
  if (atList !== null && !isSurcharge(atList)) return atList
  return amountsAt(gross.eq(ZERO) ? bigOf(unitPrice) : bigOf(unitPrice).times(net).div(gross), row, net)
}

function isDiscounted(row: ValueObject): boolean {
  return !isZero(textAt(row, 'DiscountRate')) || !isZero(textAt(row, 'DiscountAmount'))
}

/** By the rate: of a line that is discounted to cents, or to nothing, its own amounts no longer tell the price (R35). */
function listPrice(row: ValueObject, { xero }: ReferenceData): Big | null {
  const rate = xero.taxRates.find((one) => one.taxType === textAt(row, 'TaxType'))?.effectiveRate
  return rate === undefined ? null : bigOf(quantityAndPrice(row).unitPrice).div(percentOf(bigOf(rate), ONE).plus(ONE))
}

function amountsAt(price: Big, row: ValueObject, net: Big): Amounts {
  const { quantity } = quantityAndPrice(row)
  const amounts = { quantity, unitPrice: plainText(priceNotBelow(price, bigOf(quantity), PRICE_PLACES)) }
  const discountAmount = plainText(lineGross(amounts).minus(net))
  return { ...amounts, discountPercent: null, discountAmount, net: plainText(net) }
}

/** A discount below the cent that the price without its tax was rounded by, or a tax that somebody typed over. */
function isSurcharge({ quantity, unitPrice, discountAmount }: Amounts): boolean {
  return lineGross({ quantity, unitPrice }).times(bigOf(discountAmount)).lt(ZERO)
}

/** A price of so many decimals whose line is never below the exact one, so that the difference can be a discount. */
export function priceNotBelow(price: Big, quantity: Big, places: number): Big {
  const near = price.round(places, 1)
  const difference = near.minus(price).times(quantity)
  if (difference.gte(ZERO)) return near
  const step = roundAway(bigOf(`1e-${places}`), places)
  return quantity.lt(ZERO) ? near.minus(step) : near.plus(step)
}
