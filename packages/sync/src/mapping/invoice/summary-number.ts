import type { ConnectionSettings } from '../../model/settings.ts'
import type { SummaryDay } from '../../model/summary.ts'
import { invoiceNumber } from './numbering.ts'

/** Characters of its link's id, so that a second summary of a day has a number of its own. */
const OWN_LENGTH = 6

/**
 * `DAY-2026-11-22-AUD-3F9A2C` behind the prefix: no counter of either system comes to it, Xero keeps it unique, and it is
 * the same whenever it is made again.
 */
export function summaryNumber({ day, currency }: SummaryDay, linkId: string, settings: ConnectionSettings): string {
  const own = linkId.slice(-OWN_LENGTH).toUpperCase()
  return invoiceNumber(`DAY-${day}-${currency}-${own}`, settings)
}

const SUMMARY_NUMBER = /DAY-\d{4}-\d{2}-\d{2}-[A-Z]{3}-[0-9A-Z]{6}$/

export function isSummaryNumber(number: string): boolean {
  return SUMMARY_NUMBER.test(number)
}
