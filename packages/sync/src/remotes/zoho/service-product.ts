import { ok, type RemoteOutcome, type RowOutcome } from '../../model/outcome.ts'
import type { ZohoRemote } from '../contract.ts'
import { SERVICE_PRODUCT } from './field-plan.ts'

/** The id of the product that carries Xero lines without an item (design section 8); created where there is none. */
export async function ensureServiceProduct(remote: ZohoRemote): Promise<RemoteOutcome<string>> {
  const before = await findServiceProduct(remote)
  if (before.type !== 'ok' || before.value !== null) return before.type === 'ok' ? ok(before.value ?? '') : before
  const written = await remote.send(
    remote.prepare({
      collection: 'Products',
      verb: 'create',
      rows: [{ remoteId: null, payload: NEW_PRODUCT, unmodifiedSince: null }],
    }),
    '',
  )
  if (written.type !== 'ok' && written.type !== 'unknown') return written
  const [row] = written.type === 'ok' ? written.value : []
  return row?.type === 'ok' ? ok(row.remoteId) : settle(remote, row)
}

const NEW_PRODUCT = {
  Product_Name: SERVICE_PRODUCT.name,
  Product_Code: SERVICE_PRODUCT.code,
  Product_Active: true,
  Description: 'Stands on invoices for lines that have no item in Xero. Kept by the Xero sync: please do not delete.',
}

/** A create whose end is not known, or that met a twin, is settled by looking. */
async function settle(remote: ZohoRemote, row: RowOutcome | undefined): Promise<RemoteOutcome<string>> {
  const after = await findServiceProduct(remote)
  if (after.type !== 'ok') return after
  if (after.value !== null) return ok(after.value)
  const why =
    row === undefined || row.type === 'ok' ? 'Zoho did not answer clearly. Try again in a minute' : row.message
  return {
    type: 'refused',
    code: 'contentRefused',
    message: `The product "${SERVICE_PRODUCT.name}" was not created: ${why}`,
  }
}

/** Several can carry the code when a person copied it: the oldest is ours. Ids grow with time. */
async function findServiceProduct(remote: ZohoRemote): Promise<RemoteOutcome<string | null>> {
  const found = await remote.findByKey('Products', [{ field: 'Product_Code', value: SERVICE_PRODUCT.code }])
  if (found.type !== 'ok') return found
  const ids = found.value.map((record) => record.id).toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return ok(ids[0] ?? null)
}
