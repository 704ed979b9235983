import { parseLinkReference } from '../../model/link.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { Side } from '../../model/side.ts'
import { holdFor, type LineValue, type LinkContext, type Mapped, mapped } from '../contract.ts'
import { bigOf, decimalPlaces, plainText } from '../decimal.ts'
import type { Subform } from '../document/subform.ts'
import { madeCode } from '../item/item-code.ts'
import { fitting, zohoField, zohoLength } from '../limits.ts'
import type { TaxMap } from '../tax-map.ts'
import { lineGross, xeroNet } from './totals.ts'
import { priceNotBelow } from './xero-lines.ts'

/** Digits that Xero keeps of quantities and unit prices (xero.md 4.3, `unitdp=4`). */
const XERO_PLACES = 4
const XERO_DESCRIPTION_LENGTH = 4000
const ZOHO_DESCRIPTION = { key: 'Description', length: 2000 } as const
/** Where its metadata says nothing: what Zoho keeps of a decimal field (zoho-crm.md 5). More is rounded there in silence. */
const ZOHO_PLACES = 2

/** What the lines of one kind of document are said with. */
export interface LinesAt {
  readonly taxes: TaxMap
  readonly subform: Subform
  readonly context: LinkContext
}

/** The target's canonical form of a source line; its net is the source's to the cent, or it holds. */
export function acceptLine(target: Side, line: LineValue, at: LinesAt): Mapped<LineValue> {
  return target === 'xero' ? acceptOnXero(line, at.taxes, at.context) : acceptOnZoho(line, at)
}

function acceptOnXero(line: LineValue, taxes: TaxMap, context: LinkContext): Mapped<LineValue> {
  const item = line.item === null ? mapped(null) : xeroCode(line.item, line, context)
  if (item.type === 'hold') return item
  const tax = taxes.toXero(line.tax, context.reference)
  if (tax.type === 'hold') return tax
  const description = fitting(xeroDescription(line, item.value), XERO_DESCRIPTION_LENGTH, 'A Xero line description')
  if (description.type === 'hold') return description
  for (const [name, amount] of [
    ['Quantity', line.quantity],
    ['Unit price', line.unitPrice],
  ] as const) {
    if (decimalPlaces(amount) > XERO_PLACES)
      return holdFor('valueNotAllowed', `Xero keeps ${XERO_PLACES} decimals: ${name} ${amount}`)
  }
  const accepted = {
    item: item.value,
    description: description.value,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    discountPercent: isSameByPercent(line) ? line.discountPercent : null,
    discountAmount: line.discountAmount,
    tax: tax.value,
    net: line.net,
    ...(line.account === undefined ? {} : { account: line.account }),
  }
  const net = plainText(xeroNet(accepted))
  return net === line.net ? mapped(accepted) : holdFor('totalsDiffer', netsDiffer(line, net))
}

/** Zoho rounds a row before its discount, Xero after: a discount above the unrounded amount ends a cent apart (I11). */
function netsDiffer({ quantity, unitPrice, discountAmount, net }: LineValue, xero: string): string {
  return `The row ${quantity} x ${unitPrice} less ${discountAmount} is ${net} in Zoho and would be ${xero} in Xero: change its discount`
}

/** Xero wants at least one character: the product's name stands in where the CRM says nothing. */
export function xeroDescription(line: LineValue, code: string | null): string {
  return line.description || line.itemName || line.itemCode || code || 'Item'
}

/** Zoho takes the percentage of a rounded amount, Xero of the exact one: at half cents only the amount says the same. */
function isSameByPercent(line: LineValue): boolean {
  return line.discountPercent !== null && plainText(xeroNet(line)) === line.net
}

function xeroCode(productId: string, line: LineValue, context: LinkContext): Mapped<string | null> {
  const partner = context.partnerOf('zoho', 'Products', productId)
  if (isDescribed(productId, context)) return mapped(null)
  if (partner === null) return holdFor('unmappedItem', `The product ${line.itemName ?? productId} is not in Xero yet`)
  const link = parseLinkReference(partner)
  // One that is about to be made has the product's code, or else the one that it is given.
  const code = link === undefined ? context.xeroItemCodeById(partner) : line.itemCode || madeCode(productId)
  if (code !== null && code !== '') return mapped(code)
  return holdFor('unmappedItem', `The Xero item of product ${line.itemName ?? productId} is gone`)
}

/** A product that shall have no item in Xero: its lines say in words what they sell (R39). */
export function isDescribed(productId: string, { settings, partnerOf }: LinkContext): boolean {
  return settings.missingItems === 'describe' && partnerOf('zoho', 'Products', productId) === null
}

function acceptOnZoho(line: LineValue, { taxes, subform, context }: LinesAt): Mapped<LineValue> {
  const item = line.item === null ? serviceProduct(context) : zohoProduct(line.item, context)
  if (item.type === 'hold') return item
  const tax = taxes.toZoho(line.tax, context.reference)
  if (tax.type === 'hold') return tax
  const length = zohoLength({ module: subform, ...ZOHO_DESCRIPTION }, context.reference)
  const description = fitting(line.description, length, 'A Zoho row description')
  if (description.type === 'hold') return description
  const places = zohoPlaces('Quantity', subform, context.reference)
  if (decimalPlaces(line.quantity) > places)
    return holdFor('valueNotAllowed', `Zoho keeps ${places} decimals: Quantity ${line.quantity}`)
  return mapped({
    item: item.value,
    description: description.value,
    ...zohoAmounts(line, subform, context.reference),
    tax: tax.value,
    net: line.net,
  })
}

/** Rows require a product there: lines without an item use the provisioned one (design section 8). */
function serviceProduct({ settings }: LinkContext): Mapped<null> {
  return settings.provisioned.serviceProductId === ''
    ? holdFor('lineWithoutProduct', 'Zoho rows require a product, and no service product is provisioned yet')
    : mapped(null)
}

function zohoProduct(code: string, context: LinkContext): Mapped<string> {
  const itemId = context.xeroItemIdByCode(code)
  const partner = itemId === null ? null : context.partnerOf('xero', 'Items', itemId)
  return partner === null ? holdFor('unmappedItem', `The item ${code} is not in Zoho yet`) : mapped(partner)
}

function zohoPlaces(field: 'Quantity' | 'List_Price', subform: Subform, reference: ReferenceData): number {
  return zohoField(reference, subform, field)?.decimalPlaces ?? ZOHO_PLACES
}

/**
 * Always an amount as discount. A price with more decimals than Zoho keeps is rounded up, and what that is too much
 * becomes discount: the line's net stays exact to the cent.
 */
function zohoAmounts(
  line: LineValue,
  subform: Subform,
  reference: ReferenceData,
): Pick<LineValue, 'quantity' | 'unitPrice' | 'discountPercent' | 'discountAmount'> {
  const places = zohoPlaces('List_Price', subform, reference)
  const { quantity } = line
  if (decimalPlaces(line.unitPrice) <= places) {
    return { quantity, unitPrice: line.unitPrice, discountPercent: null, discountAmount: line.discountAmount }
  }
  const unitPrice = plainText(priceNotBelow(bigOf(line.unitPrice), bigOf(quantity), places))
  const discountAmount = plainText(lineGross({ quantity, unitPrice }).minus(bigOf(line.net)))
  return { quantity, unitPrice, discountPercent: null, discountAmount }
}

const COMPARED = ['description', 'quantity', 'unitPrice', 'discountAmount', 'tax', 'net'] as const

/** Percentages apart: net and discount amount say it all. Item codes compare without case. */
export function isSameLine(left: LineValue, right: LineValue): boolean {
  return COMPARED.every((key) => left[key] === right[key]) && left.item?.toLowerCase() === right.item?.toLowerCase()
}
