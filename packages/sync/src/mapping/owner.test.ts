import { describe, expect, test } from 'vitest'
import type { ReferenceData } from '../model/reference.ts'
import type { ConnectionSettings } from '../model/settings.ts'
import { validateSettings } from './generate.ts'
import { mappingFor } from './index.ts'
import { contextOf, REFERENCE, recordOf, SETTINGS, viewOf } from './testing.ts'

const SALLY = { id: 'u-2', name: 'Sally Nguyen', email: 'sally@example.com' }
const WITH_USERS: ReferenceData = { ...REFERENCE, zoho: { ...REFERENCE.zoho, users: [SALLY] } }
const ownedBy = (defaultOwnerEmail: string): ConnectionSettings => ({ ...SETTINGS, defaultOwnerEmail })

function created(settings: ConnectionSettings, reference = WITH_USERS) {
  const context = contextOf(settings, reference)
  const contact = mappingFor('contact', settings)
  const source = viewOf(recordOf('xero', 'Contacts', { Name: 'Wattle' }))
  const item = viewOf(recordOf('xero', 'Items', { Code: 'A-1' }))
  const extras = [
    contact.createExtras('zoho', source, context),
    mappingFor('item', settings).createExtras('zoho', item, context),
    mappingFor('invoice', settings).createExtras('zoho', viewOf(recordOf('xero', 'Invoices', {})), context),
  ].map((made) => (made.type === 'mapped' ? made.value.payload : {}))
  const at = { accountId: 'a-1', xeroContactId: 'x-1', fields: null }
  const person = contact.persons?.create({ firstName: 'Ada', lastName: 'Lee', email: '' }, at, context)
  return [...extras, person?.payload ?? {}]
}

// Catches: everything that comes from Xero owned by the integration user, where nobody in sales sees it (R21j).
describe('the owner of new Zoho records', () => {
  test('is the chosen user, whatever the kind and however the address is written', () => {
    for (const payload of created(ownedBy(' Sally@Example.com'))) expect(payload.Owner).toEqual({ id: 'u-2' })
  })
  test.each([
    ['nobody was chosen', ''],
    ['nobody there has that address', 'gone@example.com'],
  ])('is left to Zoho where %s', (_why, email) => {
    for (const payload of created(ownedBy(email))) expect(payload).not.toHaveProperty('Owner')
  })
  test('is nothing that Xero is told', () => {
    const settings = ownedBy(SALLY.email)
    const source = viewOf(recordOf('zoho', 'Accounts', { Account_Name: 'Wattle' }))
    const extras = mappingFor('contact', settings).createExtras('xero', source, contextOf(settings, WITH_USERS))
    expect(JSON.stringify(extras)).not.toContain('Owner')
  })
  test('who is unknown is a warning in the settings; unread users are none', () => {
    const codes = (settings: ConnectionSettings, reference = WITH_USERS) =>
      validateSettings(settings, reference).map(({ code }) => code)
    expect(codes(ownedBy('gone@example.com'))).toEqual(['ownerUnknown'])
    expect(codes(ownedBy(SALLY.email))).toEqual([])
    expect(codes(ownedBy('gone@example.com'), REFERENCE)).toEqual([])
  })
})
