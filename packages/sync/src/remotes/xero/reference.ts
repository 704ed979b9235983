import { z } from 'zod'
import { ok, type RemoteFailure, type RemoteOutcome } from '../../model/outcome.ts'
import type { XeroAccount, XeroReference, XeroTaxRate, XeroTrackingCategory } from '../../model/reference.ts'
import type { Log } from '../../ports/log.ts'
import type { XeroClient } from './client.ts'
import { plainDateOf } from './codec.ts'
import { elementsOf, unreadable } from './envelope.ts'
import { calendarDate, id, text } from './row-schemas.ts'
import { ianaZone } from './zones.ts'

const organisationSchema = z.looseObject({
  OrganisationID: text,
  Name: z.string(),
  ShortCode: text,
  BaseCurrency: z.string().min(1),
  Timezone: text,
  PeriodLockDate: calendarDate,
  EndOfYearLockDate: calendarDate,
})
const accountSchema = z.looseObject({
  AccountID: id,
  Code: text,
  Name: z.string(),
  Type: z.string(),
  Class: text,
  TaxType: text,
  Status: z.string(),
  SystemAccount: text,
  EnablePaymentsToAccount: z.boolean().nullish(),
})
const taxRateSchema = z.looseObject({
  TaxType: z.string().min(1),
  Name: z.string(),
  EffectiveRate: z.string().regex(/^-?\d+(\.\d+)?$/),
  Status: z.string(),
  CanApplyToAssets: z.boolean().nullish(),
  CanApplyToEquity: z.boolean().nullish(),
  CanApplyToExpenses: z.boolean().nullish(),
  CanApplyToLiabilities: z.boolean().nullish(),
  CanApplyToRevenue: z.boolean().nullish(),
})
const currencySchema = z.looseObject({ Code: z.string().min(1) })
const themeSchema = z.looseObject({
  BrandingThemeID: id,
  Name: z.string(),
  SortOrder: z.string().regex(/^\d+$/).nullish(),
})
const trackingSchema = z.looseObject({
  TrackingCategoryID: id,
  Name: z.string(),
  Status: text,
  Options: z.array(z.looseObject({ TrackingOptionID: id, Name: z.string(), Status: text })).nullish(),
})

export interface ReferencePorts {
  readonly client: XeroClient
  readonly tenantId: string
  readonly log: Log
}

/** Organisation, accounts, tax rates, currencies, branding themes and tracking: six calls (xero.md 4.8 to 4.11). */
export async function fetchReference(ports: ReferencePorts): Promise<RemoteOutcome<XeroReference>> {
  const [organisations, accounts, taxRates, currencies, themes, tracking] = await Promise.all([
    readRows(ports.client, { resource: 'Organisation', plural: 'Organisations', schema: organisationSchema }),
    readRows(ports.client, { resource: 'Accounts', plural: 'Accounts', schema: accountSchema }),
    readRows(ports.client, { resource: 'TaxRates', plural: 'TaxRates', schema: taxRateSchema }),
    readRows(ports.client, { resource: 'Currencies', plural: 'Currencies', schema: currencySchema }),
    readRows(ports.client, { resource: 'BrandingThemes', plural: 'BrandingThemes', schema: themeSchema }),
    readRows(ports.client, { resource: 'TrackingCategories', plural: 'TrackingCategories', schema: trackingSchema }),
  ])
  if (organisations.type !== 'ok') return organisations
  if (accounts.type !== 'ok') return accounts
  if (taxRates.type !== 'ok') return taxRates
  if (currencies.type !== 'ok') return currencies
  if (themes.type !== 'ok') return themes
  if (tracking.type !== 'ok') return tracking
  const [organisation] = organisations.value
  if (organisation === undefined) return unreadable('read', 'no organisation')
  return ok({
    ...organisationPart(ports, organisation),
    accounts: accounts.value.map(accountOf),
    taxRates: taxRates.value.map(taxRateOf),
    currencies: currencies.value.map((currency) => currency.Code),
    brandingThemes: themes.value.map((theme) => {
      return { id: theme.BrandingThemeID, name: theme.Name, sortOrder: Number(theme.SortOrder ?? 0) }
    }),
    trackingCategories: tracking.value.map(trackingOf),
  })
}

interface RowRequest<T> {
  readonly resource: string
  readonly plural: string
  readonly schema: z.ZodType<T>
}

async function readRows<T>(client: XeroClient, request: RowRequest<T>): Promise<RemoteOutcome<readonly T[]>> {
  const { resource, plural, schema } = request
  const answer = await client.call({
    method: 'GET',
    effect: 'read',
    path: `/${resource}`,
    purpose: `${resource}.reference`,
  })
  if (answer.type !== 'ok') return answer
  if (answer.value.status >= 300) return refusedReference(resource, answer.value.status)
  const elements = elementsOf(answer.value.json, plural)
  if (elements === undefined) return unreadable('read', `the answer has no ${plural}`)
  const parsed = z.array(schema).safeParse(elements)
  if (parsed.success) return ok(parsed.data)
  return unreadable('read', `${plural}.${parsed.error.issues[0]?.path.join('.') ?? ''} is not as expected`)
}

function refusedReference(resource: string, status: number): RemoteFailure {
  return { type: 'refused', code: 'contentRefused', message: `Xero answered ${status} for ${resource}` }
}

function organisationPart(ports: ReferencePorts, row: z.infer<typeof organisationSchema>) {
  const timeZone = ianaZone(row.Timezone ?? '')
  if (timeZone === undefined) ports.log.warn('xeroTimeZoneUnknown', { timeZone: row.Timezone ?? '', used: 'UTC' })
  return {
    // Its own word for it, so that the guard notices an organisation that changed under the connection.
    tenantId: row.OrganisationID ?? ports.tenantId,
    name: row.Name,
    shortCode: row.ShortCode ?? '',
    baseCurrency: row.BaseCurrency,
    timeZone: timeZone ?? 'UTC',
    periodLockDate: plainDateOf(row.PeriodLockDate ?? '') ?? null,
    endOfYearLockDate: plainDateOf(row.EndOfYearLockDate ?? '') ?? null,
  }
}

function accountOf(row: z.infer<typeof accountSchema>): XeroAccount {
  return {
    accountId: row.AccountID,
    code: row.Code ?? '',
    name: row.Name,
    type: row.Type,
    class: row.Class ?? '',
    taxType: row.TaxType ?? '',
    status: row.Status,
    systemAccount: row.SystemAccount ?? '',
    takesPayments: row.EnablePaymentsToAccount ?? false,
  }
}

function taxRateOf(row: z.infer<typeof taxRateSchema>): XeroTaxRate {
  return {
    taxType: row.TaxType,
    name: row.Name,
    effectiveRate: row.EffectiveRate,
    status: row.Status,
    canApplyToRevenue: row.CanApplyToRevenue ?? false,
    appliesTo: classesOf(row),
  }
}

/** What says nothing of its state is active: Xero lists the others only where they are asked for (xero.md 2.4). */
function trackingOf(row: z.infer<typeof trackingSchema>): XeroTrackingCategory {
  const options = (row.Options ?? []).map(({ TrackingOptionID, Name, Status }) => {
    return { id: TrackingOptionID, name: Name, status: Status ?? 'ACTIVE' }
  })
  return { id: row.TrackingCategoryID, name: row.Name, status: row.Status ?? 'ACTIVE', options }
}

/** The account classes of xero.md 4.8 that a rate says it goes with. */
function classesOf(row: z.infer<typeof taxRateSchema>): readonly string[] {
  const flags = {
    ASSET: row.CanApplyToAssets,
    EQUITY: row.CanApplyToEquity,
    EXPENSE: row.CanApplyToExpenses,
    LIABILITY: row.CanApplyToLiabilities,
    REVENUE: row.CanApplyToRevenue,
  }
  return Object.entries(flags).flatMap(([name, mayApply]) => (mayApply === true ? [name] : []))
}
