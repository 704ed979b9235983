import { ZOHO_COLLECTIONS } from '@tandem/sync/model/kind.ts'
import { z } from 'zod'

/** A Zoho callback as it is stored: what it says, less its secret. */
export const zohoNoteSchema = z.object({
  connectionId: z.string(),
  collection: z.enum(ZOHO_COLLECTIONS),
  remoteIds: z.array(z.string()),
  operation: z.enum(['insert', 'update', 'delete']),
})
export type ZohoNote = z.infer<typeof zohoNoteSchema>
