import { someOf } from '../streams.ts'
import type { Town } from './town.ts'

/** One to three products, the same one twice perhaps; none where the CRM has none. */
export function someProducts({ chance, states }: Town): readonly { readonly id: string }[] {
  const { Products } = states.zoho.records
  return [1, 2, 3].slice(0, chance.int(1, 3)).flatMap(() => someOf(chance, Products) ?? [])
}

/** Rows of a new CRM document, each with a text of its own. */
export function newRows({ chance }: Town, products: readonly { readonly id: string }[], text: string) {
  return products.map(({ id }, index) => ({
    Product_Name: { id },
    Quantity: chance.int(1, 9),
    List_Price: chance.int(100, 99_999) / 100,
    Description: `New ${text} ${index}`,
    ...(chance.float() < 0.3 ? { Discount: '10%' } : {}),
  }))
}
