import type { ApiCall } from '../api/route.ts'
import { parseInstant } from '../model/instants.ts'
import { type ApiAnswer, invalidData, invalidParam, limitExceeded, missingParam, refuse } from '../problem.ts'
import type { SortKey } from '../store/table.ts'

export interface ListQuery {
  readonly fields: readonly string[]
  readonly ids: ReadonlySet<string> | undefined
  readonly page: number
  readonly perPage: number
  readonly pageToken: string | undefined
  readonly sortBy: SortKey
  readonly sortOrder: 'asc' | 'desc'
  readonly modifiedSinceMs: number | undefined
}

export const MOST_FIELDS = 50
const MOST_PER_PAGE = 200
export const PAGE_WALL = 2000

/** Parameters of a list with every refusal of zoho-crm.md 3.1. */
export function listQuery(call: ApiCall): ListQuery | ApiAnswer {
  const { query } = call
  const fields = (query.get('fields') ?? '').split(',').filter((name) => name !== '')
  if (fields.length === 0) return missingParam('fields')
  if (fields.length > MOST_FIELDS) return limitExceeded(MOST_FIELDS, 'fields')
  const sorting = sortingOf(query)
  if ('status' in sorting) return sorting
  const paging = pagingOf(query)
  if ('status' in paging) return paging
  const ids = query.get('ids')?.split(',')
  if (ids !== undefined && ids.length > 100) return limitExceeded(100, 'ids')
  const modifiedSinceMs = modifiedSince(call)
  if (typeof modifiedSinceMs === 'object') return modifiedSinceMs
  return { fields, ids: ids === undefined ? undefined : new Set(ids), ...sorting, ...paging, modifiedSinceMs }
}

function sortingOf(query: URLSearchParams): Pick<ListQuery, 'sortBy' | 'sortOrder'> | ApiAnswer {
  const sortBy = query.get('sort_by') ?? 'id'
  if (query.has('cvid')) {
    return query.has('sort_by') ? ambiguous('cvid', 'sort_by') : invalidParam('cvid')
  }
  if (sortBy !== 'id' && sortBy !== 'Created_Time' && sortBy !== 'Modified_Time') {
    return invalidParam('sort_by', { supported_values: ['id', 'Created_Time', 'Modified_Time'] })
  }
  const sortOrder = query.get('sort_order') ?? 'desc'
  if (sortOrder !== 'asc' && sortOrder !== 'desc') {
    return invalidParam('sort_order', { supported_values: ['asc', 'desc'] })
  }
  return { sortBy, sortOrder }
}

/** `page` reaches the first 2,000 rows; beyond them only `page_token` goes, and never both. */
export function pagingOf(query: URLSearchParams): Pick<ListQuery, 'page' | 'perPage' | 'pageToken'> | ApiAnswer {
  const perPage = wholeNumber(query.get('per_page') ?? String(MOST_PER_PAGE))
  if (perPage === undefined || perPage > MOST_PER_PAGE) return invalidParam('per_page', { range: { min: 1, max: 200 } })
  const pageToken = query.get('page_token') ?? undefined
  if (pageToken !== undefined && query.has('page')) return ambiguous('page', 'page_token')
  const page = wholeNumber(query.get('page') ?? '1')
  if (page === undefined) return invalidParam('page')
  if (page * perPage > PAGE_WALL) {
    return refuse(400, {
      code: 'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
      message: 'page and per_page can reach only the first records; use page_token beyond them',
      details: { limit: PAGE_WALL },
    })
  }
  return { page, perPage, pageToken }
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined
}

function ambiguous(...names: string[]): ApiAnswer {
  return refuse(400, {
    code: 'AMBIGUITY_DURING_PROCESSING',
    message: 'ambiguity while processing the request',
    details: { ambiguity_due_to: names.map((name) => ({ param_name: name })) },
  })
}

export function modifiedSince(call: ApiCall): number | undefined | ApiAnswer {
  const header = call.headers.get('if-modified-since')
  if (header === null) return undefined
  const zulu = call.world.switches.is('zuluInput', 'accepted') ? 'accepted' : 'rejected'
  return parseInstant(header, zulu) ?? refuse(400, invalidData({ header: 'If-Modified-Since' }))
}

/** Whether something of this second counts as modified since the header's (zoho-crm.md 3.1). */
export function isSince(call: ApiCall, atMs: number, sinceMs: number | undefined): boolean {
  if (sinceMs === undefined) return true
  return call.world.switches.is('modifiedSince', 'inclusive') ? atMs >= sinceMs : atMs > sinceMs
}

/** 204 for no rows; 304 when the caller asked for what is newer (zoho-crm.md 3.1, 10). */
export function emptyAnswer(call: ApiCall): ApiAnswer {
  const isConditional = call.headers.has('if-modified-since')
  return { status: isConditional && call.world.switches.is('emptyWithHeader', '304') ? 304 : 204 }
}
