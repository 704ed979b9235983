import { Big } from 'big.js'
import { type Difference, differences } from './oracle-difference.ts'
import type { XeroItem, ZohoProduct } from './oracle-state.ts'
import { sameTax } from './oracle-tax.ts'
import { sameKey, sameText } from './oracle-text.ts'

export interface ItemPair {
  readonly product: ZohoProduct
  readonly item: XeroItem
  /** Names of Zoho's taxes by id. */
  readonly taxNames: ReadonlyMap<string, string>
}

export function itemDifferences({ product, item, taxNames }: ItemPair): readonly Difference[] {
  return differences({ kind: 'item', zohoId: product.id, xeroId: item.id }, (differ) => {
    if (!sameKey(product.Product_Code, item.code)) differ('code', product.Product_Code, item.code)
    // Xero shows the code where nobody typed a name.
    const name = item.name === '' ? item.code : item.name
    if (!sameText(product.Product_Name, name)) differ('name', product.Product_Name, name)
    if (!sameText(product.Description, item.description)) differ('description', product.Description, item.description)
    if (!samePrice(product.Unit_Price, item.sales.unitPrice)) differ('price', product.Unit_Price, item.sales.unitPrice)
    const taxes = (product.Tax ?? []).map(({ id }) => taxNames.get(id) ?? id)
    // A product without a tax says nothing about the item's.
    if (taxes.length > 0 && !sameTax(taxes, item.sales.taxType)) differ('tax', taxes.join(), item.sales.taxType)
  })
}

/** Xero keeps four decimals of a price, Zoho two. */
export function samePrice(zoho: string, xero: string): boolean {
  return new Big(zoho).eq(new Big(xero)) || new Big(zoho).eq(new Big(xero).round(2, Big.roundHalfUp))
}
