import { z } from 'zod'
import { flag, id, instant, text } from './row-schemas.ts'
import type { XeroShape } from './shape.ts'

/** xero.md 4.8. An archived account is a state that its Status tells; what was deleted for good is in no list. */
const schema = z.looseObject({
  AccountID: id,
  Name: z.string(),
  Status: z.string(),
  UpdatedDateUTC: instant,
  Code: text,
  Type: text,
  Class: text,
  TaxType: text,
  Description: text,
  EnablePaymentsToAccount: flag,
})

export const ledgerAccountShape: XeroShape = {
  collection: 'LedgerAccounts',
  resource: 'Accounts',
  idField: 'AccountID',
  keyField: null,
  schema,
  texts: ['Code', 'Type', 'Class', 'TaxType', 'Description'],
  lists: [],
  life: () => 'live',
  hasLines: () => true,
}
