import { MOST_DUE_DAYS } from '@tandem/sync/mapping/generate.ts'
import { BILL_ROLES } from '@tandem/sync/model/bill-settings.ts'
import {
  ARRIVAL_STATUSES,
  INVOICE_CUSTOMERS,
  NUMBERINGS,
  SENDINGS,
  XERO_INVOICE_STATUSES,
} from '@tandem/sync/model/invoice-settings.ts'
import { CUSTOMER_MODELS, NEW_XERO_CONTACTS } from '@tandem/sync/model/kind.ts'
import {
  ACCOUNT_ROLES,
  type ConnectionSettings,
  CREDIT_NOTE_ROLES,
  PAYMENT_ROLES,
} from '@tandem/sync/model/settings.ts'
import { z } from 'zod'
import { type Answer, answer, problem } from '../problem.ts'
import { mappingDocumentSchema } from './mapping.ts'
import { sideSchema } from './report.ts'

const direction = z.enum(['both', 'zohoToXero', 'xeroToZoho'])
const policy = z.enum(['zoho', 'xero', 'newest', 'ask'])
const verbs = z.strictObject({ create: z.boolean(), update: z.boolean(), delete: z.boolean() })
const kind = z.strictObject({ isOn: z.boolean(), direction, zoho: verbs, xero: verbs })
/** Quotes are written in the CRM, and none is made there (R32). */
const quoteKind = kind.refine((one) => !one.zoho.create, 'quotes begin in Zoho CRM: zoho.create must be false')
/** Xero's chart of accounts is read, and nothing else (C8). */
const accountKind = kind.refine(
  ({ direction: way, xero }) => way === 'xeroToZoho' && !xero.create && !xero.update && !xero.delete,
  'ledger accounts are kept in Xero: direction must be xeroToZoho, and xero.create, update and delete false',
)
/** Purchase orders are written in the CRM, and none is made there (R10c). */
const billKind = kind.refine((one) => !one.zoho.create, 'purchase orders begin in Zoho CRM: zoho.create must be false')
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
const accountCode = z.string().max(10)
const accounts = z.strictObject({ income: accountCode, expense: accountCode })
const limit = z.strictObject({ count: z.number().int().nonnegative(), percent: z.number().min(0).max(100) })

const instant = 'write e.g. 2026-11-01T00:00:00Z'
const instantOrNone = z.union([z.literal(''), z.iso.datetime({ offset: true, error: instant })])

const wonDeals = z
  .strictObject({
    isOn: z.boolean(),
    stages: z.array(z.string().min(1)),
    status: z.enum(ARRIVAL_STATUSES),
    lines: z.literal('quoteThenProducts'),
    since: instantOrNone,
  })
  .refine((one) => !one.isOn || one.stages.length > 0, 'choose at least one stage of your deals')
const overdueTasks = z.strictObject({
  isOn: z.boolean(),
  since: z.union([z.literal(''), z.iso.date('write e.g. 2026-11-01')]),
})
/** A record of texts under exactly these names. */
const texts = <Name extends string>(names: readonly Name[]) => z.record(z.enum(names), z.string())

const arrival = z.enum(ARRIVAL_STATUSES)
const days = z.number().int().min(0).max(MOST_DUE_DAYS)
const dueRule = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('daysAfter'), days }),
    z.strictObject({ type: z.literal('daysAfterMonthEnd'), days }),
    z.strictObject({ type: z.literal('dayOfNextMonth'), day: z.number().int().min(1).max(31) }),
  ])
  .nullable()
const taxMap = z.array(z.strictObject({ zohoTaxIds: z.array(z.string()), xeroTaxType: z.string().min(1) }))
const bill = z.strictObject({
  orderStatuses: z.array(z.string().min(1)),
  arrivalStatus: arrival,
  purchaseAccountCode: accountCode,
  taxMap,
  dueRule,
})
const invoice = z.strictObject({
  arrivalStatus: z.strictObject({ paid: arrival, unpaid: arrival }),
  paidStatuses: z.array(z.string().min(1)),
  customer: z.enum(INVOICE_CUSTOMERS),
  onlineSale: z.strictObject({ contactId: z.union([z.guid(), z.literal('')]), name: z.string().max(255) }),
  numbering: z.enum(NUMBERINGS),
  dueRule,
  numberInReference: z.boolean(),
  xeroStatuses: z.array(z.enum(XERO_INVOICE_STATUSES)).min(1, 'choose at least one'),
  sending: z.enum(SENDINGS),
  sendingChanges: z.array(
    z.strictObject({ at: z.iso.datetime({ offset: true, error: instant }), to: z.enum(SENDINGS) }),
  ),
})

/** Strict: a misspelt name is a mistake, never silently ignored. */
export const settingsSchema = z.strictObject({
  allowSync: z.boolean(),
  kinds: z.strictObject({
    contact: kind,
    item: kind,
    quote: quoteKind,
    invoice: kind,
    creditNote: kind,
    payment: kind,
    account: accountKind,
    vendor: kind,
    bill: billKind,
  }),
  customerModel: z.enum(CUSTOMER_MODELS),
  newXeroContacts: z.enum(NEW_XERO_CONTACTS),
  includeSuppliers: z.boolean(),
  addToXero: z.enum(['ticked', 'all']),
  invoice,
  swapAddresses: z.boolean(),
  invoicePrefix: z.string().max(4),
  quotePrefix: z.string().max(4),
  quoteStatusMap,
  lockRule: z.enum(['draftOnly', 'editMatrix']),
  defaultOwnerEmail: z.union([z.literal(''), z.email('write an e-mail address, or nothing')]),
  missingItems: z.enum(['create', 'describe']),
  itemCodeCase: z.enum(['ignore', 'exact']),
  itemAccounts: z.strictObject({ stocked: accounts, unstocked: accounts }),
  salesAccountCode: accountCode,
  taxMap,
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
  mapping: mappingDocumentSchema,
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
    deletedInXero: z.record(z.string(), z.string()),
    addToXero: z.string(),
    xeroInvoiceNumber: z.string(),
    xeroInvoiceUrl: z.string(),
    xeroQuoteNumber: z.string(),
    brandingTheme: z.string(),
    amountDue: z.string(),
    amountPaid: z.string(),
    xeroStatus: z.string(),
    paymentState: z.string(),
    lastSynced: z.string(),
    primaryContact: z.string(),
    dealInvoiceNumber: z.string(),
    dealInvoiceUrl: z.string(),
    dealInvoiceId: z.string(),
    serviceProductId: z.string(),
    payment: texts(PAYMENT_ROLES),
    creditNote: texts(CREDIT_NOTE_ROLES),
    account: texts(ACCOUNT_ROLES),
    bill: texts(BILL_ROLES),
  }),
  wonDeals,
  overdueTasks,
  // A code has 10 characters, an id 36; not every bank account has a code (xero.md 4.6).
  paymentAccountCode: z.string().max(36),
  paymentsSince: instantOrNone,
  deletedInXero: z.enum(['flag', 'recycle']),
  bill,
  listViews: z.enum(['toMake', 'made']),
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
