import { expect, test } from 'vitest'
import type { RemoteRecord } from '../../model/record.ts'
import { haveLikeNames } from './contact-keys.ts'

function company(name: string): RemoteRecord {
  return {
    side: 'zoho',
    collection: 'Accounts',
    id: '1',
    version: '2026-01-01T00:00:00.000Z',
    createdAt: null,
    modifiedBy: null,
    life: 'live',
    hasLines: false,
    fields: { Account_Name: name },
  }
}

test.each([
  ['Wattle Street Cafe', 'WATTLE STREET CAFÉ PTY LTD', true],
  ['Harbour Joinery', 'Harbour Joinery Australia', true],
  ['Tran and Sutherland Motors Pty Ltd', 'Tran and Haddad Catering Group', false],
  ['Acme', 'Zenith', false],
  ['The Bakery and Co', 'The Florist and Co', false],
])("%s and %s: %s (bug: one bookkeeper's mailbox joins two businesses and overwrites one)", (left, right, expected) => {
  expect(haveLikeNames(company(left), company(right))).toBe(expected)
})
