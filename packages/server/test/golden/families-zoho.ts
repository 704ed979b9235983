import { finePrice, line, lines } from './desk.ts'
import { amount, percent } from './document.ts'
import {
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
  underHeader,
  withNothing,
  withReturn,
} from './families.ts'

const SMALL = ['0.01', '-0.02', '0.05', '-0.05'] as const
const LARGE = ['0.06', '-1.10'] as const

/** 120 documents that are born in Zoho. */
export const ZOHO_FAMILIES: readonly Family[] = [
  { name: 'plain', count: 11, make: plain },
  { name: 'discounts in per cent', count: 14, make: discounted(lessPercent) },
  { name: 'discounts as amounts', count: 12, make: discounted(lessAmount) },
  { name: 'both kinds of discount', count: 10, make: discounted(mixedDiscounts) },
  { name: 'prices of four decimals', count: 10, make: finePriced(({ chance }) => finePrice(chance)) },
  { name: 'half cents', count: 12, make: halfCents },
  {
    name: 'two taxes on a row',
    count: 8,
    make: (desk) => ({ lines: lines(desk, 4, (index) => (index === 3 ? {} : { taxes: ['state', 'city'] })) }),
  },
  { name: 'foreign currency', count: 10, make: foreign },
  { name: 'lines of nothing', count: 6, make: withNothing },
  { name: 'goods returned', count: 6, make: withReturn },
  { name: 'many lines', count: 4, make: many },
  {
    name: 'small adjustment',
    count: 4,
    make: (desk, ordinal) => ({ ...plain(desk), adjustment: SMALL[ordinal % SMALL.length] ?? '0.01' }),
  },
  {
    name: 'large adjustment',
    count: 2,
    make: (desk, ordinal) => ({ ...plain(desk), adjustment: LARGE[ordinal % LARGE.length] ?? '1.00' }),
  },
  {
    name: 'header discount in per cent',
    count: 4,
    make: underHeader([percent('5'), percent('12.5'), percent('33.33'), percent('7.25')]),
  },
  {
    name: 'header discount as amount',
    count: 4,
    make: underHeader([amount('10'), amount('0.07'), amount('33.33'), amount('1.01')]),
  },
  { name: 'tax on the document', count: 1, make: (desk) => ({ ...plain(desk), documentTaxes: ['gst'] }) },
  {
    name: 'taxes that nobody paired',
    count: 1,
    make: (desk) => ({ lines: [line(desk), line(desk, { taxes: ['gst', 'export'] })] }),
  },
  {
    name: 'discount above the row',
    count: 1,
    make: (desk) => ({
      lines: [line(desk), line(desk, { quantity: '5.55', price: '0.10', discount: amount('0.56') })],
    }),
  },
]
