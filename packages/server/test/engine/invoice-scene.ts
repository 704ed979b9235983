import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { InboxItem } from '@tandem/sync/store/contract.ts'
import { expect } from 'vitest'
import { type ActedRecord, zohoCreate } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates, type XeroInvoice, type ZohoInvoice } from '../../src/rig/oracle-state.ts'
import { type WriteSeen, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { firstCompany, found } from './small-company.ts'

/** Settings with other options of invoices. */
export function withInvoice(change: Partial<ConnectionSettings['invoice']>) {
  return (settings: ConnectionSettings): ConnectionSettings => ({
    ...settings,
    invoice: { ...settings.invoice, ...change },
  })
}

/** A CRM invoice of one product at 100 for the first linked company, its due date left open. */
export async function crmInvoice(rig: EngineRig, fields: Readonly<Record<string, unknown>> = {}): Promise<ActedRecord> {
  const { account } = await firstCompany(rig)
  const product = (await readStates(rig)).zoho.records.Products.find((one) => one.Xero_ID !== '')
  return zohoCreate(rig, 'Invoices', {
    Subject: 'Of the scene',
    Account_Name: { id: account.id },
    Invoice_Date: '2026-11-18',
    Status: 'Created',
    Invoiced_Items: [{ Product_Name: { id: product?.id }, Quantity: 1, List_Price: 100 }],
    ...fields,
  })
}

export async function pairOf(
  rig: EngineRig,
  crmId: string,
): Promise<{ readonly crm: ZohoInvoice; readonly books: XeroInvoice }> {
  const { zoho, xero } = await readStates(rig)
  const crm = found(zoho.records.Invoices, crmId)
  return { crm, books: found(xero.invoices, crm.Xero_ID) }
}

export async function atRest(rig: EngineRig): Promise<void> {
  expect((await settle(rig)).end).toBe('quiet')
}

export async function inboxOf(rig: EngineRig): Promise<readonly InboxItem[]> {
  return rig.store.reports.inbox(rig.connectionId)
}

export function writesTo(rig: EngineRig, side: WriteSeen['side']): readonly WriteSeen[] {
  return writesSeen(rig).filter((write) => write.side === side)
}
