import type { Kind } from '@tandem/sync/model/kind.ts'
import type { SkipReason } from '@tandem/sync/model/plan.ts'
import type { Side } from '@tandem/sync/model/side.ts'
import type { Value } from '@tandem/sync/model/value.ts'
import { cell } from './table.ts'

/** What the systems and things are called for people (C8: never a bare "Accounts"). */
export const SIDE_NAMES: Readonly<Record<Side, string>> = { zoho: 'Zoho CRM', xero: 'Xero' }
export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  contact: 'contacts',
  item: 'items',
  quote: 'quotes',
  invoice: 'invoices',
  payment: 'payments',
  account: 'ledger accounts (Xero)',
  vendor: 'suppliers',
  bill: 'bills',
}
export const KIND_NAME: Readonly<Record<Kind, string>> = {
  contact: 'contact',
  item: 'item',
  quote: 'quote',
  invoice: 'invoice',
  payment: 'payment',
  account: 'ledger account (Xero)',
  vendor: 'supplier',
  bill: 'bill',
}

/** Why records take no part, by setting and without any error. */
export const SKIP_NAMES: Readonly<Record<SkipReason, string>> = {
  notTicked: 'Add to Xero is not ticked',
  supplierOnly: 'suppliers only',
  notASale: 'not a sale',
  cancelled: 'cancelled',
  archivedUnlinked: 'archived',
  createSwitchedOff: 'creating is switched off',
  updateSwitchedOff: 'updating is switched off',
  directionSwitchedOff: 'this direction is switched off',
  statusFilteredOut: 'left out by status',
  lockedInXero: 'locked in Xero',
  goneUnlinked: 'deleted before it was linked',
  waitsForUnsettledCreate: 'waits for an answer about another',
  detached: 'kept out by a person',
  beforeStartDate: 'before the start date',
  personWithoutCompany: 'people without a company',
  notWon: 'deals that are not won',
  parentLeftOut: 'their invoice is left out',
  notASupplier: 'not a supplier',
  waitsForDayEnd: 'wait for the summary of their day',
  daySummary: 'daily summaries',
}

/** A value on one line: texts in quotes, blanks as `(blank)`, the rest as short JSON. */
export function shown(value: Value): string {
  if (value === null || value === '') return '(blank)'
  if (typeof value === 'string') return `"${cell(value)}"`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return cell(JSON.stringify(value))
}

export function when(epochMs: number | null): string {
  return epochMs === null ? '' : new Date(epochMs).toISOString().replace('T', ' ').slice(0, 19)
}

export function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}
