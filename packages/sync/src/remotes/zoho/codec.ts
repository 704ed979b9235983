import type { ZohoCollection } from '../../model/kind.ts'
import type { RemoteFailure } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { isValueList, isValueObject, type ValueObject } from '../../model/value.ts'
import { readInstant } from './instants.ts'
import { idOf, isZohoId, objectsOf, textOf } from './wire.ts'

/** The subform that holds a document's lines (zoho-crm.md 4.1). */
const SUBFORMS: Readonly<Partial<Record<ZohoCollection, string>>> = {
  Quotes: 'Quoted_Items',
  Invoices: 'Invoiced_Items',
  Purchase_Orders: 'Purchase_Items',
}

/** null where records of the module have no lines. */
export function subformOf(collection: ZohoCollection): string | null {
  return SUBFORMS[collection] ?? null
}

/** `single`: the answer to a GET of one record, the only one that carries lines (zoho-crm.md 0.6). */
export type RowOrigin = 'list' | 'single'

/**
 * One wire record: fields under Zoho's own names, numbers as their source text, lookups as `{id, name}`, nulls kept.
 * undefined when it has no id or no Modified_Time: then the answer cannot be trusted.
 */
export function decodeRecord(
  collection: ZohoCollection,
  row: ValueObject,
  origin: RowOrigin,
): RemoteRecord | undefined {
  const wire = collection === 'Purchase_Orders' ? withOrderLines(row) : row
  const id = textOf(wire.id)
  const version = readInstant(wire.Modified_Time)
  if (!isZohoId(id) || version === undefined) return undefined
  return {
    side: 'zoho',
    collection,
    id,
    version,
    createdAt: readInstant(wire.Created_Time) ?? null,
    modifiedBy: idOf(wire.Modified_By) || null,
    life: 'live',
    hasLines: origin === 'single' && hasAllLines(subformOf(collection), wire),
    fields: wire,
  }
}

/** One page of Zoho's calls the lines of a purchase order by another name (zoho-crm.md 4.1); they are only ever read. */
function withOrderLines(row: ValueObject): ValueObject {
  const { Purchased_Items: lines, ...others } = row
  return lines === undefined || row.Purchase_Items !== undefined ? row : { ...others, Purchase_Items: lines }
}

/** False when the lines are missing, or cut short: `$has_more` (zoho-crm.md 3.2). */
function hasAllLines(subform: string | null, wire: ValueObject): boolean {
  if (subform === null) return false
  const more = isValueObject(wire.$has_more) ? wire.$has_more[subform] : false
  return isValueList(wire[subform]) && more !== true
}

/** All rows of `data`, or undefined when one of them cannot be read. An empty answer has no rows. */
export function decodeRows(
  collection: ZohoCollection,
  body: ValueObject | null,
  origin: RowOrigin,
): readonly RemoteRecord[] | undefined {
  if (body === null) return []
  if (!isValueList(body.data)) return undefined
  const rows = objectsOf(body.data).map((row) => decodeRecord(collection, row, origin))
  const readable = rows.filter((row) => row !== undefined)
  return readable.length === body.data.length ? readable : undefined
}

/** `info.more_records`. */
export function hasMoreRecords(body: ValueObject | null): boolean {
  return body !== null && isValueObject(body.info) && body.info.more_records === true
}

/** What a read answers whose JSON is not of the shape that the fact sheet describes. */
export function unreadableAnswer(about: string): RemoteFailure {
  return {
    type: 'unavailable',
    code: 'remoteAnswerUnreadable',
    message: `Zoho's answer about ${about} lacks what it must have`,
    retryAfterMs: null,
  }
}
