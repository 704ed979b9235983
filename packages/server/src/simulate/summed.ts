import type { InvoiceSettings } from '@tandem/sync/model/invoice-settings.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { xeroCreate } from '../rig/acts.ts'
import type { SimulatedCompany } from './company.ts'

/** Longer than the vendors' clocks differ: what the company begins with goes one by one. */
const FIRST_SUMMED_MS = 15 * 60_000

/** The one contact of all daily summaries, as a person makes it in Xero (R25, R26). */
export async function makeOnlineSale(company: SimulatedCompany): Promise<string> {
  return (await xeroCreate(company, 'createContact', { Name: 'Online Sale' })).id
}

export function summedInvoices({ invoice }: ConnectionSettings, contactId: string, nowMs: number): InvoiceSettings {
  const at = new Date(nowMs + FIRST_SUMMED_MS).toISOString()
  return {
    ...invoice,
    sending: 'dailySummary',
    sendingChanges: [{ at, to: 'dailySummary' }],
    onlineSale: { ...invoice.onlineSale, contactId },
  }
}
