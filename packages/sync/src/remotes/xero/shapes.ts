import type { Collection, XeroCollection } from '../../model/kind.ts'
import type { CollectionTraits } from '../contract.ts'
import { contactShape, supplierShape } from './contact-shape.ts'
import { billShape, invoiceShape } from './invoice-shape.ts'
import { itemShape } from './item-shape.ts'
import { ledgerAccountShape } from './ledger-account-shape.ts'
import { paymentShape } from './payment-shape.ts'
import { quoteShape } from './quote-shape.ts'
import type { XeroShape } from './shape.ts'

const SHAPES: Readonly<Record<XeroCollection, XeroShape>> = {
  Contacts: contactShape,
  Items: itemShape,
  Quotes: quoteShape,
  Invoices: invoiceShape,
  Payments: paymentShape,
  LedgerAccounts: ledgerAccountShape,
  Suppliers: supplierShape,
  Bills: billShape,
}

/** Throws for a collection of the other side: a bug of the caller. */
export function shapeOf(collection: Collection): XeroShape {
  switch (collection) {
    case 'Contacts':
    case 'Items':
    case 'Quotes':
    case 'Invoices':
    case 'Payments':
    case 'LedgerAccounts':
    case 'Suppliers':
    case 'Bills':
      return SHAPES[collection]
    default:
      throw new Error(`Xero has no collection ${collection}`)
  }
}

/** Rows per write: about 50 elements and 3.5 MB are advised (xero.md 2.2). */
export const BATCH_WRITE_SIZE = 50
/** Ids per read: 40 GUIDs keep the address well under 2,000 characters. */
export const BATCH_READ_SIZE = 40
/** The largest page that Xero gives (xero.md 2.3). */
export const PAGE_SIZE = 1000
/** Where ours is not taken; a divisor of it. */
export const DEFAULT_PAGE_SIZE = 100

const TRAITS: Omit<CollectionTraits, 'sameSecond' | 'enforcedKey'> = {
  batchWriteSize: BATCH_WRITE_SIZE,
  batchReadSize: BATCH_READ_SIZE,
  pageSize: PAGE_SIZE,
  listIsComplete: true,
  answersFields: true,
  // Of the five calls that Xero allows in flight, one stays free for a person.
  parallelWrites: 4,
}

export function traitsOf(collection: Collection): CollectionTraits {
  const enforcedKey = shapeOf(collection).keyField
  const traits: CollectionTraits = { ...TRAITS, sameSecond: 'nextPage', enforcedKey }
  switch (collection) {
    case 'Items':
      return { ...traits, sameSecond: 'whole', batchDeleteSize: 1 }
    case 'Payments':
      // One integrator saw no verdicts per element (xero.md 5.2).
      return { ...traits, batchWriteSize: 1, parallelWrites: 1 }
    case 'LedgerAccounts':
      return { ...traits, sameSecond: 'whole' }
    default:
      return traits
  }
}
