import type { Row } from '../model/table.ts'
import { parseInstant } from '../wire/dates.ts'
import type { ApiCall } from './call.ts'
import type { Pagination } from './envelope.ts'
import { notFound, queryParse } from './problem.ts'
import { type FieldValue, type Getters, orderOf, parseWhere } from './where.ts'

export const DEFAULT_PAGE_SIZE = 100
export const MAX_PAGE_SIZE = 1000

export interface Page<R> {
  readonly rows: readonly R[]
  readonly pagination: Pagination | undefined
}

/** If-Modified-Since, `where` and `order` over rows that are already in default order (xero.md 2.3, 2.4). */
export function filterRows<R extends Row>(call: ApiCall, rows: readonly R[], kind: ListKind<R>): readonly R[] {
  const recent = modifiedSince(call, rows)
  const where = call.query.get('where')
  const matching = where === undefined ? recent : recent.filter(parseWhere(where, kind.typeName, kind.getters))
  return ordered(call, matching, kind)
}

export interface ListKind<R> {
  /** As Xero names it in errors: `Contact`. */
  readonly typeName: string
  readonly getters: Getters<R>
}

/** Rows come sorted by UpdatedDateUTC, so the boundary is found by halving. */
function modifiedSince<R extends Row>(call: ApiCall, rows: readonly R[]): readonly R[] {
  if (call.ifModifiedSince === undefined) return rows
  const sinceMs = parseInstant(call.ifModifiedSince)
  if (sinceMs === undefined) return rows
  const inclusive = call.books.switches.is('ifModifiedSinceBoundary', 'inclusive')
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    const updatedMs = rows[middle]?.updatedMs ?? 0
    if (updatedMs > sinceMs || (inclusive && updatedMs === sinceMs)) high = middle
    else low = middle + 1
  }
  return rows.slice(low)
}

function ordered<R>(call: ApiCall, rows: readonly R[], kind: ListKind<R>): readonly R[] {
  const order = call.query.get('order')
  if (order === undefined) return rows
  const match = /^\s*([\w.]+)(?:\s+(ASC|DESC))?\s*$/i.exec(order)
  const name = match?.[1]?.toLowerCase()
  if (name === undefined) throw queryParse('Syntax error')
  const getter = Object.entries(kind.getters).find(([field]) => field.toLowerCase() === name)?.[1]
  if (getter === undefined) throw queryParse(`No property or field '${match?.[1]}' exists in type '${kind.typeName}'`)
  const sign = match?.[2]?.toUpperCase() === 'DESC' ? -1 : 1
  return rows
    .map((row): [R, FieldValue] => [row, getter(row)])
    .sort(([, a], [, b]) => sign * (orderOf(a, b) ?? (a === null ? -1 : 1)))
    .map(([row]) => row)
}

/** `page` turns paging on; sizes out of range are clamped, not refused (xero.md 2.3). */
export function paginate<R>(call: ApiCall, rows: readonly R[], forced: 'forcePaging' | 'asAsked'): Page<R> {
  if (!call.query.has('page') && forced === 'asAsked') return { rows, pagination: undefined }
  const page = Math.max(1, integer(call.query.get('page')) ?? 1)
  const pageSize = Math.min(MAX_PAGE_SIZE, Math.max(1, integer(call.query.get('pageSize')) ?? DEFAULT_PAGE_SIZE))
  const pageCount = Math.ceil(rows.length / pageSize)
  if (page > Math.max(1, pageCount) && call.books.switches.is('pastTheEnd', 'notFound')) throw notFound()
  return {
    rows: rows.slice((page - 1) * pageSize, page * pageSize),
    pagination: { page, pageSize, pageCount, itemCount: rows.length },
  }
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text.trim()) ? Number(text) : undefined
}

/** Case-insensitive "contains" over several texts: `searchTerm`. */
export function contains(texts: readonly string[], term: string): boolean {
  const wanted = term.toLowerCase()
  return texts.some((text) => text.toLowerCase().includes(wanted))
}
