import type { ValueObject } from './value.ts'

/** What hangs on a Zoho deal beside its own fields, as Zoho shows it (zoho-crm.md 4, Deals). */
export interface DealPapers {
  readonly dealId: string
  /** Quotes that name it, each with its rows. */
  readonly quotes: readonly ValueObject[]
  /** Its related list: neither a quantity nor a price goes with a product there. */
  readonly products: readonly ValueObject[]
  /** The company of its contact person, for a deal that names no company itself; '' where there is none. */
  readonly contactCompanyId: string
  /** Number of a quote of it that Xero shows as invoiced; '' where there is none. */
  readonly invoicedQuote: string
}

/** What Zoho alone says of it. */
export type DealReading = Pick<DealPapers, 'dealId' | 'quotes' | 'products'>
