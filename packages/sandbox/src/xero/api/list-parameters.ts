import type { ApiCall } from './call.ts'
import { simulatorGap } from './problem.ts'

/** Every list parameter of the sheet that selects or shortens (xero.md 2.4). */
const SELECTING = [
  'where',
  'order',
  'IDs',
  'InvoiceNumbers',
  'References',
  'ContactIDs',
  'Statuses',
  'searchTerm',
  'includeArchived',
  'summaryOnly',
  'createdByMyApp',
  'QuoteNumber',
  'Status',
  'ContactID',
  'DateFrom',
  'DateTo',
  'ExpiryDateFrom',
  'ExpiryDateTo',
] as const
export type ListParameter = (typeof SELECTING)[number]

/** Xero ignores a parameter that an endpoint does not have, and so answers more than was meant: here that fails aloud. */
export function refuseOtherParameters(call: ApiCall, known: readonly ListParameter[]): void {
  const stray = SELECTING.find((name) => call.query.has(name) && !known.includes(name))
  if (stray !== undefined) throw simulatorGap(400, `/${call.resource} has no ${stray} parameter`)
}
