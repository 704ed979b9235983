import type { Big } from 'big.js'
import type { DocumentStatus, LineAmountTypes, LineRow, Totals } from './rows.ts'
import type { Row } from './table.ts'

/** A part of a credit that has been put against an invoice. */
export interface AllocationRow {
  readonly id: string
  readonly invoiceId: string
  readonly amount: Big
  readonly date: string
}

/** What credit notes, prepayments and overpayments have in common (xero.md 4.5, 4.7). */
interface CreditBase extends Row, Totals {
  readonly reference: string
  readonly contactId: string
  readonly date: string
  readonly lineAmountTypes: LineAmountTypes
  readonly lines: readonly LineRow[]
  readonly currency: string
  readonly currencyRate: Big
  readonly brandingThemeId: string
  readonly allocations: readonly AllocationRow[]
}

export interface CreditNoteRow extends CreditBase {
  readonly type: 'ACCRECCREDIT' | 'ACCPAYCREDIT'
  readonly status: DocumentStatus
  readonly number: string
  readonly sentToContact: boolean
}

/** Those that a bank transaction makes come first; the others are made in Xero's own pages (xero.md 4.7). */
export const PREPAYMENT_TYPES = ['RECEIVE-PREPAYMENT', 'SPEND-PREPAYMENT', 'ARPREPAYMENT', 'APPREPAYMENT'] as const
export const OVERPAYMENT_TYPES = ['RECEIVE-OVERPAYMENT', 'SPEND-OVERPAYMENT', 'AROVERPAYMENT'] as const
export type AdvanceType = (typeof PREPAYMENT_TYPES)[number] | (typeof OVERPAYMENT_TYPES)[number]

/** Money that came or went before its invoice, or beyond it: a prepayment or an overpayment. */
export interface AdvanceRow extends CreditBase {
  readonly type: AdvanceType
  readonly status: 'AUTHORISED' | 'PAID' | 'VOIDED'
  readonly accountId: string
  readonly isReconciled: boolean
}

export type CreditRow = CreditNoteRow | AdvanceRow
export type CreditKind = 'creditNote' | 'prepayment' | 'overpayment'
