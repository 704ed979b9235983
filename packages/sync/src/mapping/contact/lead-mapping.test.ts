import { describe, expect, test } from 'vitest'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import type { KindMapping } from '../contract.ts'
import { mappingFor } from '../index.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { isMadeByConversion } from './lead-mapping.ts'

const LEADS: ConnectionSettings = {
  ...SETTINGS,
  newXeroContacts: 'leads',
  provisioned: { ...SETTINGS.provisioned, xeroId: { ...SETTINGS.provisioned.xeroId, Leads: 'Xero_ID' } },
}
const PERSONS: ConnectionSettings = { ...LEADS, customerModel: 'contactsAlone' }

function leadOf(settings: ConnectionSettings): { readonly mapping: KindMapping; isNew(fields: ValueObject): boolean } {
  const { lead } = mappingFor('contact', settings)
  if (lead === undefined) throw new Error('No rules of leads')
  const context = contextOf(settings)
  return { mapping: lead.mapping, isNew: (fields) => lead.isNew(recordOf('xero', 'Contacts', fields), context) }
}

const xero = (fields: ValueObject) => viewOf(recordOf('xero', 'Contacts', { Name: 'Engines Pty', ...fields }, 'x-1'))

/** Everything that a new lead of this Xero contact is sent. */
function sent(fields: ValueObject, settings = LEADS): ValueObject {
  const { mapping } = leadOf(settings)
  const context = contextOf(settings)
  const extras = mapping.createExtras('zoho', xero(fields), context)
  if (extras.type === 'hold') throw new Error(extras.detail)
  const written = mapping.fields.map((rule) => {
    const value = rule.zoho.accept(rule.xero.read(xero(fields), context), context)
    return value.type === 'hold' || value.value === '' ? {} : rule.zoho.write(value.value, viewOf(null), context)
  })
  return Object.assign({}, ...written, extras.value.payload)
}

describe('a new lead', () => {
  // Catches: a lead that Zoho refuses for its last name, under either of its rules (zoho-crm.md 4, 12).
  test.each([
    [
      { FirstName: 'Ada', LastName: 'Byron' },
      { First_Name: 'Ada', Last_Name: 'Byron' },
    ],
    [{ FirstName: 'Ada' }, { First_Name: 'Ada', Last_Name: '-' }],
    [{ EmailAddress: 'ada@x.example' }, { Last_Name: 'ada@x.example' }],
    [{}, { Last_Name: '-' }],
  ])('%j has a last name', (names, wanted) => {
    expect(sent(names)).toMatchObject({ ...wanted, Company: 'Engines Pty', Xero_ID: 'x-1' })
  })
  // Catches: a company called by the name of the person where persons are the customers (C5).
  test('is a person where persons are the customers', () => {
    expect(sent({ Name: 'Ada Byron' }, PERSONS)).toMatchObject({ First_Name: 'Ada', Last_Name: 'Byron' })
    expect(sent({ Name: 'Ada Byron' }, PERSONS)).not.toHaveProperty('Company')
  })
  // Catches: leads without what joins them to Xero: made again when the database is lost.
  test('waits for its Xero ID field', () => {
    const { mapping } = leadOf({ ...LEADS, provisioned: SETTINGS.provisioned })
    expect(mapping.createExtras('zoho', xero({}), contextOf(SETTINGS))).toMatchObject({ code: 'fieldMissing' })
  })
  test.each([
    [{ IsCustomer: false, IsSupplier: false }, true],
    [{}, true],
    [{ IsCustomer: true }, false],
    [{ IsSupplier: true }, false],
  ])('is made of whoever has no document yet: %j', (fields, wanted) => {
    expect(leadOf(LEADS).isNew(fields)).toBe(wanted)
    expect(leadOf(SETTINGS).isNew(fields)).toBe(false)
  })
})

describe('fields of a lead', () => {
  // Catches: a base that is lost at the conversion, because a lead's field goes by another name than the customer's.
  test.each([LEADS, PERSONS, { ...LEADS, customerModel: 'accountsAlone' as const }])(
    'are named as the customer’s',
    (settings) => {
      const customer = new Set(mappingFor('contact', settings).fields.map(({ field }) => field))
      const own = leadOf(settings).mapping.fields.map(({ field }) => field)
      const persons = ['firstName', 'lastName', 'email', 'mobile']
      expect(own.filter((field) => !customer.has(field) && !persons.includes(field))).toEqual([])
    },
  )
  test('a stand-in for a last name reads as none', () => {
    const rule = leadOf(LEADS).mapping.fields.find(({ field }) => field === 'lastName')
    const view = viewOf(recordOf('zoho', 'Leads', { Last_Name: 'ada@x.example' }))
    expect(rule?.zoho.read(view, contextOf(LEADS))).toBe('')
  })
})

describe('conversion', () => {
  const lead = (fields: ValueObject) => recordOf('zoho', 'Leads', fields, 'l-1')
  const made = lead({ Converted__s: true, Converted_Account: { id: 'a-1' }, Converted_Contact: { id: 'c-1' } })
  // Catches: the person followed where companies are the customers, or the other way round.
  test.each([
    [LEADS, { collection: 'Accounts', remoteId: 'a-1' }],
    [
      { ...LEADS, customerModel: 'accountsAlone' as const },
      { collection: 'Accounts', remoteId: 'a-1' },
    ],
    [PERSONS, { collection: 'Contacts', remoteId: 'c-1' }],
  ])('leads to the customer by the model', (settings, wanted) => {
    expect(mappingFor('contact', settings).successor?.(made)).toMatchObject(wanted)
    expect(mappingFor('contact', settings).successor?.(lead({ Converted_Account: null }))).toBeNull()
  })
  // Catches: the details of a company that was there before, taken for a copy of the lead and written over Xero's.
  test('is a copy only where Zoho made the record in it', () => {
    const at = (createdAt: string) => ({ ...recordOf('zoho', 'Accounts', {}), createdAt })
    const converted = lead({ Converted_Date_Time: '2026-11-20T13:00:00+11:00' })
    expect(isMadeByConversion(converted, at('2026-11-20T02:00:00.000Z'))).toBe(true)
    expect(isMadeByConversion(converted, at('2026-11-19T02:00:00.000Z'))).toBe(false)
    expect(isMadeByConversion(lead({}), at('2026-11-20T02:00:00.000Z'))).toBe(false)
  })
})
