import { z } from 'zod'
import { type EngineRig, XERO_ORIGIN, ZOHO_ORIGIN } from '../../src/rig/engine-rig.ts'

/* What both sandboxes say of themselves, in their own words: nothing of the engine is asked. */

const decimal = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? '0'))
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

const zohoRow = z.object({
  id: z.string(),
  Product_Name: z.object({ id: z.string(), Product_Code: text }),
  Description: text,
  Quantity: decimal,
  List_Price: decimal,
  Total: decimal,
  Total_After_Discount: decimal,
  Tax: decimal,
  Line_Tax: z.array(z.object({ name: z.string() })),
})
const zohoInvoice = z.object({
  id: z.string(),
  Subject: text,
  Currency: text,
  Sub_Total: decimal,
  Adjustment: decimal,
  Grand_Total: decimal,
  Xero_ID: text,
  Invoiced_Items: z.array(zohoRow),
})
const named = z.object({ id: z.string(), name: z.string() })
const zohoState = z.object({
  org: z.object({ taxes: z.array(named) }),
  records: z.object({
    Accounts: z.array(z.object({ id: z.string(), Account_Name: z.string() })),
    Products: z.array(z.object({ id: z.string(), Product_Code: text })),
    Invoices: z.array(zohoInvoice),
  }),
})

const xeroLine = z.object({
  id: z.string(),
  description: text,
  quantity: decimal,
  unitAmount: decimal,
  lineAmount: decimal,
  taxAmount: decimal,
  discountRate: z.string().optional(),
  discountAmount: z.string().optional(),
  taxType: text,
  accountCode: text,
  itemCode: text,
})
const xeroInvoice = z.object({
  id: z.string(),
  number: text,
  reference: text,
  currency: text,
  lineAmountTypes: text,
  subTotal: decimal,
  totalTax: decimal,
  total: decimal,
  lines: z.array(xeroLine),
})
const xeroState = z.object({
  contacts: z.array(z.object({ id: z.string(), texts: z.object({ Name: z.string() }) })),
  items: z.array(z.object({ id: z.string(), code: text })),
  invoices: z.array(xeroInvoice),
})

export type ZohoRow = z.infer<typeof zohoRow>
export type ZohoInvoice = z.infer<typeof zohoInvoice>
export type XeroLine = z.infer<typeof xeroLine>
export type XeroInvoice = z.infer<typeof xeroInvoice>
export interface Books {
  readonly zoho: z.infer<typeof zohoState>
  readonly xero: z.infer<typeof xeroState>
}

export async function lookAtBoth(rig: Pick<EngineRig, 'zoho' | 'xero'>): Promise<Books> {
  const [zoho, xero] = await Promise.all([
    rig.zoho.app.fetch(new Request(`${ZOHO_ORIGIN}/__sandbox/state`)),
    rig.xero.app.fetch(new Request(`${XERO_ORIGIN}/__sandbox/state`)),
  ])
  return { zoho: zohoState.parse(await zoho.json()), xero: xeroState.parse(await xero.json()) }
}

/** A document on both sides; null where it does not stand. */
export interface Pair {
  readonly crm: ZohoInvoice | null
  readonly books: XeroInvoice | null
}

/** By the CRM's own Xero ID, from the side where the document was typed. */
export function pairOf({ zoho, xero }: Books, born: 'zoho' | 'xero', title: string): Pair {
  if (born === 'zoho') {
    const crm = zoho.records.Invoices.find((one) => one.Subject === title) ?? null
    return { crm, books: xero.invoices.find((one) => one.id === crm?.Xero_ID) ?? null }
  }
  const books = xero.invoices.find((one) => one.reference === title) ?? null
  return { crm: zoho.records.Invoices.find((one) => one.Xero_ID === books?.id && one.Xero_ID !== '') ?? null, books }
}
