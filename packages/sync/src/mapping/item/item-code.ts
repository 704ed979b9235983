import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { tidy } from '../clean-text.ts'
import { textAt } from '../record-fields.ts'

/** Xero's limit (xero.md 4.2). */
export const CODE_LENGTH = 30

/** What two codes have in common when they are one: without outer and double spaces, and without case unless chosen (R18d). */
export function codeKey(code: string, { itemCodeCase }: Pick<ConnectionSettings, 'itemCodeCase'>): string {
  const tidied = tidy(code)
  return itemCodeCase === 'exact' ? tidied : tidied.toLowerCase()
}

/** As somebody typed it; '' where nobody did. */
export function codeOf(record: RemoteRecord): string {
  return tidy(textAt(record.fields, record.side === 'zoho' ? 'Product_Code' : 'Code'))
}

/**
 * The code that a product without one gets when a person asks for it (R41a). Of the product's own id, so that the same
 * product always gets the same one, and an item that was made with it is found again.
 */
export function madeCode(productId: string): string {
  return `P-${productId}`
}
