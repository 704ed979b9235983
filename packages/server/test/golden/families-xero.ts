import { Big } from 'big.js'
import { type Desk, finePrice, line, lines } from './desk.ts'
import type { GoldenDocument } from './document.ts'
import {
  type Draft,
  discounted,
  type Family,
  finePriced,
  foreign,
  halfCents,
  lessAmount,
  lessPercent,
  many,
  mixedDiscounts,
  plain,
  withNothing,
  withReturn,
} from './families.ts'

const stating = (basis: GoldenDocument['basis'], make: Family['make']) => (desk: Desk, ordinal: number) => ({
  ...make(desk, ordinal),
  basis,
})

/** Eleven times so many cents and five: Xero rounds its tax down, Zoho that of the net up. */
const aCentApart: Family['make'] = (desk) => ({
  lines: lines(desk, 3, () => ({
    taxes: ['gst'],
    quantity: '1',
    price: new Big(11 * desk.chance.int(0, 900) + 5).div(100).toFixed(2),
  })),
})

/** Whole cents with tax in them: each eleventh of them is a price whose tax Zoho would round up. */
const inclusiveLines =
  (count: number) =>
  (desk: Desk): Draft => ({
    lines: lines(desk, count, () => ({ taxes: ['gst'], quantity: '1' })),
  })

/** 80 documents that are born in Xero. */
export const XERO_FAMILIES: readonly Family[] = [
  { name: 'plain', count: 6, make: plain },
  { name: 'discounts in per cent', count: 8, make: discounted(lessPercent) },
  { name: 'discounts as amounts', count: 6, make: discounted(lessAmount) },
  { name: 'prices of four decimals', count: 8, make: finePriced(({ chance }) => finePrice(chance)) },
  { name: 'half cents', count: 8, make: halfCents },
  { name: 'tax inclusive', count: 8, make: stating('Inclusive', plain) },
  { name: 'tax inclusive, cents apart', count: 2, make: stating('Inclusive', aCentApart) },
  { name: 'tax inclusive, discounted', count: 6, make: stating('Inclusive', discounted(mixedDiscounts)) },
  { name: 'without tax', count: 4, make: stating('NoTax', discounted(mixedDiscounts)) },
  { name: 'foreign currency', count: 6, make: foreign },
  {
    name: 'lines without an item',
    count: 4,
    make: (desk) => ({ lines: lines(desk, 3, (index) => (index === 0 ? {} : { product: null })) }),
  },
  {
    name: 'a line of words',
    count: 2,
    make: (desk) => ({ lines: [line(desk), line(desk, { product: null, quantity: '', price: '', taxes: [] })] }),
  },
  { name: 'lines of nothing', count: 3, make: withNothing },
  { name: 'goods returned', count: 3, make: withReturn },
  {
    name: 'tax typed over by two cents',
    count: 1,
    make: (desk) => ({
      lines: [line(desk), line(desk, { quantity: '2', price: '50.00', taxes: ['gst'], typedTax: '10.02' })],
    }),
  },
  { name: 'many lines', count: 1, make: many },
  { name: 'many lines, tax inclusive', count: 1, make: stating('Inclusive', inclusiveLines(150)) },
  {
    name: 'tax typed over by a dollar',
    count: 1,
    make: (desk) => ({ lines: [line(desk, { quantity: '2', price: '50.00', taxes: ['gst'], typedTax: '11.00' })] }),
  },
  {
    name: 'a tax that nobody paired',
    count: 1,
    make: (desk) => ({ lines: [line(desk), line(desk, { taxes: ['inputTaxed'] })] }),
  },
  {
    name: 'quantity of three decimals',
    count: 1,
    make: (desk) => ({ lines: [line(desk, { quantity: '1.125', price: '80.00' })] }),
  },
]
