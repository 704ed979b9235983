import { ok, type RemoteFailure, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ListPage } from '../contract.ts'
import type { XeroAnswer } from './classify.ts'
import type { XeroClient } from './client.ts'
import { readPage } from './envelope.ts'
import type { XeroShape } from './shape.ts'
import { DEFAULT_PAGE_SIZE } from './shapes.ts'

export interface PageRequest {
  /** Path and query below the API's base. */
  readonly path: string
  readonly purpose: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One page of a list, 1-based. A page past the end is an empty list, or 404 (xero.md 2.3, unverified). */
export async function readNumberedPage(
  client: XeroClient,
  shape: XeroShape,
  request: PageRequest & { readonly page: number },
): Promise<RemoteOutcome<ListPage>> {
  const { page, ...get } = request
  const answer = await client.call({ method: 'GET', effect: 'read', ...get })
  if (answer.type !== 'ok') return answer
  if (answer.value.status === 404 && page > 1) return ok({ rows: [], hasMore: false })
  if (answer.value.status >= 300) return refusedRead(answer.value)
  const read = readPage(shape, answer.value)
  if (read.type !== 'ok') return read
  const { rows, pageCount, itemCount } = read.value
  const hasMore = pageCount === null ? isFull(rows.length) : pageCount > page
  return ok({ rows, hasMore, ...(itemCount === null ? {} : { itemCount }) })
}

/** Quotes come without a count, and whether they take our page size is not certain: the vendors' own file has none. */
function isFull(rowCount: number): boolean {
  return rowCount > 0 && rowCount % DEFAULT_PAGE_SIZE === 0
}

/** One GET by id or natural key; 404 is an empty list. */
export async function readSingle(
  client: XeroClient,
  shape: XeroShape,
  request: PageRequest,
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const answer = await client.call({ method: 'GET', effect: 'read', ...request })
  if (answer.type !== 'ok') return answer
  if (answer.value.status === 404) return ok([])
  const page = answer.value.status < 300 ? readPage(shape, answer.value) : refusedRead(answer.value)
  return page.type === 'ok' ? ok(page.value.rows) : page
}

/** 404 on a list can be the wrong organisation (xero.md 7.18), 400 a filter that Xero does not take. */
function refusedRead(answer: XeroAnswer): RemoteFailure {
  if (answer.status === 404) return { type: 'refused', code: 'recordGone', message: 'Xero answered 404' }
  return { type: 'refused', code: 'contentRefused', message: `Xero refused to answer: ${answer.text.slice(0, 200)}` }
}

/** Reads on until a page says that it is the last, or `isEnough` is satisfied. */
export async function readAllPages(
  client: XeroClient,
  shape: XeroShape,
  request: { pathOf: (page: number) => string; purpose: string; isEnough: (rows: readonly RemoteRecord[]) => boolean },
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const rows: RemoteRecord[] = []
  for (let page = 1; ; page += 1) {
    const answer = await readNumberedPage(client, shape, { path: request.pathOf(page), purpose: request.purpose, page })
    if (answer.type !== 'ok') return answer
    rows.push(...answer.value.rows)
    if (!answer.value.hasMore || request.isEnough(rows)) return ok(rows)
  }
}
