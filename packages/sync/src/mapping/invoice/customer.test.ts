import { describe, expect, test } from 'vitest'
import type { InvoiceSettings } from '../../model/invoice-settings.ts'
import type { CustomerModel } from '../../model/kind.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import type { FieldRule, LinkContext } from '../contract.ts'
import { contextOf, contextWith, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { invoiceMapping } from './invoice-mapping.ts'

const ACCOUNT = { id: 'a-1' }
const PERSON = { id: 'c-1' }
/** Zoho records that have a contact of their own in Xero; nobody else has. */
const PARTNERS: Readonly<Record<string, string>> = { 'Accounts/a-1': 'x-company', 'Contacts/c-1': 'x-person' }

function settingsFor(
  customer: InvoiceSettings['customer'],
  change: { readonly model?: CustomerModel; readonly onlineSale?: InvoiceSettings['onlineSale'] } = {},
): ConnectionSettings {
  const { model = 'accountsWithPersons', onlineSale = SETTINGS.invoice.onlineSale } = change
  return { ...SETTINGS, customerModel: model, invoice: { ...SETTINGS.invoice, customer, onlineSale } }
}

function contextFor(
  settings: ConnectionSettings,
  partners = PARTNERS,
  read: readonly RemoteRecord[] = [],
): LinkContext {
  return {
    ...contextWith(read, settings),
    partnerOf: (side, collection, id) => {
      if (side === 'zoho') return partners[`${collection}/${id}`] ?? null
      const found = Object.entries(partners).find(([, contact]) => contact === id)
      return found?.[0].split('/')[1] ?? null
    },
  }
}

function ruleOf(settings: ConnectionSettings): FieldRule {
  const rule = invoiceMapping(settings).fields.find((one) => one.field === 'customer')
  if (rule === undefined) throw new Error('No rule of the customer')
  return rule
}

function contactFor(fields: ValueObject, context: LinkContext): unknown {
  const rule = ruleOf(context.settings)
  const accepted = rule.xero.accept(rule.zoho.read(viewOf(recordOf('zoho', 'Invoices', fields)), context), context)
  return accepted.type === 'mapped' ? accepted.value : accepted.code
}

const BOTH = { Account_Name: ACCOUNT, Contact_Name: PERSON }
const NO_PERSON = { 'Accounts/a-1': 'x-company' }

describe('whose name is on the invoice (R25)', () => {
  test.each([
    ['company', BOTH, PARTNERS, 'x-company'],
    ['company', { Contact_Name: PERSON }, PARTNERS, 'missingParent'],
    ['original', BOTH, PARTNERS, 'x-person'],
    ['original', BOTH, NO_PERSON, 'x-company'],
    ['original', { Account_Name: ACCOUNT }, PARTNERS, 'x-company'],
    ['original', { Contact_Name: PERSON }, NO_PERSON, 'missingParent'],
    ['original', {}, PARTNERS, 'missingParent'],
    ['onlineSale', BOTH, PARTNERS, 'x-online'],
    ['onlineSale', {}, {}, 'x-online'],
  ] as const)('%s of %o names %#: %s', (customer, fields, partners, expected) => {
    const settings = settingsFor(customer, { onlineSale: { contactId: 'x-online', name: '' } })
    expect(contactFor(fields, contextFor(settings, partners))).toBe(expected)
  })

  test.each(['company', 'original'] as const)(
    'where persons stand alone, %s is the person: companies are not synced',
    (customer) => {
      expect(contactFor(BOTH, contextFor(settingsFor(customer, { model: 'contactsAlone' })))).toBe('x-person')
    },
  )
})

describe('the contact of online sales', () => {
  const settings = settingsFor('onlineSale')
  const named = (id: string, Name: string, life: RemoteRecord['life'] = 'live') => ({
    ...recordOf('xero', 'Contacts', { Name, ContactID: id }, id),
    life,
  })
  const found = (read: readonly RemoteRecord[]) => contactFor(BOTH, contextFor(settings, PARTNERS, read))

  // Catches: a contact made by each pass, or a stranger's of nearly that name taken for it.
  test('is the active one of exactly that name; without one the sale waits for a person, who makes or chooses it', () => {
    expect(found([named('x-1', 'Online Sale')])).toBe('x-1')
    expect(found([])).toBe('onlineSaleContactMissing')
    expect(found([named('x-1', 'Online Sale', 'archived')])).toBe('onlineSaleContactMissing')
    expect(found([named('x-1', 'Online Sale'), named('x-2', 'Online Sale')])).toBe('onlineSaleContactMissing')
    expect(found([named('x-1', 'Online Sale', 'archived'), named('x-2', 'Online Sale')])).toBe('x-2')
  })
  test('is asked for once, and by its name only where no id is chosen', () => {
    const mapping = invoiceMapping(settings)
    const view = viewOf(recordOf('zoho', 'Invoices', BOTH))
    const asked = mapping.asks?.(view, null, { ...contextFor(settings), answer: () => null })
    expect(asked).toMatchObject([{ type: 'key', lookup: { key: { field: 'Name', value: 'Online Sale' } } }])
    const chosen = settingsFor('onlineSale', { onlineSale: { contactId: 'x-9', name: 'Online Sale' } })
    const byId = invoiceMapping(chosen).asks?.(view, null, { ...contextFor(chosen), answer: () => null })
    expect(byId).toMatchObject([{ type: 'record', ref: { collection: 'Contacts', remoteId: 'x-9' } }])
  })
  // Catches: two sales of a day with one Subject held as one, and sales that were typed into Xero before made twice.
  test('tells no two sales apart; what names the customer in Xero may still be the same document', () => {
    const fields = { ...BOTH, Subject: 'Web order', Invoice_Date: '2026-10-06', Grand_Total: '10.00' }
    const view = viewOf(recordOf('zoho', 'Invoices', fields))
    const { matchKeys, suggestKeys } = invoiceMapping(settings)
    expect(matchKeys(view, contextFor(settings))).toEqual([])
    expect(suggestKeys(view, contextFor(settings))).toEqual(['document:x-company|2026-10-06|AUD|10'])
  })
})

describe('the customer coming back from Xero', () => {
  const context = contextFor(settingsFor('original'))
  const rule = ruleOf(context.settings)
  const written = (contact: string) => {
    const accepted = rule.zoho.accept(contact, context)
    return accepted.type === 'mapped' ? rule.zoho.write(accepted.value, viewOf(null), context) : accepted.code
  }
  // Catches: a company's id written into the lookup of persons, which Zoho refuses, or a person of another company kept.
  test('goes into the lookup of its own module', () => {
    expect(written('x-person')).toEqual({ Contact_Name: { id: 'c-1' } })
    expect(written('x-company')).toEqual({ Account_Name: { id: 'a-1' }, Contact_Name: null })
    expect(written('x-nobody')).toBe('missingParent')
  })
  test('and then says the same as Xero: it must not flow back', () => {
    const read = (fields: ValueObject) => rule.zoho.read(viewOf(recordOf('zoho', 'Invoices', fields)), context)
    expect(rule.xero.accept(read({ Contact_Name: PERSON, Account_Name: { id: 'a-2' } }), context)).toMatchObject({
      value: 'x-person',
    })
    expect(rule.xero.accept(read({ Contact_Name: null, Account_Name: ACCOUNT }), context)).toMatchObject({
      value: 'x-company',
    })
  })
  test('in the default model it is the id of the company alone, as it was', () => {
    const plain = contextOf()
    expect(ruleOf(SETTINGS).zoho.read(viewOf(recordOf('zoho', 'Invoices', BOTH)), plain)).toBe('a-1')
  })
})
