import { Big } from 'big.js'
import { ElementRefused, UnknownId } from '../api/problem.ts'
import { tooLong } from '../contacts/validate.ts'
import { roundHalfUp } from '../invoices/rounding.ts'
import type { Books } from '../model/books.ts'
import type { ItemDetails, ItemRow } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'

export interface ItemWrite {
  readonly mode: 'create' | 'upsert'
  /** 2, or 4 with `unitdp=4` (xero.md 4.2). */
  readonly unitDecimals: 2 | 4
}

const NO_DETAILS: ItemDetails = { unitPrice: undefined, accountCode: '', taxType: '', cogsAccountCode: '' }

/** PUT creates by a new Code, POST updates what its ItemID or Code matches (xero.md 4.2). */
export function saveItem(books: Books, fields: Fields, write: ItemWrite): ItemRow {
  const match = matchItem(books, fields)
  if (match !== undefined && write.mode === 'create') throw new ElementRefused(codeTaken(match.code))
  const after = applyItem(books, { fields, before: match ?? blankItem(books), unitDecimals: write.unitDecimals })
  const faults = [...itemFaults(after), ...settingFaults(books, after)]
  if (books.items.find('code', after.code).some((other) => other.id !== after.id)) faults.push(codeTaken(after.code))
  if (faults.length > 0) throw new ElementRefused(...faults)
  books.items.put(after)
  return after
}

export const codeTaken = (code: string): string => `Price List Item with Code '${code}' already exists`

/** Switch `itemCodeIdMismatch`: which of the two names the item when they disagree. */
function matchItem(books: Books, fields: Fields): ItemRow | undefined {
  const byCode = books.items.find('code', fields.text('Code') ?? '')[0]
  const id = fields.text('ItemID') ?? ''
  if (id === '') return byCode
  const byId = books.items.get(id.toLowerCase())
  if (byId === undefined) throw new UnknownId('Item', id)
  return byCode !== undefined && books.switches.is('itemCodeIdMismatch', 'codeWins') ? byCode : byId
}

export function blankItem(books: Books): ItemRow {
  return {
    id: books.guid(),
    updatedMs: 0,
    code: '',
    name: '',
    isSold: true,
    isPurchased: true,
    description: '',
    purchaseDescription: '',
    sales: NO_DETAILS,
    purchase: NO_DETAILS,
    inventoryAccountCode: '',
    quantityOnHand: new Big(0),
  }
}

interface ItemChange {
  readonly fields: Fields
  readonly before: ItemRow
  readonly unitDecimals: 2 | 4
}

function applyItem(books: Books, { fields, before, unitDecimals }: ItemChange): ItemRow {
  const isSold = fields.flag('IsSold') ?? before.isSold
  const isPurchased = fields.flag('IsPurchased') ?? before.isPurchased
  const text = (name: string, old: string) => changed(books, fields.text(name), old)
  const details = (name: string, old: ItemDetails) => applyDetails(fields.object(name), old, unitDecimals)
  return {
    ...before,
    updatedMs: books.now(),
    code: fields.text('Code') ?? before.code,
    name: text('Name', before.name),
    isSold,
    isPurchased,
    // Setting a side to false nulls what belongs to it (xero.md 4.2).
    description: isSold ? text('Description', before.description) : '',
    purchaseDescription: isPurchased ? text('PurchaseDescription', before.purchaseDescription) : '',
    sales: isSold ? details('SalesDetails', before.sales) : NO_DETAILS,
    purchase: isPurchased ? details('PurchaseDetails', before.purchase) : NO_DETAILS,
    inventoryAccountCode: text('InventoryAssetAccountCode', before.inventoryAccountCode),
  }
}

function changed(books: Books, sent: string | undefined, before: string): string {
  if (sent === undefined) return before
  return sent === '' && books.switches.is('clearByEmptyString', 'ignored') ? before : sent
}

function applyDetails(fields: Fields | undefined, before: ItemDetails, unitDecimals: 2 | 4): ItemDetails {
  if (fields === undefined) return before
  const price = fields.decimal('UnitPrice')
  return {
    unitPrice: price === undefined ? before.unitPrice : roundHalfUp(price, unitDecimals),
    accountCode: fields.text('AccountCode') ?? before.accountCode,
    taxType: fields.text('TaxType') ?? before.taxType,
    cogsAccountCode: fields.text('COGSAccountCode') ?? before.cogsAccountCode,
  }
}

/** Lengths of xero.md 4.2; note that Name is shorter than most CRMs allow. */
function itemFaults(item: ItemRow): string[] {
  const faults: string[] = []
  if (item.code.trim() === '') faults.push('Price List Item Code must be specified.')
  const limits = { Code: 30, Name: 50, Description: 4000, PurchaseDescription: 4000 }
  if (item.code.length > limits.Code) faults.push(tooLong('Code', limits.Code))
  if (item.name.length > limits.Name) faults.push(tooLong('Name', limits.Name))
  if (item.description.length > limits.Description) faults.push(tooLong('Description', limits.Description))
  if (item.purchaseDescription.length > limits.PurchaseDescription) {
    faults.push(tooLong('PurchaseDescription', limits.PurchaseDescription))
  }
  return faults
}

function settingFaults(books: Books, item: ItemRow): string[] {
  const codes = [
    item.sales.accountCode,
    item.purchase.accountCode,
    item.purchase.cogsAccountCode,
    item.inventoryAccountCode,
  ]
  const taxes = [item.sales.taxType, item.purchase.taxType]
  return [
    ...codes
      .filter((code) => code !== '' && books.accounts.find('code', code)[0]?.status !== 'ACTIVE')
      .map((code) => `Account code '${code}' is not a valid code for this document.`),
    ...taxes
      .filter((tax) => tax !== '' && books.taxRates.get(tax) === undefined)
      .map((tax) => `The TaxType code '${tax}' does not exist or cannot be used for this type of transaction.`),
  ]
}
