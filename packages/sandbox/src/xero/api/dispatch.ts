import { bankTransactionsEndpoint } from '../advances/bank-transactions.ts'
import { overpaymentsEndpoint, prepaymentsEndpoint } from '../advances/endpoint.ts'
import { contactsEndpoint } from '../contacts/endpoint.ts'
import { creditNotesEndpoint } from '../creditnotes/endpoint.ts'
import { invoicesEndpoint } from '../invoices/endpoint.ts'
import { itemsEndpoint } from '../items/endpoint.ts'
import { paymentsEndpoint } from '../payments/endpoint.ts'
import { purchaseOrdersEndpoint } from '../purchaseorders/endpoint.ts'
import { quotesEndpoint } from '../quotes/endpoint.ts'
import {
  accountsEndpoint,
  brandingThemesEndpoint,
  currenciesEndpoint,
  organisationEndpoint,
  taxRatesEndpoint,
  trackingCategoriesEndpoint,
  usersEndpoint,
} from '../settings/endpoints.ts'
import { historyEndpoint } from '../settings/history.ts'
import type { ApiCall } from './call.ts'
import { type ApiAnswer, notFound } from './problem.ts'

const ENDPOINTS: ReadonlyMap<string, (call: ApiCall) => ApiAnswer> = new Map([
  ['contacts', contactsEndpoint],
  ['items', itemsEndpoint],
  ['invoices', invoicesEndpoint],
  ['payments', paymentsEndpoint],
  ['creditnotes', creditNotesEndpoint],
  ['prepayments', prepaymentsEndpoint],
  ['overpayments', overpaymentsEndpoint],
  ['banktransactions', bankTransactionsEndpoint],
  ['quotes', quotesEndpoint],
  ['purchaseorders', purchaseOrdersEndpoint],
  ['accounts', accountsEndpoint],
  ['taxrates', taxRatesEndpoint],
  ['brandingthemes', brandingThemesEndpoint],
  ['currencies', currenciesEndpoint],
  ['users', usersEndpoint],
  ['trackingcategories', trackingCategoriesEndpoint],
  ['organisation', organisationEndpoint],
  ['organisations', organisationEndpoint],
])

/** Routes an authorised Accounting call to its endpoint. */
export function dispatch(call: ApiCall): ApiAnswer {
  const endpoint = ENDPOINTS.get(call.resource)
  if (endpoint === undefined) throw notFound()
  if (call.path[1]?.toLowerCase() === 'history') return historyEndpoint(call)
  return endpoint(call)
}
