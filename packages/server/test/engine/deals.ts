import type { WonDealSettings } from '@tandem/sync/model/settings.ts'
import { z } from 'zod'
import { zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import { type EngineRig, type RigOptions, ZOHO_ORIGIN } from '../../src/rig/engine-rig.ts'
import { readStates, type ZohoInvoice } from '../../src/rig/oracle-state.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { provisionedFor } from './leads.ts'
import { firstCompany, found, syncedCompany } from './small-company.ts'

export const WON = 'Closed Won'
export const OPEN = 'Negotiation/Review'

const lookup = z.object({ id: z.string() }).nullish()
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const dealSchema = z.looseObject({
  id: z.string(),
  Deal_Name: text,
  Stage: text,
  Xero_Invoice_No: text,
  Xero_Invoice_URL: text,
  Xero_Invoice_ID: text,
})
const invoiceDeals = z.looseObject({ id: z.string(), Deal_Name__s: lookup })
const stateSchema = z.object({
  records: z.looseObject({ Deals: z.array(dealSchema), Invoices: z.array(invoiceDeals) }),
})

export type Deal = z.infer<typeof dealSchema>

/** A synced company whose won deals become invoices, as a person would switch it on. */
export async function dealCompany(options: RigOptions & { readonly wonDeals?: Partial<WonDealSettings> } = {}) {
  const rig = await syncedCompany(options)
  await switchOn(rig, options.wonDeals)
  const { account } = await firstCompany(rig)
  return { rig, accountId: account.id }
}

export async function switchOn(rig: EngineRig, change: Partial<WonDealSettings> = {}): Promise<void> {
  await provisionedFor(rig, ['Deals'])
  await rig.change((settings) => ({
    ...settings,
    wonDeals: { ...settings.wonDeals, isOn: true, stages: [WON], ...change },
  }))
  if ((await settle(rig)).end !== 'quiet') throw new Error('The company with deals does not settle')
  forgetRequests(rig)
}

interface Place {
  readonly rig: EngineRig
  readonly accountId: string
}

/** A deal of 1,250, in the open unless its values say otherwise. */
export function newDeal({ rig, accountId }: Place, values: Readonly<Record<string, unknown>> = {}) {
  return zohoCreate(rig, 'Deals', {
    Deal_Name: 'Fit-out of the shop',
    Stage: OPEN,
    Closing_Date: '2026-11-30',
    Amount: 1250,
    Account_Name: { id: accountId },
    ...values,
  })
}

export function moveTo({ rig }: Pick<Place, 'rig'>, dealId: string, Stage: string) {
  return zohoEdit(rig, { module: 'Deals', id: dealId }, { Stage })
}

export async function dealsOf(rig: EngineRig): Promise<readonly Deal[]> {
  return (await sandboxState(rig)).records.Deals
}

export async function dealOf(rig: EngineRig, dealId: string): Promise<Deal> {
  return found(await dealsOf(rig), dealId)
}

async function sandboxState(rig: EngineRig) {
  const answer = await rig.zoho.app.fetch(new Request(`${ZOHO_ORIGIN}/__sandbox/state`))
  return stateSchema.parse(await answer.json())
}

/** CRM invoices that name this deal. */
export async function crmInvoicesOf(rig: EngineRig, dealId: string): Promise<readonly ZohoInvoice[]> {
  const { Invoices } = (await sandboxState(rig)).records
  const ids = new Set(Invoices.filter((one) => one.Deal_Name__s?.id === dealId).map((one) => one.id))
  return (await readStates(rig)).zoho.records.Invoices.filter((one) => ids.has(one.id))
}

/** Xero invoices that bill this deal: by its number, or by its name as their reference. */
export async function billsOf(rig: EngineRig, deal: { readonly id: string; readonly name?: string }) {
  const name = deal.name ?? 'Fit-out of the shop'
  const { invoices } = (await readStates(rig)).xero
  return invoices.filter((one) => one.reference === name || one.number.endsWith(deal.id))
}

export async function inboxCodes(rig: EngineRig): Promise<readonly string[]> {
  return (await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)
}
