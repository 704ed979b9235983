import { z } from 'zod'
import { EVENT_CATEGORIES } from '../model/books.ts'
import { moneyActs } from './money-act-schema.ts'

const fields = z.record(z.string(), z.unknown())
/** An id, or what a person would look the record up by: name, code, number. */
const target = { id: z.string() }
const date = z.string().regex(/^(\d{4}-\d{2}-\d{2})?$/)

/** What a person does inside Xero: `POST /__sandbox/act`. */
export const actSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('createContact'), fields }),
  z.strictObject({ action: z.literal('editContact'), ...target, fields }),
  z.strictObject({ action: z.literal('archiveContact'), ...target }),
  z.strictObject({ action: z.literal('restoreContact'), ...target }),
  z.strictObject({ action: z.literal('mergeContacts'), loser: z.string(), survivor: z.string() }),
  z.strictObject({ action: z.literal('createInvoice'), fields }),
  z.strictObject({ action: z.literal('editInvoice'), ...target, fields }),
  z.strictObject({ action: z.literal('approve'), ...target }),
  z.strictObject({
    action: z.literal('pay'),
    ...target,
    amount: z.union([z.string(), z.number()]).optional(),
    date: date.optional(),
    account: z.string().default('090'),
    reference: z.string().default(''),
    isReconciled: z.boolean().default(false),
  }),
  z.strictObject({ action: z.literal('unpay'), ...target }),
  z.strictObject({ action: z.literal('void'), ...target }),
  z.strictObject({ action: z.literal('deleteDraft'), ...target }),
  z.strictObject({ action: z.literal('createItem'), fields }),
  z.strictObject({
    action: z.literal('renameItem'),
    ...target,
    name: z.string().optional(),
    code: z.string().optional(),
  }),
  z.strictObject({ action: z.literal('editItem'), ...target, fields }),
  z.strictObject({ action: z.literal('deleteItem'), ...target }),
  z.strictObject({ action: z.literal('setLockDate'), period: date.optional(), endOfYear: date.optional() }),
  z.strictObject({ action: z.literal('archiveTaxRate'), taxType: z.string() }),
  z.strictObject({ action: z.literal('archiveAccount'), code: z.string() }),
  z.strictObject({
    action: z.literal('editAccount'),
    code: z.string(),
    name: z.string().min(1).max(150).optional(),
    description: z.string().max(4000).optional(),
    enablePayments: z.boolean().optional(),
  }),
  /** Made where it is not there; the category with it. */
  z.strictObject({
    action: z.literal('saveTrackingOption'),
    category: z.string().min(1).max(100),
    option: z.string().min(1).max(100),
    status: z.enum(['ACTIVE', 'ARCHIVED']).default('ACTIVE'),
  }),
  z.strictObject({ action: z.literal('createBankAccount'), name: z.string().min(1), code: z.string().default('') }),
  z.strictObject({ action: z.literal('disconnectApp') }),
  z.strictObject({ action: z.literal('expireTokens') }),
  z.strictObject({
    action: z.literal('configureWebhook'),
    url: z.string(),
    categories: z.array(z.enum(EVENT_CATEGORIES)).optional(),
  }),
  z.strictObject({
    action: z.literal('bulkTouch'),
    kind: z.enum(['contact', 'item', 'invoice']),
    count: z.number().int().positive(),
  }),
  ...moneyActs,
])

export type Act = z.infer<typeof actSchema>
