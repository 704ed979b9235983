import { describe, expect, test } from 'vitest'
import type { Kind } from '../../model/kind.ts'
import type { FieldMapping } from '../../model/mapping-document.ts'
import type { Side } from '../../model/side.ts'
import type { Value, ValueObject } from '../../model/value.ts'
import { contextOf, recordOf, shownFields, viewOf } from '../testing.ts'
import { CUSTOM, ruleOf, settingsWith } from './testing.ts'

const COLLECTIONS = {
  contact: ['Accounts', 'Contacts'],
  item: ['Products', 'Items'],
  invoice: ['Invoices', 'Invoices'],
} as const

/** What `fields` of one side become on the other by this mapping: canonical source, outcome, payload. */
function carry(kind: 'contact' | 'item' | 'invoice', mapping: FieldMapping, from: Side, fields: ValueObject) {
  const rule = ruleOf(kind, mapping)
  const context = contextOf(settingsWith(kind, [mapping]), CUSTOM)
  const target: Side = from === 'zoho' ? 'xero' : 'zoho'
  const view = viewOf(recordOf(from, COLLECTIONS[kind][from === 'zoho' ? 0 : 1], fields))
  const read = rule[from].read(view, context)
  const accepted = rule[target].accept(read, context)
  const empty = { side: target, main: null, primary: null, persons: [] }
  const sent = accepted.type === 'mapped' ? shownFields(rule[target].write(accepted.value, empty, context)) : null
  return { read, accepted, sent }
}

const site: FieldMapping = { field: 'site', zoho: 'Site', xero: 'AccountNumber' }

describe('plain fields by their types (R19, R20a, R20b)', () => {
  test.each([
    ['contact', site, 'zoho', { Site: '  A  1 ' }, { AccountNumber: 'A 1' }],
    ['contact', site, 'xero', { AccountNumber: 'A &amp; B' }, { Site: 'A & B' }],
    ['contact', { ...site, zoho: 'Employees' }, 'zoho', { Employees: '12' }, { AccountNumber: '12' }],
    ['contact', { ...site, zoho: 'Vip' }, 'zoho', { Vip: true }, { AccountNumber: 'true' }],
    ['contact', { ...site, zoho: 'Tags' }, 'zoho', { Tags: ['old', 'big'] }, { AccountNumber: 'big;old' }],
    ['contact', { ...site, zoho: 'Tags' }, 'xero', { AccountNumber: 'old; big' }, { Tags: ['big', 'old'] }],
    ['contact', { ...site, zoho: 'Region' }, 'zoho', { Region: '-None-' }, { AccountNumber: '' }],
    [
      'contact',
      { ...site, zoho: 'Owner' },
      'zoho',
      { Owner: { id: '1', email: 'a@b.example' } },
      { AccountNumber: 'a@b.example' },
    ],
    ['contact', { ...site, zoho: 'Since' }, 'zoho', { Since: '2026-11-22' }, { AccountNumber: '2026-11-22' }],
    [
      'item',
      { field: 'cost', zoho: 'Cost', xero: 'PurchaseDetails.UnitPrice' },
      'zoho',
      { Cost: '2.50' },
      { PurchaseDetails: { UnitPrice: '2.5' } },
    ],
    [
      'item',
      { field: 'cost', zoho: 'Cost', xero: 'PurchaseDetails.UnitPrice' },
      'xero',
      { PurchaseDetails: { UnitPrice: '2.3456' } },
      { Cost: '2.35' },
    ],
    [
      'item',
      { field: 'ledger', zoho: 'Ledger', xero: 'SalesDetails.AccountCode' },
      'zoho',
      { Ledger: '200' },
      { SalesDetails: { AccountCode: '200' } },
    ],
    [
      'invoice',
      { field: 'paidOn', zoho: 'Paid_On', xero: 'FullyPaidOnDate', direction: 'xeroToZoho' },
      'xero',
      { FullyPaidOnDate: '2026-11-22' },
      { Paid_On: '2026-11-22' },
    ],
    [
      'invoice',
      { field: 'open', zoho: 'Open', xero: 'AmountDue', direction: 'xeroToZoho' },
      'xero',
      { AmountDue: '110.00' },
      { Open: '110' },
    ],
  ] as const satisfies readonly (readonly [Kind, FieldMapping, Side, ValueObject, ValueObject])[])(
    '%s %o from %s',
    (kind, mapping, from, fields, sent) => {
      expect(carry(kind, mapping, from, fields).sent).toEqual(sent)
    },
  )

  // Catches: a value that the other system would refuse, or take as something else.
  test.each([
    ['contact', site, 'zoho', { Site: 'x'.repeat(51) }, 'valueTooLong'],
    ['contact', site, 'xero', { AccountNumber: 'x'.repeat(21) }, 'valueTooLong'],
    ['contact', { ...site, zoho: 'Region' }, 'xero', { AccountNumber: 'FR' }, 'valueNotAllowed'],
    ['contact', { ...site, zoho: 'Tags' }, 'xero', { AccountNumber: 'big;new' }, 'valueNotAllowed'],
    ['contact', { ...site, zoho: 'Employees' }, 'xero', { AccountNumber: 'many' }, 'valueNotAllowed'],
    ['contact', { ...site, zoho: 'Employees' }, 'xero', { AccountNumber: '1e999999999' }, 'valueNotAllowed'],
    ['contact', { ...site, zoho: 'Since' }, 'xero', { AccountNumber: 'soon' }, 'valueNotAllowed'],
    ['contact', { ...site, zoho: 'Gone' }, 'xero', { AccountNumber: '1' }, 'mappingInvalid'],
    ['contact', { ...site, xero: 'DefaultCurrency' }, 'zoho', { Site: 'EUR' }, 'currencyNotEnabled'],
    ['contact', { ...site, xero: 'AccountsReceivableTaxType' }, 'zoho', { Site: 'NONSENSE' }, 'taxNotValid'],
    [
      'item',
      { field: 'ledger', zoho: 'Ledger', xero: 'SalesDetails.AccountCode' },
      'zoho',
      { Ledger: '610' },
      'accountNotValid',
    ],
    ['item', { field: 'name', zoho: 'Product_Name', xero: 'PurchaseDescription' }, 'xero', {}, 'requiredValueMissing'],
  ] as const satisfies readonly (readonly [Kind, FieldMapping, Side, ValueObject, string])[])(
    '%s %o from %s %o is held',
    (kind, mapping, from, fields, code) => {
      expect(carry(kind, mapping, from, fields).accepted).toMatchObject({ type: 'hold', code })
    },
  )
})

describe('value tables (R21f)', () => {
  const table: FieldMapping = {
    ...site,
    zoho: 'Region',
    values: [
      ['NZ', 'north'],
      ['AU', 'south'],
    ],
  }
  test("say each value in the other side's words, both ways", () => {
    expect(carry('contact', table, 'zoho', { Region: 'NZ' }).sent).toEqual({ AccountNumber: 'north' })
    expect(carry('contact', table, 'xero', { AccountNumber: 'south' }).sent).toEqual({ Region: 'AU' })
  })
  test('blank is blank', () => {
    expect(carry('contact', table, 'zoho', { Region: null }).accepted).toEqual({ type: 'mapped', value: '' })
  })
  test('a value that is not in it waits, and says where to add it', () => {
    expect(carry('contact', table, 'zoho', { Region: 'UK' }).accepted).toMatchObject({
      type: 'hold',
      code: 'unmappedValue',
      detail: expect.stringContaining('"UK"'),
    })
  })
})

describe('conditions and transforms of one-way fields (R20c)', () => {
  const tax: FieldMapping = {
    field: 'tax',
    zoho: 'Region',
    xero: 'AccountsReceivableTaxType',
    direction: 'zohoToXero',
    when: "record.Vip == 'true'",
    transform: { toXero: "value == 'NZ' ? 'OUTPUT' : ''" },
  }
  const rule = ruleOf('contact', tax)
  const context = contextOf(settingsWith('contact', [tax]), CUSTOM)
  const agrees = (fields: ValueObject, xero: Value) =>
    rule.corresponds?.(rule.zoho.read(viewOf(recordOf('zoho', 'Accounts', fields)), context), xero, context)

  test('if Region is NZ then the tax is OUTPUT', () => {
    expect(carry('contact', tax, 'zoho', { Region: 'NZ', Vip: true }).sent).toEqual({
      AccountsReceivableTaxType: 'OUTPUT',
    })
  })
  // Catches: a rule whose condition is not met that empties what a bookkeeper has set.
  test('a condition that is not met says nothing: what stands in Xero agrees', () => {
    expect(carry('contact', tax, 'zoho', { Region: 'NZ', Vip: false }).accepted).toEqual({ type: 'mapped', value: '' })
    expect(agrees({ Region: 'NZ', Vip: false }, 'BASEXCLUDED')).toBe(true)
    expect(agrees({ Region: 'NZ', Vip: true }, 'BASEXCLUDED')).toBe(false)
    expect(agrees({ Region: 'NZ', Vip: true }, 'OUTPUT')).toBe(true)
  })
  // Catches: what stands in Xero read as if it were a source, too: it would agree with nothing, and be written again.
  test('the side that only follows is read as it is', () => {
    const view = viewOf(recordOf('xero', 'Contacts', { AccountsReceivableTaxType: 'OUTPUT' }))
    expect(rule.xero.read(view, context)).toBe('OUTPUT')
  })
  // Catches: an edit of a field that the expression looks at, which the mapped field itself does not show.
  test('a change of any field that it is made of is a change of the field', () => {
    const read = (fields: ValueObject) => carry('contact', tax, 'zoho', fields).read
    expect(read({ Region: 'NZ', Vip: true })).not.toEqual(read({ Region: 'NZ', Vip: false }))
    expect(read({ Region: 'NZ', Vip: true, Site: '1' })).toEqual(read({ Region: 'NZ', Vip: true, Site: '2' }))
  })
  test('a default stands for a blank source', () => {
    const given: FieldMapping = {
      ...site,
      direction: 'zohoToXero',
      transform: { toXero: "value == '' ? 'none' : value" },
    }
    expect(carry('contact', given, 'zoho', { Site: '' })).toMatchObject({ sent: { AccountNumber: 'none' } })
  })
  test('an expression that fails holds with its reason', () => {
    const given: FieldMapping = { ...site, direction: 'zohoToXero', transform: { toXero: 'value.substring(3)' } }
    expect(carry('contact', given, 'zoho', { Site: 'a' }).accepted).toMatchObject({
      type: 'hold',
      code: 'expressionFailed',
    })
  })
  // Catches: a company without people held for ever by a rule about its primary person.
  test('a person who is not there says nothing', () => {
    const given: FieldMapping = {
      ...{ field: 'title', zoho: 'Contacts.Title', xero: 'AccountNumber', direction: 'zohoToXero' },
      transform: { toXero: "record.First_Name + ' ' + value" },
    }
    expect(carry('contact', given, 'zoho', {})).toMatchObject({ read: null, accepted: { type: 'mapped', value: '' } })
  })
  test('two transforms carry a format to and fro', () => {
    const given: FieldMapping = { ...site, transform: { toXero: "'Z-' + value", toZoho: 'value.substring(2)' } }
    expect(carry('contact', given, 'zoho', { Site: '7' }).sent).toEqual({ AccountNumber: 'Z-7' })
    expect(carry('contact', given, 'xero', { AccountNumber: 'Z-7' }).sent).toEqual({ Site: '7' })
  })
})

describe('look-ups (R20b)', () => {
  const parent: FieldMapping = { field: 'parent', zoho: 'Parent_Account', xero: 'AccountNumber', lookup: 'contact' }
  const id = '9d1a0d5e-6f0b-4c47-9a55-0b1c2d3e4f50'
  test('name the linked record, never a text', () => {
    expect(carry('contact', parent, 'zoho', { Parent_Account: { id: '7', name: 'Mother' } }).sent).toEqual({
      AccountNumber: 'x:7',
    })
    expect(carry('contact', parent, 'xero', { AccountNumber: id }).sent).toEqual({ Parent_Account: { id } })
  })
  test('wait for a record without a partner, and refuse what is no record', () => {
    expect(carry('contact', parent, 'zoho', { Parent_Account: { id: 'unknown' } }).accepted).toMatchObject({
      code: 'missingParent',
    })
    expect(carry('contact', parent, 'xero', { AccountNumber: 'Mother' }).accepted).toMatchObject({
      code: 'valueNotAllowed',
    })
  })
})
