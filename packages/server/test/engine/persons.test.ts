import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { xeroCreate, xeroEdit, zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { primaryOf } from '../../src/rig/oracle-contact.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectCorresponds } from './corresponds.ts'
import { personIn, restOf } from './people.ts'
import { companyOf, firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
let accountId: string
beforeEach(async () => {
  rig = await syncedCompany()
  accountId = (await firstCompany(rig)).account.id
})
afterEach(() => rig.close())

const company = async () => companyOf(await readStates(rig), accountId)
const rest = () => restOf({ rig, accountId })
const person = (name: string, more?: Readonly<Record<string, unknown>>) => personIn({ rig, accountId }, name, more)

const everybodyLeaves = async () => {
  for (const { id } of (await company()).persons) await zohoAct(rig, { action: 'delete', module: 'Contacts', id })
}

const ADA = { FirstName: 'Ada', LastName: 'Added', EmailAddress: 'ada@example.com' }

// Catches: persons lost, made twice, or moved onto each other (C5).
describe('people of a company', () => {
  test('a person added in Zoho is one of the ContactPersons in Xero', async () => {
    await person('Zoe')
    const { contact, persons } = await rest()
    expect(contact.persons.map((one) => one.email)).toContain('zoe@example.com')
    expect(contact.persons).toHaveLength(persons.length - 1)
  })

  test('a person added in Xero is a Zoho Contact of the company', async () => {
    const { contact } = await company()
    const present = contact.persons.map((one) => ({
      FirstName: one.firstName,
      LastName: one.lastName,
      EmailAddress: one.email,
    }))
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { ContactPersons: [...present, ADA] })
    const { persons } = await rest()
    const ada = persons.find((one) => one.Email === 'ada@example.com')
    expect(ada).toMatchObject({ First_Name: 'Ada', Last_Name: 'Added' })
  })

  test('people added on both sides at once are all on both', async () => {
    const { contact } = await company()
    await person('Zoe')
    const present = contact.persons.map((one) => ({
      FirstName: one.firstName,
      LastName: one.lastName,
      EmailAddress: one.email,
    }))
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { ContactPersons: [...present, ADA] })
    const after = await rest()
    expect(after.persons.map((one) => one.Email)).toEqual(
      expect.arrayContaining(['zoe@example.com', 'ada@example.com']),
    )
  })

  test('a person renamed in Zoho is renamed in Xero, nobody else', async () => {
    const zoe = await person('Zoe')
    await person('Yan')
    await rest()
    await zohoEdit(rig, { module: 'Contacts', id: zoe.id }, { Last_Name: 'Married' })
    const { contact } = await rest()
    expect(contact.persons.find((one) => one.email === 'zoe@example.com')?.lastName).toBe('Married')
    expect(contact.persons.find((one) => one.email === 'yan@example.com')?.lastName).toBe('Person')
  })

  test('ticking another primary person changes whose name and e-mail Xero shows', async () => {
    const zoe = await person('Zoe')
    await rest()
    await zohoEdit(rig, { module: 'Contacts', id: zoe.id }, { Xero_Primary_Contact: true })
    const { contact, persons } = await rest()
    expect(primaryOf(persons)?.id).toBe(zoe.id)
    expect(contact.texts).toMatchObject({ FirstName: 'Zoe', EmailAddress: 'zoe@example.com' })
    expect(contact.persons.map((one) => one.email)).not.toContain('zoe@example.com')
  })

  test('a person deleted in Zoho makes nothing come back and nobody else vanish', async () => {
    const zoe = await person('Zoe')
    await person('Yan')
    await rest()
    await zohoAct(rig, { action: 'delete', module: 'Contacts', id: zoe.id })
    expect((await settle(rig)).end).toBe('quiet')
    await expectCorresponds(rig)
    const { contact, persons } = await company()
    expect(persons.map((one) => one.Email)).not.toContain('zoe@example.com')
    expect(contact.persons.map((one) => one.email)).toContain('yan@example.com')
  })

  test('more than five additional people are held, not cut', async () => {
    for (const name of ['Una', 'Vic', 'Wes', 'Xia', 'Yan', 'Zoe']) await person(name)
    expect((await settle(rig)).end).toBe('quiet')
    const inbox = await rig.store.reports.inbox(rig.connectionId)
    expect(inbox.map((item) => item.code)).toEqual(['tooManyPersons'])
    expect((await company()).contact.persons.length).toBeLessThanOrEqual(5)
    await expectCorresponds(rig)
  })

  // Catches: people of a company that came from Xero without a base: the next one added in Zoho looks like a first link,
  // Xero's shorter list wins, there is nothing to write, and the person is never heard of again.
  test('a person added in Zoho to a company that came from Xero is on both sides', async () => {
    const fields = { Name: 'Newcomer Pty Ltd', EmailAddress: 'nan@example.com', FirstName: 'Nan', LastName: 'New' }
    const newcomer = await xeroCreate(rig, 'createContact', { ...fields, ContactPersons: [ADA] })
    expect((await settle(rig)).end).toBe('quiet')
    const account = (await readStates(rig)).zoho.records.Accounts.find((one) => one.Xero_ID === newcomer.id)
    await person('Zoe', { Account_Name: { id: account?.id } })
    await rest()
    const { contact } = companyOf(await readStates(rig), account?.id ?? '')
    expect(contact.persons.map((one) => one.email).sort()).toEqual(['ada@example.com', 'zoe@example.com'])
  })

  // Catches: half of one person joined to half of another: a blank does not erase, unless it is another person's.
  test("a next primary person without a first name does not get the last one's", async () => {
    const zoe = await person('Zoe', { Xero_Primary_Contact: true, Mobile: '+61 400 111 222' })
    await rest()
    const values = { Last_Name: 'Nameless', Email: 'nameless@example.com', Account_Name: { id: accountId } }
    await zohoCreate(rig, 'Contacts', { ...values, Xero_Primary_Contact: true })
    await zohoEdit(rig, { module: 'Contacts', id: zoe.id }, { Xero_Primary_Contact: false })
    const { contact } = await rest()
    expect(contact.texts).toMatchObject({ LastName: 'Nameless', EmailAddress: 'nameless@example.com' })
    expect(contact.texts.FirstName ?? '').toBe('')
    expect(contact.phones.MOBILE.PhoneNumber).toBe('')
  })

  test('when the last person of a company is deleted, Xero keeps the e-mail, and nobody comes back', async () => {
    await everybodyLeaves()
    const { contact, persons } = await rest()
    expect(persons).toEqual([])
    expect(contact.texts.EmailAddress).not.toBe('')
    await zohoEdit(rig, { module: 'Accounts', id: accountId }, { Phone: '+61 2 5550 7777' })
    expect((await rest()).persons).toEqual([])
  })

  // Catches: a person made of the one field that was edited.
  test('an e-mail edited in Xero of a company without people makes a whole person', async () => {
    await everybodyLeaves()
    const { contact } = await rest()
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { EmailAddress: 'back@example.com' })
    const { persons } = await rest()
    expect(persons).toMatchObject([{ First_Name: contact.texts.FirstName, Email: 'back@example.com' }])
  })

  // Catches: a difference that nobody is told of, and that every pass plans again and finds nothing to write for.
  test('a person taken off the list in Xero stays in Zoho, and that they differ is told', async () => {
    const { contact } = await company()
    await person('Zoe')
    await person('Yan')
    await rest()
    const rows = (await company()).contact.persons.filter((one) => one.email !== 'zoe@example.com')
    const ContactPersons = rows.map((one) => ({
      FirstName: one.firstName,
      LastName: one.lastName,
      EmailAddress: one.email,
    }))
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { ContactPersons })
    expect((await settle(rig)).end).toBe('quiet')
    expect((await company()).persons.map((one) => one.Email)).toContain('zoe@example.com')
    expect((await company()).contact.persons.map((one) => one.email)).not.toContain('zoe@example.com')
    await zohoEdit(rig, { module: 'Accounts', id: accountId }, { Phone: '+61 2 5550 7777' })
    expect((await settle(rig)).end).toBe('quiet')
    expect((await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)).toEqual(['contentRefused'])
  })

  // Catches: the next primary made a second time, because Xero's list of the others still names that person.
  test('with a mapping saved anew, a next primary person is not made again as one of the others', async () => {
    const zoe = await person('Zoe', { Xero_Primary_Contact: true })
    const before = (await rest()).persons.length
    await rig.store.connections.saveSettings(rig.connectionId, await rig.settings(), 'bump')
    await zohoAct(rig, { action: 'delete', module: 'Contacts', id: zoe.id })
    const { contact, persons } = await rest()
    expect(persons).toHaveLength(before - 1)
    expect(contact.texts.EmailAddress).toBe(primaryOf(persons)?.Email)
  })
})

// Catches: the oldest of a company's people overwritten with the name and mailbox of another one, whom Xero names.
test('a company that is joined to its Xero contact keeps its people: the one whom Xero names is the primary', async () => {
  const account = await zohoCreate(rig, 'Accounts', { Account_Name: 'Two People Pty Ltd' })
  accountId = account.id
  const old = await person('Olive')
  const named = await person('Nina')
  await xeroCreate(rig, 'createContact', {
    Name: 'Two People Pty Ltd',
    FirstName: 'Nina',
    LastName: 'Person',
    EmailAddress: 'nina@example.com',
  })
  await settle(rig)
  const waiting = await rig.store.reports.inbox(rig.connectionId)
  for (const item of waiting) {
    const side = item.refs.some((ref) => ref.side === 'zoho') ? 'xero' : 'zoho'
    const remoteId =
      side === 'zoho'
        ? account.id
        : ((await readStates(rig)).xero.contacts.find((one) => one.texts.Name === 'Two People Pty Ltd')?.id ?? '')
    await rig.store.reports.resolve(rig.connectionId, item.id, { type: 'link', side, remoteId, at: 0 })
  }
  const { contact, persons } = await rest()
  expect(persons.map(({ id, Email }) => [id, Email]).sort()).toEqual(
    [
      [old.id, 'olive@example.com'],
      [named.id, 'nina@example.com'],
    ].sort(),
  )
  expect(contact.texts.EmailAddress).toBe('nina@example.com')
  expect(contact.persons.map((one) => one.email)).toEqual(['olive@example.com'])
})
