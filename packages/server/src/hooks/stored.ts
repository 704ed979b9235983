import { z } from 'zod'

/** A Zoho callback as it is stored: what it says, less its secret. */
export const zohoNoteSchema = z.object({
  connectionId: z.string(),
  collection: z.enum(['Accounts', 'Contacts', 'Products', 'Invoices', 'Deals']),
  remoteIds: z.array(z.string()),
  operation: z.enum(['insert', 'update', 'delete']),
})
export type ZohoNote = z.infer<typeof zohoNoteSchema>
