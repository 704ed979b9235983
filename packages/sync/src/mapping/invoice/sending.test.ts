import { expect, test } from 'vitest'
import type { InvoiceSettings, Sending, SendingChange } from '../../model/invoice-settings.ts'
import { SETTINGS } from '../testing.ts'
import { mayBeSummed, sendingOf } from './sending.ts'

const settings = (sending: Sending, ...changes: readonly SendingChange[]): InvoiceSettings => ({
  ...SETTINGS.invoice,
  sending,
  sendingChanges: changes,
})
const ON: SendingChange = { at: '2026-11-10T00:00:00Z', to: 'dailySummary' }
const OFF: SendingChange = { at: '2026-11-20T00:00:00Z', to: 'oneByOne' }

// Catches: a choice that reaches back to what was made before it, in either direction (R26).
test.each([
  ['2026-11-09T23:59:59Z', [ON], 'oneByOne'],
  ['2026-11-10T00:00:00Z', [ON], 'dailySummary'],
  ['2026-11-19T23:59:59+00:00', [ON, OFF], 'dailySummary'],
  ['2026-11-20T11:00:00+11:00', [ON, OFF], 'oneByOne'],
  ['2026-11-09T00:00:00Z', [ON, OFF], 'oneByOne'],
  ['2026-11-09T00:00:00Z', [OFF], 'dailySummary'],
  [null, [ON], 'dailySummary'],
] as const)('made at %s, with %j: %s', (createdAt, changes, expected) => {
  expect(sendingOf(createdAt, settings(changes.at(-1)?.to ?? 'oneByOne', ...changes))).toBe(expected)
})

test('chosen from the beginning, it holds for all', () => {
  expect(sendingOf('2020-01-01T00:00:00Z', settings('dailySummary'))).toBe('dailySummary')
  expect(sendingOf('2020-01-01T00:00:00Z', settings('oneByOne'))).toBe('oneByOne')
})

// Catches: every invoice of everybody looked at for summaries that nobody has.
test('nothing is looked at for it while nobody has ever wanted it', () => {
  expect([settings('oneByOne'), settings('oneByOne', ON, OFF), settings('dailySummary')].map(mayBeSummed)).toEqual([
    false,
    true,
    true,
  ])
})
