import { describe, expect, test } from 'vitest'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import type { FieldRule } from '../contract.ts'
import { validateSettings } from '../generate.ts'
import { accountChoices } from '../invoice/xero-faults.ts'
import { contextOf, REFERENCE, recordOf, SETTINGS, shownFields, viewOf } from '../testing.ts'
import { itemMapping } from './item-mapping.ts'

const context = contextOf()
const mapping = itemMapping(SETTINGS)
const product = (fields: ValueObject) => recordOf('zoho', 'Products', fields)
const item = (fields: ValueObject) => recordOf('xero', 'Items', fields)

const [rate] = REFERENCE.xero.taxRates
const [sales] = REFERENCE.xero.accounts
if (rate === undefined || sales === undefined) throw new Error('The reference has no rate and no account')
const expense = { ...sales, type: 'EXPENSE', class: 'EXPENSE', taxType: 'INPUT' }
const WITH_ACCOUNTS: ReferenceData = {
  ...REFERENCE,
  xero: {
    ...REFERENCE.xero,
    accounts: [
      ...REFERENCE.xero.accounts,
      { ...sales, code: '201' },
      { ...sales, code: '299', status: 'ARCHIVED' },
      { ...expense, code: '310', type: 'DIRECTCOSTS' },
      { ...expense, code: '416', type: 'DEPRECIATN' },
      { ...expense, code: '429' },
    ],
    taxRates: [
      ...REFERENCE.xero.taxRates,
      { ...rate, taxType: 'INPUT', name: 'GST on Expenses', canApplyToRevenue: false },
      { ...rate, taxType: 'OLD', name: 'Old GST', status: 'ARCHIVED' },
    ],
  },
}

function ruleOf(field: string): FieldRule {
  const rule = mapping.fields.find((one) => one.field === field)
  if (rule === undefined) throw new Error(`No rule ${field}`)
  return rule
}

describe('fields', () => {
  test.each([
    ['code', '', 'productWithoutCode'],
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
  test('where case is chosen to count, codes that differ in it are two products (R18d)', () => {
    const exact = contextOf({ ...SETTINGS, itemCodeCase: 'exact' })
    const strict = itemMapping(exact.settings)
    expect(strict.matchKeys(viewOf(product({ Product_Code: ' Gds-1 ' })), exact)).toEqual(['code:Gds-1'])
    expect(strict.matchKeys(viewOf(item({ Code: 'GDS-1' })), exact)).toEqual(['code:GDS-1'])
    const rule = strict.fields.find((one) => one.field === 'code')
    expect(rule?.corresponds?.(' Gds-1', 'Gds-1', exact)).toBe(true)
    expect(rule?.corresponds?.('gds-1', 'GDS-1', exact)).toBe(false)
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
    expect(mapping.createExtras('xero', viewOf(product({})), context)).toMatchObject({ code: 'productWithoutCode' })
    const given = mapping.createExtras('xero', viewOf(product({})), { ...context, mayChooseKey: true })
    expect(given).toMatchObject({ value: { payload: { Code: 'P-zoho-1' }, naturalKey: { value: 'P-zoho-1' } } })
    const taxed = item({ Code: 'A-1', SalesDetails: { TaxType: 'OUTPUT' } })
    expect(mapping.createExtras('zoho', viewOf(taxed), context)).toMatchObject({
      value: { payload: { Xero_ID: 'xero-1', Product_Active: true, Taxable: true } },
    })
  })
})

// Catches: a code that is given a second time, because the item that was made with it is not found again (I2).
test('a product without a code is known by the one that it would get', () => {
  expect(mapping.matchKeys(viewOf(product({})), context)).toEqual(['code:p-zoho-1'])
  expect(mapping.lookups('xero', viewOf(product({})), context)).toEqual([
    { collection: 'Items', key: { field: 'Code', value: 'P-zoho-1' } },
  ])
  expect(mapping.matchKeys(viewOf(item({ Code: 'P-ZOHO-1' })), context)).toEqual(['code:p-zoho-1'])
})

test('where no items are made, a product stays out unless its item is there; Xero items come in as before (R39)', () => {
  const off = contextOf({ ...SETTINGS, missingItems: 'describe' })
  expect(mapping.skip(product({ Product_Code: 'A-1' }), off)).toBe('createSwitchedOff')
  expect(mapping.skip(item({ Code: 'A-1', IsSold: true }), off)).toBeNull()
})

// Catches: stock posted to the accounts of services, and an account that Xero refuses, or that takes income as a cost (R40).
describe('ledger accounts of a new item', () => {
  const chosen: ConnectionSettings = {
    ...SETTINGS,
    itemAccounts: { stocked: { income: '201', expense: '310' }, unstocked: { income: '', expense: '429' } },
  }
  const detailsOf = (fields: ValueObject, settings = chosen) =>
    mapping.createExtras(
      'xero',
      viewOf(product({ Product_Code: 'A-1', ...fields })),
      contextOf(settings, WITH_ACCOUNTS),
    )
  test.each([
    [{ Qty_in_Stock: '12' }, '201', '310'],
    [{ Qty_in_Stock: '0' }, '201', '310'],
    [{ Qty_in_Stock: null }, '200', '429'],
    [{}, '200', '429'],
  ])('%o: sales %s, purchases %s', (fields, income, expense) => {
    expect(detailsOf(fields)).toMatchObject({
      value: { payload: { SalesDetails: { AccountCode: income }, PurchaseDetails: { AccountCode: expense } } },
    })
  })
  test('without a choice sales go to the account of service lines, and purchases are left to the bookkeeper', () => {
    const made = detailsOf({}, SETTINGS)
    expect(made).toMatchObject({ value: { payload: { SalesDetails: { AccountCode: '200' } } } })
    expect(JSON.stringify(made)).not.toContain('PurchaseDetails')
  })
  test.each([
    [{ income: '310', expense: '' }, 'no sales account'],
    [{ income: '', expense: '200' }, 'no expense account'],
    [{ income: '299', expense: '' }, 'archived'],
    [{ income: '', expense: '860' }, 'no expense account'],
    [{ income: '', expense: '416' }, 'no expense account'],
    [{ income: '777', expense: '' }, 'no ledger account 777'],
  ])('%o is refused when it is chosen, and held when it went bad later', (pair, says) => {
    const settings = { ...chosen, itemAccounts: { stocked: pair, unstocked: { income: '', expense: '' } } }
    const [fault] = validateSettings(settings, WITH_ACCOUNTS)
    expect(fault).toMatchObject({ code: 'accountNotValid', detail: expect.stringContaining(says) })
    expect(detailsOf({ Qty_in_Stock: '1' }, settings)).toMatchObject({ type: 'hold', code: 'accountNotValid' })
  })
  test('only what fits is offered', () => {
    const codes = (use: 'income' | 'expense') => accountChoices(WITH_ACCOUNTS.xero, use).map(({ code }) => code)
    expect(codes('income')).toEqual(['200', '201'])
    expect(codes('expense')).toEqual(['310', '429'])
  })
})

// Catches: an item that Xero refuses with words, sent instead of told beforehand (R34).
describe('the tax of an item', () => {
  const intent = { target: 'xero', source: viewOf(product({})), linesAfter: null } as const
  const check = (tax: string, present = '') =>
    mapping.check(
      { ...intent, targetView: viewOf(item({ SalesDetails: { TaxType: present } })), after: { tax } },
      contextOf(SETTINGS, WITH_ACCOUNTS),
    )
  test.each([
    ['INPUT', 'is not for sales'],
    ['OLD', 'is archived'],
    ['GONE', 'has no tax rate'],
  ])('%s is told before it is sent', (tax, says) => {
    expect(check(tax)).toMatchObject({ type: 'hold', code: 'taxNotValid', detail: expect.stringContaining(says) })
  })
  test('a good one goes, and what the item has already is not ours to judge', () => {
    expect(check('OUTPUT')).toEqual({ type: 'go' })
    expect(check('INPUT', 'INPUT')).toEqual({ type: 'go' })
  })
})
