import { refusal, runBatch } from '../api/batch.ts'
import { type ApiCall, unitDecimals } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { filterRows, type ListKind } from '../api/listing.ts'
import { type ApiAnswer, ApiProblem, notFound } from '../api/problem.ts'
import { orAbsent, shownText } from '../contacts/wire.ts'
import { roundHalfUp } from '../invoices/rounding.ts'
import type { Books } from '../model/books.ts'
import type { ItemDetails, ItemRow } from '../model/rows.ts'
import { Fields } from '../wire/fields.ts'
import { decimal, instant, type WireObject } from '../wire/json.ts'
import { saveItem } from './save.ts'

export const MAX_ITEMS_PER_REQUEST = 500

export const ITEM_LIST: ListKind<ItemRow> = {
  typeName: 'Item',
  getters: {
    ItemID: (row) => row.id,
    Code: (row) => row.code,
    Name: (row) => row.name,
    Description: (row) => row.description,
    IsSold: (row) => row.isSold,
    IsPurchased: (row) => row.isPurchased,
    UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
  },
}

/** `/Items` and `/Items/{id or code}`: never paged (xero.md 4.2). */
export function itemsEndpoint(call: ApiCall): ApiAnswer {
  const key = call.path[0]
  switch (call.method) {
    case 'GET':
      return key === undefined ? listItems(call) : oneItem(call, key)
    case 'PUT':
      if (key !== undefined) throw notFound()
      return saveItems(call, 'create', undefined)
    case 'POST':
      return saveItems(call, 'upsert', key)
    case 'DELETE':
      return deleteItem(call, key ?? '')
    default:
      throw notFound()
  }
}

function listItems(call: ApiCall): ApiAnswer {
  const rows = filterRows(call, call.books.items.listed(), ITEM_LIST)
  return envelope(call, { plural: 'Items', elements: rows.map((row) => itemWire(call.books, row, unitDecimals(call))) })
}

function oneItem(call: ApiCall, key: string): ApiAnswer {
  const row = requireItem(call.books, key)
  return envelope(call, { plural: 'Items', elements: [itemWire(call.books, row, unitDecimals(call))] })
}

export function itemByKey(books: Books, key: string): ItemRow | undefined {
  return books.items.get(key.toLowerCase()) ?? books.items.find('code', key)[0]
}

function requireItem(books: Books, key: string): ItemRow {
  const row = itemByKey(books, key)
  if (row === undefined) throw notFound()
  return row
}

function saveItems(call: ApiCall, mode: 'create' | 'upsert', key: string | undefined): ApiAnswer {
  return runBatch(call, {
    plural: 'Items',
    idKey: 'ItemID',
    errorFlag: 'HasErrors',
    limit: MAX_ITEMS_PER_REQUEST,
    save: (fields) => {
      const target = key === undefined ? fields : new Fields({ ...fields.raw, ItemID: requireItem(call.books, key).id })
      const row = saveItem(call.books, target, { mode, unitDecimals: unitDecimals(call) })
      return { wire: itemWire(call.books, row, unitDecimals(call)), warnings: [] }
    },
  })
}

function deleteItem(call: ApiCall, key: string): ApiAnswer {
  const fault = removeItem(call.books, requireItem(call.books, key))
  if (fault !== undefined) throw new ApiProblem(refusal([{ ValidationErrors: [{ Message: fault }] }]))
  return { status: 204, contentType: 'text/html', body: '' }
}

/** A hard delete that leaves no tombstone; says why when it may not be (xero.md 4.2). */
export function removeItem(books: Books, row: ItemRow): string | undefined {
  const isUsed = books.invoices.find('item', row.code).length > 0
  const isTracked = row.inventoryAccountCode !== ''
  if (isUsed && (isTracked || books.switches.is('usedItemDelete', 'refused'))) {
    return `Price List Item with Code '${row.code}' cannot be deleted as it has been used in transactions`
  }
  books.items.remove(row.id)
  return undefined
}

export function itemWire(books: Books, row: ItemRow, places: 2 | 4): WireObject {
  return {
    ItemID: row.id,
    Code: row.code,
    Description: orAbsent(shownText(books, row.description)),
    PurchaseDescription: orAbsent(shownText(books, row.purchaseDescription)),
    UpdatedDateUTC: instant(row.updatedMs),
    PurchaseDetails: detailsWire(row.purchase, places),
    SalesDetails: detailsWire(row.sales, places),
    Name: orAbsent(shownText(books, row.name)),
    IsTrackedAsInventory: row.inventoryAccountCode !== '',
    InventoryAssetAccountCode: orAbsent(row.inventoryAccountCode),
    QuantityOnHand: row.inventoryAccountCode === '' ? undefined : decimal(row.quantityOnHand, 4),
    IsSold: row.isSold,
    IsPurchased: row.isPurchased,
  }
}

function detailsWire(details: ItemDetails, places: 2 | 4): WireObject {
  const price = details.unitPrice
  return {
    UnitPrice: price === undefined ? undefined : decimal(roundHalfUp(price, places), places),
    AccountCode: orAbsent(details.accountCode),
    COGSAccountCode: orAbsent(details.cogsAccountCode),
    TaxType: orAbsent(details.taxType),
  }
}
