import { describe, expect, test } from 'vitest'
import type { ConnectionSettings } from '../../model/settings.ts'
import { summaryLinkId } from '../../model/summary.ts'
import type { ValueObject } from '../../model/value.ts'
import { mappingFor } from '../index.ts'
import { contextOf, contextWith, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { isSummaryNumber, summaryNumber } from './summary-number.ts'

const SUMMED: ConnectionSettings = {
  ...SETTINGS,
  addToXero: 'all',
  invoice: { ...SETTINGS.invoice, sending: 'dailySummary' },
}
const DAY = { day: '2026-11-19', currency: 'AUD' }
const row = (id: string, List_Price: string, taxes: readonly string[] = ['t-gst']): ValueObject => ({
  id: `r-${id}`,
  Product_Name: { id, name: id },
  Quantity: '1',
  List_Price,
  Line_Tax: taxes.map((tax) => ({ id: tax })),
})
const sale = (fields: ValueObject = {}) =>
  recordOf('zoho', 'Invoices', {
    Invoice_Number: '1001',
    Invoice_Date: '2026-11-19',
    Currency: 'AUD',
    Account_Name: { id: 'a1' },
    Status: 'Created',
    Invoiced_Items: [row('p-1', '10')],
    Grand_Total: '11',
    ...fields,
  })

function rulesOf(settings = SUMMED) {
  const { summaries } = mappingFor('invoice', settings)
  if (summaries === undefined) throw new Error('invoices have no summaries')
  return summaries
}

describe('which day holds an invoice', () => {
  // Catches: an invoice that has its own way into the books summed up as well (I2).
  test.each([
    ['a sale', {}, DAY],
    ['in another currency', { Currency: 'NZD' }, { ...DAY, currency: 'NZD' }],
    ['without a date, made today', { Invoice_Date: null }, { ...DAY, day: '2026-11-21' }],
    ['in Xero already', { Xero_ID: 'x-1' }, null],
    ['with a number that somebody wants', { Xero_Invoice_No: 'INV-7' }, null],
    ['cancelled', { Status: 'Cancelled' }, null],
  ])('%s', (_name, fields, expected) => {
    expect(rulesOf().dayOf(sale(fields), contextOf(SUMMED))).toEqual(expected)
  })

  test('none while invoices go one by one, and never one of Xero', () => {
    expect(rulesOf(SETTINGS).dayOf(sale(), contextOf(SETTINGS))).toBeNull()
    expect(rulesOf().dayOf(recordOf('xero', 'Invoices', { Type: 'ACCREC' }), contextOf(SUMMED))).toBeNull()
  })

  test('without a date it is the day on which it was made where the books are kept', () => {
    const made = { ...sale({ Invoice_Date: '' }), createdAt: '2026-11-19T14:00:00Z' }
    expect(rulesOf().dayOf(made, contextOf(SUMMED))?.day).toBe('2026-11-20')
  })

  test.each([
    ['2026-11-20', true],
    ['2026-11-21', false],
    ['2026-11-22', false],
  ])('%s is over on the 21st: %s', (day, isOver) => {
    expect(rulesOf().isOver({ ...DAY, day }, contextOf(SUMMED))).toBe(isOver)
  })
})

describe('what an invoice adds', () => {
  const items = [
    recordOf('xero', 'Items', { SalesDetails: { AccountCode: '260' } }, 'x:p-1'),
    recordOf('xero', 'Items', { SalesDetails: {} }, 'x:p-2'),
  ]
  const share = (fields: ValueObject, settings = SUMMED) =>
    rulesOf(settings).share(sale(fields), DAY, contextWith(items, settings))

  // Catches: sales of one item on the account of another; one line for two taxes (R26).
  test('by the account of each item and the tax of each row', () => {
    const Invoiced_Items = [row('p-1', '10'), row('p-1', '0.10'), row('p-2', '5'), row('p-service', '2', ['t-free'])]
    expect(share({ Invoiced_Items, Grand_Total: '18.61' })).toEqual({
      type: 'share',
      share: {
        total: '18.61',
        rows: [
          { account: '200', taxType: 'EXEMPTOUTPUT', taxes: 't-free', net: '2' },
          { account: '200', taxType: 'OUTPUT', taxes: 't-gst', net: '5' },
          { account: '260', taxType: 'OUTPUT', taxes: 't-gst', net: '10.1' },
        ],
      },
    })
  })

  test('nothing once it is cancelled', () => {
    expect(share({ Status: 'Cancelled' })).toEqual({ type: 'share', share: { rows: [], total: '0' } })
  })

  // Catches: an invoice that keeps its whole day out of the books, or gets into them with another total (I11).
  test.each([
    ['a tax that is not mapped', { Invoiced_Items: [row('p-1', '10', ['t-other'])] }, ['unmappedTax']],
    ['a product that is not in Xero', { Invoiced_Items: [row('p-unknown', '10')] }, ['unmappedItem']],
    ['an Adjustment', { Adjustment: '-2', Grand_Total: '9' }, ['totalsDiffer']],
    ['a discount as a whole', { Discount: '1', Sub_Total: '11', Grand_Total: '10' }, ['headerDiscount']],
    ['a tax as a whole', { Tax: '1', Grand_Total: '12' }, ['documentTax']],
    ['no rows', { Invoiced_Items: [], Grand_Total: '0' }, ['requiredValueMissing']],
    ['another currency by now', { Currency: 'NZD' }, ['valueNotAllowed']],
  ])('held by itself: %s', (_name, fields, codes) => {
    const verdict = share(fields)
    expect(verdict.type === 'faults' && verdict.faults.map(({ code }) => code)).toEqual(codes)
  })

  test('a cent of rounding is no reason to wait', () => {
    expect(share({ Grand_Total: '11.01' })).toMatchObject({ type: 'share', share: { total: '11.01' } })
  })
})

describe('a summary in Xero', () => {
  const linkId = summaryLinkId('0123456789abcdef')
  const mapping = mappingFor('invoice', SUMMED)
  const fields = { Type: 'ACCREC', Status: 'DRAFT', InvoiceNumber: 'INV-1', Url: `https://tandem.example/r/${linkId}` }
  const context = contextOf(SUMMED)

  // Catches: the total of a day that comes into the CRM as one more invoice, or is taken for one of its sales (I2).
  test('is nobody’s partner, whoever numbered it', () => {
    for (const summary of [fields, { ...fields, Url: '', InvoiceNumber: summaryNumber(DAY, linkId, SUMMED) }]) {
      const record = recordOf('xero', 'Invoices', summary)
      expect(mapping.skip(record, context)).toBe('daySummary')
      expect(mapping.matchKeys(viewOf(record), context)).toEqual([])
      expect(mapping.suggestKeys(viewOf(record), context)).toEqual([])
    }
    expect(mapping.skip(recordOf('xero', 'Invoices', { ...fields, Url: '' }), context)).toBeNull()
  })

  test('is known again by the link that it names; by its number alone only where nothing else tells', () => {
    const number = summaryNumber(DAY, linkId, SUMMED)
    const made = (change: ValueObject, settings = SUMMED) =>
      rulesOf(settings).isMadeFor(
        recordOf('xero', 'Invoices', { ...fields, ...change }),
        { linkId, of: DAY },
        contextOf(settings),
      )
    expect(made({})).toBe(true)
    expect(made({ Url: 'https://tandem.example/r/day-other', InvoiceNumber: number })).toBe(false)
    expect(made({ Url: '', InvoiceNumber: number })).toBe(false)
    expect(made({ Url: '', InvoiceNumber: number }, { ...SUMMED, publicUrl: '' })).toBe(true)
  })

  test('has a number that a person reads, with the prefix, and another for each of a day', () => {
    const settings = { ...SUMMED, invoicePrefix: 'Z-' }
    const numbers = ['day-00aa11', 'day-00aa12'].map((id) => summaryNumber(DAY, id, settings))
    expect(numbers).toEqual(['Z-DAY-2026-11-19-AUD-00AA11', 'Z-DAY-2026-11-19-AUD-00AA12'])
    expect(numbers.every(isSummaryNumber)).toBe(true)
    expect(['DAY-1', '2026-11-19', 'INV-1001', 'DAYTIME-2026-11-19-AUD-1'].some(isSummaryNumber)).toBe(false)
  })

  // Catches: a copy of a sale, which shows the number of another's summary, sent by itself under that number.
  test('whose number an unlinked invoice shows holds that invoice', () => {
    const copy = sale({ Xero_Invoice_No: summaryNumber(DAY, linkId, SUMMED) })
    expect(mapping.createExtras('xero', viewOf(copy), context)).toMatchObject({ type: 'hold', code: 'ambiguousMatch' })
  })
})
