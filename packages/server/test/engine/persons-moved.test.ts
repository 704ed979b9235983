import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { xeroCreate, xeroEdit, zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectCorresponds } from './corresponds.ts'
import { passKilledInto } from './killed-pass.ts'
import { otherCompanyThan, personIn, restOf } from './people.ts'
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
const otherCompany = () => otherCompanyThan({ rig, accountId })

const ADA = { FirstName: 'Ada', LastName: 'Added', EmailAddress: 'ada@example.com' }

// Catches: people who change their company, by their own move, a merge or a restore, lost or listed twice (C5).
describe('people who come from or go to another company', () => {
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
})

// Catches: whoever has left is no part of the link from the moment that it is planned; with the write cut off and dropped,
// their own mark finds nobody, and Xero keeps them (I7; seed 51 of scenario silent).
describe('a person who leaves while the engine dies before its write', () => {
  const listed = async () => (await company()).contact.persons.map((one) => one.email)

  /** Before the plan is judged, and with it on record: both are dropped by the process that follows. */
  const DEATHS = ['savePlan', 'recordDispatch'] as const

  test.each(DEATHS)('to another company, dead at %s: the old one lists them no longer', async (death) => {
    const zoe = await person('Zoe')
    await person('Yan')
    await rest()
    expect(await listed()).toContain('zoe@example.com')
    const other = await otherCompany()
    await zohoEdit(rig, { module: 'Contacts', id: zoe.id }, { Account_Name: { id: other.id } })
    await passKilledInto(rig, death)
    await rest()
    expect(await listed()).not.toContain('zoe@example.com')
    expect(companyOf(await readStates(rig), other.id).contact.persons.map((one) => one.email)).toContain(
      'zoe@example.com',
    )
  })

  test.each(DEATHS)('into the recycle bin, dead at %s: Xero lists them no longer', async (death) => {
    const zoe = await person('Zoe')
    await person('Yan')
    await rest()
    expect(await listed()).toContain('zoe@example.com')
    await zohoAct(rig, { action: 'delete', module: 'Contacts', id: zoe.id })
    await passKilledInto(rig, death)
    await rest()
    expect(await listed()).not.toContain('zoe@example.com')
  })
})
