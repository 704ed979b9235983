import type { ZohoCollection } from '../../model/kind.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import { isValueList } from '../../model/value.ts'
import type { DeletedPage, DeletedRequest, ListPage, ListRequest, SecondRequest } from '../contract.ts'
import type { ZohoClient } from './client.ts'
import { decodeRows, hasMoreRecords, unreadableAnswer } from './codec.ts'
import { coqlPage, quoted, rowsOrRefusal } from './coql.ts'
import { readInstant, writeInstant } from './instants.ts'
import { withConverted } from './read.ts'
import { type FieldsByModule, listFields } from './wanted-fields.ts'
import { isZohoId, objectsOf, textOf } from './wire.ts'

export const PAGE_SIZE = 200
/** Pages are numbered up to 2,000 rows; beyond, the caller anchors anew at the last version it saw (zoho-crm.md 2.2). */
const LAST_PAGE = 2000 / PAGE_SIZE

/** What was modified after `since`, oldest first (zoho-crm.md 3.1). 204 and 304 are empty pages. */
export async function listModified(
  parts: { readonly client: ZohoClient; readonly fields: FieldsByModule },
  collection: ZohoCollection,
  request: ListRequest,
): Promise<RemoteOutcome<ListPage>> {
  if (request.page > LAST_PAGE) throw new RangeError(`Page ${request.page} of ${collection}: anchor anew instead`)
  const fields = listFields(parts.fields, collection).join(',')
  const outcome = await parts.client.read(
    {
      method: 'GET',
      path: `/${collection}?fields=${fields}&sort_by=Modified_Time&sort_order=asc&per_page=${PAGE_SIZE}&page=${request.page}${withConverted(collection)}`,
      effect: 'read',
      purpose: `${collection}.list`,
      headers: modifiedSince(request.since),
    },
    collection,
  )
  if (outcome.type !== 'ok') return outcome
  const rows = decodeRows(collection, outcome.value, 'list')
  if (rows === undefined) return unreadableAnswer(`the list of ${collection}`)
  return ok({ rows, hasMore: hasMoreRecords(outcome.value) })
}

/** Ids and versions inside one second, after an id: a COQL keyset, because a page cannot be anchored inside a second. */
export async function listInsideSecond(
  client: ZohoClient,
  collection: ZohoCollection,
  request: SecondRequest,
): Promise<RemoteOutcome<ListPage>> {
  const where = `Modified_Time = ${quoted(writeInstant(request.second))}`
  const select = { module: collection, fields: ['Modified_Time'], where, purpose: `${collection}.second` }
  const outcome = await coqlPage(client, select, request.afterId)
  if (outcome.type !== 'ok') return outcome
  const found = rowsOrRefusal(outcome.value, collection)
  if (found.type !== 'ok') return found
  const rows = decodeRows(collection, { data: found.value.rows }, 'list')
  if (rows === undefined) return unreadableAnswer(`one second of ${collection}`)
  return ok({ rows, hasMore: found.value.hasMore })
}

/** The deleted feed: recycle bin and permanent (zoho-crm.md 3.7). Two credits a call. */
export async function listDeletedRows(
  client: ZohoClient,
  collection: ZohoCollection,
  request: DeletedRequest,
): Promise<RemoteOutcome<DeletedPage>> {
  const outcome = await client.read(
    {
      method: 'GET',
      path: `/${collection}/deleted?type=all&per_page=${PAGE_SIZE}&page=${request.page}`,
      effect: 'read',
      purpose: `${collection}.deleted`,
      headers: modifiedSince(request.since),
      credits: 2,
    },
    collection,
  )
  if (outcome.type !== 'ok') return outcome
  if (outcome.value === null) return ok({ rows: [], hasMore: false })
  const { data } = outcome.value
  const rows = objectsOf(data).map((row) => ({ id: textOf(row.id), deletedAt: readInstant(row.deleted_time) ?? '' }))
  const isWhole = isValueList(data) && rows.every((row) => isZohoId(row.id) && row.deletedAt !== '')
  return isWhole ? ok({ rows, hasMore: hasMoreRecords(outcome.value) }) : unreadableAnswer(`deleted ${collection}`)
}

function modifiedSince(since: string | null): Readonly<Record<string, string>> {
  return since === null ? {} : { 'if-modified-since': writeInstant(since) }
}
