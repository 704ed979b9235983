import type { ArrivalStatus, DueTerms } from './invoice-settings.ts'
import type { TaxMapping } from './settings.ts'

/** What a person may choose about the bills that purchase orders of the CRM become (R10c). */
export interface BillSettings {
  /** Values of a purchase order's Status that make it a bill, as Zoho shows them; chosen by a person. */
  readonly orderStatuses: readonly string[]
  /** Status of the bill that is made in Xero. */
  readonly arrivalStatus: ArrivalStatus
  /** Expense account for lines whose item has none of its own; '' until a person chooses (never assumed). */
  readonly purchaseAccountCode: string
  /** As the `taxMap` of sales: taxes that are paid have types of their own in Xero (xero.md 4.9). */
  readonly taxMap: readonly TaxMapping[]
  /** When a bill falls due whose order has no due date and whose supplier no terms; null: it has no due date. */
  readonly dueRule: DueTerms | null
}

/** Fields of a purchase order that show what became of it, by what they hold. */
export const BILL_ROLES = ['number', 'url', 'amountDue', 'amountPaid', 'status', 'paymentState'] as const
export type BillRole = (typeof BILL_ROLES)[number]

/** No order becomes a bill until somebody says which ones do. */
export const DEFAULT_BILL_SETTINGS: BillSettings = {
  orderStatuses: [],
  arrivalStatus: 'DRAFT',
  purchaseAccountCode: '',
  taxMap: [],
  dueRule: { type: 'daysAfter', days: 30 },
}
