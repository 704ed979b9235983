import { describe, expect, test } from 'vitest'
import type { DealPapers } from '../../model/deal.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ValueObject } from '../../model/value.ts'
import { agreedStages } from '../quote/status.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { dealNumber, dealSource, linesFrom } from './deal-source.ts'
import { invoiceLines } from './line-rules.ts'

const PAPERS: DealPapers = { dealId: '9', quotes: [], products: [], contactCompanyId: '', invoicedQuote: '' }
const deal = (fields: ValueObject) =>
  recordOf(
    'zoho',
    'Deals',
    { Deal_Name: '  Fit-out ', Stage: 'Closed Won', Account_Name: { id: 'a1' }, ...fields },
    '9',
  )

const sourceOf = (of: RemoteRecord, papers: DealPapers) => dealSource(of, papers, agreedStages(SETTINGS.quoteStatusMap))

function quote(id: string, changes: ValueObject): ValueObject {
  return {
    id,
    Created_Time: '2026-11-01T10:00:00+11:00',
    Quote_Stage: 'Confirmed',
    Quoted_Items: [{ id: `r${id}`, Product_Name: { id: 'p1', name: 'Widget' }, Quantity: '2', List_Price: '10' }],
    ...changes,
  }
}

const linesOf = (fields: ValueObject, papers: Partial<DealPapers> = {}) => {
  const source = sourceOf(deal(fields), { ...PAPERS, ...papers })
  const lines = invoiceLines(SETTINGS).read(viewOf(source), contextOf())
  return { from: linesFrom(source), lines: lines.map(({ value }) => [value.item, value.quantity, value.unitPrice]) }
}

describe('the rows of a deal', () => {
  test('come from its newest agreed quote (bug: by the clock of whoever wrote it, which has a zone)', () => {
    const quotes = [
      quote('1', { Created_Time: '2026-11-01T23:00:00+11:00' }),
      // Later, though its text sorts before.
      quote('2', { Created_Time: '2026-11-01T14:00:00+01:00', Quoted_Items: [{ id: 'r', List_Price: '7' }] }),
      quote('3', { Created_Time: '2026-11-09T14:00:00+01:00', Quote_Stage: 'Negotiation' }),
    ]
    expect(linesOf({ Amount: '5' }, { quotes })).toEqual({ from: 'quote', lines: [[null, '1', '7']] })
  })

  test('two quotes of one second: the one that was made last (bug: the order of the answer decides)', () => {
    const quotes = [quote('9', { Quoted_Items: [{ id: 'r', List_Price: '9' }] }), quote('10', {})]
    expect(linesOf({}, { quotes }).lines).toEqual([['p1', '2', '10']])
    expect(linesOf({}, { quotes: quotes.toReversed() }).lines).toEqual([['p1', '2', '10']])
  })

  test('else from its products, with their taxes (bug: a sale without its tax)', () => {
    const products = [{ id: 'p2', Product_Name: 'Lamp', Unit_Price: '12.50', Tax: [{ id: 't-gst', value: 'GST' }] }]
    expect(linesOf({ Amount: '5' }, { products })).toEqual({ from: 'products', lines: [['p2', '1', '12.5']] })
    const source = sourceOf(deal({}), { ...PAPERS, products })
    expect(invoiceLines(SETTINGS).read(viewOf(source), contextOf())[0]?.value.tax).toBe('t-gst')
  })

  test.each([
    ['1250.00', [[null, '1', '1250']]],
    ['0', []],
    ['', []],
  ])('else one of its Amount %s (bug: an invoice over nothing)', (Amount, lines) => {
    expect(linesOf({ Amount })).toEqual({ from: 'amount', lines })
  })
})

// Catches: an organisation with stages of its own, whose agreed quotes count for nothing.
test('what counts as agreed is what stands for an accepted quote', () => {
  const map = { ...SETTINGS.quoteStatusMap, toXero: { Draft: 'DRAFT', Signed: 'ACCEPTED' } } as const
  const quotes = [quote('1', { Quote_Stage: 'Signed' }), quote('2', {})]
  const source = dealSource(deal({}), { ...PAPERS, quotes }, agreedStages(map))
  expect(source.fields.Invoiced_Items).toMatchObject([{ id: 'r1' }])
})

test('the customer is the deal’s own, else the quote’s, else the company of its person', () => {
  const customer = (fields: ValueObject, papers: Partial<DealPapers>) =>
    sourceOf(deal(fields), { ...PAPERS, ...papers }).fields.Account_Name
  const quotes = [quote('1', { Account_Name: { id: 'a2' } })]
  expect(customer({}, { quotes, contactCompanyId: 'a3' })).toEqual({ id: 'a1' })
  expect(customer({ Account_Name: null }, { quotes, contactCompanyId: 'a3' })).toEqual({ id: 'a2' })
  expect(customer({ Account_Name: null }, { contactCompanyId: 'a3' })).toEqual({ id: 'a3' })
  expect(customer({ Account_Name: null }, {})).toBeNull()
})

// Catches: a field of the deal that an organisation has named like one of an invoice, taken for it.
test('nothing of the deal that is not meant to be billed gets into its invoice', () => {
  const { fields } = sourceOf(deal({ Discount: '50', Tax: '3', Status: 'Paid', Xero_Invoice_No: 'INV-1' }), PAPERS)
  expect(fields).toMatchObject({
    Discount: '',
    Tax: '',
    Status: '',
    Subject: 'Fit-out',
    Invoice_Number: dealNumber('9'),
  })
  expect(fields).not.toHaveProperty('Xero_Invoice_No')
})
