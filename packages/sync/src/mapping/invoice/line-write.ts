import type { Big } from 'big.js'
import type { Side } from '../../model/side.ts'
import { decimalValue, type Value, type ValueObject } from '../../model/value.ts'
import type { DesiredLine, LineValue, LinkContext, SideLine } from '../contract.ts'
import { bigOf, isZero, normaliseDecimal, percentOf, round2, ZERO } from '../decimal.ts'
import { textAt } from '../record-fields.ts'
import { taxIds } from '../tax-map.ts'
import { acceptLine, isDescribed, type LinesAt } from './line-accept.ts'

export interface LineList {
  readonly desired: readonly DesiredLine[]
  readonly removed: readonly SideLine[]
}

export function writeLines(target: Side, lines: LineList, at: LinesAt): ValueObject {
  return target === 'xero' ? writeXero(lines, at) : writeZoho(lines, at)
}

/** Every surviving row by its id, removals by `_delete`: right whether or not unmentioned rows are kept (zoho-crm.md 4.1). */
function writeZoho({ desired, removed }: LineList, { subform, context }: LinesAt): ValueObject {
  return {
    [subform]: [
      ...desired.flatMap(({ existing, value }): ValueObject[] => {
        if (value === null) return existing === null ? [] : [{ id: existing.id }]
        const row = zohoRow(value, context)
        if (existing === null) return [row]
        const { Product_Name: _stays, ...others } = row
        return [{ id: existing.id, ...(keepsProduct(existing, value, context) ? others : row) }]
      }),
      ...removed.map((line) => ({ id: line.id, _delete: null })),
    ],
  }
}

/** A Xero line without an item says nothing about a product that has none there. */
function keepsProduct({ value: before }: SideLine, after: LineValue, context: LinkContext): boolean {
  return after.item === null && before.item !== null && isDescribed(before.item, context)
}

function zohoRow(value: LineValue, { settings, reference }: LinkContext): ValueObject {
  return {
    Product_Name: { id: value.item ?? settings.provisioned.serviceProductId },
    Description: value.description === '' ? null : value.description,
    Quantity: decimalValue(value.quantity),
    List_Price: decimalValue(value.unitPrice),
    Discount: decimalValue(value.discountAmount),
    Line_Tax: taxIds(value.tax).map((id) => {
      const tax = reference.zoho.taxes.find((one) => one.id === id)
      return tax === undefined ? { id } : { id, name: tax.name, percentage: decimalValue(tax.percentage) }
    }),
  }
}

/**
 * The new complete list (xero.md 4.3): known lines with their ids and every unmapped field, so that a bookkeeper's
 * account and tracking survive. Inclusive documents become exclusive: CRM amounts are.
 */
function writeXero({ desired }: LineList, at: LinesAt): ValueObject {
  const basis = desired.find((line) => line.existing !== null)?.existing?.basis ?? 'exclusive'
  const isRestated = basis === 'inclusive' || (basis === 'noTax' && desired.some((line) => bearsTax(line, at)))
  const rows = desired.flatMap((line): ValueObject[] => {
    if (line.existing === null) return line.value === null ? [] : [newXeroLine(line.value, at.context)]
    return [patchedLine(line.existing, isRestated ? restated(line, at) : line.value, at)]
  })
  return { ...(isRestated ? { LineAmountTypes: 'Exclusive' } : {}), LineItems: rows }
}

function bearsTax({ value }: DesiredLine, { context }: LinesAt): boolean {
  if (value === null) return false
  const rate = context.reference.xero.taxRates.find((one) => one.taxType === value.tax)
  return rate !== undefined && !isZero(rate.effectiveRate)
}

/** Also a line that nobody changed must be said anew when the document's basis changes; untaxed lines stay untaxed. */
function restated({ existing, value }: DesiredLine, { taxes, context }: LinesAt): LineValue | null {
  if (value !== null || existing === null) return value
  if (existing.basis !== 'noTax') return existing.value
  const tax = taxes.toXero('', context.reference)
  return { ...existing.value, tax: tax.type === 'mapped' ? tax.value : 'NONE' }
}

function newXeroLine(value: LineValue, { settings }: LinkContext): ValueObject {
  const code = value.account ?? settings.salesAccountCode
  const account = value.item === null && code !== '' ? { AccountCode: code } : {}
  return {
    ...(value.item === null ? {} : { ItemCode: value.item }),
    Description: value.description,
    ...amountFields(value),
    ...discountFields(value, null),
    ...(value.tax === '' ? {} : { TaxType: value.tax }),
    ...account,
  }
}

/** Computed by Xero, or only shown. */
const NOT_ECHOED: ReadonlySet<string> = new Set(['LineAmount', 'TaxAmount', 'Item', 'ValidationErrors'])
const DECIMAL_KEYS: ReadonlySet<string> = new Set(['Quantity', 'UnitAmount', 'DiscountRate', 'DiscountAmount'])

function patchedLine(existing: SideLine, value: LineValue | null, at: LinesAt): ValueObject {
  const echo = echoOf(existing.raw)
  if (value === null) return { ...echo, ...overriddenTax(existing, at) }
  const hasSameMoney = existing.basis !== 'inclusive' && isSameMoney(existing, value, at)
  const hasSameTax = isSameTaxType(existing, value)
  const { DiscountRate, DiscountAmount, ItemCode, ...others } = echo
  const discount = {
    ...(DiscountRate === undefined ? {} : { DiscountRate }),
    ...(DiscountAmount === undefined ? {} : { DiscountAmount }),
  }
  return {
    ...others,
    ...itemField(value, ItemCode),
    Description: value.description,
    ...(hasSameMoney ? discount : { ...amountFields(value), ...discountFields(value, echo) }),
    ...(hasSameTax ? {} : { TaxType: value.tax }),
    ...(hasSameMoney && hasSameTax ? overriddenTax(existing, at) : {}),
  }
}

function isSameTaxType(existing: SideLine, value: LineValue): boolean {
  return value.tax === existing.value.tax || value.tax === ''
}

/** An empty text takes a line's item away. */
function itemField(value: LineValue, before: Value | undefined): ValueObject {
  if (value.item !== null) return { ItemCode: value.item }
  return before === undefined || before === '' ? {} : { ItemCode: '' }
}

function echoOf(raw: ValueObject): ValueObject {
  const kept = Object.entries(raw).filter(([key]) => !NOT_ECHOED.has(key))
  return Object.fromEntries(
    kept.flatMap(([key, value]): [string, Value][] => {
      if (!DECIMAL_KEYS.has(key)) return [[key, value]]
      const text = typeof value === 'string' ? normaliseDecimal(value) : ''
      return text === '' ? [] : [[key, decimalValue(text)]]
    }),
  )
}

/** A tax amount that a bookkeeper changed by hand would be computed anew without this (xero.md 4.3). */
function overriddenTax(existing: SideLine, at: LinesAt): ValueObject {
  if (taxTypedOver(existing, at).eq(ZERO)) return {}
  return { TaxAmount: decimalValue(normaliseDecimal(textAt(existing.raw, 'TaxAmount'))) }
}

/** What was typed less what Xero would compute; 0 where nobody typed, and where the document is said anew. */
function taxTypedOver({ raw, value, basis }: SideLine, { context }: LinesAt): Big {
  const stated = normaliseDecimal(textAt(raw, 'TaxAmount'))
  const rate = context.reference.xero.taxRates.find((one) => one.taxType === value.tax)?.effectiveRate
  if (stated === '' || rate === undefined || basis !== 'exclusive') return ZERO
  return bigOf(stated).minus(round2(percentOf(bigOf(value.net), bigOf(rate))))
}

/** Taxes typed over on lines that keep their money: they are in the total that Xero will come to (I11). */
export function taxesTypedOver(present: readonly SideLine[], after: readonly LineValue[], at: LinesAt): Big {
  const left = [...after]
  return present.reduce((sum, existing) => {
    const typed = taxTypedOver(existing, at)
    const place = typed.eq(ZERO)
      ? -1
      : left.findIndex((value) => isSameTaxType(existing, value) && isSameMoney(existing, value, at))
    if (place < 0) return sum
    left.splice(place, 1)
    return sum.plus(typed)
  }, ZERO)
}

/** The CRM holds two decimals of a price: where it shows what Xero's four come to, Xero's own stay. */
function isSameMoney(existing: SideLine, value: LineValue, at: LinesAt): boolean {
  const { value: present } = existing
  if (present.quantity !== value.quantity || present.net !== value.net) return false
  if (present.unitPrice === value.unitPrice && present.discountAmount === value.discountAmount) return true
  const shown = acceptLine('zoho', present, at)
  return (
    shown.type === 'mapped' &&
    shown.value.unitPrice === value.unitPrice &&
    shown.value.discountAmount === value.discountAmount
  )
}

function amountFields({ quantity, unitPrice }: LineValue): ValueObject {
  return { Quantity: decimalValue(quantity), UnitAmount: decimalValue(unitPrice) }
}

/** A percentage or an amount, never both; what stood there is zeroed when it no longer applies. */
function discountFields({ discountPercent, discountAmount }: LineValue, before: ValueObject | null): ValueObject {
  if (discountPercent !== null) return { DiscountRate: decimalValue(discountPercent) }
  if (!isZero(discountAmount)) return { DiscountAmount: decimalValue(discountAmount) }
  if (before?.DiscountRate !== undefined) return { DiscountRate: decimalValue('0') }
  return before?.DiscountAmount === undefined ? {} : { DiscountAmount: decimalValue('0') }
}
