import { z } from 'zod'

const fields = z.record(z.string(), z.unknown())
/** An id, or the number that a person would look the document up by. */
const target = { id: z.string() }
const amount = z.union([z.string(), z.number()]).optional()
const date = z.string().regex(/^(\d{4}-\d{2}-\d{2})?$/)
/** The invoice by id or number; without an amount as much as fits. */
const allocation = { ...target, invoice: z.string(), amount }

/** What a person does with quotes, orders, credit and money. */
export const moneyActs = [
  z.strictObject({ action: z.literal('createBill'), fields }),
  z.strictObject({ action: z.literal('createCreditNote'), fields }),
  z.strictObject({ action: z.literal('editCreditNote'), ...target, fields }),
  z.strictObject({ action: z.literal('approveCreditNote'), ...target }),
  z.strictObject({ action: z.literal('voidCreditNote'), ...target }),
  z.strictObject({ action: z.literal('deleteCreditNote'), ...target }),
  z.strictObject({ action: z.literal('allocateCredit'), ...allocation }),
  z.strictObject({ action: z.literal('removeAllocation'), ...target }),
  z.strictObject({
    action: z.literal('refundCredit'),
    ...target,
    amount,
    date: date.optional(),
    account: z.string().default('090'),
    reference: z.string().default(''),
  }),
  z.strictObject({ action: z.literal('createPrepayment'), fields }),
  z.strictObject({ action: z.literal('createOverpayment'), fields }),
  z.strictObject({ action: z.literal('allocatePrepayment'), ...allocation }),
  z.strictObject({ action: z.literal('allocateOverpayment'), ...allocation }),
  z.strictObject({ action: z.literal('voidPrepayment'), ...target }),
  z.strictObject({ action: z.literal('voidOverpayment'), ...target }),
  z.strictObject({ action: z.literal('createQuote'), fields }),
  z.strictObject({ action: z.literal('editQuote'), ...target, fields }),
  z.strictObject({
    action: z.literal('setQuoteStatus'),
    ...target,
    status: z.enum(['SENT', 'ACCEPTED', 'DECLINED', 'INVOICED', 'DELETED']),
  }),
  z.strictObject({ action: z.literal('createPurchaseOrder'), fields }),
  z.strictObject({ action: z.literal('editPurchaseOrder'), ...target, fields }),
] as const

const moneyActSchema = z.discriminatedUnion('action', moneyActs)
export type MoneyAct = z.infer<typeof moneyActSchema>
