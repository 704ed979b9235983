import { z } from 'zod'
import { decimal, flag, id, instant, maybeObject, text } from './row-schemas.ts'
import type { XeroShape } from './shape.ts'

const details = maybeObject({ UnitPrice: decimal, AccountCode: text, COGSAccountCode: text, TaxType: text })

/** xero.md 4.2. */
const schema = z.looseObject({
  ItemID: id,
  Code: z.string(),
  UpdatedDateUTC: instant,
  Name: text,
  Description: text,
  PurchaseDescription: text,
  IsSold: flag,
  IsPurchased: flag,
  IsTrackedAsInventory: flag,
  QuantityOnHand: decimal,
  SalesDetails: details,
  PurchaseDetails: details,
})

export const itemShape: XeroShape = {
  collection: 'Items',
  resource: 'Items',
  idField: 'ItemID',
  keyField: 'Code',
  schema,
  texts: ['Name', 'Description', 'PurchaseDescription'],
  lists: [],
  life: () => 'live',
  hasLines: () => true,
}
