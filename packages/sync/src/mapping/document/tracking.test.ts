import { describe, expect, test } from 'vitest'
import type { FieldMapping } from '../../model/mapping-document.ts'
import type { ReferenceData, XeroTrackingCategory } from '../../model/reference.ts'
import type { LineValue, WriteIntent } from '../contract.ts'
import { mappingFor } from '../index.ts'
import { contextOf, recordOf, viewOf, zohoFieldOf } from '../testing.ts'
import { documentFaults } from './faults.ts'
import { CUSTOM, settingsWith } from './testing.ts'

const category = (name: string, options: readonly string[], status = 'ACTIVE'): XeroTrackingCategory => ({
  id: name,
  name,
  status,
  options: [...options.map((option) => ({ id: option, name: option, status: 'ACTIVE' })), { ...GONE }],
})
const GONE = { id: 'gone', name: 'Closed shop', status: 'ARCHIVED' }

const REFERENCE: ReferenceData = {
  zoho: {
    ...CUSTOM.zoho,
    fields: {
      ...CUSTOM.zoho.fields,
      Invoices: [
        ...(CUSTOM.zoho.fields.Invoices ?? []),
        zohoFieldOf('Region', { dataType: 'picklist', picklist: ['North', 'west', 'East', 'Closed shop'] }),
        zohoFieldOf('Owner', { dataType: 'ownerlookup' }),
      ],
    },
  },
  xero: {
    ...CUSTOM.xero,
    trackingCategories: [
      category('Region', ['North', 'West']),
      category('Seller', ['Sally']),
      category('Old', ['x'], 'ARCHIVED'),
    ],
  },
}

const REGION: FieldMapping = { field: 'region', zoho: 'Region', xero: 'Tracking.Region', direction: 'zohoToXero' }
const SELLER: FieldMapping = {
  field: 'seller',
  zoho: 'Owner',
  xero: 'Tracking.Seller',
  direction: 'zohoToXero',
  values: [['sally@example.com', 'Sally']],
}
const LINE: LineValue = {
  item: null,
  description: 'Work',
  quantity: '1',
  unitPrice: '10',
  discountPercent: null,
  discountAmount: '0',
  tax: 'OUTPUT',
  net: '10',
}
const invoiceOf = (fields: Parameters<typeof recordOf>[2]) =>
  viewOf(recordOf('zoho', 'Invoices', { Grand_Total: '11', ...fields }))

function tracked(mappings: readonly FieldMapping[], reference = REFERENCE) {
  const settings = settingsWith('invoice', mappings)
  const rules = mappingFor('invoice', settings)
  const context = contextOf(settings, reference)
  const lines = (source: ReturnType<typeof invoiceOf>, ids: readonly string[] = []) =>
    rules.lines?.write(
      'xero',
      {
        desired: [
          ...ids.map((id) => ({ existing: { id, value: LINE, raw: { LineItemID: id, Tracking: [] } }, value: null })),
          { existing: null, value: LINE },
        ],
        removed: [],
        source,
      },
      context,
    ).LineItems
  const check = (source: ReturnType<typeof invoiceOf>, change: Partial<WriteIntent> = {}) => {
    const empty = { side: 'xero', main: null, primary: null, persons: [] } as const
    return rules.check({ target: 'xero', source, targetView: empty, after: {}, linesAfter: [LINE], ...change }, context)
  }
  return { lines, check }
}

// Catches: a line that says less, or another option, than its invoice in the CRM (R20b, R21j).
describe('lines that Tandem makes', () => {
  test('bear the option of each category, by the name that Xero gives it', () => {
    const source = invoiceOf({ Region: 'west', Owner: { id: 'u-2', name: 'Sally', email: 'sally@example.com' } })
    expect(tracked([REGION, SELLER]).lines(source)).toMatchObject([
      {
        Tracking: [
          { Name: 'Region', Option: 'West' },
          { Name: 'Seller', Option: 'Sally' },
        ],
      },
    ])
  })
  test('bear none where the CRM says none', () => {
    expect(JSON.stringify(tracked([REGION]).lines(invoiceOf({ Region: null })))).not.toContain('Tracking')
  })
  // Catches: a bookkeeper's own choice that is put back with the next line (I3).
  test('and only those: what stands in Xero keeps what a bookkeeper chose for it', () => {
    expect(tracked([REGION]).lines(invoiceOf({ Region: 'North' }), ['L-1'])).toMatchObject([
      { LineItemID: 'L-1', Tracking: [] },
      { Tracking: [{ Name: 'Region', Option: 'North' }] },
    ])
  })
})

// Catches: a quote that Xero refuses, since quotes know options by their ids alone (xero.md 4.4).
describe('lines of a quote', () => {
  const mapping: FieldMapping = { ...REGION, zoho: 'Area' }
  const Quotes = [zohoFieldOf('Area', { dataType: 'picklist', picklist: ['West', 'East'] })]
  const fields = { ...REFERENCE.zoho.fields, Quotes }
  const reference = { ...REFERENCE, zoho: { ...REFERENCE.zoho, fields } }
  const settings = settingsWith('quote', [mapping])
  const rules = mappingFor('quote', settings)
  const source = viewOf(recordOf('zoho', 'Quotes', { Area: 'West' }))
  const list = { desired: [{ existing: null, value: LINE }], removed: [], source }
  test('bear the option by its id', () => {
    expect(documentFaults(settings, reference)).toEqual([])
    expect(rules.lines?.write('xero', list, contextOf(settings, reference)).LineItems).toMatchObject([
      { Tracking: [{ TrackingOptionID: 'West' }] },
    ])
  })
  test('wait while nobody has read the ids', () => {
    const { trackingCategories: _unread, ...xero } = reference.xero
    const [rule] = rules.lineFields ?? []
    const context = contextOf(settings, { ...reference, xero })
    expect(rule?.xero.accept('West', context)).toMatchObject({ type: 'hold', code: 'valueNotAllowed' })
  })
})

// Catches: an option that Xero refuses, or one that is left out in silence.
describe('an option that cannot be said', () => {
  test.each([
    ['East', /Region has no option "East". It has: North, West/],
    ['Closed shop', /Region has no option "Closed shop". It has: North, West/],
  ])('%s holds the new invoice, by name and with the choices', (Region, detail) => {
    const verdict = tracked([REGION]).check(invoiceOf({ Region }))
    expect(verdict).toMatchObject({ type: 'hold', code: 'valueNotAllowed', detail: expect.stringMatching(detail) })
  })
  test('an owner who is in no table is held like any other value', () => {
    const stranger = invoiceOf({ Owner: { id: 'u-3', name: 'Bo', email: 'bo@example.com' } })
    expect(tracked([SELLER]).check(stranger)).toMatchObject({ type: 'hold', code: 'unmappedValue' })
  })
  test('holds no edit that adds no line', () => {
    const target = viewOf(
      recordOf('xero', 'Invoices', {
        Type: 'ACCREC',
        Status: 'DRAFT',
        LineAmountTypes: 'Exclusive',
        LineItems: [{ LineItemID: 'L-1', Description: 'Work', Quantity: '1', UnitAmount: '10', LineAmount: '10' }],
      }),
    )
    const { check } = tracked([REGION])
    const source = invoiceOf({ Region: 'East' })
    const detail = (verdict: ReturnType<typeof check>) => JSON.stringify(verdict)
    expect(detail(check(source, { targetView: target, linesAfter: null }))).not.toContain('East')
    expect(detail(check(source, { targetView: target, linesAfter: [LINE] }))).not.toContain('East')
    expect(detail(check(source, { targetView: target, linesAfter: [LINE, LINE] }))).toContain('East')
  })
})

// Catches: a mapping that could never work, found out invoice by invoice.
describe('a tracking category in a mapping', () => {
  const faults = (mappings: readonly FieldMapping[], reference = REFERENCE) =>
    documentFaults(settingsWith('invoice', mappings), reference).map(({ detail }) => detail)
  test('of this organisation is taken', () => {
    expect(faults([REGION, SELLER])).toEqual([])
  })
  test.each<readonly [string, FieldMapping, RegExp]>([
    [
      'nobody knows',
      { ...REGION, xero: 'Tracking.Area' },
      /no active tracking category "Area". It has: Region, Seller/,
    ],
    ['is archived', { ...REGION, xero: 'Tracking.Old' }, /no active tracking category "Old"/],
    ['would come back', { ...REGION, direction: 'both' }, /goes to Xero only/],
    ['has no such option', { ...SELLER, values: [['a@x.example', 'Bo']] }, /Seller has no option "Bo". It has: Sally/],
  ])('that %s is refused', (_why, mapping, detail) => {
    expect(faults([mapping]).join('\n')).toMatch(detail)
  })
  test('is one of two at most: Xero takes no more on a line', () => {
    const third = { ...REGION, field: 'third', xero: 'Tracking.Third' }
    expect(faults([REGION, SELLER, third]).join('\n')).toMatch(/2 tracking categories on a line, this mapping has 3/)
  })
  test('is for documents with lines of ours', () => {
    const mapping = { ...REGION, zoho: 'Region' }
    const found = documentFaults(settingsWith('contact', [mapping]), REFERENCE)
    expect(found.map(({ detail }) => detail).join()).toMatch(/Tracking.Region cannot be mapped/)
  })
  test('is passed on unjudged while nobody has read what Xero has', () => {
    const { trackingCategories: _unread, ...xero } = REFERENCE.xero
    const reference = { ...REFERENCE, xero }
    expect(faults([{ ...REGION, xero: 'Tracking.Area' }], reference)).toEqual([])
    expect(tracked([REGION], reference).lines(invoiceOf({ Region: 'East' }))).toMatchObject([
      { Tracking: [{ Name: 'Region', Option: 'East' }] },
    ])
  })
})
