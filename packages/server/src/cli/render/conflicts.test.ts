import { expect, test } from 'vitest'
import type { ConflictView } from '../../views/report.ts'
import { conflictLines } from './conflicts.ts'

function conflictOf(values: Partial<ConflictView>): ConflictView {
  const ids = { id: 'c', connectionId: 'c1', linkId: 'l' }
  const decided = { policy: 'newest', winner: 'xero', state: 'closed' } as const
  const texts = { title: 'Ada Ltd', field: 'name', base: 'a', zoho: 'b', xero: 'c' }
  return { ...ids, ...decided, ...texts, kind: 'contact', openedAt: Date.UTC(2026, 10, 2, 9), ...values }
}

test('a conflict shows both values and who decided', () => {
  expect(conflictLines([conflictOf({})])).toEqual([
    'when                 kind     title    field  Zoho CRM  Xero',
    '2026-11-02 09:00:00  contact  Ada Ltd  name   "b"       "c"   kept: Xero (policy newest)',
  ])
  const said = (values: Partial<ConflictView>) => conflictLines([conflictOf(values)])[1]
  expect(said({ policy: 'ask', winner: null, state: 'open' })).toContain('waits for you')
  expect(said({ policy: 'ask', winner: null })).toContain('settled without a choice')
  expect(said({ policy: 'ask', winner: 'zoho', state: 'chosen' })).toContain('you chose Zoho CRM')
  expect(said({ policy: 'person', winner: 'zoho' })).toContain('kept: Zoho CRM (your choice)')
  expect(said({ policy: 'firstLink', base: null })).toContain('kept: Xero (at first link)')
})

test('a value of several parts has a row for each part that differs', () => {
  const zoho = { street: 'A St', city: 'Perth', code: '6000' }
  const lines = conflictLines([conflictOf({ field: 'address', zoho, xero: { ...zoho, street: 'B St', code: '6001' } })])
  expect(lines).toHaveLength(3)
  expect(lines[1]).toContain('address.street  "A St"')
  expect(lines[2]?.trim()).toBe('address.code    "6000"    "6001"')
})
