import type { Collection } from '../../model/kind.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ListPage, ListRequest } from '../contract.ts'
import type { XeroClient } from './client.ts'
import { modifiedSinceHeader } from './codec.ts'
import { hasNoPages, listPath, OLDEST_FIRST } from './paths.ts'
import { readNumberedPage } from './read.ts'
import type { XeroShape } from './shape.ts'
import { shapeOf } from './shapes.ts'

/** A page of what was modified since an instant, oldest first (xero.md 2.3, 2.6). */
export async function listPage(client: XeroClient, request: ListRequest): Promise<RemoteOutcome<ListPage>> {
  const shape = shapeOf(request.collection)
  return hasNoPages(shape) ? listWhole(client, shape, request.page) : listPaged(client, shape, request)
}

function listPaged(client: XeroClient, shape: XeroShape, request: ListRequest): Promise<RemoteOutcome<ListPage>> {
  return readNumberedPage(client, shape, {
    path: listPath(shape, request.page, { ...OLDEST_FIRST, ...typeFilter(shape.collection) }),
    purpose: `${shape.collection}.list`,
    headers: request.since === null ? {} : { 'if-modified-since': modifiedSinceHeader(request.since) },
    page: request.page,
  })
}

/** Bills and their payments share the endpoints; these filters are ones that Xero has optimised (xero.md 2.4). */
export function typeFilter(collection: Collection): Readonly<Record<string, string>> {
  switch (collection) {
    case 'Invoices':
      return { where: 'Type=="ACCREC"' }
    case 'Bills':
      return { where: 'Type=="ACCPAY"' }
    case 'Payments':
      return { where: 'PaymentType=="ACCRECPAYMENT"' }
    default:
      return {}
  }
}

/** Always the whole list: it has no pages, and only an absence shows that a record was deleted (xero.md 2.6). */
async function listWhole(client: XeroClient, shape: XeroShape, page: number): Promise<RemoteOutcome<ListPage>> {
  if (page > 1) return ok({ rows: [], hasMore: false })
  const answer = await readWhole(client, shape, 'list')
  if (answer.type !== 'ok') return answer
  const rows = [...answer.value].sort((a, b) => compareText(a.version, b.version) || compareText(a.id, b.id))
  return ok({ rows, hasMore: false })
}

export async function readWhole(
  client: XeroClient,
  shape: XeroShape,
  purpose: string,
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const answer = await readNumberedPage(client, shape, {
    path: listPath(shape, 1, {}),
    purpose: `${shape.collection}.${purpose}`,
    page: 1,
  })
  return answer.type === 'ok' ? ok(answer.value.rows) : answer
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
