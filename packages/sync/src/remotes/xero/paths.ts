import type { XeroShape } from './shape.ts'
import { PAGE_SIZE } from './shapes.ts'

/** Every status by name: whether an unfiltered list shows DELETED invoices is not certain (xero.md 10.3). */
const ALL_STATUSES = 'DRAFT,SUBMITTED,AUTHORISED,PAID,VOIDED,DELETED'

/** What every read of a collection carries, so that rows come whole (xero.md 2.3, 2.4). */
const ALWAYS: Readonly<Record<XeroShape['resource'], Readonly<Record<string, string>>>> = {
  // Archived contacts are invisible otherwise, even in deltas.
  Contacts: { includeArchived: 'true' },
  // Unit prices come with 2 decimals otherwise.
  Items: { unitdp: '4' },
  // Always four decimals, and every status (xero.md 4.4).
  Quotes: {},
  Invoices: { unitdp: '4', Statuses: ALL_STATUSES },
  Payments: {},
  Accounts: {},
}

/** Always the full list, whatever is asked (xero.md 2.3). */
export function hasNoPages({ resource }: Pick<XeroShape, 'resource'>): boolean {
  return resource === 'Items' || resource === 'Accounts'
}

/** Said each time: which order a list of quotes has by itself is not documented. */
export const OLDEST_FIRST = { order: 'UpdatedDateUTC ASC' }
export const NEWEST_FIRST = { order: 'UpdatedDateUTC DESC' }

/** A page of a list: without `page` Xero leaves out lines and persons. */
export function listPath(shape: XeroShape, page: number, filters: Readonly<Record<string, string>>): string {
  const paging = hasNoPages(shape) ? {} : { page: String(page), pageSize: String(PAGE_SIZE) }
  return withQuery(`/${shape.resource}`, { ...ALWAYS[shape.resource], ...paging, ...filters })
}

export function singlePath(shape: XeroShape, key: string): string {
  const options = hasPrices(shape) ? '?unitdp=4' : ''
  return `/${shape.resource}/${encodeURIComponent(key)}${options}`
}

/** Unit prices of 4 decimals must be asked for (xero.md 2.4); of quotes they come by themselves. */
function hasPrices({ resource }: XeroShape): boolean {
  return resource === 'Items' || resource === 'Invoices'
}

/** Verdicts row by row instead of all or nothing (xero.md 5.2), prices with 4 decimals. */
export function writePath(shape: XeroShape): string {
  return withQuery(`/${shape.resource}`, {
    summarizeErrors: 'false',
    ...(hasPrices(shape) ? { unitdp: '4' } : {}),
  })
}

function withQuery(path: string, parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters).length === 0 ? path : `${path}?${query(parameters)}`
}

/** %20 for a space and an encoded `&`: an unencoded one cuts a filter short (xero.md 7.14). */
function query(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}

/** An equality filter. undefined where the value has a double quote or a backslash, which cannot be escaped reliably. */
export function whereEquals(field: string, value: string): string | undefined {
  return /["\\]/.test(value) ? undefined : `${field}=="${value}"`
}
