import type { CustomerModel } from '@tandem/sync/model/kind.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { xeroEdit, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig, RigOptions } from '../../src/rig/engine-rig.ts'
import { judge } from '../../src/rig/oracle.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { accountOf, atRest, codesIn, contactOf, counts, newProspect, provisionedFor } from './leads.ts'
import { approved, connectionOf } from './remapped.ts'
import { firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

const withModel = (customerModel: CustomerModel): RigOptions => ({
  settings: (settings) => ({ ...settings, customerModel }),
})

/** As `changeCustomerModel` stores it, and as a person approves what comes of it. */
async function changeModel(customerModel: CustomerModel): Promise<void> {
  const modules = customerModel === 'contactsAlone' ? ['Contacts' as const] : ['Accounts' as const, 'Contacts' as const]
  await provisionedFor(rig, modules)
  const before = await connectionOf(rig)
  await rig.store.connections.saveSettings(rig.connectionId, { ...before.settings, customerModel }, 'preview')
  await approved(rig)
}

describe('companies without their persons (C5)', () => {
  // Catches: people of Xero that are made as CRM contacts, or people of the CRM that reach Xero, where nobody wants them.
  test('a company and its Xero contact are in step; people stay where they are', async () => {
    rig = await syncedCompany(withModel('accountsAlone'))
    const before = await counts(rig)
    // Without mailboxes a like name alone joins nobody: what the first sync has left to a person stays.
    const held = await codesIn(rig)
    const id = await newProspect(rig)
    const made = await zohoCreate(rig, 'Accounts', { Account_Name: 'Wattle Works', Phone: '02 5550 9999' })
    await zohoCreate(rig, 'Contacts', { Last_Name: 'Nobody', Email: 'n@x.example', Account_Name: { id: made.id } })
    await atRest(rig)
    const { zoho } = await readStates(rig)
    const company = zoho.records.Accounts.find((one) => one.Xero_ID === id)
    expect(company).toMatchObject({ Account_Name: 'Engines Pty' })
    expect(zoho.records.Contacts).toHaveLength(before.people + 1)
    const there = await contactOf(rig, (await accountOf(rig, made.id)).Xero_ID)
    expect([there.texts.Name, there.phones.DEFAULT.PhoneNumber, there.texts.EmailAddress ?? '']).toEqual([
      'Wattle Works',
      '5550 9999',
      '',
    ])
    await zohoEdit(rig, { module: 'Accounts', id: company?.id ?? '' }, { Account_Name: 'Engines Group' })
    await atRest(rig)
    expect((await contactOf(rig, id)).texts).toMatchObject({ Name: 'Engines Group', FirstName: 'Ada' })
    expect(await codesIn(rig)).toEqual(held)
    forgetRequests(rig)
    await rig.pass({ detect: 'sweep' })
    expect(writesSeen(rig)).toEqual([])
  })
})

describe('another customer model (R13)', () => {
  // Catches: every customer made a second time on either side, because none of the old links fits the new model.
  test('companies become their primary persons, and companies again: the same records are linked', async () => {
    rig = await syncedCompany()
    const before = await counts(rig)
    const { account, contact, persons } = await firstCompany(rig)
    await changeModel('contactsAlone')
    expect(await counts(rig)).toEqual(before)
    const { zoho } = await readStates(rig)
    const now = zoho.records.Contacts.filter((one) => one.Xero_ID === contact.id)
    expect(now.map(({ id }) => persons.some((one) => one.id === id))).toEqual([true])
    await changeModel('accountsWithPersons')
    expect(await counts(rig)).toEqual(before)
    expect((await accountOf(rig, account.id)).Xero_ID).toBe(contact.id)
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { Name: 'Called otherwise' })
    await atRest(rig)
    expect((await accountOf(rig, account.id)).Account_Name).toBe('Called otherwise')
    expect((await judge(rig)).duplicates).toEqual([])
    forgetRequests(rig)
    await atRest(rig)
    expect(writesSeen(rig)).toEqual([])
  })

  // Catches: persons dropped from their companies, or made again when they come back into the sync.
  test('companies without persons and with them again: nobody is made twice', async () => {
    rig = await syncedCompany()
    const before = await counts(rig)
    await changeModel('accountsAlone')
    await changeModel('accountsWithPersons')
    expect(await counts(rig)).toEqual(before)
    expect((await judge(rig)).duplicates).toEqual([])
    expect(await codesIn(rig)).toEqual([])
  })

  // Catches: one company that two Xero contacts write to in turn; a person without a company for whom one is invented.
  test('two persons of one company, and one of none, wait for a person', async () => {
    rig = await syncedCompany(withModel('contactsAlone'))
    const company = await zohoCreate(rig, 'Accounts', { Account_Name: 'Shared Office' })
    for (const name of ['Ada', 'Grace']) {
      const values = { First_Name: name, Last_Name: 'Shared', Email: `${name}@shared.example` }
      await zohoCreate(rig, 'Contacts', { ...values, Account_Name: { id: company.id } })
    }
    await zohoCreate(rig, 'Contacts', { First_Name: 'Solo', Last_Name: 'Alone', Email: 'solo@alone.example' })
    await atRest(rig)
    const before = await counts(rig)
    await changeModel('accountsWithPersons')
    const inbox = await rig.store.reports.inbox(rig.connectionId)
    const told = inbox.filter(({ title }) => /Shared|Alone/.test(title)).map(({ code }) => code)
    expect(told.sort()).toEqual(['customerModelUnfit', 'partnerTaken'])
    const after = await counts(rig)
    expect([after.accounts, after.people, after.xero]).toEqual([before.accounts, before.people, before.xero])
  })
})
