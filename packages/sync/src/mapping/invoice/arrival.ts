import type { ArrivalStatus } from '../../model/invoice-settings.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { textAt } from '../record-fields.ts'

/** The status that a CRM invoice arrives with in Xero (R24). */
export function arrivalStatus(source: RemoteRecord, { invoice }: ConnectionSettings): ArrivalStatus {
  return invoice.arrivalStatus[isPaidInCrm(textAt(source.fields, 'Status'), invoice) ? 'paid' : 'unpaid']
}

/** Zoho has no word for it: what "paid" is there was chosen (zoho-crm.md 4). */
export function isPaidInCrm(status: string, { paidStatuses }: ConnectionSettings['invoice']): boolean {
  return status !== '' && paidStatuses.includes(status)
}
