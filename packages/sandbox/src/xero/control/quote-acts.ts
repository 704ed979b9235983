import { ElementRefused } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import type { PurchaseOrderRow } from '../model/order-rows.ts'
import type { QuoteRow } from '../model/rows.ts'
import { purchaseOrderByKey } from '../purchaseorders/endpoint.ts'
import { savePurchaseOrder, updateOrder } from '../purchaseorders/save.ts'
import { saveQuote, updateQuote } from '../quotes/save.ts'
import { Fields } from '../wire/fields.ts'

/** By id or number. */
function requireQuote(books: Books, key: string): QuoteRow {
  const row = books.quotes.get(key.toLowerCase()) ?? books.quotes.find('number', key)[0]
  if (row === undefined) throw new ElementRefused(`No quote "${key}"`)
  return row
}

export const createQuote = (books: Books, fields: object): QuoteRow =>
  saveQuote(books, new Fields(fields), 'create').row

/** A person edits what the page shows, so that nothing is left out: all that is not typed stays as it is. */
export function editQuote(books: Books, key: string, fields: object): QuoteRow {
  const row = requireQuote(books, key)
  return updateQuote(books, row, new Fields({ ...shownOnPage(row), ...fields })).row
}

export const setQuoteStatus = (books: Books, key: string, status: string): QuoteRow =>
  editQuote(books, key, { Status: status })

const shownOnPage = (row: QuoteRow) => ({
  Contact: { ContactID: row.contactId },
  Date: row.date,
  ExpiryDate: row.expiryDate,
  LineAmountTypes: row.lineAmountTypes,
  Reference: row.reference,
  Terms: row.terms,
  Title: row.title,
  Summary: row.summary,
})

export const createPurchaseOrder = (books: Books, fields: object): PurchaseOrderRow =>
  savePurchaseOrder(books, new Fields(fields), { mode: 'create', unitDecimals: 4 }).row

export function editPurchaseOrder(books: Books, key: string, fields: object): PurchaseOrderRow {
  const row = purchaseOrderByKey(books, key)
  if (row === undefined) throw new ElementRefused(`No purchase order "${key}"`)
  return updateOrder(books, row, { fields: new Fields(fields), unitDecimals: 4 }).row
}
