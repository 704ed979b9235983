import { Big } from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bigOf, normaliseDecimal, plainText, round2 } from './decimal.ts'

test.each([
  ['2.50', '2.5'],
  ['10.0000', '10'],
  ['-0.00', '0'],
  ['007.10', '7.1'],
  ['100', '100'],
  ['1e-7', '0.0000001'],
  ['', ''],
  ['n/a', ''],
])('%s becomes %s: two spellings of an amount would look like an edit', (text, normal) => {
  expect(normaliseDecimal(text)).toBe(normal)
})

test.each([
  ['0.005', '0.01'],
  ['-0.005', '-0.01'],
  ['1.004999', '1'],
  ['2.675', '2.68'],
])('%s rounds to %s: half to even would lose a cent against Xero', (amount, rounded) => {
  expect(plainText(round2(new Big(amount)))).toBe(rounded)
})

test('normalising keeps the amount: a lost digit would be money', () => {
  const amounts = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 6 }))
  fc.assert(
    fc.property(amounts, ([units, places]) => {
      const text = new Big(units).div(new Big(10).pow(places)).toFixed(places)
      const normal = normaliseDecimal(text)
      expect(bigOf(normal).eq(new Big(text))).toBe(true)
      expect(normaliseDecimal(normal)).toBe(normal)
    }),
  )
})
