import type { Big } from 'big.js'
import { ElementRefused } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import type { ItemDetails, LineAmountTypes, LineRow, TrackingChoice } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'
import { roundHalfUp } from './rounding.ts'

/** How the lines of one document are to be read. */
export interface LineRules {
  readonly side: 'sale' | 'purchase'
  readonly lineAmountTypes: LineAmountTypes
  readonly unitDecimals: 2 | 4
  /** A draft may lack account codes; what is submitted for approval may not (xero.md 4.3). */
  readonly stage: 'draft' | 'final'
  /** Sales invoices and quotes only (xero.md 4.3, 4.5). */
  readonly discounts: 'allowed' | 'refused'
  /** Quotes do not take the tax type from the account; from the item only by switch `quoteItemTax` (xero.md 4.4). */
  readonly taxDefault: 'fromAccount' | 'fromItem' | 'none'
  /** Quotes know tracking options by `TrackingOptionID` only (xero.md 4.4). */
  readonly tracking: 'byName' | 'byOptionId'
}

/** A line as asked for: amounts that were sent are checked later, those that were not are computed. */
export interface LineDraft {
  readonly id: string
  readonly description: string
  readonly quantity: Big | undefined
  readonly unitAmount: Big | undefined
  readonly lineAmount: Big | undefined
  readonly taxAmount: Big | undefined
  readonly taxType: string
  readonly accountCode: string
  readonly itemCode: string
  readonly discountRate: Big | undefined
  readonly discountAmount: Big | undefined
  readonly tracking: readonly TrackingChoice[]
}

/** Reads one sent line on top of the stored line it names, if any; the item fills what is missing (xero.md 4.2). */
export function draftLine(
  books: Books,
  fields: Fields,
  from: { before: LineRow | undefined; rules: LineRules },
): LineDraft {
  const { before, rules } = from
  const itemCode = fields.text('ItemCode') ?? before?.itemCode ?? ''
  const isNewItem = itemCode !== '' && itemCode !== before?.itemCode
  const item = isNewItem ? requireItem(books, itemCode) : undefined
  const details: ItemDetails | undefined = rules.side === 'sale' ? item?.sales : item?.purchase
  const itemText = (rules.side === 'sale' ? item?.description : item?.purchaseDescription) ?? ''
  const fillText = books.switches.is('itemFillsDescription', 'filled') ? itemText || item?.name : undefined
  const unit = fields.decimal('UnitAmount') ?? details?.unitPrice ?? before?.unitAmount
  return {
    id: before?.id ?? books.guid(),
    description: orElse(fields.text('Description'), fillText, before?.description),
    quantity: rounded(fields.decimal('Quantity') ?? before?.quantity, 4),
    unitAmount: rounded(unit, rules.unitDecimals),
    lineAmount: fields.decimal('LineAmount'),
    taxAmount: fields.decimal('TaxAmount'),
    taxType: orElse(
      fields.text('TaxType'),
      rules.taxDefault === 'none' ? undefined : details?.taxType,
      before?.taxType,
    ),
    accountCode: orElse(accountCodeOf(books, fields), details?.accountCode, before?.accountCode),
    itemCode,
    discountRate: fields.decimal('DiscountRate') ?? (fields.has('DiscountAmount') ? undefined : before?.discountRate),
    discountAmount:
      fields.decimal('DiscountAmount') ?? (fields.has('DiscountRate') ? undefined : before?.discountAmount),
    tracking:
      fields.list('Tracking')?.map((choice) => trackingOf(books, choice, rules.tracking)) ?? before?.tracking ?? [],
  }
}

/** A stored line as a draft, so that another LineAmountTypes computes it anew. */
export const redraft = (line: LineRow): LineDraft => ({ ...line, lineAmount: undefined, taxAmount: undefined })

const orElse = (...texts: readonly (string | undefined)[]) =>
  texts.find((text) => text !== undefined && text !== '') ?? ''
const rounded = (amount: Big | undefined, places: number) =>
  amount === undefined ? undefined : roundHalfUp(amount, places)

function requireItem(books: Books, code: string) {
  const item = books.items.find('code', code)[0]
  if (item === undefined) throw new ElementRefused(`Item code '${code}' is not valid.`)
  return item
}

function accountCodeOf(books: Books, fields: Fields): string | undefined {
  const code = fields.text('AccountCode')
  const id = fields.text('AccountID')
  if (code !== undefined || id === undefined) return code
  return books.accounts.get(id.toLowerCase())?.code ?? id
}

/** Names must exist (xero.md 4.3); an option may also be given by its id, which is the only way on quotes (xero.md 4.4). */
function trackingOf(books: Books, fields: Fields, by: LineRules['tracking']): TrackingChoice {
  const name = fields.text('Name')
  const option = fields.text('Option')
  const optionId = fields.text('TrackingOptionID')?.toLowerCase()
  if (by === 'byOptionId' && optionId === undefined) throw new ElementRefused('A TrackingOptionID must be specified.')
  for (const category of books.trackingCategories.all()) {
    for (const known of category.options) {
      const isNamed = by === 'byName' && category.name === name && known.name === option
      if (!isNamed && known.id !== optionId) continue
      return { categoryId: category.id, optionId: known.id, name: category.name, option: known.name }
    }
  }
  throw new ElementRefused(`The tracking option '${name ?? ''}: ${option ?? optionId ?? ''}' does not exist.`)
}
