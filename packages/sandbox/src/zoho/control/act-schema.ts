import { z } from 'zod'

const id = z.string()
const userId = id.optional()
const values = z.record(z.string(), z.unknown())
/** Line rows belong to an invoice unless another module is named. */
const document = { module: z.string().default('Invoices'), id }

export const actionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('edit'), module: z.string(), id, values, userId }),
  z.strictObject({ action: z.literal('create'), module: z.string(), values, userId }),
  z.strictObject({ action: z.literal('delete'), module: z.string(), id, userId }),
  z.strictObject({ action: z.literal('restore'), id }),
  z.strictObject({ action: z.literal('purge'), id }),
  z.strictObject({ action: z.literal('merge'), winner: id, loser: id }),
  z.strictObject({ action: z.literal('bulkTouch'), module: z.string(), count: z.number().int().positive() }),
  z.strictObject({ action: z.literal('addRow'), ...document, values }),
  z.strictObject({ action: z.literal('editRow'), ...document, rowId: id, values }),
  z.strictObject({ action: z.literal('deleteRow'), ...document, rowId: id }),
  z.strictObject({ action: z.literal('setStage'), id, stage: z.string(), pipeline: z.string().optional(), userId }),
  z.strictObject({ action: z.literal('renameStage'), from: z.string(), to: z.string().min(1) }),
  z.strictObject({ action: z.literal('linkProduct'), id, productId: id, userId }),
  z.strictObject({ action: z.literal('unlinkProduct'), id, productId: id, userId }),
  z.strictObject({
    action: z.literal('convertLead'),
    id,
    account: id.optional(),
    contact: id.optional(),
    deal: values.optional(),
    userId,
  }),
  z.strictObject({
    action: z.literal('convertQuote'),
    id,
    to: z.enum(['Invoices', 'Sales_Orders']).default('Invoices'),
    userId,
  }),
  z.strictObject({ action: z.literal('convertOrder'), id, userId }),
  z.strictObject({ action: z.literal('revokeGrant') }),
  z.strictObject({ action: z.literal('removeScope'), scope: z.string() }),
  z.strictObject({
    action: z.literal('setCredits'),
    budget: z.number().int().nonnegative().optional(),
    remaining: z.number().int().nonnegative().optional(),
  }),
])
export type Action = z.infer<typeof actionSchema>
/** What people do with deals, leads, quotes and orders. */
export type SalesAction = Extract<
  Action,
  {
    action:
      | 'setStage'
      | 'renameStage'
      | 'linkProduct'
      | 'unlinkProduct'
      | 'convertLead'
      | 'convertQuote'
      | 'convertOrder'
  }
>
