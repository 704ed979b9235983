import type { ValueObject } from '../../model/value.ts'
import type { PreparedWrite, WriteRequest, WriteRow } from '../contract.ts'
import { encodeDecimalJson } from '../http/decimal-json.ts'
import { prepareAllocation } from './allocation-write.ts'
import { writePath } from './paths.ts'
import { textOf, type XeroShape } from './shape.ts'
import { BATCH_WRITE_SIZE, shapeOf } from './shapes.ts'

/**
 * PUT creates and fails cleanly on a duplicate; POST would silently update the record of the same name or number
 * (xero.md 5.1), so it is used only with ids. Throws on a batch that no rule allows: a bug of the caller.
 */
export function prepareWrite(request: WriteRequest): PreparedWrite {
  if (request.collection === 'Allocations') return prepareAllocation(request)
  const shape = shapeOf(request.collection)
  const { rows, verb, collection } = request
  if (collection === 'LedgerAccounts') throw new Error('Ledger accounts are read, never written')
  if (rows.length === 0 || rows.length > BATCH_WRITE_SIZE) throw new Error(`${rows.length} rows in one write to Xero`)
  if (verb === 'delete' && shape.collection === 'Items') return prepareItemDelete(shape, rows)
  if (verb === 'delete' && shape.collection === 'Payments') return preparePaymentDelete(shape, rows)
  const elements = rows.map((row) => elementOf(shape, request, row))
  return {
    collection,
    verb,
    method: verb === 'create' ? 'PUT' : 'POST',
    path: writePath(shape),
    body: encodeDecimalJson({ [shape.resource]: elements }),
    rowCount: rows.length,
    headers: {},
  }
}

function elementOf(shape: XeroShape, request: WriteRequest, row: WriteRow): ValueObject {
  if (request.verb === 'create') {
    if (row.remoteId !== null) throw new Error('A create names no record')
    return row.payload
  }
  const element = { [shape.idField]: requireId(row), ...row.payload }
  return request.verb === 'delete' ? { ...element, ...endState(shape, row.payload) } : element
}

/** Nothing is deleted for good in Xero but items: contacts are archived, documents get a last status (xero.md 4.1, 4.3). */
function endState(shape: XeroShape, payload: ValueObject): ValueObject {
  if (shape.resource === 'Contacts') return { ContactStatus: 'ARCHIVED' }
  // DELETED fits DRAFT and SUBMITTED; for an approved one the payload says VOIDED.
  return { Status: textOf(payload.Status) || 'DELETED' }
}

function prepareItemDelete(shape: XeroShape, rows: readonly WriteRow[]): PreparedWrite {
  const [row, ...others] = rows
  if (row === undefined || others.length > 0) throw new Error('Xero deletes items one at a time')
  const path = `/Items/${encodeURIComponent(requireId(row))}`
  return { collection: shape.collection, verb: 'delete', method: 'DELETE', path, body: '', rowCount: 1, headers: {} }
}

/** On the payment's own address, and nothing but the status (xero.md 4.6). */
function preparePaymentDelete(shape: XeroShape, rows: readonly WriteRow[]): PreparedWrite {
  const [row, ...others] = rows
  if (row === undefined || others.length > 0) throw new Error('Xero deletes payments one at a time')
  const id = requireId(row)
  return {
    collection: shape.collection,
    verb: 'delete',
    method: 'POST',
    path: `/Payments/${encodeURIComponent(id)}`,
    body: encodeDecimalJson({ Payments: [{ PaymentID: id, Status: 'DELETED' }] }),
    rowCount: 1,
    headers: {},
  }
}

function requireId(row: WriteRow): string {
  if (row.remoteId === null) throw new Error('An update or delete names its record')
  return row.remoteId
}
