import type { ApiCall, Route } from '../api/route.ts'
import { renderInstant } from '../model/instants.ts'
import { fullName, type OrgCurrency, type OrgTax, type User } from '../model/org.ts'
import { type ApiAnswer, invalidParam } from '../problem.ts'
import { whoOf } from '../read/deleted.ts'
import { pagingOf } from '../read/list-query.ts'
import { pageOf } from '../read/page-of.ts'
import { orgView } from './org-view.ts'

const orgNeed = () => [{ group: 'org', op: 'READ' }]
const userNeed = () => [{ group: 'users', op: 'READ' }]
const currencyNeed = () => [{ group: 'settings', sub: 'currencies', op: 'READ' }]

/** Which scope reads taxes is unverified (zoho-crm.md 1.7). */
function taxNeed(call: ApiCall) {
  return call.world.switches.is('taxScope', 'org') ? orgNeed() : [{ group: 'settings', sub: 'taxes', op: 'READ' }]
}

/** Org, users, currencies, taxes (zoho-crm.md 4.2, 5). */
export const ORG_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/org',
    needs: orgNeed,
    handle: (call) => ({ status: 200, body: { org: [orgView(call)] } }),
  },
  { method: 'GET', path: '/org/currencies', needs: currencyNeed, handle: listCurrencies },
  { method: 'GET', path: '/org/currencies/:id', needs: currencyNeed, handle: listCurrencies },
  { method: 'GET', path: '/org/taxes', needs: taxNeed, handle: listTaxes },
  { method: 'GET', path: '/org/taxes/:id', needs: taxNeed, handle: listTaxes },
  { method: 'GET', path: '/users', needs: userNeed, handle: listUsers },
  { method: 'GET', path: '/users/:id', needs: userNeed, handle: oneUser },
]

function listCurrencies(call: ApiCall): ApiAnswer {
  if (call.world.switches.is('multiCurrency', 'off')) return { status: 204 }
  const currencies = call.world
    .org()
    .currencies.map((currency, index) => currencyView(call, currency, { isBase: index === 0 }))
    .filter((currency) => call.params.id === undefined || currency.id === call.params.id)
  return currencies.length === 0 ? { status: 204 } : { status: 200, body: { currencies } }
}

function currencyView(call: ApiCall, currency: OrgCurrency, place: { readonly isBase: boolean }) {
  const at = renderInstant(call.world.org().createdMs, call.user.timeZone)
  const who = whoOf(call, call.world.org().users[0].id)
  return {
    id: currency.id,
    name: currency.name,
    iso_code: currency.code,
    symbol: currency.symbol,
    prefix_symbol: true,
    is_base: place.isBase,
    is_active: true,
    exchange_rate: nineDecimals(currency.ratePerBase),
    exchange_rate_auto_update: false,
    format: { decimal_separator: 'Period', thousand_separator: 'Comma', decimal_places: '2' },
    created_time: at,
    modified_time: at,
    created_by: who,
    modified_by: who,
  }
}

function nineDecimals(rate: string): string {
  const [whole = '1', fraction = ''] = rate.split('.')
  return `${whole}.${fraction.padEnd(9, '0').slice(0, 9)}`
}

function listTaxes(call: ApiCall): ApiAnswer {
  const taxes = call.world
    .org()
    .taxes.map(taxView)
    .filter((tax) => call.params.id === undefined || tax.id === call.params.id)
  if (taxes.length === 0) return { status: 204 }
  const preference = { auto_populate_tax: false, modify_tax_rates: false }
  return { status: 200, body: { org_taxes: { taxes, preference } } }
}

function taxView(tax: OrgTax, index: number) {
  return { id: tax.id, name: tax.name, display_label: tax.name, value: tax.value, sequence_number: index + 1 }
}

const USER_TYPES = [
  'AllUsers',
  'ActiveUsers',
  'DeactiveUsers',
  'ConfirmedUsers',
  'NotConfirmedUsers',
  'DeletedUsers',
  'ActiveConfirmedUsers',
  'AdminUsers',
  'ActiveConfirmedAdmins',
  'CurrentUser',
]

function listUsers(call: ApiCall): ApiAnswer {
  const type = call.query.get('type') ?? 'AllUsers'
  if (!USER_TYPES.includes(type)) return invalidParam('type', { supported_values: USER_TYPES })
  const paging = pagingOf(call.query)
  if ('status' in paging) return paging
  const users = call.world.org().users.filter((user) => isOfType(call, user, type))
  const { rows, info } = pageOf(users, paging)
  if (rows.length === 0) return { status: 204 }
  return { status: 200, body: { users: rows.map((user) => userView(call, user)), info } }
}

function isOfType(call: ApiCall, user: User, type: string): boolean {
  if (type === 'CurrentUser') return user.id === call.user.id
  if (type === 'AdminUsers' || type === 'ActiveConfirmedAdmins') return user.role === 'admin'
  return !['DeactiveUsers', 'NotConfirmedUsers', 'DeletedUsers'].includes(type)
}

function oneUser(call: ApiCall): ApiAnswer {
  const user = call.world.org().users.find((one) => one.id === call.params.id)
  return user === undefined ? { status: 204 } : { status: 200, body: { users: [userView(call, user)] } }
}

function userView(call: ApiCall, user: User) {
  const isAdmin = user.role === 'admin'
  const at = renderInstant(call.world.org().createdMs, call.user.timeZone)
  return {
    id: user.id,
    full_name: fullName(user),
    first_name: user.firstName,
    last_name: user.lastName,
    email: user.email,
    zuid: user.zuid,
    role: { id: `${user.id.slice(0, -2)}91`, name: isAdmin ? 'CEO' : 'Manager' },
    profile: profileOf(user),
    status: 'active',
    confirm: true,
    time_zone: user.timeZone,
    locale: 'en_AU',
    language: 'en_US',
    country: 'AU',
    country_locale: 'AU',
    date_format: 'MMM d, yyyy',
    time_format: 'HH:mm',
    category: 'regular_user',
    created_time: at,
    Modified_Time: at,
    created_by: whoOf(call, call.world.org().users[0].id),
    Isonline: false,
    personal_account: false,
    microsoft: false,
    sandboxDeveloper: false,
  }
}

export function profileOf(user: User): { readonly id: string; readonly name: string } {
  return { id: `${user.id.slice(0, -2)}92`, name: user.role === 'admin' ? 'Administrator' : 'Standard' }
}
