import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { ZohoField, ZohoReference, ZohoTax, ZohoUser } from '../../model/reference.ts'
import { isValueObject, type ValueObject } from '../../model/value.ts'
import type { ZohoClient } from './client.ts'
import { unreadableAnswer } from './codec.ts'
import { fetchModuleFields } from './fields.ts'
import { TAX_SCOPES } from './scopes.ts'
import { objectsOf, textOf } from './wire.ts'

/** All that is to know about the org itself; one call per module for its fields (zoho-crm.md 5). */
export async function fetchOrgReference(
  client: ZohoClient,
  modules: readonly string[],
): Promise<RemoteOutcome<ZohoReference>> {
  const org = await fetchOrg(client)
  if (org.type !== 'ok') return org
  const userId = await fetchUserId(client)
  if (userId.type !== 'ok') return userId
  const users = await fetchUsers(client)
  if (users.type !== 'ok') return users
  const taxes = await fetchTaxes(client)
  if (taxes.type !== 'ok') return taxes
  const currencies = org.value.isMultiCurrency ? await fetchCurrencies(client) : ok([])
  if (currencies.type !== 'ok') return currencies
  const shown = await fetchModules(client)
  if (shown.type !== 'ok') return shown
  const fields = await fetchAllFields(client, modules)
  if (fields.type !== 'ok') return fields
  return ok({
    ...org.value,
    userId: userId.value,
    users: users.value,
    taxes: taxes.value,
    currencies: currencies.value.length > 0 ? currencies.value : [org.value.baseCurrency],
    modules: shown.value,
    fields: fields.value,
  })
}

type Org = Pick<ZohoReference, 'zgid' | 'companyName' | 'baseCurrency' | 'isMultiCurrency' | 'timeZone'>

async function fetchOrg(client: ZohoClient): Promise<RemoteOutcome<Org>> {
  const outcome = await get(client, '/org', 'the organisation')
  if (outcome.type !== 'ok') return outcome
  const [org] = objectsOf(outcome.value.org)
  const zgid = textOf(org?.zgid)
  const baseCurrency = textOf(org?.iso_code)
  if (org === undefined || zgid === '' || baseCurrency === '') return unreadableAnswer('the organisation')
  return ok({
    zgid,
    baseCurrency,
    companyName: textOf(org.company_name),
    isMultiCurrency: org.mc_status === true,
    timeZone: textOf(org.time_zone) || 'UTC',
  })
}

async function fetchUserId(client: ZohoClient): Promise<RemoteOutcome<string>> {
  const outcome = await get(client, '/users?type=CurrentUser', 'the connected user')
  if (outcome.type !== 'ok') return outcome
  const id = textOf(objectsOf(outcome.value.users)[0]?.id)
  return id === '' ? unreadableAnswer('the connected user') : ok(id)
}

/** So many of a page is the most; an org with more pages than these has its owner on the first ones or names another. */
const USERS_PAGE = 200
const MOST_USER_PAGES = 10

/** Whoever may own a record: active and confirmed (zoho-crm.md 5). */
async function fetchUsers(client: ZohoClient): Promise<RemoteOutcome<readonly ZohoUser[]>> {
  const users: ZohoUser[] = []
  for (let page = 1; page <= MOST_USER_PAGES; page += 1) {
    const path = `/users?type=ActiveConfirmedUsers&page=${page}&per_page=${USERS_PAGE}`
    const outcome = await get(client, path, 'users')
    if (outcome.type !== 'ok') return outcome
    users.push(...objectsOf(outcome.value.users).map(userOf))
    const { info } = outcome.value
    if (!isValueObject(info) || info.more_records !== true) break
  }
  return ok(users.filter((user) => user.id !== ''))
}

function userOf(row: ValueObject): ZohoUser {
  return { id: textOf(row.id), name: textOf(row.full_name), email: textOf(row.email).trim().toLowerCase() }
}

/** The sources do not agree which scope this needs (zoho-crm.md 1.7): a refusal names both. */
async function fetchTaxes(client: ZohoClient): Promise<RemoteOutcome<readonly ZohoTax[]>> {
  const outcome = await get(client, '/org/taxes', 'taxes')
  if (outcome.type === 'disconnected' && outcome.code === 'scopeMissing') {
    const message = `Zoho does not let us read its taxes. Reconnect and grant ${TAX_SCOPES.join(' and ')}`
    return { ...outcome, message }
  }
  if (outcome.type !== 'ok') return outcome
  const { org_taxes: wrapped, taxes: bare } = outcome.value
  const taxes = objectsOf(isValueObject(wrapped) ? wrapped.taxes : (wrapped ?? bare))
  return ok(
    taxes.map((tax) => ({ id: textOf(tax.id), name: textOf(tax.name), percentage: shortDecimal(textOf(tax.value)) })),
  )
}

/** `10.00` to `10`. */
function shortDecimal(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

async function fetchCurrencies(client: ZohoClient): Promise<RemoteOutcome<readonly string[]>> {
  const outcome = await get(client, '/org/currencies', 'currencies')
  if (outcome.type !== 'ok') return outcome
  const active = objectsOf(outcome.value.currencies).filter((currency) => currency.is_active !== false)
  return ok(active.map((currency) => textOf(currency.iso_code)).filter((code) => code !== ''))
}

async function fetchModules(client: ZohoClient): Promise<RemoteOutcome<readonly string[]>> {
  const outcome = await get(client, '/settings/modules', 'modules')
  if (outcome.type !== 'ok') return outcome
  const shown = objectsOf(outcome.value.modules).filter((module) => module.api_supported !== false)
  return ok(shown.map((module) => textOf(module.api_name)))
}

/** An org without Invoices (edition, hidden tab) answers INVALID_MODULE: `moduleMissing`, naming it. */
async function fetchAllFields(
  client: ZohoClient,
  modules: readonly string[],
): Promise<RemoteOutcome<Readonly<Record<string, readonly ZohoField[]>>>> {
  const fields: Record<string, readonly ZohoField[]> = {}
  const outcomes = await Promise.all(modules.map((module) => fetchModuleFields(client, module)))
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.type !== 'ok') return outcome
    fields[modules[index] ?? ''] = outcome.value
  }
  return ok(fields)
}

async function get(client: ZohoClient, path: string, about: string): Promise<RemoteOutcome<ValueObject>> {
  const purpose = path.slice(1).split('?')[0]?.replace('/', '.') ?? 'reference'
  const outcome = await client.read({ method: 'GET', path, effect: 'read', purpose }, about)
  return outcome.type === 'ok' ? ok(outcome.value ?? {}) : outcome
}
