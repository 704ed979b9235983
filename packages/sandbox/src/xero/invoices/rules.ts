import type { Books } from '../model/books.ts'
import type { DocumentStatus, InvoiceRow, LineRow } from '../model/rows.ts'
import { longDate } from '../wire/dates.ts'

/** Exact texts of xero.md 4.3. */
export const BAD_STATUS = 'Invoice not of valid status for modification'
export const NUMBER_NOT_UNIQUE = 'Invoice # must be unique.'
export const HAS_PAYMENTS = 'This document cannot be edited as it has a payment or credit note allocated to it.'
export const NO_DUE_DATE = 'The document DueDate field must be specified.'
export const NO_CONTACT = 'A Contact must be specified for this type of transaction'
const statusWithPayments = (status: string) =>
  `The status ${status} cannot be applied to the invoice because it has payments or credit notes allocated to it.`

const TRANSITIONS: Readonly<Record<DocumentStatus, readonly string[]>> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: ['PAID'],
  VOIDED: [],
  DELETED: [],
}

/** Whether a stored document may take this status, and be edited at all (xero.md 4.3, also for credit notes 4.5). */
export function transitionFault(
  before: { readonly status: DocumentStatus; readonly hasAllocations: boolean },
  sent: string | undefined,
): string | undefined {
  if (TRANSITIONS[before.status].length === 0) return BAD_STATUS
  if (sent === undefined) return undefined
  if (before.hasAllocations && sent !== 'PAID') return statusWithPayments(sent)
  return TRANSITIONS[before.status].includes(sent) ? undefined : BAD_STATUS
}

/** Lock dates bind the document's date, the day itself included (xero.md 4.3, 4.11). */
export function lockFaults(books: Books, dates: readonly string[]): readonly string[] {
  const { periodLockDate, endOfYearLockDate } = books.organisation
  const shown = (date: string) => (books.switches.is('lockDateFormat', 'iso') ? date : longDate(date))
  const isLocked = (lock: string) => lock !== '' && dates.some((date) => date <= lock)
  if (isLocked(endOfYearLockDate)) {
    return [
      `The document date cannot be before the end of year lock date, currently set at ${shown(endOfYearLockDate)}`,
    ]
  }
  if (isLocked(periodLockDate) && books.switches.is('lockDateRole', 'both')) {
    return [`The document date cannot be before the period lock date, currently set at ${shown(periodLockDate)}`]
  }
  return []
}

export const hasAllocations = (row: InvoiceRow): boolean => row.amountPaid.gt(0) || row.amountCredited.gt(0)

/** What may still change once money is allocated: everything that is compared here may not (xero.md 4.3, edit matrix). */
export function frozenChange(before: InvoiceRow, after: InvoiceRow): boolean {
  return frozenMoney(before, after) || before.expectedPaymentDate !== after.expectedPaymentDate
}

type Priced = Pick<InvoiceRow, 'date' | 'currency' | 'currencyRate' | 'lineAmountTypes' | 'lines'>

/** The part of it that credit notes share (xero.md 4.5). */
export function frozenMoney(before: Priced, after: Priced): boolean {
  return (
    before.date !== after.date ||
    before.currency !== after.currency ||
    !before.currencyRate.eq(after.currencyRate) ||
    before.lineAmountTypes !== after.lineAmountTypes ||
    before.lines.length !== after.lines.length ||
    before.lines.some((line, index) => frozenLineChange(line, after.lines[index]))
  )
}

function frozenLineChange(before: LineRow, after: LineRow | undefined): boolean {
  if (after === undefined) return true
  const sameAmount = (a: LineRow['quantity'], b: LineRow['quantity']) =>
    a === undefined || b === undefined ? a === b : a.eq(b)
  return (
    before.id !== after.id ||
    !sameAmount(before.quantity, after.quantity) ||
    !sameAmount(before.unitAmount, after.unitAmount) ||
    !before.lineAmount.eq(after.lineAmount) ||
    !before.taxAmount.eq(after.taxAmount) ||
    before.taxType !== after.taxType ||
    before.itemCode !== after.itemCode
  )
}

/** On part-paid documents DueDate and SentToContact do not move UpdatedDateUTC (xero.md 2.6). */
export function isSilentEdit(before: InvoiceRow, after: InvoiceRow): boolean {
  if (!hasAllocations(before)) return false
  const isMoved = before.dueDate !== after.dueDate || before.sentToContact !== after.sentToContact
  const isElseEqual =
    before.reference === after.reference &&
    before.number === after.number &&
    before.brandingThemeId === after.brandingThemeId &&
    before.contactId === after.contactId &&
    before.url === after.url &&
    before.plannedPaymentDate === after.plannedPaymentDate &&
    before.lines === after.lines
  return isMoved && isElseEqual
}
