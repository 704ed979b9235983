import { describe, expect, test } from 'vitest'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import type { FieldRule } from '../contract.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { invoiceMapping } from './invoice-mapping.ts'

const context = contextOf()
const mapping = invoiceMapping(SETTINGS)
const MATRIX = contextOf({ ...SETTINGS, lockRule: 'editMatrix' })

function ruleOf(field: string): FieldRule {
  const rule = mapping.fields.find((one) => one.field === field)
  if (rule === undefined) throw new Error(`No rule ${field}`)
  return rule
}

const zoho = (fields: ValueObject) => recordOf('zoho', 'Invoices', fields)
const xero = (fields: ValueObject) => recordOf('xero', 'Invoices', { Type: 'ACCREC', Date: '2026-10-06', ...fields })

describe('status', () => {
  const rule = ruleOf('status')
  test.each([
    ['Created', 'DRAFT', true],
    ['Approved', 'DRAFT', true],
    ['Delivered', 'SUBMITTED', true],
    ['Created', 'AUTHORISED', false],
    ['Approved', 'AUTHORISED', true],
    ['Delivered', 'PAID', true],
    ['Created', 'PAID', false],
    ['Cancelled', 'VOIDED', true],
    ['Approved', 'VOIDED', false],
    ['Cancelled', 'DRAFT', false],
    ['Sent by post', 'AUTHORISED', false],
  ])('%s and %s correspond: %s (R21f, R36b)', (crm, books, expected) => {
    expect(rule.corresponds?.(crm, books, context)).toBe(expected)
  })
  test.each([
    ['DRAFT', 'Created'],
    ['SUBMITTED', 'Created'],
    ['AUTHORISED', 'Approved'],
    ['PAID', 'Approved'],
    ['VOIDED', 'Cancelled'],
  ])('%s is written as %s', (books, crm) => {
    expect(rule.zoho.accept(books, context)).toEqual({ type: 'mapped', value: crm })
  })
  test("an org's own status is never overwritten, and a missing one is not written (R21f)", () => {
    expect(mapping.mayWrite('status', viewOf(zoho({ Status: 'Sent by post' })), context)).toMatchObject({
      code: 'unmappedStatus',
    })
    expect(rule.zoho.accept('SOMETHING', context)).toMatchObject({ code: 'unmappedStatus' })
  })
})

describe('other fields', () => {
  test('Xero without a reference shows its number: the CRM requires a Subject', () => {
    const { xero: side } = ruleOf('subject')
    expect(side.read(viewOf(xero({ InvoiceNumber: 'INV-7', Reference: '' })), context)).toBe('INV-7')
    expect(side.read(viewOf(xero({ InvoiceNumber: 'INV-7', Reference: 'PO 1' })), context)).toBe('PO 1')
  })
  test('a customer without a link holds: Xero would make a new contact by name', () => {
    const { xero: side } = ruleOf('customer')
    expect(side.accept('unknown-1', context)).toMatchObject({ code: 'missingParent' })
    expect(side.write('x:a-1', viewOf(null), context)).toEqual({ Contact: { ContactID: 'x:a-1' } })
  })
  test('currencies must be enabled on the target and never change (R34)', () => {
    const { xero: side } = ruleOf('currency')
    expect(side.accept('USD', context)).toMatchObject({ code: 'currencyNotEnabled' })
    expect(mapping.mayWrite('currency', viewOf(xero({ Status: 'DRAFT' })), context)).toMatchObject({ type: 'locked' })
  })
  test('the link opens the right document of the right organisation, also before it exists (R05e)', () => {
    const { xero: side } = ruleOf('url')
    const view = viewOf(recordOf('xero', 'Invoices', {}, '@link:L1.xero'))
    expect(side.read(view, context)).toBe(
      'https://go.xero.com/organisationlogin/default.aspx?shortcode=!23eYt&redirecturl=%2FAccountsReceivable%2FView.aspx%3FInvoiceID%3D@link:L1.xero',
    )
  })
  test('themes go by name; an unknown one is refused and the field named, none is the default (R05f)', () => {
    const { xero: side, corresponds } = ruleOf('brandingTheme')
    expect(side.accept('special projects', context)).toMatchObject({ value: 'theme-1' })
    expect(side.accept('Gone', context)).toMatchObject({
      code: 'valueNotAllowed',
      detail: expect.stringContaining('Branding_Theme'),
    })
    expect(corresponds?.('', 'theme-0', context)).toBe(true)
    expect(corresponds?.('', 'theme-1', context)).toBe(false)
  })
  test('no rule ever sends an exchange rate', () => {
    const names = JSON.stringify(
      mapping.fields.map((rule) => [
        rule.field,
        rule.zoho.write('1', viewOf(null), context),
        rule.xero.write('1', viewOf(null), context),
      ]),
    )
    expect(names).not.toMatch(/Rate/)
  })
})

describe('locks (R36, C22)', () => {
  const lock = (field: string, fields: ValueObject, at = context) =>
    mapping.mayWrite(field, viewOf(xero(fields)), at).type
  test.each([
    ['DRAFT', 'write'],
    ['SUBMITTED', 'write'],
    ['AUTHORISED', 'locked'],
    ['PAID', 'locked'],
    ['VOIDED', 'locked'],
  ])('by default %s is %s', (status, verdict) => {
    expect(lock('lines', { Status: status })).toBe(verdict)
  })
  test.each([
    ['lines', { Status: 'AUTHORISED', AmountPaid: '0.00' }, 'write'],
    ['lines', { Status: 'AUTHORISED', AmountPaid: '10.00' }, 'locked'],
    ['subject', { Status: 'PAID', AmountPaid: '10.00' }, 'write'],
    ['date', { Status: 'PAID', AmountPaid: '10.00' }, 'locked'],
    ['customer', { Status: 'AUTHORISED', AmountPaid: '10.00' }, 'write'],
    ['customer', { Status: 'AUTHORISED', AmountCredited: '10.00' }, 'locked'],
  ])('by the edit matrix %s of %o is %s', (field, fields, verdict) => {
    expect(lock(field, fields, MATRIX)).toBe(verdict)
  })
  test('the lock date locks drafts too, on its very day', () => {
    expect(mapping.mayWrite('subject', viewOf(xero({ Status: 'DRAFT', Date: '2026-06-30' })), context)).toMatchObject({
      code: 'lockDate',
    })
    expect(lock('subject', { Status: 'DRAFT', Date: '2026-07-01' })).toBe('write')
  })
  test('Xero to CRM always flows', () => {
    expect(mapping.mayWrite('lines', viewOf(zoho({ Status: 'Delivered' })), context)).toEqual({ type: 'write' })
  })
})

describe('creates', () => {
  const PREFIXED: ConnectionSettings = { ...SETTINGS, invoicePrefix: 'Z-' }
  test.each([
    ['1234', 'Z-1234'],
    ['Z-1234', 'Z-1234'],
  ])('number %s becomes %s: never Z-Z-1234 (R23a)', (number, expected) => {
    const extras = mapping.createExtras('xero', viewOf(zoho({ Invoice_Number: number })), contextOf(PREFIXED))
    expect(extras).toMatchObject({ value: { payload: { InvoiceNumber: expected }, naturalKey: { value: expected } } })
  })
  test('a missing due date follows the setting; an explicit one wins (R28)', () => {
    const source = (fields: ValueObject) => viewOf(zoho({ Invoice_Number: '1', Invoice_Date: '2026-01-31', ...fields }))
    expect(mapping.createExtras('xero', source({}), context)).toMatchObject({
      value: { payload: { DueDate: '2026-03-02' } },
    })
    expect(mapping.createExtras('xero', source({ Due_Date: '2026-02-01' }), context)).toMatchObject({
      value: { payload: { DueDate: '2026-02-01' } },
    })
  })
  test('Url leads back to us, and is left out where it would name Xero: Xero refuses that', () => {
    const url = (publicUrl: string) =>
      mapping.createExtras('xero', viewOf(zoho({ Invoice_Number: '1' })), contextOf({ ...SETTINGS, publicUrl }))
    expect(url('https://tandem.example/')).toMatchObject({ value: { payload: { Url: 'https://tandem.example/r/L1' } } })
    expect(JSON.stringify(url('https://xero-sync.example'))).not.toContain('Url')
    expect(mapping.crossReference(xero({ Url: 'https://tandem.example/r/L1' }), context)).toEqual({
      type: 'link',
      linkId: 'L1',
    })
  })
  test('a Zoho create carries the unique id and the tick', () => {
    expect(mapping.createExtras('zoho', viewOf(xero({})), context)).toMatchObject({
      value: { payload: { Xero_ID: 'xero-1', Add_to_Xero: true }, naturalKey: { field: 'Xero_ID', value: 'xero-1' } },
    })
  })
})

describe('taking part', () => {
  test.each([
    [xero({ Type: 'ACCPAY' }), 'notASale'],
    [xero({ Status: 'VOIDED' }), 'cancelled'],
    [xero({ Status: 'DRAFT' }), null],
    [zoho({ Status: 'Created' }), 'notTicked'],
    [zoho({ Status: 'Created', Add_to_Xero: true }), null],
    [zoho({ Status: 'Cancelled', Add_to_Xero: true }), 'cancelled'],
  ])('%# is skipped as the settings say (R05b, R21e)', (record, reason) => {
    expect(mapping.skip(record, context)).toBe(reason)
  })
  test('a CRM number alone matches nothing: both systems count from 1001', () => {
    const crm = viewOf(
      zoho({ Invoice_Number: '1001', Subject: 'Work', Invoice_Date: '2026-10-06', Account_Name: { id: 'a-1' } }),
    )
    const other = viewOf(xero({ InvoiceNumber: '1001', Contact: { ContactID: 'x:a-2' } }))
    const same = viewOf(xero({ InvoiceNumber: '1001', Contact: { ContactID: 'x:a-1' } }))
    const shared = (view: typeof other) =>
      mapping.matchKeys(view, context).filter((key) => mapping.matchKeys(crm, context).includes(key))
    expect(shared(other)).toEqual([])
    expect(shared(same)).toHaveLength(1)
  })
  test('parents are the customer and the products, the service product apart', () => {
    const rows = [
      { Product_Name: { id: 'p-1' } },
      { Product_Name: { id: 'p-service' } },
      { Product_Name: { id: 'p-1' } },
    ]
    const refs = mapping.parents(viewOf(zoho({ Account_Name: { id: 'a-1' }, Invoiced_Items: rows })), context)
    expect(refs.map((ref) => ref.remoteId)).toEqual(['a-1', 'p-1'])
  })
})
