import { runBatch } from '../api/batch.ts'
import { type ApiCall, unitDecimals } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { refuseOtherParameters } from '../api/list-parameters.ts'
import { filterRows, type ListKind, paginate } from '../api/listing.ts'
import { type ApiAnswer, notFound } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import type { PurchaseOrderRow } from '../model/order-rows.ts'
import { isInRange } from '../quotes/filters.ts'
import { plainDateMs } from '../wire/dates.ts'
import { Fields } from '../wire/fields.ts'
import { savePurchaseOrder } from './save.ts'
import { purchaseOrderWire } from './wire.ts'

const ORDER_LIST: ListKind<PurchaseOrderRow> = {
  typeName: 'PurchaseOrder',
  getters: {
    PurchaseOrderID: (row) => row.id,
    PurchaseOrderNumber: (row) => row.number,
    Date: (row) => ({ ms: plainDateMs(row.date) }),
    UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
  },
}

/** `/PurchaseOrders` and one of them by id or number (xero.md 2.4, 4.3). */
export function purchaseOrdersEndpoint(call: ApiCall): ApiAnswer {
  const [key, sub] = call.path
  if (sub !== undefined) throw notFound()
  const row = key === undefined ? undefined : purchaseOrderByKey(call.books, key)
  if (key !== undefined && row === undefined) throw notFound()
  if (call.method === 'GET') return row === undefined ? listOrders(call) : oneOrder(call, row)
  if (call.method === 'PUT' && row === undefined) return saveOrders(call, 'create', undefined)
  if (call.method === 'POST') return saveOrders(call, 'upsert', row)
  throw notFound()
}

export const purchaseOrderByKey = (books: Books, key: string): PurchaseOrderRow | undefined =>
  books.purchaseOrders.get(key.toLowerCase()) ?? books.purchaseOrders.find('number', key)[0]

/** Its own filters are a status and dates; there is no `where`. */
function listOrders(call: ApiCall): ApiAnswer {
  refuseOtherParameters(call, ['order', 'Status', 'DateFrom', 'DateTo'])
  const status = call.query.get('Status')?.toUpperCase()
  const selected = call.books.purchaseOrders
    .listed()
    .filter((row) => (status === undefined || row.status === status) && isInRange(call, 'Date', row.date))
  const page = paginate(call, filterRows(call, selected, ORDER_LIST), 'asAsked')
  const elements = page.rows.map((row) => purchaseOrderWire(call, row, 'listed'))
  return envelope(call, { plural: 'PurchaseOrders', pagination: page.pagination, elements })
}

const oneOrder = (call: ApiCall, row: PurchaseOrderRow) =>
  envelope(call, { plural: 'PurchaseOrders', elements: [purchaseOrderWire(call, row, 'one')] })

function saveOrders(call: ApiCall, mode: 'create' | 'upsert', target: PurchaseOrderRow | undefined): ApiAnswer {
  return runBatch(call, {
    plural: 'PurchaseOrders',
    idKey: 'PurchaseOrderID',
    errorFlag: 'HasErrors',
    save: (sent) => {
      const fields = target === undefined ? sent : new Fields({ ...sent.raw, PurchaseOrderID: target.id })
      const { row, warnings } = savePurchaseOrder(call.books, fields, { mode, unitDecimals: unitDecimals(call) })
      return { wire: purchaseOrderWire(call, row, 'one'), warnings }
    },
  })
}
