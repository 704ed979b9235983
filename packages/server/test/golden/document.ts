/**
 * What a person types, before either system has seen it: decimal texts in document currency, nothing computed. The golden
 * test's own words; neither the engine's nor the sandboxes'.
 */
export interface GoldenDocument {
  /** What both systems show as Subject or Reference, e.g. `Z017 discounts in per cent`: unique. */
  readonly title: string
  readonly born: 'zoho' | 'xero'
  readonly customer: number
  readonly currency: string
  /** Plain dates; a document born in Zoho never has the date of one born in Xero, so that no two look alike. */
  readonly date: string
  readonly dueDate: string
  /** Zoho's prices are always without tax. */
  readonly basis: 'Exclusive' | 'Inclusive' | 'NoTax'
  readonly lines: readonly GoldenLine[]
  /** Zoho alone has these three: on the whole document. */
  readonly headerDiscount: Discount
  readonly adjustment: string
  readonly documentTaxes: readonly TaxKey[]
}

export interface GoldenLine {
  /** Place in the list of products that both systems have; null for a line without one (Xero only). */
  readonly product: number | null
  readonly description: string
  /** '' with an empty price: a line of words alone (Xero only). */
  readonly quantity: string
  readonly price: string
  readonly discount: Discount
  /** Zoho may have several; Xero has one or none. */
  readonly taxes: readonly TaxKey[]
  /** A tax amount that a bookkeeper typed over the computed one (Xero only). */
  readonly typedTax?: string
}

export type Discount =
  | { readonly type: 'none' }
  | { readonly type: 'percent'; readonly value: string }
  | { readonly type: 'amount'; readonly value: string }

export type TaxKey = 'gst' | 'gstFree' | 'export' | 'state' | 'city' | 'inputTaxed'

export const NO_DISCOUNT: Discount = { type: 'none' }
export const percent = (value: string): Discount => ({ type: 'percent', value })
export const amount = (value: string): Discount => ({ type: 'amount', value })
