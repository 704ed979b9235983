import type { RemoteRecord } from '../../model/record.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { MappingContext, SideView, WriteVerdict } from '../contract.ts'
import { isZero } from '../decimal.ts'
import { plainDate } from '../plain-date.ts'
import { textAt } from '../record-fields.ts'
import { locked, lockedByLife, WRITE } from '../verdicts.ts'
import { isPaidInCrm } from './arrival.ts'
import { isKnownZohoStatus, xeroStatus } from './status.ts'

/** What Xero still takes on a document with payments or credits (xero.md 4.3, edit matrix). */
const OPEN_WHEN_PAID: ReadonlySet<string> = new Set([
  'subject',
  'number',
  'dueDate',
  'brandingTheme',
  'customer',
  'vendor',
])
/** Whose document it is, for sales and for bills. */
const PARTIES: ReadonlySet<string> = new Set(['customer', 'vendor'])

/** May this field of an existing invoice be written (R36, C22)? The CRM side always may, but for what has no meaning. */
export function invoiceLock(field: string, target: SideView, context: MappingContext): WriteVerdict {
  const record = target.main
  if (record === null) return WRITE
  const byLife = lockedByLife(target)
  if (byLife.type === 'locked') return byLife
  if (field === 'currency') return locked('valueNotAllowed', 'The currency of a document is fixed when it is created')
  return record.side === 'zoho' ? zohoLock(field, record, context) : xeroLock(field, record, context)
}

function zohoLock(field: string, record: RemoteRecord, { settings }: MappingContext): WriteVerdict {
  const status = textAt(record.fields, 'Status')
  if (field !== 'status' || isKnownZohoStatus(status) || isPaidInCrm(status, settings.invoice)) return WRITE
  return locked('unmappedStatus', `Zoho shows Status "${status}", which no Xero status stands for: it is left as it is`)
}

/** The same for a bill, whose fields have their own names. */
export function xeroLock(field: string, record: RemoteRecord, { settings, reference }: MappingContext): WriteVerdict {
  const byDate = lockedByDate(plainDate(textAt(record.fields, 'Date')), reference)
  if (byDate !== null) return locked('lockDate', byDate)
  const status = xeroStatus(record)
  switch (status) {
    case 'DRAFT':
    case 'SUBMITTED':
      return WRITE
    case 'AUTHORISED':
    case 'PAID':
      return settings.lockRule === 'draftOnly'
        ? locked('recordLocked', `Xero has locked this: it ${waysForward(record)}`)
        : lockedByMatrix(field, record)
    default:
      return locked('statusNotAllowed', `Xero has locked this: it is ${status}`)
  }
}

/** What stands in the way, and what the law of the ledger still allows (R36a). */
function waysForward(record: RemoteRecord): string {
  if (xeroStatus(record) === 'PAID')
    return 'is paid. Undo the payment in Xero and edit it there, or correct it with a credit note'
  return isAllocated(record)
    ? 'is paid in part. Remove the payment in Xero and edit it there, or correct it with a credit note'
    : 'is approved and awaits payment. Edit it in Xero, or correct it there with a credit note'
}

/** Payments or credits hold on to it. */
function isAllocated({ fields }: RemoteRecord): boolean {
  return !isZero(textAt(fields, 'AmountCredited')) || !isZero(textAt(fields, 'AmountPaid'))
}

function lockedByMatrix(field: string, record: RemoteRecord): WriteVerdict {
  const isCredited = !isZero(textAt(record.fields, 'AmountCredited'))
  const isTouched = isAllocated(record) || xeroStatus(record) === 'PAID'
  if (!isTouched) return WRITE
  // A credit note holds on to its contact.
  const isOpen = OPEN_WHEN_PAID.has(field) && !(PARTIES.has(field) && isCredited)
  return isOpen ? WRITE : locked('documentHasPayments', 'Xero has locked this: payments or credits are allocated to it')
}

/** Why a document of this date cannot be made or changed; null when it can. Both dates count: roles differ (xero.md 4.11). */
export function lockedByDate(date: string, { xero }: ReferenceData): string | null {
  if (date === '') return null
  const locks = [
    { name: 'period', lock: xero.periodLockDate },
    { name: 'end of year', lock: xero.endOfYearLockDate },
  ]
  const hit = locks.find(({ lock }) => lock !== null && date <= lock)
  return hit === undefined ? null : `The document date ${date} is not after the ${hit.name} lock date ${hit.lock}`
}
