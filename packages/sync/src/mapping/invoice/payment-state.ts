import type { PaymentState } from '../../model/invoice-settings.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { isZero, normaliseDecimal } from '../decimal.ts'
import { plainDate } from '../plain-date.ts'
import { textAt } from '../record-fields.ts'
import { xeroStatus } from './status.ts'

/** States that a passing due date turns into Overdue. */
export const NOT_LATE_YET = ['Unpaid', 'Partly paid'] as const satisfies readonly PaymentState[]

/** What is owed of a Xero invoice today (a plain date in the organisation's zone); '' for what is cancelled. */
export function paymentState(record: RemoteRecord, today: string): PaymentState | '' {
  const { fields } = record
  // Not answered by Xero yet: nothing is known of its money.
  if (normaliseDecimal(textAt(fields, 'AmountDue')) === '') return ''
  switch (xeroStatus(record)) {
    case 'PAID':
      return 'Paid'
    case 'AUTHORISED':
      return isZero(textAt(fields, 'AmountDue')) ? 'Paid' : openState(record, today)
    case 'DRAFT':
    case 'SUBMITTED':
      return 'Unpaid'
    default:
      return ''
  }
}

function openState({ fields }: RemoteRecord, today: string): PaymentState {
  const due = plainDate(textAt(fields, 'DueDate'))
  if (due !== '' && due < today) return 'Overdue'
  const isTouched = !isZero(textAt(fields, 'AmountPaid')) || !isZero(textAt(fields, 'AmountCredited'))
  return isTouched ? 'Partly paid' : 'Unpaid'
}
