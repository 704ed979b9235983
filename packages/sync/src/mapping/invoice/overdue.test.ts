import { expect, test } from 'vitest'
import type { Shadow } from '../../model/link.ts'
import { canonicalText, type Value } from '../../model/value.ts'
import { SETTINGS } from '../testing.ts'
import { invoiceMapping } from './invoice-mapping.ts'
import { turnsOverdue } from './overdue.ts'

const print = (value: Value) => `#${canonicalText(value)}`
/** As it stands after retention: the fingerprint alone (R79). */
const purged = (values: Readonly<Record<string, Value>>): Shadow =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, { print: print(value), value: null, isPurged: true }]),
  )

// Catches: overdue invoices that nobody looks at again, and every paid one read again each day for nothing.
test.each([
  ['Unpaid', 'AUTHORISED', '2026-11-21', true],
  ['Partly paid', 'AUTHORISED', '2026-11-21', true],
  ['Unpaid', 'AUTHORISED', '2026-11-22', false],
  ['Unpaid', 'AUTHORISED', '2026-01-31', true],
  ['Overdue', 'AUTHORISED', '2026-11-21', false],
  ['Paid', 'PAID', '2026-11-21', false],
  ['Unpaid', 'DRAFT', '2026-11-21', false],
  ['Unpaid', 'AUTHORISED', '', false],
])('%s, %s, due %s: looked at on 2026-11-22: %s (R38c)', (paymentState, status, dueDate, expected) => {
  const hasTurned = turnsOverdue('2026-11-22', print)
  expect(hasTurned(purged({ paymentState, status, dueDate }))).toBe(expected)
})

test('a record that remembers nothing is left to those who compare it', () => {
  expect(turnsOverdue('2026-11-22', print)({})).toBe(false)
})

test('without the field there is nothing to keep right', () => {
  expect(invoiceMapping(SETTINGS).turnsWith).toBeDefined()
  const provisioned = { ...SETTINGS.provisioned, paymentState: '' }
  expect(invoiceMapping({ ...SETTINGS, provisioned }).turnsWith).toBeUndefined()
})
