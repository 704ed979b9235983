import { Big } from 'big.js'
import { refusal } from '../api/batch.ts'
import type { ApiCall } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { filterRows } from '../api/listing.ts'
import { type ApiAnswer, ApiProblem, notFound, simulatorGap } from '../api/problem.ts'
import type { AccountRow } from '../model/settings-rows.ts'
import { readElements } from '../wire/fields.ts'
import { bareInstant, type WireObject } from '../wire/json.ts'
import { accountWire, organisationWire, taxRateWire, trackingWire, userWire } from './wire.ts'

type Endpoint = (call: ApiCall) => ApiAnswer

/** The small reference endpoints of xero.md 4.8 to 4.11: read, except that currencies can be added. */
export const accountsEndpoint: Endpoint = (call) => {
  readOnly(call)
  const key = call.path[0]?.toLowerCase()
  if (key === undefined) {
    const rows = filterRows(call, call.books.accounts.listed(), ACCOUNT_LIST)
    return envelope(call, { plural: 'Accounts', elements: rows.map(accountWire) })
  }
  const row = call.books.accounts.get(key)
  return envelope(call, { plural: 'Accounts', elements: [accountWire(found(row))] })
}

const ACCOUNT_LIST = {
  typeName: 'Account',
  getters: {
    AccountID: (row: AccountRow) => row.id,
    Code: (row: AccountRow) => row.code,
    Name: (row: AccountRow) => row.name,
    Type: (row: AccountRow) => row.type,
    Class: (row: AccountRow) => row.class,
    Status: (row: AccountRow) => row.status,
    SystemAccount: (row: AccountRow) => row.systemAccount,
    EnablePaymentsToAccount: (row: AccountRow) => row.enablePayments,
    UpdatedDateUTC: (row: AccountRow) => ({ ms: row.updatedMs }),
  },
}

export const taxRatesEndpoint: Endpoint = (call) => {
  readOnly(call)
  refuseFilters(call)
  const key = call.path[0]
  const rows = key === undefined ? call.books.taxRates.all() : [found(call.books.taxRates.get(key.toUpperCase()))]
  return envelope(call, { plural: 'TaxRates', elements: rows.map(taxRateWire) })
}

export const brandingThemesEndpoint: Endpoint = (call) => {
  readOnly(call)
  refuseFilters(call)
  const key = call.path[0]?.toLowerCase()
  const rows = call.books.brandingThemes.all().filter((row) => key === undefined || row.id === key)
  if (rows.length === 0) throw notFound()
  const elements = rows
    .toSorted((a, b) => a.sortOrder - b.sortOrder)
    .map((row): WireObject => {
      const created = bareInstant(row.updatedMs)
      return {
        BrandingThemeID: row.id,
        Name: row.name,
        Type: 'INVOICE',
        SortOrder: row.sortOrder,
        CreatedDateUTC: created,
      }
    })
  return envelope(call, { plural: 'BrandingThemes', elements })
}

/** Added by `PUT {"Code":"USD"}`, never removed (xero.md 4.10). */
export const currenciesEndpoint: Endpoint = (call) => {
  refuseFilters(call)
  const { books } = call
  if (call.method === 'PUT') {
    const code = readElements(call.body, 'Currencies')[0]?.text('Code')?.toUpperCase() ?? ''
    if (!/^[A-Z]{3}$/.test(code))
      throw new ApiProblem(refusal([{ ValidationErrors: [{ Message: 'Currency Code is not valid' }] }]))
    if (books.currencies.get(code) === undefined) {
      books.currencies.put({ id: code, updatedMs: books.now(), description: code, ratePerBase: new Big(1) })
    }
    return envelope(call, { plural: 'Currencies', elements: [{ Code: code, Description: code }] })
  }
  readOnly(call)
  const elements = books.currencies.all().map((row) => ({ Code: row.id, Description: row.description }))
  return envelope(call, { plural: 'Currencies', elements })
}

export const usersEndpoint: Endpoint = (call) => {
  readOnly(call)
  const rows = filterRows(call, call.books.users.listed(), { typeName: 'User', getters: {} })
  const key = call.path[0]?.toLowerCase()
  const shown = key === undefined ? rows : [found(call.books.users.get(key))]
  return envelope(call, { plural: 'Users', elements: shown.map(userWire) })
}

export const trackingCategoriesEndpoint: Endpoint = (call) => {
  readOnly(call)
  const withArchived = call.query.isTrue('includeArchived')
  const key = call.path[0]?.toLowerCase()
  const rows = call.books.trackingCategories.all().filter((row) => withArchived || row.status === 'ACTIVE')
  const shown = key === undefined ? rows : [found(call.books.trackingCategories.get(key))]
  return envelope(call, { plural: 'TrackingCategories', elements: shown.map(trackingWire) })
}

const ACTIONS = [
  'CreateApprovedInvoice',
  'CreateDraftInvoice',
  'CreateSentQuote',
  'CreateDraftQuote',
  'CreateInvoicePayment',
  'CreateApprovedBill',
  'CreateDraftBill',
  'UseMulticurrency',
  'AttachFilesIntoInvoice',
]

/** `/Organisation` and `/Organisation/Actions` (xero.md 4.11). */
export const organisationEndpoint: Endpoint = (call) => {
  readOnly(call)
  if (call.path[0] === undefined) {
    return envelope(call, { plural: 'Organisations', elements: [organisationWire(call.books)] })
  }
  if (call.path[0].toLowerCase() !== 'actions') throw notFound()
  return envelope(call, { plural: 'Actions', elements: ACTIONS.map((name) => ({ Name: name, Status: 'ALLOWED' })) })
}

function readOnly(call: ApiCall): void {
  if (call.method !== 'GET') throw simulatorGap(501, `${call.method} /${call.resource} is not simulated`)
}

/** These endpoints ignore If-Modified-Since (xero.md 2.4); a filter that would be ignored too is a client's mistake. */
function refuseFilters(call: ApiCall): void {
  if (call.query.has('where')) throw simulatorGap(501, `where on /${call.resource} is not simulated`)
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw notFound()
  return row
}
