import { describe, expect, test } from 'vitest'
import type { FieldMapping } from '../../model/mapping-document.ts'
import { mappingGeneration, requiredZohoFields } from '../generate.ts'
import { defaultMapping, mappingFor } from '../index.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { trySample } from './sample.ts'
import { CUSTOM, settingsWith } from './testing.ts'
import { withDocument } from './with-document.ts'

const subject: FieldMapping = { field: 'subject', zoho: 'Note', xero: 'Reference' }
const due: FieldMapping = { field: 'dueDate', zoho: 'Paid_On', xero: 'DueDate' }

describe('beside and in the place of the default rules', () => {
  test('an empty document changes nothing at all', () => {
    const { fields: byDefault, ...before } = defaultMapping('contact', SETTINGS)
    const { fields, ...mapping } = withDocument({ fields: byDefault, ...before }, SETTINGS)
    expect(fields.map(({ field }) => field)).toEqual(byDefault.map(({ field }) => field))
    expect(mapping.persons).toBe(before.persons)
  })
  test('a rule of a default name stands in its place, another after them', () => {
    const names = (mappings: readonly FieldMapping[]) =>
      mappingFor('invoice', settingsWith('invoice', mappings)).fields.map(({ field }) => field)
    const extra: FieldMapping = { field: 'open', zoho: 'Open', xero: 'AmountDue', direction: 'xeroToZoho' }
    expect(names([extra, subject])).toEqual([...names([]), 'open'])
    const rule = mappingFor('invoice', settingsWith('invoice', [subject])).fields.find(
      ({ field }) => field === 'subject',
    )
    expect(rule?.zoho.write('x', viewOf(null), contextOf())).toEqual({ Note: 'x' })
  })
  test('switched off like any other', () => {
    const settings = {
      ...settingsWith('invoice', [subject]),
      fieldPolicies: { 'invoice.subject': { direction: 'off' as const } },
    }
    expect(mappingFor('invoice', settings).fields.map(({ field }) => field)).not.toContain('subject')
  })
  // Catches: a constant of the create that is written over what a person has mapped.
  test('what a create adds gives way to a mapped value, and stays where that is blank', () => {
    const settings = settingsWith('invoice', [due])
    const extras = (fields: { readonly Paid_On: string }) => {
      const view = viewOf(recordOf('zoho', 'Invoices', { Invoice_Number: '7', Invoice_Date: '2026-11-01', ...fields }))
      const made = mappingFor('invoice', settings).createExtras('xero', view, contextOf(settings, CUSTOM))
      return made.type === 'mapped' ? made.value.payload : made
    }
    expect(extras({ Paid_On: '2026-11-09' })).not.toHaveProperty('DueDate')
    expect(extras({ Paid_On: '' })).toHaveProperty('DueDate', '2026-12-01')
    expect(extras({ Paid_On: '' })).toHaveProperty('InvoiceNumber', '7')
  })
  // Catches: an account that was chosen for a product, overwritten by the echo of the old one that a price carries.
  test('an account code is written after the other details', () => {
    const cost: FieldMapping = { field: 'cost', zoho: 'Cost', xero: 'PurchaseDetails.UnitPrice' }
    const ledger: FieldMapping = { field: 'ledger', zoho: 'Ledger', xero: 'PurchaseDetails.AccountCode' }
    const { fields } = mappingFor('item', settingsWith('item', [ledger, cost]))
    expect(fields.slice(-2).map(({ field }) => field)).toEqual(['cost', 'ledger'])
    const view = viewOf(recordOf('xero', 'Items', { PurchaseDetails: { AccountCode: '310', COGSAccountCode: '320' } }))
    const written = fields.slice(-2).map((rule) => rule.xero.write('1', view, contextOf()))
    expect(written).toEqual([
      { PurchaseDetails: { AccountCode: '310', COGSAccountCode: '320', UnitPrice: { $decimal: '1' } } },
      { PurchaseDetails: { AccountCode: '1' } },
    ])
  })
  test('a look-up names its record as a parent, so that it is linked first', () => {
    const parent: FieldMapping = { field: 'parent', zoho: 'Parent_Account', xero: 'AccountNumber', lookup: 'contact' }
    const settings = settingsWith('contact', [parent])
    const view = viewOf(recordOf('zoho', 'Accounts', { Parent_Account: { id: '7' } }))
    expect(mappingFor('contact', settings).parents(view, contextOf(settings, CUSTOM))).toEqual([
      { kind: 'contact', side: 'zoho', collection: 'Accounts', remoteId: '7' },
    ])
  })
})

describe('a status by a value table of the org (R21f)', () => {
  const status: FieldMapping = {
    field: 'status',
    zoho: 'Status',
    xero: 'Status',
    direction: 'xeroToZoho',
    values: [
      ['Approved', 'AUTHORISED'],
      ['Settled', 'PAID'],
      ['Created', 'DRAFT'],
    ],
  }
  const settings = settingsWith('invoice', [status])
  const context = contextOf(settings, CUSTOM)
  const mapping = mappingFor('invoice', settings)
  const rule = mapping.fields.find(({ field }) => field === 'status')
  test('a status that is not in it waits for a person', () => {
    expect(rule?.zoho.accept('SUBMITTED', context)).toMatchObject({ type: 'hold', code: 'unmappedStatus' })
  })
  // Catches: the table's own words locked as if nobody had told us what they mean.
  test("the table's words may be overwritten, others not", () => {
    const lockOf = (Status: string) =>
      mapping.mayWrite('status', viewOf(recordOf('zoho', 'Invoices', { Status })), context).type
    expect(lockOf('Settled')).toBe('write')
    expect(lockOf('Something else')).toBe('locked')
  })
  test('one that is typed in the CRM is told', () => {
    expect(rule?.apart?.('Settled', 'AUTHORISED')).toMatchObject({ type: 'locked', code: 'statusNotAllowed' })
  })
})

describe('what is derived of it', () => {
  const fields: FieldMapping = {
    field: 'site',
    zoho: 'Site',
    xero: 'AccountNumber',
    direction: 'zohoToXero',
    when: "record.Region == 'NZ'",
    transform: { toXero: 'value + record.About' },
  }
  // Catches: a mapped field that no list asks for: it would read as emptied.
  test('lists ask for every field that a rule reads', () => {
    expect(requiredZohoFields(settingsWith('contact', [fields])).Accounts).toEqual(
      expect.arrayContaining(['Site', 'Region', 'About']),
    )
    const person: FieldMapping = { field: 'title', zoho: 'Contacts.Title', xero: 'AccountNumber' }
    expect(requiredZohoFields(settingsWith('contact', [person])).Contacts).toContain('Title')
  })
  test('a change of meaning is a new generation; another name or policy is not', () => {
    const generation = (mapping: FieldMapping, name = '') => {
      const settings = settingsWith('contact', [mapping])
      return mappingGeneration({ ...settings, mapping: { ...settings.mapping, name } }, CUSTOM)
    }
    expect(generation({ ...fields, when: 'true' })).not.toBe(generation(fields))
    expect(generation({ ...fields, values: [['a', 'b']] })).not.toBe(generation(fields))
    expect(generation({ ...fields, policy: 'ask' }, 'Ours')).toBe(generation(fields))
    expect(mappingGeneration(settingsWith('contact', []), CUSTOM)).toBe(mappingGeneration(SETTINGS, CUSTOM))
  })
})

describe('a sample record (R20c)', () => {
  const tax: FieldMapping = {
    field: 'tax',
    zoho: 'Region',
    xero: 'AccountsReceivableTaxType',
    direction: 'zohoToXero',
    transform: { toXero: "value == 'NZ' ? 'OUTPUT' : ''" },
  }
  const person: FieldMapping = { field: 'title', zoho: 'Contacts.Title', xero: 'CompanyNumber' }
  test('shows what each mapped field would be, with its names on both sides (R22)', () => {
    const settings = settingsWith('contact', [tax, person])
    const record = { Region: 'NZ', Contacts: { Title: 'Boss' } }
    expect(trySample({ kind: 'contact', side: 'zoho', record }, settings, CUSTOM)).toMatchObject([
      {
        field: 'tax',
        label: { zoho: 'Region', xero: 'Default sales tax' },
        outcome: { type: 'written', value: 'OUTPUT', payload: { AccountsReceivableTaxType: 'OUTPUT' } },
      },
      { field: 'title', label: { zoho: 'Title (primary Contact)' }, outcome: { type: 'written', value: 'Boss' } },
    ])
  })
  test('says what would be held, and what does not go this way', () => {
    const record = { Name: 'Ada', CompanyNumber: 'x'.repeat(41) }
    const results = trySample({ kind: 'contact', side: 'xero', record }, settingsWith('contact', [tax, person]), CUSTOM)
    expect(results.map(({ outcome }) => outcome.type)).toEqual(['notThisWay', 'held'])
  })
})
