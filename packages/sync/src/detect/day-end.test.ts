import { expect, test } from 'vitest'
import { dayEndsAt } from './day-end.ts'

// Catches: a day that ends with that of our own clock, or an hour off on the day of a clock change (R26).
test.each([
  ['2026-11-20', 'Australia/Sydney', '2026-11-20T13:00:00.000Z'],
  ['2026-04-05', 'Australia/Sydney', '2026-04-05T14:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ['2026-12-31', 'Pacific/Auckland', '2026-12-31T11:00:00.000Z'],
  ['2028-02-29', 'UTC', '2028-03-01T00:00:00.000Z'],
])('%s in %s ends at %s', (day, zone, end) => {
  expect(new Date(dayEndsAt(day, zone)).toISOString()).toBe(end)
})
