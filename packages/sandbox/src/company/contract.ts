/**
 * A made-up business as both sandboxes are seeded from it: neutral data, neither Zoho's nor Xero's shape. The same
 * profile gives the same company, so that the truth (who is the same customer on both sides) is known to the tests.
 */

/** Where a record stands when the company starts. `both`: it was typed into both systems before Tandem came. */
export type Home = 'zoho' | 'xero' | 'both'

export interface CompanyProfile {
  readonly seed: number
  readonly contacts: number
  readonly items: number
  readonly invoices: number
  /** `mixed` spreads records over both sides with overlaps and oddities; the others put all on one side, cleanly. */
  readonly shape: 'mixed' | 'zohoOnly' | 'xeroOnly' | 'bothEqual'
  /** Virtual "today" of the company, plain date in its zone: documents are dated in the 120 days before it. */
  readonly today: string
}

export interface Company {
  readonly profile: CompanyProfile
  readonly name: string
  readonly country: 'AU'
  readonly timeZone: 'Australia/Sydney'
  readonly baseCurrency: 'AUD'
  /** Enabled on both sides, base first; `ratePerBase` is units of foreign currency for 1 AUD, as a decimal string. */
  readonly currencies: readonly {
    readonly code: string
    readonly name: string
    readonly symbol: string
    readonly ratePerBase: string
  }[]
  readonly taxes: readonly CompanyTax[]
  readonly parties: readonly Party[]
  readonly products: readonly Product[]
  readonly documents: readonly InvoiceDocument[]
}

/** A tax as the company thinks of it; each sandbox shows its own form of it. */
export interface CompanyTax {
  readonly key: 'gst' | 'gstFree' | 'export'
  /** Zoho's org tax, e.g. `GST`, percentage as a decimal string. */
  readonly zohoName: string
  readonly percentage: string
  /** Xero's TaxType, e.g. `OUTPUT`. */
  readonly xeroTaxType: string
}

export interface Address {
  readonly street: string
  readonly city: string
  readonly region: string
  readonly postalCode: string
  readonly country: string
}

export interface Person {
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string
}

export interface Party {
  readonly key: string
  readonly home: Home
  readonly role: 'customer' | 'supplier' | 'both'
  /** The name on each side; they differ for some `both` parties (case, `Pty Ltd`, `&`). */
  readonly zohoName: string
  readonly xeroName: string
  /** Australian Business Number with a valid checksum, or '' when nobody typed it. */
  readonly abn: string
  readonly email: string
  readonly phone: { readonly country: string; readonly area: string; readonly number: string }
  readonly website: string
  readonly billing: Address
  readonly shipping: Address | undefined
  /** First one is the primary person. May be empty. At most five. */
  readonly persons: readonly Person[]
  /** Why it is in the company: tests look for these. */
  readonly oddities: readonly PartyOddity[]
}

export type PartyOddity =
  | 'duplicateName'
  | 'duplicateEmail'
  | 'oddCharacters'
  | 'longName'
  | 'archivedInXero'
  | 'nameDiffers'
  | 'noEmail'

export interface Product {
  readonly key: string
  readonly home: Home
  readonly name: string
  readonly code: string
  readonly description: string
  /** Tax-exclusive, decimal string, 2 or 4 decimals. */
  readonly unitPrice: string
  readonly taxKey: CompanyTax['key']
}

export interface InvoiceDocument {
  readonly key: string
  readonly home: Home
  readonly partyKey: string
  /** Xero's number, e.g. `INV-0107`; Zoho shows it as the subject. */
  readonly number: string
  readonly reference: string
  /** Plain dates in the company's zone. */
  readonly date: string
  readonly dueDate: string
  readonly currency: string
  readonly xeroStatus: 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED'
  readonly zohoStatus: 'Created' | 'Approved' | 'Delivered' | 'Cancelled'
  readonly type: 'sale' | 'bill'
  readonly lines: readonly InvoiceLine[]
}

export interface InvoiceLine {
  /** undefined: a description-only service line (Xero only; Zoho rows need a product). */
  readonly productKey: string | undefined
  readonly description: string
  readonly quantity: string
  readonly unitPrice: string
  /** Per cent, decimal string, '0' for none. */
  readonly discountPercent: string
  readonly taxKey: CompanyTax['key']
}
