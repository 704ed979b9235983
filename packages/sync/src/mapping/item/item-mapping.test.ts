import { describe, expect, test } from 'vitest'
import type { ValueObject } from '../../model/value.ts'
import type { FieldRule } from '../contract.ts'
import { contextOf, recordOf, SETTINGS, shownFields, viewOf } from '../testing.ts'
import { itemMapping } from './item-mapping.ts'

const context = contextOf()
const mapping = itemMapping(SETTINGS)
const product = (fields: ValueObject) => recordOf('zoho', 'Products', fields)
const item = (fields: ValueObject) => recordOf('xero', 'Items', fields)

function ruleOf(field: string): FieldRule {
  const rule = mapping.fields.find((one) => one.field === field)
  if (rule === undefined) throw new Error(`No rule ${field}`)
  return rule
}

describe('fields', () => {
  test.each([
    ['code', '', 'missingKey'],
    ['code', 'x'.repeat(31), 'valueTooLong'],
    ['name', 'x'.repeat(51), 'valueTooLong'],
  ])('%s %s is held as %s: a cut name or code is another product (R41)', (field, value, code) => {
    expect(ruleOf(field).xero.accept(value, context)).toMatchObject({ type: 'hold', code })
  })
  test('codes compare without case and outer spaces (R18d)', () => {
    expect(ruleOf('code').corresponds?.(' gds-1', 'GDS-1', context)).toBe(true)
    expect(mapping.matchKeys(viewOf(product({ Product_Code: ' Gds-1 ' })), context)).toEqual(['code:gds-1'])
    expect(mapping.matchKeys(viewOf(item({ Code: 'GDS-1' })), context)).toEqual(['code:gds-1'])
  })
  test('each side keeps its own decimals: 12.3456 would be written to and fro', () => {
    const { zoho, xero } = ruleOf('unitPrice')
    expect(zoho.accept('12.3456', context)).toMatchObject({ value: '12.35' })
    expect(xero.accept('12.3500', context)).toMatchObject({ value: '12.35' })
    expect(xero.read(viewOf(item({ SalesDetails: { UnitPrice: '12.3456' } })), context)).toBe('12.3456')
  })
  test('sets of taxes map to one TaxType and back, blank keeps what is there', () => {
    const { zoho, xero, corresponds } = ruleOf('tax')
    const read = zoho.read(viewOf(product({ Tax: [{ id: 't-lux' }, { id: 't-gst' }] })), context)
    expect(read).toBe('t-gst+t-lux')
    expect(xero.accept(read, context)).toMatchObject({ value: 'TAX001' })
    expect(zoho.accept('TAX001', context)).toMatchObject({ value: 't-gst+t-lux' })
    expect(xero.accept('', context)).toMatchObject({ value: '' })
    expect(corresponds?.('', 'BASEXCLUDED', context)).toBe(true)
    expect(corresponds?.('', 'OUTPUT', context)).toBe(false)
    expect(zoho.accept('INPUT', context)).toMatchObject({ type: 'hold', code: 'unmappedTax' })
  })
  test('the account of a bookkeeper goes with every part of SalesDetails', () => {
    const view = viewOf(item({ SalesDetails: { AccountCode: '260', UnitPrice: '1' } }))
    expect(shownFields(ruleOf('unitPrice').xero.write('2', view, context))).toEqual({
      SalesDetails: { AccountCode: '260', UnitPrice: '2' },
    })
  })
  test('an item without a name is called by its code: Zoho requires a name', () => {
    expect(ruleOf('name').xero.read(viewOf(item({ Code: 'GDS-1', Name: '' })), context)).toBe('GDS-1')
  })
})

describe('taking part', () => {
  test('bought-only items and our service product stay out', () => {
    expect(mapping.skip(item({ IsSold: false }), context)).toBe('notASale')
    expect(mapping.skip(recordOf('zoho', 'Products', {}, 'p-service'), context)).toBe('notASale')
    expect(mapping.skip(item({ IsSold: true }), context)).toBeNull()
  })
  test('creates carry their key and the constants of a sale', () => {
    expect(mapping.createExtras('xero', viewOf(product({ Product_Code: 'A-1' })), context)).toMatchObject({
      value: {
        payload: { Code: 'A-1', IsSold: true, SalesDetails: { AccountCode: '200' } },
        naturalKey: { field: 'Code', value: 'A-1' },
      },
    })
    expect(mapping.createExtras('xero', viewOf(product({})), context)).toMatchObject({ code: 'missingKey' })
    const taxed = item({ Code: 'A-1', SalesDetails: { TaxType: 'OUTPUT' } })
    expect(mapping.createExtras('zoho', viewOf(taxed), context)).toMatchObject({
      value: { payload: { Xero_ID: 'xero-1', Product_Active: true, Taxable: true } },
    })
  })
})
