import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { z } from 'zod'
import { type Answer, answer, problem } from '../problem.ts'
import { sideSchema } from './report.ts'

const direction = z.enum(['both', 'zohoToXero', 'xeroToZoho'])
const policy = z.enum(['zoho', 'xero', 'newest', 'ask'])
const verbs = z.strictObject({ create: z.boolean(), update: z.boolean(), delete: z.boolean() })
const kind = z.strictObject({ isOn: z.boolean(), direction, zoho: verbs, xero: verbs })
/** Quotes are written in the CRM, and none is made there (R32). */
const quoteKind = kind.refine((one) => !one.zoho.create, 'quotes begin in Zoho CRM: zoho.create must be false')
const stage = z.string().min(1)
const quoteStatusMap = z.strictObject({
  toXero: z.record(stage, z.enum(['DRAFT', 'SENT', 'ACCEPTED', 'DECLINED'])),
  toZoho: z.strictObject({
    DRAFT: stage.exactOptional(),
    SENT: stage.exactOptional(),
    ACCEPTED: stage.exactOptional(),
    DECLINED: stage.exactOptional(),
    INVOICED: stage.exactOptional(),
    DELETED: stage.exactOptional(),
  }),
})
const limit = z.strictObject({ count: z.number().int().nonnegative(), percent: z.number().min(0).max(100) })

/** Strict: a misspelt name is a mistake, never silently ignored. */
export const settingsSchema = z.strictObject({
  allowSync: z.boolean(),
  kinds: z.strictObject({ contact: kind, item: kind, quote: quoteKind, invoice: kind }),
  customerModel: z.enum(['accountsWithPersons', 'contactsAlone']),
  includeSuppliers: z.boolean(),
  addToXero: z.enum(['ticked', 'all']),
  newInvoiceStatus: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED']),
  invoicePrefix: z.string().max(4),
  quotePrefix: z.string().max(4),
  quoteStatusMap,
  lockRule: z.enum(['draftOnly', 'editMatrix']),
  salesAccountCode: z.string().max(10),
  taxMap: z.array(z.strictObject({ zohoTaxIds: z.array(z.string()), xeroTaxType: z.string().min(1) })),
  defaultDueDays: z.number().int().min(0).max(3650),
  roundingLimit: z.string().regex(/^\d+(\.\d{1,2})?$/, 'write an amount with a point, e.g. "0.05"'),
  headerDiscount: z.enum(['hold', 'spread']),
  firstLinkWinner: sideSchema,
  fieldPolicies: z.record(
    z.string().regex(/^[a-z]+\.\w+$/i, 'write kind.field, e.g. contact.phone'),
    z.strictObject({
      policy: policy.exactOptional(),
      direction: z.enum(['both', 'zohoToXero', 'xeroToZoho', 'off']).exactOptional(),
      blankErases: z.boolean().exactOptional(),
    }),
  ),
  guard: z.strictObject({
    creates: limit,
    updates: limit,
    deletes: limit,
    deletesPerDay: z.number().int().nonnegative(),
    sameValue: limit,
    absent: limit,
  }),
  provisioned: z.strictObject({
    xeroId: z.record(z.string(), z.string()),
    addToXero: z.string(),
    xeroInvoiceNumber: z.string(),
    xeroInvoiceUrl: z.string(),
    xeroQuoteNumber: z.string(),
    brandingTheme: z.string(),
    primaryContact: z.string(),
    serviceProductId: z.string(),
  }),
  quietSeconds: z.number().min(0).max(300),
  publicUrl: z.string(),
})

export function parseSettings(input: unknown): Answer<ConnectionSettings> {
  const parsed = settingsSchema.safeParse(input)
  if (parsed.success) return answer(parsed.data)
  const mistakes = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`)
  return problem(
    'badInput',
    `These settings are not right. ${mistakes.join('; ')}.`,
    'Nothing was changed. See them all with: tandem settings get.',
  )
}
