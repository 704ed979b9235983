import type { Big } from 'big.js'
import type { Row } from './table.ts'

export type AccountClass = 'ASSET' | 'EQUITY' | 'EXPENSE' | 'LIABILITY' | 'REVENUE'

export interface AccountRow extends Row {
  readonly code: string
  readonly name: string
  readonly type: string
  readonly class: AccountClass
  readonly taxType: string
  readonly status: 'ACTIVE' | 'ARCHIVED'
  readonly enablePayments: boolean
  /** No bank account has one (xero.md 4.8). */
  readonly description: string
  readonly systemAccount: string
  readonly currency: string
}

export interface TaxRateRow extends Row {
  /** The TaxType is the id (xero.md 4.9). */
  readonly name: string
  readonly rate: Big
  readonly status: 'ACTIVE' | 'ARCHIVED'
  readonly appliesTo: readonly AccountClass[]
}

export interface BrandingThemeRow extends Row {
  readonly name: string
  readonly sortOrder: number
}

export interface CurrencyRow extends Row {
  /** The code is the id. */
  readonly description: string
  /** Units of this currency for one of the base: the day rate when a document gives none. */
  readonly ratePerBase: Big
}

export interface UserRow extends Row {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly isSubscriber: boolean
  readonly role: string
}

export interface TrackingCategoryRow extends Row {
  readonly name: string
  readonly status: 'ACTIVE' | 'ARCHIVED'
  readonly options: readonly { readonly id: string; readonly name: string; readonly status: 'ACTIVE' | 'ARCHIVED' }[]
}

export interface OrganisationRow {
  readonly name: string
  readonly countryCode: string
  readonly baseCurrency: string
  /** IANA name; Xero shows its own spelling of it. */
  readonly timeZone: string
  readonly shortCode: string
  readonly createdMs: number
  readonly periodLockDate: string
  readonly endOfYearLockDate: string
}
