import type { RemoteRecord } from '../../model/record.ts'
import type { ValueObject } from '../../model/value.ts'
import { tidy, tidyLines } from '../clean-text.ts'
import type { LinkContext, SideLine, SideView } from '../contract.ts'
import { isZero, normaliseDecimal, plainText } from '../decimal.ts'
import type { Subform } from '../document/subform.ts'
import { objectAt, rowsAt, textAt } from '../record-fields.ts'
import { zohoTaxKey } from '../tax-map.ts'
import { discountOf, spreadDiscount } from './header-discount.ts'
import { lineGross, zohoNet } from './totals.ts'

/** Under this name a row that we have made up says which ledger account it goes to. */
export const ROW_ACCOUNT = '$account'

/** Zoho's rows in canonical form (zoho-crm.md 4.1). Prices there are always tax-exclusive. */
export function readZohoLines(subform: Subform, { main }: SideView, { settings }: LinkContext): readonly SideLine[] {
  if (main === null) return []
  const lines = rowsOf(main, subform).map((row) => zohoLine(row, settings.provisioned.serviceProductId))
  return settings.headerDiscount === 'spread' && !isZero(discountText(main))
    ? spreadDiscount(lines, main.fields)
    : lines
}

function rowsOf(record: RemoteRecord, subform: Subform): readonly ValueObject[] {
  return rowsAt(record.fields, subform).filter((row) => !('_delete' in row))
}

/** '' and `0` as a percentage count as none. */
function discountText({ fields }: RemoteRecord): string {
  const { percent, amount } = discountOf(textAt(fields, 'Discount'))
  return percent ?? amount
}

function zohoLine(row: ValueObject, serviceProductId: string): SideLine {
  const product = objectAt(row, 'Product_Name')
  const productId = textAt(product, 'id')
  const { percent, amount } = discountOf(textAt(row, 'Discount'))
  const amounts = {
    // Zoho's default quantity is 1, its default price is filled in by Zoho itself.
    quantity: normaliseDecimal(textAt(row, 'Quantity')) || '1',
    unitPrice: normaliseDecimal(textAt(row, 'List_Price')) || '0',
    discountPercent: percent === null || isZero(percent) ? null : normaliseDecimal(percent),
    discountAmount: normaliseDecimal(amount) || '0',
  }
  const net = zohoNet(amounts)
  const isPlain = amounts.discountPercent === null && amounts.discountAmount === '0'
  return {
    id: textAt(row, 'id'),
    raw: row,
    value: {
      item: productId === '' || productId === serviceProductId ? null : productId,
      itemName: tidy(textAt(product, 'name')),
      itemCode: tidy(textAt(product, 'Product_Code')),
      description: tidyLines(textAt(row, 'Description')),
      ...amounts,
      discountAmount: isPlain ? '0' : plainText(lineGross(amounts).minus(net)),
      tax: zohoTaxKey(row.Line_Tax),
      net: plainText(net),
      ...(typeof row[ROW_ACCOUNT] === 'string' ? { account: row[ROW_ACCOUNT] } : {}),
    },
  }
}
