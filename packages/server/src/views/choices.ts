import { z } from '@hono/zod-openapi'

const ledgerAccountSchema = z.object({
  code: z.string(),
  name: z.string(),
  type: z.string(),
  class: z.string(),
  status: z.string(),
  taxType: z.string().describe('The rate that it has by itself'),
  isSystem: z.boolean(),
  uses: z.array(z.enum(['income', 'expense'])).describe('What it may be chosen for; empty for all that may not'),
})

const taxRateSchema = z.object({
  taxType: z.string(),
  name: z.string(),
  rate: z.string(),
  status: z.string(),
  isForSales: z.boolean(),
})

const taxSetSchema = z.object({
  zohoTaxIds: z.array(z.string()).describe('Empty: lines without a tax'),
  name: z.string(),
  xeroTaxType: z.string().nullable().describe('What is chosen; null: everything that bears it waits'),
  candidates: z.array(z.string()).describe('Suggested by rate and name, never chosen by themselves'),
  waiting: z.number().describe('Records that wait for it'),
})

/** What a person chooses from: both organisations as they were last read. Ledger accounts are Xero's, and only read. */
export const choicesSchema = z
  .object({
    readAt: z.number().describe('Epoch milliseconds'),
    ledgerAccounts: z.array(ledgerAccountSchema),
    taxRates: z.array(taxRateSchema),
    taxSets: z.array(taxSetSchema).describe('Every Zoho tax, none, and every combination that was met'),
    waitingTaxTypes: z.array(z.string()).describe('Xero tax types without a counterpart that records wait for'),
    owners: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
  })
  .openapi('Choices')
export type ChoicesView = z.infer<typeof choicesSchema>
export type TaxSetView = ChoicesView['taxSets'][number]
