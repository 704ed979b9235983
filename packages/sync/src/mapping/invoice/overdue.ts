import { Temporal } from 'temporal-polyfill'
import type { Shadow } from '../../model/link.ts'
import type { Value } from '../../model/value.ts'
import { NOT_LATE_YET } from './payment-state.ts'

/** Due dates looked for: longer than any process stands still. */
const DAYS_BACK = 400

/**
 * Which invoices have become overdue since they were last compared, though Xero says nothing anew of them (R38c). By
 * fingerprints, which stay when the values are purged: an invoice may be due later than its values are kept.
 */
export function turnsOverdue(today: string, print: (value: Value) => string): (shadow: Shadow) => boolean {
  const open = new Set(NOT_LATE_YET.map((state) => print(state)))
  const approved = print('AUTHORISED')
  const first = Temporal.PlainDate.from(today)
  const past = new Set(
    Array.from({ length: DAYS_BACK }, (_, day) => print(first.subtract({ days: day + 1 }).toString())),
  )
  return ({ paymentState, status, dueDate }) =>
    paymentState !== undefined &&
    open.has(paymentState.print) &&
    status?.print === approved &&
    dueDate !== undefined &&
    past.has(dueDate.print)
}
