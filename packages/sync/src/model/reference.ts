/** Reference data of both organisations: read once a day and at connect, compared by the guard (org changed, field vanished). */
export interface ZohoReference {
  readonly zgid: string
  readonly companyName: string
  readonly baseCurrency: string
  readonly isMultiCurrency: boolean
  /** IANA zone of the org. */
  readonly timeZone: string
  /** The integration user's id: Modified_By.id on our own writes. */
  readonly userId: string
  /** Users who may own records; absent where they were never read. */
  readonly users?: readonly ZohoUser[]
  readonly taxes: readonly ZohoTax[]
  /** Active currency codes; the base alone where multi-currency is off. */
  readonly currencies: readonly string[]
  readonly modules: readonly string[]
  /** Field metadata per module api_name, only what mapping and validation need. */
  readonly fields: Readonly<Record<string, readonly ZohoField[]>>
}

export interface ZohoUser {
  readonly id: string
  readonly name: string
  readonly email: string
}

export interface ZohoTax {
  readonly id: string
  readonly name: string
  /** Decimal text, e.g. `10`. */
  readonly percentage: string
}

export interface ZohoField {
  readonly apiName: string
  readonly label: string
  readonly dataType: string
  readonly length: number | null
  readonly decimalPlaces: number | null
  readonly isReadOnly: boolean
  readonly isMandatory: boolean
  readonly isUnique: boolean
  readonly isCustom: boolean
  readonly picklist: readonly string[]
}

export interface XeroReference {
  readonly tenantId: string
  readonly name: string
  readonly shortCode: string
  readonly baseCurrency: string
  /** IANA zone, translated from Xero's Windows-style name. */
  readonly timeZone: string
  /** Plain date or null. */
  readonly periodLockDate: string | null
  readonly endOfYearLockDate: string | null
  readonly accounts: readonly XeroAccount[]
  readonly taxRates: readonly XeroTaxRate[]
  readonly currencies: readonly string[]
  readonly brandingThemes: readonly { readonly id: string; readonly name: string; readonly sortOrder: number }[]
  /** Archived ones too; absent where they were never read. */
  readonly trackingCategories?: readonly XeroTrackingCategory[]
}

export interface XeroTrackingCategory {
  readonly id: string
  readonly name: string
  /** `ACTIVE`, `ARCHIVED` or `DELETED`, of the category and of each option (xero.md 4.10). */
  readonly status: string
  readonly options: readonly { readonly id: string; readonly name: string; readonly status: string }[]
}

export interface XeroAccount {
  readonly accountId: string
  readonly code: string
  readonly name: string
  readonly type: string
  readonly class: string
  readonly taxType: string
  readonly status: string
  readonly systemAccount: string
  /** Takes payments although it is no bank account; absent where it was never read. */
  readonly takesPayments?: boolean
}

export interface XeroTaxRate {
  readonly taxType: string
  readonly name: string
  /** Decimal text, e.g. `10.0000`. */
  readonly effectiveRate: string
  readonly status: string
  readonly canApplyToRevenue: boolean
  /** Classes of ledger accounts that it goes with, e.g. `REVENUE`; absent where they were never read. */
  readonly appliesTo?: readonly string[]
}

export interface ReferenceData {
  readonly zoho: ZohoReference
  readonly xero: XeroReference
}
