import type { ApiCall } from '../api/route.ts'
import { renderInstant } from '../model/instants.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import type { StoredRecord } from '../model/record.ts'
import { type ApiAnswer, invalidParam, refuse } from '../problem.ts'
import { sortValue } from '../store/table.ts'
import { convertedFilter } from './converted.ts'
import { emptyAnswer, isSince, type ListQuery, listQuery } from './list-query.ts'
import type { PageCursor, PageTokens } from './page-tokens.ts'
import { isShown, renderField, type Viewer } from './render.ts'

/** Rows that page_token reaches in all (zoho-crm.md 2.2). */
const TOKEN_WALL = 100_000

/** `GET /{module}?fields=...` (zoho-crm.md 3.1): never line items. */
export function listRecords(call: ApiCall, module: Module, tokens: PageTokens): ApiAnswer {
  const query = listQuery(call)
  if ('status' in query) return query
  const binding = bindingOf(call)
  const cursor = cursorOf(query, tokens, binding)
  if ('status' in cursor) return cursor
  const isListed = convertedFilter(call, module)
  if (typeof isListed === 'object') return isListed
  const rows = matching(call, module, query)
  const slice = sliceOf(isListed === undefined ? rows : rows.filter(isListed), cursor, query)
  if (slice.rows.length === 0) return emptyAnswer(call)
  return pageAnswer({ call, module, query, tokens, binding, cursor }, slice)
}

interface Slice {
  readonly rows: readonly StoredRecord[]
  readonly hasMore: boolean
  readonly endOffset: number
}

/** Rows in the asked order that the filters let through. Ascending by time, the since-filter is a cut, not a scan. */
function matching(call: ApiCall, module: Module, query: ListQuery): readonly StoredRecord[] {
  const ordered = call.world.table(module.apiName).ordered(query.sortBy)
  const hasFilter = query.modifiedSinceMs !== undefined || query.ids !== undefined
  const kept = hasFilter
    ? ordered.filter(
        (row) =>
          isSince(call, row.modifiedMs, query.modifiedSinceMs) && (query.ids === undefined || query.ids.has(row.id)),
      )
    : ordered
  return query.sortOrder === 'asc' ? kept : kept.toReversed()
}

function cursorOf(query: ListQuery, tokens: PageTokens, binding: string): PageCursor | ApiAnswer {
  if (query.pageToken === undefined) {
    return { after: undefined, offset: (query.page - 1) * query.perPage, page: query.page }
  }
  const cursor = tokens.read(query.pageToken, binding)
  if (cursor === 'unknown') return invalidParam('page_token')
  if (cursor === 'expired') {
    return refuse(400, {
      code: 'EXPIRED_VALUE',
      message: 'the given page_token has expired',
      details: { api_name: 'page_token', json_path: '$.query.page_token' },
    })
  }
  if (cursor === 'mismatch') {
    return refuse(400, {
      code: 'TOKEN_BOUND_DATA_MISMATCH',
      message: 'the parameters differ from those the page_token was issued for',
      details: { param_name: 'page_token' },
    })
  }
  if (cursor.offset < TOKEN_WALL) return cursor
  return refuse(400, {
    code: 'PAGINATION_LIMIT_EXCEEDED',
    message: 'the pagination limit is exceeded',
    details: { param_name: 'page_token' },
  })
}

function sliceOf(rows: readonly StoredRecord[], cursor: PageCursor, query: ListQuery): Slice {
  const start = cursor.after === undefined ? cursor.offset : startAfter(rows, cursor.after, query)
  const end = start + query.perPage
  return { rows: rows.slice(start, end), hasMore: rows.length > end, endOffset: cursor.offset + query.perPage }
}

/** First row beyond the last one of the page before, by binary search. */
function startAfter(
  rows: readonly StoredRecord[],
  after: { readonly value: string | number; readonly id: string },
  query: ListQuery,
): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = rows[middle]
    if (row !== undefined && isBeyond(row, after, query)) high = middle
    else low = middle + 1
  }
  return low
}

function isBeyond(
  row: StoredRecord,
  after: { readonly value: string | number; readonly id: string },
  query: ListQuery,
): boolean {
  const value = sortValue(row, query.sortBy)
  const isGreater = value === after.value ? row.id > after.id : value > after.value
  const isSame = value === after.value && row.id === after.id
  return query.sortOrder === 'asc' ? isGreater : !isGreater && !isSame
}

interface Paging {
  readonly call: ApiCall
  readonly module: Module
  readonly query: ListQuery
  readonly tokens: PageTokens
  readonly binding: string
  readonly cursor: PageCursor
}

function pageAnswer(paging: Paging, slice: Slice): ApiAnswer {
  const { call, query, cursor } = paging
  const viewer: Viewer = { world: call.world, user: call.user }
  const next = slice.hasMore ? nextToken(paging, slice) : undefined
  const data = slice.rows.map((row) => renderListed(viewer, { module: paging.module, fields: query.fields }, row))
  const info = {
    per_page: query.perPage,
    count: data.length,
    page: cursor.page,
    sort_by: query.sortBy,
    sort_order: query.sortOrder,
    more_records: slice.hasMore,
    next_page_token: next?.token ?? null,
    previous_page_token: cursor.page > 1 ? previousToken(paging) : null,
    page_token_expiry: next === undefined ? null : renderInstant(next.expiresMs, call.user.timeZone),
    call: false,
    email: false,
  }
  return { status: 200, body: { data, info } }
}

function nextToken(paging: Paging, slice: Slice) {
  const last = slice.rows.at(-1)
  const isKeyset = paging.call.world.switches.is('pageTokenMode', 'keyset')
  const after =
    last !== undefined && isKeyset ? { value: sortValue(last, paging.query.sortBy), id: last.id } : undefined
  return paging.tokens.issue({ after, offset: slice.endOffset, page: paging.cursor.page + 1 }, paging.binding)
}

function previousToken(paging: Paging): string {
  const offset = Math.max(0, paging.cursor.offset - paging.query.perPage)
  return paging.tokens.issue({ after: undefined, offset, page: paging.cursor.page - 1 }, paging.binding).token
}

/** The asked fields of one row, `id` always with them, line items never. */
export function renderListed(
  viewer: Viewer,
  asked: { readonly module: Module; readonly fields: readonly string[] },
  row: StoredRecord,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const name of asked.fields) {
    const field = fieldOf(asked.module, name)
    if (field === undefined || field.kind === 'subform' || !isShown(viewer, field)) continue
    const value = renderField(viewer, row, field)
    shown[name] = field.kind === 'textarea' && field.textarea === 'rich_text' ? cut(value) : value
  }
  return { ...shown, id: row.id }
}

/** Rich text is cut to 500 characters in lists (zoho-crm.md 2.2). */
function cut(value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, 500) : value
}

function bindingOf(call: ApiCall): string {
  const others = [...call.query].filter(([name]) => name !== 'page_token' && name !== 'page')
  const since = call.headers.get('if-modified-since') ?? ''
  return JSON.stringify([call.user.id, call.params.module, since, others.sort(([a], [b]) => (a < b ? -1 : 1))])
}
