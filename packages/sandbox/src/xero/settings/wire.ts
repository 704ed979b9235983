import { orAbsent } from '../contacts/wire.ts'
import type { Books } from '../model/books.ts'
import type { AccountRow, TaxRateRow, TrackingCategoryRow, UserRow } from '../model/settings-rows.ts'
import { plainDateMs } from '../wire/dates.ts'
import { bareInstant, decimal, instant, type WireObject } from '../wire/json.ts'

/** xero.md 4.8. */
export function accountWire(row: AccountRow): WireObject {
  return {
    AccountID: row.id,
    Code: orAbsent(row.code),
    Name: row.name,
    Status: row.status,
    Type: row.type,
    TaxType: row.taxType,
    Class: row.class,
    Description: orAbsent(row.description),
    EnablePaymentsToAccount: row.enablePayments,
    ShowInExpenseClaims: false,
    BankAccountNumber: row.type === 'BANK' ? `0620000${row.code}` : undefined,
    BankAccountType: row.type === 'BANK' ? 'BANK' : undefined,
    CurrencyCode: orAbsent(row.currency),
    SystemAccount: orAbsent(row.systemAccount),
    ReportingCode: '',
    HasAttachments: false,
    UpdatedDateUTC: instant(row.updatedMs),
    AddToWatchlist: false,
  }
}

/** xero.md 4.9. */
export function taxRateWire(row: TaxRateRow): WireObject {
  const canApply = (name: 'ASSET' | 'EQUITY' | 'EXPENSE' | 'LIABILITY' | 'REVENUE') => row.appliesTo.includes(name)
  return {
    Name: row.name,
    TaxType: row.id,
    ReportTaxType: row.id,
    CanApplyToAssets: canApply('ASSET'),
    CanApplyToEquity: canApply('EQUITY'),
    CanApplyToExpenses: canApply('EXPENSE'),
    CanApplyToLiabilities: canApply('LIABILITY'),
    CanApplyToRevenue: canApply('REVENUE'),
    DisplayTaxRate: decimal(row.rate, 4),
    EffectiveRate: decimal(row.rate, 4),
    Status: row.status,
    TaxComponents: [{ Name: 'GST', Rate: decimal(row.rate, 4), IsCompound: false, IsNonRecoverable: false }],
  }
}

export function userWire(row: UserRow): WireObject {
  return {
    UserID: row.id,
    EmailAddress: row.email,
    FirstName: row.firstName,
    LastName: row.lastName,
    UpdatedDateUTC: instant(row.updatedMs),
    IsSubscriber: row.isSubscriber,
    OrganisationRole: row.role,
  }
}

export function trackingWire(row: TrackingCategoryRow): WireObject {
  return {
    Name: row.name,
    Status: row.status,
    TrackingCategoryID: row.id,
    Options: row.options.map((option) => ({
      TrackingOptionID: option.id,
      Name: option.name,
      Status: option.status,
      HasValidationErrors: false,
      IsDeleted: false,
      IsArchived: option.status === 'ARCHIVED',
      IsActive: option.status === 'ACTIVE',
    })),
  }
}

/** Lock dates are absent while unset; the OrganisationID is the tenantId (xero.md 4.11). */
export function organisationWire(books: Books): WireObject {
  const { organisation } = books
  const lock = (name: string, date: string) => (date === '' ? {} : { [name]: instant(plainDateMs(date)) })
  return {
    Name: organisation.name,
    LegalName: organisation.name,
    PaysTax: true,
    Version: 'AU',
    OrganisationType: 'COMPANY',
    BaseCurrency: organisation.baseCurrency,
    CountryCode: organisation.countryCode,
    IsDemoCompany: false,
    OrganisationStatus: 'ACTIVE',
    FinancialYearEndDay: 30,
    FinancialYearEndMonth: 6,
    SalesTaxBasis: 'INVOICE',
    SalesTaxPeriod: 'QUARTERLY1',
    DefaultSalesTax: 'Tax Exclusive',
    DefaultPurchasesTax: 'Tax Exclusive',
    ...lock('PeriodLockDate', organisation.periodLockDate),
    ...lock('EndOfYearLockDate', organisation.endOfYearLockDate),
    CreatedDateUTC: bareInstant(organisation.createdMs),
    OrganisationEntityType: 'COMPANY',
    Timezone: 'AUSEASTERNSTANDARDTIME',
    ShortCode: organisation.shortCode,
    OrganisationID: books.tenantId,
    Edition: 'BUSINESS',
    Class: 'STANDARD',
    LineOfBusiness: 'Trades',
    Addresses: [],
    Phones: [],
    ExternalLinks: [],
    PaymentTerms: {},
  }
}
