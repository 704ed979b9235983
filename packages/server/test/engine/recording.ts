import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { z } from 'zod'
import { type ActedRecord, xeroCreate, zohoCreate } from '../../src/rig/acts.ts'
import { type EngineRig, XERO_ORIGIN, ZOHO_ORIGIN } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { atRest } from './invoice-scene.ts'
import { firstCompany } from './small-company.ts'

/** The settings of somebody who types payments in the CRM, and may delete them there. */
export function recording(change: Partial<ConnectionSettings> = {}, mayDelete: 'delete' | 'keep' = 'keep') {
  return (settings: ConnectionSettings): ConnectionSettings => {
    const { payment } = settings.kinds
    const xero = { create: true, update: false, delete: mayDelete === 'delete' }
    const kinds = { ...settings.kinds, payment: { ...payment, isOn: true, direction: 'both' as const, xero } }
    return { ...settings, paymentAccountCode: '090', kinds, ...change }
  }
}

export interface OpenInvoice {
  readonly id: string
  readonly crmId: string
}

/** An invoice of 88.00 that both sides have. */
export async function openInvoice(rig: EngineRig, status: 'AUTHORISED' | 'DRAFT' = 'AUTHORISED'): Promise<OpenInvoice> {
  const { contact } = await firstCompany(rig)
  const made = await xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Status: status,
    Contact: { ContactID: contact.id },
    Date: '2026-11-18',
    DueDate: '2026-12-18',
    LineAmountTypes: 'Exclusive',
    LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 80, TaxType: 'OUTPUT', AccountCode: '200' }],
  })
  await atRest(rig)
  const crm = (await readStates(rig)).zoho.records.Invoices.find((one) => one.Xero_ID === made.id)
  if (crm === undefined) throw new Error('The invoice did not come to the CRM')
  forgetRequests(rig)
  return { id: made.id, crmId: crm.id }
}

/** A payment of 10.00 as a person types it in the CRM. */
export function typePayment(
  rig: EngineRig,
  invoice: OpenInvoice,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<ActedRecord> {
  return zohoCreate(rig, 'XeroPayments', {
    Name: 'Cheque',
    Paid_Invoice: { id: invoice.crmId },
    Paid_Amount: 10,
    Payment_Date: '2026-11-19',
    ...fields,
  })
}

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ''))
const bookedPayment = z.object({
  id: text,
  status: text,
  invoiceId: text,
  amount: text,
  date: text,
  reference: text,
})
const crmPayment = z.looseObject({
  id: z.string(),
  Xero_ID: text,
  Paid_Amount: text,
  Paid_Invoice: z.object({ id: z.string() }).nullish(),
})
const books = z.looseObject({ payments: z.array(bookedPayment) })
const crm = z.looseObject({ records: z.looseObject({ XeroPayments: z.array(crmPayment).default([]) }) })

async function stateOf<T>(rig: EngineRig, side: 'zoho' | 'xero', schema: z.ZodType<T>): Promise<T> {
  const origin = side === 'zoho' ? ZOHO_ORIGIN : XERO_ORIGIN
  const response = await rig[side].app.fetch(new Request(`${origin}/__sandbox/state`))
  return schema.parse(await response.json())
}

/** What Xero has on an invoice, deleted ones too. */
export async function bookedOn(
  rig: EngineRig,
  invoice: OpenInvoice,
): Promise<readonly z.infer<typeof bookedPayment>[]> {
  const { payments } = await stateOf(rig, 'xero', books)
  return payments.filter((one) => one.invoiceId === invoice.id)
}

/** The records of the CRM that name an invoice. */
export async function crmPayments(
  rig: EngineRig,
  invoice: OpenInvoice,
): Promise<readonly z.infer<typeof crmPayment>[]> {
  const { records } = await stateOf(rig, 'zoho', crm)
  return records.XeroPayments.filter((one) => one.Paid_Invoice?.id === invoice.crmId)
}
