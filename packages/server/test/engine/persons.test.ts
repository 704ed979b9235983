import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { xeroCreate, xeroEdit, zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { primaryOf } from '../../src/rig/oracle-contact.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees, expectCorresponds } from './corresponds.ts'
import { companyOf, firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
let accountId: string
beforeEach(async () => {
  rig = await syncedCompany()
  accountId = (await firstCompany(rig)).account.id
})
afterEach(() => rig.close())

const company = async () => companyOf(await readStates(rig), accountId)

async function rest() {
  expect((await settle(rig)).end).toBe('quiet')
  await expectAgrees(rig)
  return company()
}

const person = (First_Name: string, more: Readonly<Record<string, unknown>> = {}) =>
  zohoCreate(rig, 'Contacts', {
    First_Name,
    Last_Name: 'Person',
    Email: `${First_Name.toLowerCase()}@example.com`,
    Account_Name: { id: accountId },
    ...more,
  })

const otherCompany = async () => {
  const { Accounts } = (await readStates(rig)).zoho.records
  const other = Accounts.find((one) => one.Xero_ID !== '' && one.id !== accountId)
  if (other === undefined) throw new Error('No other company')
  return other
}

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

  // Catches: people who change their company and stay with the old one in Xero (also after a merge in Zoho), because
  // their mark is routed to the old company and the new one never hears of it.
  test('a person who moves to another company leaves one contact and joins the other', async () => {
    const zoe = await person('Zoe')
    await person('Yan')
    await rest()
    const other = (await readStates(rig)).zoho.records.Accounts.find(
      (one) => one.Xero_ID !== '' && one.id !== accountId,
    )
    await zohoEdit(rig, { module: 'Contacts', id: zoe.id }, { Account_Name: { id: other?.id } })
    expect((await settle(rig)).end).toBe('quiet')
    await expectCorresponds(rig)
  })

  // Catches: the primary person who goes over to another company and says what they said before: taken for unchanged.
  test('a primary person who moves to another company leaves one contact and joins the other', async () => {
    const zoe = await person('Zoe', { Xero_Primary_Contact: true })
    await rest()
    const other = await otherCompany()
    const values = { Account_Name: { id: other.id }, Xero_Primary_Contact: false }
    await zohoEdit(rig, { module: 'Contacts', id: zoe.id }, values)
    const { contact } = await rest()
    expect(contact.texts.EmailAddress).not.toBe('zoe@example.com')
    const joined = companyOf(await readStates(rig), other.id)
    expect(joined.contact.persons.map((one) => one.email)).toContain('zoe@example.com')
  })

  // Catches: people of the losing company who stay parts of its held link, so that no pass ever tells the winner.
  test('the people of a company merged away in Zoho are people of the winner in Xero', async () => {
    const winner = await otherCompany()
    await person('Zoe')
    await rest()
    await zohoAct(rig, { action: 'merge', winner: winner.id, loser: accountId })
    expect((await settle(rig)).end).toBe('quiet')
    await expectCorresponds(rig)
    const { contact, persons } = companyOf(await readStates(rig), winner.id)
    expect(persons.map((one) => one.Email)).toContain('zoe@example.com')
    expect(contact.persons.map((one) => one.email)).toContain('zoe@example.com')
  })

  // Catches: the primary person of a merged company replaced by one who was ticked for the company merged into it
  // (seed 910433).
  test('two who are ticked after a merge: the one whom Xero names stays the primary', async () => {
    const ids: string[] = []
    for (const name of ['Olive', 'Nina']) {
      const lower = name.toLowerCase()
      const fields = {
        Name: `${name} Pty Ltd`,
        FirstName: name,
        LastName: 'Merged',
        EmailAddress: `${lower}@example.com`,
      }
      const contact = await xeroCreate(rig, 'createContact', fields)
      expect((await settle(rig)).end).toBe('quiet')
      ids.push((await readStates(rig)).zoho.records.Accounts.find((one) => one.Xero_ID === contact.id)?.id ?? '')
    }
    const [loser = '', winner = ''] = ids
    await zohoAct(rig, { action: 'merge', winner, loser })
    expect((await settle(rig)).end).toBe('quiet')
    const { contact, persons } = companyOf(await readStates(rig), winner)
    expect(persons.map((one) => [one.Email, one.Xero_Primary_Contact])).toEqual([
      ['olive@example.com', true],
      ['nina@example.com', true],
    ])
    expect(contact.texts.EmailAddress).toBe('nina@example.com')
    expect(contact.persons.map((one) => one.email)).toEqual(['olive@example.com'])
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

  // Catches: people of a company that waits for its partner who stay parts of its half link for ever.
  test('the people of a held company that is merged away are people of the winner in Xero', async () => {
    const { account } = await company()
    const twin = await zohoCreate(rig, 'Accounts', { Account_Name: account.Account_Name })
    await person('Zoe', { Account_Name: { id: twin.id } })
    expect((await settle(rig)).end).toBe('quiet')
    expect(await rig.store.reports.inbox(rig.connectionId)).toHaveLength(1)
    await zohoAct(rig, { action: 'merge', winner: accountId, loser: twin.id })
    const { contact } = await rest()
    expect(contact.persons.map((one) => one.email)).toContain('zoe@example.com')
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

  // Catches: the same create sent in every pass, refused by the key that the person has taken along to another company.
  test('a person who has left and is listed again in Xero is held, not sent in every pass', async () => {
    const { contact } = await company()
    const listed = contact.persons.map((one) => ({
      FirstName: one.firstName,
      LastName: one.lastName,
      EmailAddress: one.email,
    }))
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { ContactPersons: [...listed, ADA] })
    const ada = (await rest()).persons.find((one) => one.Email === 'ada@example.com')
    const other = await otherCompany()
    await zohoEdit(rig, { module: 'Contacts', id: ada?.id ?? '' }, { Account_Name: { id: other.id } })
    await rest()
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { ContactPersons: [...listed, ADA] })
    expect((await settle(rig)).end).toBe('quiet')
    expect((await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)).toEqual(['duplicateInTarget'])
    const before = writesSeen(rig).length
    await rig.pass()
    expect(writesSeen(rig)).toHaveLength(before)
  })

  // Catches: people who are taken for leavers because their company is in the recycle bin, and are not its people when
  // it comes back.
  test('a company restored from the recycle bin has its people as before', async () => {
    await person('Zoe')
    const before = (await rest()).persons.length
    await zohoAct(rig, { action: 'delete', module: 'Accounts', id: accountId })
    await settle(rig)
    await zohoAct(rig, { action: 'restore', id: accountId })
    await zohoEdit(rig, { module: 'Accounts', id: accountId }, { Phone: '+61 2 5550 7777' })
    const { contact, persons } = await rest()
    expect(persons).toHaveLength(before)
    expect(contact.persons.map((one) => one.email)).toContain('zoe@example.com')
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
