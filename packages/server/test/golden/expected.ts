import type { Big } from 'big.js'

/** What must become of one document, and why: known before the engine has seen it. */
export type Expected =
  | {
      readonly type: 'synced'
      readonly lines: readonly ExpectedLine[]
      /** What the visible rounding line (Xero) or Adjustment (Zoho) must say. */
      readonly rounding: Big
      /** Of both documents. */
      readonly total: Big
    }
  | { readonly type: 'held'; readonly code: string; readonly why: string }

/** One line as it must stand on the other side, without tax. */
export interface ExpectedLine {
  readonly quantity: string
  /** Exact where `priceSlack` is 0; else nearer than that. */
  readonly price: Big
  readonly priceSlack: Big
  /** What is taken off quantity times price: exact where `discountSlack` is 0. */
  readonly discount: Big
  readonly discountSlack: Big
  /** To the cent, always. */
  readonly net: Big
  readonly tax: Big
  /** TaxType in Xero; names in Zoho. */
  readonly taxName: string
}

/** What a person has chosen for money that does not come out even (design section 8). */
export interface Policy {
  readonly headerDiscount: 'hold' | 'spread'
  readonly roundingLimit: string
}

export function held(code: string, why: string): Extract<Expected, { type: 'held' }> {
  return { type: 'held', code, why }
}
