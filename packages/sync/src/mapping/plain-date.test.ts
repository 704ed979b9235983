import { expect, test } from 'vitest'
import { dueDate, type PaymentTerms, plainDate } from './plain-date.ts'

const days = (count: number): PaymentTerms => ({ type: 'daysAfter', days: count })
const afterMonthEnd = (count: number): PaymentTerms => ({ type: 'daysAfterMonthEnd', days: count })
const dayOfNext = (day: number): PaymentTerms => ({ type: 'dayOfNextMonth', day })
const dayOfThis = (day: number): PaymentTerms => ({ type: 'dayOfThisMonth', day })

test.each([
  ['2026-01-31', days(30), '2026-03-02'],
  ['2028-01-31', days(30), '2028-03-01'],
  ['2026-12-15', days(30), '2027-01-14'],
  ['2026-10-03', days(1), '2026-10-04'],
  ['2026-01-31', afterMonthEnd(0), '2026-01-31'],
  ['2026-01-05', afterMonthEnd(30), '2026-03-02'],
  ['2028-02-10', afterMonthEnd(1), '2028-03-01'],
  ['2026-01-31', dayOfNext(31), '2026-02-28'],
  ['2028-01-31', dayOfNext(31), '2028-02-29'],
  ['2026-12-31', dayOfNext(20), '2027-01-20'],
  ['2026-02-10', dayOfThis(31), '2026-02-28'],
  ['2028-02-10', dayOfThis(30), '2028-02-29'],
  ['2026-10-20', dayOfThis(20), '2026-10-20'],
  ['2026-12-21', dayOfThis(20), '2027-01-20'],
  ['2026-10-20', dayOfThis(0), '2026-11-01'],
])('%s with %o is due %s: month ends and leap days shift by one where dates are instants (R28)', (date, terms, due) => {
  expect(dueDate(date, terms)).toBe(due)
})

test('a time behind the date is dropped, other text is no date: a wrong zone would move the day', () => {
  expect(plainDate('2026-10-06T00:00:00')).toBe('2026-10-06')
  expect(plainDate('06/10/2026')).toBe('')
})
