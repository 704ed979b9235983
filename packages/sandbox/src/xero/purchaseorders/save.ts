import { ElementRefused, UnknownId } from '../api/problem.ts'
import { tooLong } from '../contacts/validate.ts'
import { frozenMoney } from '../invoices/rules.ts'
import type { Books } from '../model/books.ts'
import { ORDER_TEXTS, type OrderStatus, type PurchaseOrderRow } from '../model/order-rows.ts'
import type { Fields } from '../wire/fields.ts'
import { type AppliedOrder, applyOrder, blankOrder, orderTextFaults } from './apply.ts'

export const NUMBER_NOT_UNIQUE = 'Order number must be unique'
export const DELETED_ORDER = 'Deleted PurchaseOrders cannot be updated'
const BAD_ORDER_STATUS = 'PurchaseOrder not of valid status for modification'

export interface OrderWrite {
  readonly mode: 'create' | 'upsert'
  readonly unitDecimals: 2 | 4
}

/** No source lists these: the order of the statuses, and nothing back from approval. Switch `billedOrderDelete`. */
const TRANSITIONS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'BILLED', 'DELETED'],
  BILLED: ['BILLED'],
  DELETED: [],
}

/** An upsert by number silently edits the live order that carries it (measured, xero.md 4.3). No webhooks. */
export function savePurchaseOrder(books: Books, fields: Fields, write: OrderWrite): AppliedOrder {
  const id = fields.text('PurchaseOrderID') ?? ''
  const number = fields.text('PurchaseOrderNumber') ?? ''
  const holder = number === '' ? undefined : books.purchaseOrders.find('number', number)[0]
  const match = id === '' ? holder : books.purchaseOrders.get(id.toLowerCase())
  if (id !== '' && match === undefined) throw new UnknownId('PurchaseOrder', id)
  if (match === undefined) return createOrder(books, fields, write)
  if (match.status === 'DELETED') throw new ElementRefused(DELETED_ORDER)
  if (write.mode === 'create') throw new ElementRefused(NUMBER_NOT_UNIQUE)
  return updateOrder(books, match, { fields, unitDecimals: write.unitDecimals })
}

function createOrder(books: Books, fields: Fields, write: OrderWrite): AppliedOrder {
  const { row, warnings } = applyOrder(books, blankOrder(books), { fields, unitDecimals: write.unitDecimals })
  if (!['DRAFT', 'SUBMITTED', 'AUTHORISED'].includes(row.status)) throw new ElementRefused(BAD_ORDER_STATUS)
  const numbered = row.number === '' ? { ...row, number: nextOrderNumber(books) } : row
  return { row: storeOrder(books, numbered), warnings }
}

const nextOrderNumber = (books: Books) =>
  books.nextNumber('PO-', (candidate) => books.purchaseOrders.find('number', candidate).length > 0)

/** A rename together with DELETED is taken, and frees the number; afterwards it is too late (measured). */
export function updateOrder(
  books: Books,
  before: PurchaseOrderRow,
  change: { readonly fields: Fields; readonly unitDecimals: 2 | 4 },
): AppliedOrder {
  if (before.status === 'DELETED') throw new ElementRefused(DELETED_ORDER)
  const { row, warnings } = applyOrder(books, before, change)
  const mayDelete = before.status === 'BILLED' && books.switches.is('billedOrderDelete', 'allowed')
  const isAllowed = TRANSITIONS[before.status].includes(row.status) || (mayDelete && row.status === 'DELETED')
  if (!isAllowed) throw new ElementRefused(BAD_ORDER_STATUS)
  if (before.status === 'BILLED' && frozenMoney(before, row)) throw new ElementRefused(BAD_ORDER_STATUS)
  const holder = books.purchaseOrders.find('number', row.number).find((other) => other.id !== row.id)
  if (holder !== undefined) throw new ElementRefused(NUMBER_NOT_UNIQUE)
  return { row: storeOrder(books, row), warnings }
}

function storeOrder(books: Books, row: PurchaseOrderRow): PurchaseOrderRow {
  const faults = orderFaults(books, row)
  if (faults.length > 0) throw new ElementRefused(...faults)
  books.purchaseOrders.put(row)
  return row
}

function orderFaults(books: Books, row: PurchaseOrderRow): readonly string[] {
  const faults = orderTextFaults(row).map((name) => tooLong(name, ORDER_TEXTS[name]))
  if (row.number.length > 255) faults.push(tooLong('PurchaseOrderNumber', 255))
  if (books.currencies.get(row.currency) === undefined) {
    faults.push(`Organisation is not subscribed to currency ${row.currency}`)
  }
  if (row.currencyRate.lte(0)) faults.push('CurrencyRate must be greater than zero.')
  if (books.brandingThemes.get(row.brandingThemeId) === undefined) faults.push('The BrandingThemeID does not exist.')
  return faults
}
