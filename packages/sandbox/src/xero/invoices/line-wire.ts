import { orAbsent, shownText } from '../contacts/wire.ts'
import type { Books } from '../model/books.ts'
import type { LineRow } from '../model/rows.ts'
import { decimal, money, type WireObject } from '../wire/json.ts'
import { roundHalfUp } from './rounding.ts'

/** A line item as documents show it; unit prices with 2 or 4 decimals (xero.md 2.4, 4.3). */
export function lineWire(books: Books, line: LineRow, places: 2 | 4): WireObject {
  const item = line.itemCode === '' ? undefined : books.items.find('code', line.itemCode)[0]
  const account = line.accountCode === '' ? undefined : books.accounts.find('code', line.accountCode)[0]
  return {
    ItemCode: orAbsent(line.itemCode),
    Description: line.description,
    UnitAmount: line.unitAmount === undefined ? undefined : decimal(roundHalfUp(line.unitAmount, places), places),
    TaxType: orAbsent(line.taxType),
    TaxAmount: money(line.taxAmount),
    LineAmount: money(line.lineAmount),
    AccountCode: orAbsent(line.accountCode),
    AccountID: account?.id,
    Item: item === undefined ? undefined : { ItemID: item.id, Name: shownText(books, item.name), Code: item.code },
    Tracking: line.tracking.map((choice) => ({
      TrackingCategoryID: choice.categoryId,
      TrackingOptionID: choice.optionId,
      Name: choice.name,
      Option: choice.option,
    })),
    DiscountRate: line.discountRate === undefined ? undefined : decimal(line.discountRate, 2),
    DiscountAmount: line.discountAmount === undefined ? undefined : money(line.discountAmount),
    Quantity: line.quantity === undefined ? undefined : decimal(line.quantity, 4),
    LineItemID: line.id,
    ValidationErrors: [],
  }
}
