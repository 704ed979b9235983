import type { Sending } from '@tandem/sync/model/invoice-settings.ts'
import { expect } from 'vitest'
import { type ActedRecord, xeroCreate, zohoCreate } from '../../src/rig/acts.ts'
import type { EngineRig, RigOptions } from '../../src/rig/engine-rig.ts'
import { readStates, type XeroInvoice, type ZohoInvoice } from '../../src/rig/oracle-state.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { firstCompany, found, syncedCompany } from './small-company.ts'

/** The day that is over when the rig's clock begins, and the one that is not: at noon of the 20th in Sydney. */
export const YESTERDAY = '2026-11-19'
export const TODAY = '2026-11-20'
export const HOURS = 60 * 60_000

/** A synced company that sends its sales as daily summaries from now on, to the one contact that a person has made for them. */
export async function shop(options: RigOptions = {}): Promise<EngineRig> {
  const rig = await syncedCompany(options)
  await xeroCreate(rig, 'createContact', { Name: 'Online Sale' })
  await sendAs(rig, 'dailySummary')
  expect((await settle(rig)).end).toBe('quiet')
  forgetRequests(rig)
  return rig
}

/** As the settings are saved: with the moment of the choice. */
export async function sendAs(rig: EngineRig, to: Sending): Promise<void> {
  await rig.clock.advance(2_000)
  const at = new Date(rig.clock.now()).toISOString()
  await rig.change((settings) => {
    const { sendingChanges } = settings.invoice
    const invoice = { ...settings.invoice, sending: to, sendingChanges: [...sendingChanges, { at, to }] }
    return { ...settings, invoice }
  })
  await rig.clock.advance(2_000)
}

export interface SaleRow {
  readonly price: number
  readonly quantity?: number
  readonly tax?: string
}

/** A sale of yesterday, of the first linked product unless its rows say otherwise. */
export async function sale(
  rig: EngineRig,
  rows: readonly SaleRow[] = [{ price: 100 }],
  fields: Readonly<Record<string, unknown>> = {},
): Promise<ActedRecord> {
  const { account } = await firstCompany(rig)
  const { zoho } = await readStates(rig)
  const product = zoho.records.Products.find((one) => one.Xero_ID !== '')
  const taxOf = (name: string) => zoho.org.taxes.find((tax) => tax.name === name)?.id
  return zohoCreate(rig, 'Invoices', {
    Subject: 'A sale',
    Account_Name: { id: account.id },
    Invoice_Date: YESTERDAY,
    Status: 'Created',
    Invoiced_Items: rows.map(({ price, quantity = 1, tax }) => ({
      Product_Name: { id: product?.id },
      Quantity: quantity,
      List_Price: price,
      ...(tax === undefined ? {} : { Line_Tax: [{ id: taxOf(tax), name: tax, percentage: tax === 'GST' ? 10 : 0 }] }),
    })),
    ...fields,
  })
}

export async function summariesOf(rig: EngineRig): Promise<readonly XeroInvoice[]> {
  const { invoices } = (await readStates(rig)).xero
  return invoices
    .filter(({ number }) => number.includes('DAY-'))
    .toSorted((left, right) => (left.number < right.number ? -1 : 1))
}

export async function invoiceOf(rig: EngineRig, id: string): Promise<ZohoInvoice> {
  return found((await readStates(rig)).zoho.records.Invoices, id)
}

/** The summary whose number each of these shows; '' for none. */
export async function shownBy(rig: EngineRig, sales: readonly { readonly id: string }[]): Promise<readonly string[]> {
  const { Invoices } = (await readStates(rig)).zoho.records
  return sales.map(({ id }) => found(Invoices, id).Xero_Invoice_No)
}

export async function atRest(rig: EngineRig): Promise<void> {
  expect((await settle(rig, { limit: 20 })).end).toBe('quiet')
}

export async function codesOf(rig: EngineRig): Promise<readonly string[]> {
  return (await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code).toSorted()
}
