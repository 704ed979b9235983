import type { Kind } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { expect } from 'vitest'
import { z } from 'zod'
import { type ActedRecord, xeroAct, xeroCreate } from '../../src/rig/acts.ts'
import { type EngineRig, type RigOptions, ZOHO_ORIGIN } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { firstCompany, found, syncedCompany } from './small-company.ts'

/** The settings of somebody who keeps credit notes and what settles invoices in the CRM. */
export function withCredits(settings: ConnectionSettings): ConnectionSettings {
  const kinds = {
    ...settings.kinds,
    creditNote: { ...settings.kinds.creditNote, isOn: true },
    payment: { ...settings.kinds.payment, isOn: true },
  } satisfies Record<Kind, unknown>
  return { ...settings, kinds }
}

/** The same, where credit may be put against invoices in the CRM as well. */
export function withTypedAllocations(settings: ConnectionSettings): ConnectionSettings {
  const given = withCredits(settings)
  const { payment } = given.kinds
  const xero = { ...payment.xero, create: true }
  return { ...given, kinds: { ...given.kinds, payment: { ...payment, direction: 'both', xero } } }
}

export function creditCompany(
  settings: (given: ConnectionSettings) => ConnectionSettings = withCredits,
  options: RigOptions = {},
): Promise<EngineRig> {
  return syncedCompany({ ...options, settings })
}

export async function atRest(rig: EngineRig): Promise<void> {
  expect((await settle(rig)).end).toBe('quiet')
}

export interface OpenInvoice {
  readonly id: string
  readonly zohoId: string
  readonly contactId: string
}

/** An approved invoice of 88.00 of a bookkeeper's, known to both sides. */
export async function openInvoice(rig: EngineRig): Promise<OpenInvoice> {
  const { contact } = await firstCompany(rig)
  const made = await xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Status: 'AUTHORISED',
    Contact: { ContactID: contact.id },
    Date: '2026-11-18',
    DueDate: '2026-12-18',
    LineAmountTypes: 'Exclusive',
    LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 80, TaxType: 'OUTPUT', AccountCode: '200' }],
  })
  await atRest(rig)
  const { zoho } = await readStates(rig)
  const crm = zoho.records.Invoices.find((one) => one.Xero_ID === made.id)
  if (crm === undefined) throw new Error('The invoice did not come to the CRM')
  return { id: made.id, zohoId: crm.id, contactId: contact.id }
}

/** An approved credit note of 55.00 of a bookkeeper's. */
export async function creditNote(
  rig: EngineRig,
  contactId: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<ActedRecord> {
  return xeroCreate(rig, 'createCreditNote', {
    Type: 'ACCRECCREDIT',
    Status: 'AUTHORISED',
    Contact: { ContactID: contactId },
    Date: '2026-11-19',
    LineAmountTypes: 'Inclusive',
    LineItems: [{ Description: 'Returned', Quantity: 1, UnitAmount: 55, TaxType: 'OUTPUT', AccountCode: '200' }],
    ...fields,
  })
}

export async function allocate(
  rig: EngineRig,
  credit: { readonly id: string },
  invoice: { readonly id: string },
  amount: string,
): Promise<void> {
  await xeroAct(rig, { action: 'allocateCredit', id: credit.id, invoice: invoice.id, amount })
}

/** Ids of what a credit has gone to, oldest first, as Xero knows them. */
export async function allocationsOf(rig: EngineRig, creditId: string): Promise<readonly string[]> {
  const { xero } = await readStates(rig)
  const credits = [...xero.creditNotes, ...xero.prepayments, ...xero.overpayments]
  return found(credits, creditId).allocations.map(({ id }) => id)
}

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ''))
const lookup = z
  .object({ id: z.string() })
  .nullish()
  .transform((value) => value?.id ?? '')
const payment = z.object({
  id: z.string(),
  Name: text,
  Xero_ID: text,
  Paid_Amount: text,
  Payment_Date: text,
  Payment_Type: text,
  Payment_Status: text,
  Payment_Reference: text,
  Paid_Invoice: lookup,
  Credit_Note_Used: lookup,
})
const note = z.object({
  id: z.string(),
  Name: text,
  Xero_ID: text,
  Credit_Customer: lookup,
  Credit_Date: text,
  Credit_Status: text,
  Credit_Currency: text,
  Credit_Total: text,
  Credit_Remaining: text,
  Credit_Refunded: text,
  Credit_Reference: text,
  Credit_Note_URL: text,
})
const invoice = z.looseObject({
  id: z.string(),
  Xero_Amount_Due: text,
  Xero_Amount_Paid: text,
  Xero_Status: text,
  Xero_Payment_State: text,
})

export type CrmPayment = z.infer<typeof payment>
export type CrmNote = z.infer<typeof note>

async function crm(rig: EngineRig) {
  const response = await rig.zoho.app.fetch(new Request(`${ZOHO_ORIGIN}/__sandbox/state`))
  const state = z.object({
    records: z.looseObject({
      Invoices: z.array(invoice),
      XeroPayments: z.array(payment).default([]),
      XeroCreditNotes: z.array(note).default([]),
    }),
  })
  return state.parse(await response.json()).records
}

/** Records of the payments module under this invoice, the largest first. */
export async function paymentsOf(rig: EngineRig, of: OpenInvoice): Promise<readonly CrmPayment[]> {
  const own = (await crm(rig)).XeroPayments.filter((one) => one.Paid_Invoice === of.zohoId)
  return own.sort((left, right) => Number(right.Paid_Amount) - Number(left.Paid_Amount))
}

/** All but the plain payments that the company came with. */
export async function crmPayments(rig: EngineRig): Promise<readonly CrmPayment[]> {
  return (await crm(rig)).XeroPayments.filter((one) => one.Payment_Type !== 'Payment')
}

export async function crmNotes(rig: EngineRig): Promise<readonly CrmNote[]> {
  return (await crm(rig)).XeroCreditNotes
}

export async function crmNote(rig: EngineRig, xeroId: string): Promise<CrmNote> {
  const one = (await crmNotes(rig)).find(({ Xero_ID }) => Xero_ID === xeroId)
  if (one === undefined) throw new Error('The credit note did not come to the CRM')
  return one
}

export async function crmInvoice(rig: EngineRig, of: OpenInvoice) {
  return found((await crm(rig)).Invoices, of.zohoId)
}
