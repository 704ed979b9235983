import { describe, expect, test } from 'vitest'
import { personsRule } from './persons.ts'

const person = (firstName: string, more: { readonly lastName?: string; readonly email?: string } = {}) => ({
  firstName,
  lastName: 'Person',
  email: `${firstName.toLowerCase()}@example.com`,
  ...more,
})
const ANN = person('Ann')
const BEN = person('Ben')
const CYD = person('Cyd')
const MARRIED = person('Ben', { lastName: 'Married' })

const join = personsRule().join

describe('additional people changed on both sides, or without a base', () => {
  // Catches: one side's addition lost to the other's.
  test('are everybody of both, in one order', () => {
    expect(join?.({ zoho: [CYD, ANN], xero: [BEN, ANN], base: [ANN], winner: 'xero' })).toEqual([ANN, BEN, CYD])
    expect(join?.({ zoho: [CYD], xero: [ANN], base: null, winner: 'xero' })).toEqual([ANN, CYD])
  })

  // Catches: somebody deleted in the CRM who comes back with an addition in Xero.
  test('whoever has gone from the CRM stays gone; nobody is taken away from it', () => {
    expect(join?.({ zoho: [ANN], xero: [ANN, BEN, CYD], base: [ANN, BEN], winner: 'xero' })).toEqual([ANN, CYD])
    expect(join?.({ zoho: [ANN, BEN], xero: [ANN], base: [ANN, BEN], winner: 'xero' })).toEqual([ANN, BEN])
  })

  // Catches: an edit of one person undone because somebody else was added on the other side.
  test('an edit on one side stays, on both the winner decides', () => {
    expect(join?.({ zoho: [BEN, ANN], xero: [MARRIED], base: [BEN], winner: 'zoho' })).toEqual([ANN, MARRIED])
    expect(join?.({ zoho: [MARRIED], xero: [BEN, ANN], base: [BEN], winner: 'xero' })).toEqual([ANN, MARRIED])
    const other = person('Ben', { lastName: 'Other' })
    expect(join?.({ zoho: [MARRIED], xero: [other], base: [BEN], winner: 'xero' })).toEqual([other])
    expect(join?.({ zoho: [MARRIED], xero: [other], base: [BEN], winner: 'zoho' })).toEqual([MARRIED])
  })
})
