import { describe, expect, test } from 'vitest'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import type { FieldRule } from '../contract.ts'
import { contextOf, REFERENCE, recordOf, SETTINGS, shown, viewOf } from '../testing.ts'
import { quoteMapping } from './quote-mapping.ts'

const PREFIXED: ConnectionSettings = { ...SETTINGS, quotePrefix: 'Q-' }
const context = contextOf(PREFIXED)
const mapping = quoteMapping(PREFIXED)

/** Written at eleven in the evening of 5 October in London: in Sydney it is the 6th. */
const WRITTEN = '2026-10-05T23:00:00Z'
const zoho = (fields: ValueObject, createdAt: string | null = WRITTEN) => ({
  ...recordOf('zoho', 'Quotes', { Quote_Number: '77', Account_Name: { id: 'a-1' }, Grand_Total: '110.00', ...fields }),
  createdAt,
})
const xero = (fields: ValueObject) =>
  recordOf('xero', 'Quotes', {
    QuoteNumber: 'Q-77',
    Contact: { ContactID: 'x:a-1' },
    Date: '2026-10-06',
    Status: 'DRAFT',
    Total: '110.00',
    ...fields,
  })

function ruleOf(field: string): FieldRule {
  const rule = mapping.fields.find((one) => one.field === field)
  if (rule === undefined) throw new Error(`No rule ${field}`)
  return rule
}

function extrasOf(source = zoho({}), settings = PREFIXED) {
  return quoteMapping(settings).createExtras('xero', viewOf(source), contextOf(settings))
}

describe('a new quote in Xero', () => {
  // Catches: Q-Q-77 after a second sync (R23a), a number of more than one prefix, the day of another zone.
  test.each([
    ['77', 'Q-', 'Q-77'],
    ['Q-77', 'Q-', 'Q-77'],
    [' 77 ', 'Q-', 'Q-77'],
    ['77', '', '77'],
    ['77', 'QUOT', 'QUOT77'],
  ])('number %j with prefix %j is %s', (number, quotePrefix, expected) => {
    const settings = { ...SETTINGS, quotePrefix }
    expect(extrasOf(zoho({ Quote_Number: number }), settings)).toMatchObject({
      value: { payload: { QuoteNumber: expected }, naturalKey: { field: 'QuoteNumber', value: expected } },
    })
  })
  test('is dated by the day on which it was written in the CRM, where the books are kept', () => {
    expect(extrasOf()).toMatchObject({ value: { payload: { Date: '2026-10-06', LineAmountTypes: 'EXCLUSIVE' } } })
    expect(extrasOf(zoho({}, null))).toMatchObject({ value: { payload: { Date: '2026-11-21' } } })
  })
  test('needs a number, and a place in the CRM that names its partner', () => {
    expect(extrasOf(zoho({ Quote_Number: null }))).toMatchObject({ type: 'hold', code: 'missingKey' })
    const bare = { ...PREFIXED, provisioned: { ...PREFIXED.provisioned, xeroId: {} } }
    expect(extrasOf(zoho({}), bare)).toMatchObject({ type: 'hold', code: 'fieldMissing' })
  })
  test('none is made in the CRM: quotes begin there (R32)', () => {
    expect(mapping.createExtras('zoho', viewOf(xero({})), context)).toMatchObject({ code: 'mappingInvalid' })
    expect(mapping.skip(xero({}), context)).toBe('directionSwitchedOff')
    expect(mapping.skip(zoho({}), context)).toBeNull()
  })
})

describe('what is the same quote', () => {
  const match = (record: ReturnType<typeof zoho>) => mapping.matchKeys(viewOf(record), context)
  const suggest = (record: ReturnType<typeof zoho>) => mapping.suggestKeys(viewOf(record), context)
  // Catches: a create without an answer made twice (I2): Xero's quote can carry no reference of ours.
  test('our number for the same customer, day and currency', () => {
    expect(match(zoho({})).filter((key) => match(xero({})).includes(key))).toHaveLength(1)
  })
  test.each([
    ['another customer', { Contact: { ContactID: 'x:a-2' } }],
    ['another day', { Date: '2026-10-07' }],
    ['another currency', { CurrencyCode: 'NZD' }],
    ['another number', { QuoteNumber: 'Q-78' }],
  ])('%s: not by itself', (_name, fields) => {
    expect(match(zoho({})).filter((key) => match(xero(fields)).includes(key))).toEqual([])
  })
  test('a number that is taken holds with a suggestion, and never matches from the other side', () => {
    const stranger = xero({ Contact: { ContactID: 'x:a-2' }, Total: '9.00' })
    expect(suggest(zoho({})).filter((key) => suggest(stranger).includes(key))).toEqual(['taken:q-77'])
    expect(match(stranger).filter((key) => [...match(zoho({})), ...suggest(zoho({}))].includes(key))).toEqual([])
  })
  test('the number that the CRM keeps, and the id that it keeps', () => {
    expect(match(zoho({ Xero_Quote_No: 'QU-0012' }))).toContain('number:qu-0012')
    expect(mapping.crossReference(zoho({ Xero_ID: 'x-9' }), context)).toEqual({ type: 'partner', remoteId: 'x-9' })
    expect(mapping.crossReference(xero({}), context)).toBeNull()
  })
  test('is asked for by number in Xero, by id and number in the CRM', () => {
    expect(mapping.lookups('xero', viewOf(zoho({})), context).map(({ key }) => key)).toEqual([
      { field: 'QuoteNumber', value: 'Q-77' },
    ])
    expect(mapping.lookups('zoho', viewOf(xero({})), context).map(({ key }) => key)).toEqual([
      { field: 'Xero_ID', value: 'xero-1' },
      { field: 'Xero_Quote_No', value: 'Q-77' },
    ])
  })
  test.each([
    ['as it was sent', {}, true],
    ['for another customer', { Contact: { ContactID: 'x:a-2' } }, false],
    ['of another day', { Date: '2026-10-07' }, false],
    ['in another currency', { CurrencyCode: 'NZD' }, false],
  ])('a quote with the number of our create, %s: taken for ours %s', (_name, fields, expected) => {
    const sent = {
      QuoteNumber: 'Q-77',
      Date: '2026-10-06',
      CurrencyCode: 'AUD',
      Contact: { ContactID: 'X:A-1' },
    }
    expect(mapping.saysWhatWasSent?.(sent, xero({ CurrencyCode: 'AUD', ...fields }))).toBe(expected)
  })
})

describe('what is written in the CRM', () => {
  const CONTENT = ['customer', 'subject', 'expiryDate', 'terms', 'summary', 'currency']
  test('goes one way, and a change in Xero is told, unless the CRM says nothing', () => {
    for (const field of CONTENT) {
      const rule = ruleOf(field)
      expect(rule.direction).toBe('zohoToXero')
      expect(rule.apart?.('mine', 'theirs')).toMatchObject({ code: 'onlyFollows' })
      expect(rule.apart?.('', 'theirs')).toEqual({ type: 'write' })
    }
    expect(mapping.lines?.owner).toBe('zoho')
  })
  test('texts of several lines come whole, or hold their quote', () => {
    const { xero: side } = ruleOf('terms')
    expect(side.accept('One\r\nTwo  ', context)).toEqual({ type: 'mapped', value: 'One\nTwo' })
    expect(side.accept('x'.repeat(4001), context)).toMatchObject({ code: 'valueTooLong' })
    expect(ruleOf('summary').xero.accept('x'.repeat(3001), context)).toMatchObject({ code: 'valueTooLong' })
  })
  test('dates are plain dates', () => {
    const { zoho: crm, xero: books } = ruleOf('expiryDate')
    expect(crm.read(viewOf(zoho({ Valid_Till: '2026-12-31' })), context)).toBe('2026-12-31')
    expect(books.write('2026-12-31', viewOf(xero({})), context)).toEqual({ ExpiryDate: '2026-12-31' })
  })
  test('a quote without a customer says so in its own words', () => {
    expect(ruleOf('customer').xero.accept('', context)).toMatchObject({
      code: 'missingParent',
      detail: 'The Zoho quote has no Account Name',
    })
  })
})

// Catches: an update that makes a tax-inclusive quote exclusive, or that Xero refuses without Contact and Date.
describe('each update says again what Xero would forget (xero.md 4.4)', () => {
  test('contact, date and how amounts are stated', () => {
    expect(mapping.repeated?.(viewOf(xero({ LineAmountTypes: 'INCLUSIVE' })))).toEqual({
      Contact: { ContactID: 'x:a-1' },
      Date: '2026-10-06',
      LineAmountTypes: 'INCLUSIVE',
    })
  })
  test('and nothing to the CRM', () => {
    expect(mapping.repeated?.(viewOf(zoho({})))).toEqual({})
  })
})

describe('lines and totals', () => {
  const row: ValueObject = {
    id: 'r1',
    Product_Name: { id: 'p-1', name: 'Widget' },
    Quantity: '1',
    List_Price: '100',
    Line_Tax: [{ id: 't-gst' }],
  }
  const source = viewOf(zoho({ Quoted_Items: [row] }))
  const lines = mapping.lines?.read(source, context) ?? []
  const accepted = lines.flatMap((line) => {
    const one = mapping.lines?.accept('xero', line.value, context)
    return one?.type === 'mapped' ? [one.value] : []
  })
  test('come from the quote’s own rows, each with its tax said explicitly: Xero takes none from the account', () => {
    const desired = accepted.map((value) => ({ existing: null, value }))
    const payload = mapping.lines?.write('xero', { desired, removed: [] }, context)
    expect(shown(payload ?? null)).toEqual({
      LineItems: [{ ItemCode: 'P-1', Description: 'Widget', Quantity: '1', UnitAmount: '100', TaxType: 'OUTPUT' }],
    })
    expect(mapping.parents(source, context).map(({ kind, remoteId }) => [kind, remoteId])).toEqual([
      ['contact', 'a-1'],
      ['item', 'p-1'],
    ])
  })
  const check = (fields: ValueObject, target: 'xero' | 'zoho' = 'xero') =>
    mapping.check(
      {
        target,
        source: viewOf(zoho({ Quoted_Items: [row], ...fields })),
        targetView: { ...viewOf(null), side: target },
        after: { expiryDate: '2026-01-01' },
        linesAfter: accepted,
      },
      context,
    )
  test('a total that Xero would compute otherwise holds the quote; lock dates are for the ledger (I11)', () => {
    expect(REFERENCE.xero.periodLockDate).toBe('2026-06-30')
    expect(check({})).toEqual({ type: 'go' })
    expect(check({ Grand_Total: '120.00' })).toMatchObject({ code: 'totalsDiffer' })
    expect(check({ Discount: '10', Sub_Total: '110' })).toMatchObject({ code: 'headerDiscount' })
    expect(check({ Grand_Total: '120.00' }, 'zoho')).toEqual({ type: 'go' })
  })
})
