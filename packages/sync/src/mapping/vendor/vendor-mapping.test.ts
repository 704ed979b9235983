import { describe, expect, test } from 'vitest'
import type { ValueObject } from '../../model/value.ts'
import { contactMapping } from '../contact/contact-mapping.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { vendorMapping } from './vendor-mapping.ts'

const PROVISIONED = {
  ...SETTINGS,
  provisioned: { ...SETTINGS.provisioned, xeroId: { ...SETTINGS.provisioned.xeroId, Vendors: 'Xero_ID' } },
}
const context = contextOf(PROVISIONED)
/** Nobody but this supplier is known: no Xero contact is a customer. */
const alone = { ...context, partnerOf: () => null }
const mapping = vendorMapping(PROVISIONED)
const vendor = (fields: ValueObject = {}) => recordOf('zoho', 'Vendors', { Vendor_Name: 'Harbour Timber', ...fields })
const supplier = (fields: ValueObject = {}) => recordOf('xero', 'Suppliers', { Name: 'Harbour Timber', ...fields })

describe('who is a supplier', () => {
  // Catches: every customer of Xero as a vendor of the CRM, or a supplier of our own making as a customer (R10c).
  test.each([
    [{ IsSupplier: true, IsCustomer: false }, null],
    [{ IsSupplier: true, IsCustomer: true }, null],
    [{ IsSupplier: false, IsCustomer: true }, 'notASupplier'],
    [{ IsSupplier: false, IsCustomer: false }, 'notASupplier'],
    [{ IsSupplier: false, IsCustomer: false, ContactNumber: 'TANDEMV-L9' }, null],
  ])('%j: %j', (fields, expected) => {
    expect(mapping.skip(supplier(fields), context)).toBe(expected)
  })
  test('one that was made for a vendor is no customer until something is sold to him', () => {
    const contacts = contactMapping(SETTINGS)
    const made = { ContactNumber: 'TANDEMV-L9', IsSupplier: false }
    const skip = (fields: ValueObject) => contacts.skip(recordOf('xero', 'Contacts', { ...made, ...fields }), context)
    expect(skip({ IsCustomer: false })).toBe('supplierOnly')
    expect(skip({ IsCustomer: true })).toBeNull()
    expect(contacts.crossReference(recordOf('xero', 'Contacts', made), context)).toBeNull()
  })
})

describe('who is the same supplier', () => {
  const keys = (record: ReturnType<typeof vendor>) => mapping.matchKeys(viewOf(record), context)
  test('by mailbox and business number, on both sides alike', () => {
    expect(keys(vendor({ Email: 'Post@Harbour.example' }))).toEqual(['email:post@harbour.example'])
    expect(keys(supplier({ EmailAddress: 'post@harbour.example', TaxNumber: '51 824 753 556' }))).toEqual([
      'email:post@harbour.example',
      'abn:51824753556',
    ])
  })
  test('a name alone suggests, and never joins', () => {
    const pair = { key: 'name:harbour timber', left: vendor(), right: supplier() }
    expect(mapping.suggestKeys(viewOf(vendor()), context)).toEqual(['name:harbour timber'])
    expect(mapping.corroborates?.(pair, context)).toBe(false)
    expect(mapping.corroborates?.({ ...pair, key: 'email:a@b.example' }, context)).toBe(true)
  })
  test('our own number in Xero and the id in the CRM, each for suppliers alone', () => {
    expect(mapping.crossReference(vendor({ Xero_ID: 'x-9' }), context)).toEqual({ type: 'partner', remoteId: 'x-9' })
    expect(mapping.crossReference(supplier({ ContactNumber: 'TANDEMV-L9' }), context)).toEqual({
      type: 'link',
      linkId: 'L9',
    })
    expect(mapping.crossReference(supplier({ ContactNumber: 'TANDEM-L9' }), context)).toBeNull()
  })
  test('is asked for among the suppliers of Xero and the vendors of the CRM', () => {
    const asked = mapping.lookups('xero', viewOf(vendor({ Email: 'post@gmail.com' })), context)
    expect(asked).toEqual([
      { collection: 'Suppliers', key: { field: 'EmailAddress', value: 'post@gmail.com' } },
      { collection: 'Suppliers', key: { field: 'Name', value: 'Harbour Timber' } },
    ])
    expect(mapping.lookups('zoho', viewOf(supplier()), context).map(({ key }) => key)).toEqual([
      { field: 'Xero_ID', value: 'xero-1' },
      { field: 'Vendor_Name', value: 'Harbour Timber' },
    ])
  })
})

describe('what is written', () => {
  test('a new contact carries our number, a new vendor its Xero id', () => {
    expect(mapping.createExtras('xero', viewOf(vendor()), context)).toMatchObject({
      value: { payload: { ContactNumber: 'TANDEMV-L1' }, naturalKey: { field: 'ContactNumber', value: 'TANDEMV-L1' } },
    })
    expect(mapping.createExtras('zoho', viewOf(supplier()), context)).toMatchObject({
      value: { payload: { Xero_ID: 'xero-1' } },
    })
    expect(vendorMapping(SETTINGS).createExtras('zoho', viewOf(supplier()), contextOf())).toMatchObject({
      code: 'fieldMissing',
    })
  })
  test('the address of a vendor has no prefix', () => {
    const rule = mapping.fields.find(({ field }) => field === 'address')
    const value = { street: '7 Wharf Road', city: 'Sydney', region: 'NSW', postalCode: '2000', country: 'Australia' }
    const shown = { Street: '7 Wharf Road', City: 'Sydney', State: 'NSW', Zip_Code: '2000', Country: 'Australia' }
    expect(rule?.zoho.write(value, viewOf(vendor()), context)).toEqual(shown)
    expect(rule?.zoho.read(viewOf(vendor(shown)), context)).toEqual(value)
  })
  // Catches: two records of the CRM that write over each other in one contact of Xero (I3, I5).
  test('a contact that is a customer too is written by its company alone', () => {
    const view = viewOf(supplier({ IsCustomer: true }))
    expect(mapping.parents(view, context)).toEqual([
      { kind: 'contact', side: 'xero', collection: 'Contacts', remoteId: 'xero-1' },
    ])
    expect(mapping.mayWrite('phone', view, context)).toMatchObject({ type: 'locked', code: 'supplierIsCustomer' })
    expect(mapping.mayWrite('phone', view, alone)).toEqual({ type: 'write' })
    expect(mapping.mayWrite('phone', viewOf(vendor()), context)).toEqual({ type: 'write' })
  })
})
