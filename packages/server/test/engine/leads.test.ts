import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { xeroEdit, zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { judge } from '../../src/rig/oracle.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { expectAgrees } from './corresponds.ts'
import {
  ADA,
  accountOf,
  atRest,
  codesIn,
  contactOf,
  convert,
  counts,
  invoiceTo,
  leadCompany,
  leadOf,
  newProspect,
} from './leads.ts'
import { approved, importMapping, withFields } from './remapped.ts'

let rig: EngineRig
beforeEach(async () => {
  rig = await leadCompany()
})
afterEach(() => rig.close())

const inXero = (id: string, fields: Readonly<Record<string, unknown>>) =>
  xeroEdit(rig, { action: 'editContact', id }, fields)
const inZoho = (id: string, values: Readonly<Record<string, unknown>>) => zohoEdit(rig, { module: 'Leads', id }, values)

describe('a new Xero contact that nobody in the CRM is (R13b)', () => {
  // Catches: a company made of it as well, a second lead, a lead without what salespeople need.
  test('becomes one lead, with its contact details and its company', async () => {
    const before = await counts(rig)
    const id = await newProspect(rig, {
      Phones: [{ PhoneType: 'DEFAULT', PhoneCountryCode: '61', PhoneAreaCode: '02', PhoneNumber: '5550 1234' }],
      Addresses: [{ AddressType: 'POBOX', AddressLine1: '1 Lovelace St', City: 'Ultimo', PostalCode: '2007' }],
    })
    await atRest(rig)
    expect(await leadOf(rig, id)).toMatchObject({
      Company: 'Engines Pty',
      First_Name: 'Ada',
      Last_Name: 'Byron',
      Email: 'ada@engines.example',
      Phone: '+61 2 5550 1234',
      Street: '1 Lovelace St',
      City: 'Ultimo',
      Zip_Code: '2007',
    })
    expect(await counts(rig)).toEqual({ ...before, leads: before.leads + 1, xero: before.xero + 1 })
    await expectAgrees(rig)
    forgetRequests(rig)
    await rig.pass({ detect: 'sweep' })
    expect(writesSeen(rig)).toEqual([])
  })

  // Catches: an edit that makes another lead, or that never crosses back.
  test('is that same lead after an edit on either side', async () => {
    const id = await newProspect(rig)
    await atRest(rig)
    const lead = await leadOf(rig, id)
    await inXero(id, { Name: 'Engines Group', FirstName: 'Augusta' })
    await atRest(rig)
    expect(await leadOf(rig, id)).toMatchObject({ id: lead.id, Company: 'Engines Group', First_Name: 'Augusta' })
    await inZoho(lead.id, { Mobile: '+61 400 111 222', City: 'Perth' })
    await atRest(rig)
    const { phones, addresses } = await contactOf(rig, id)
    expect([phones.MOBILE.PhoneNumber, addresses.POBOX.City]).toEqual(['0400 111 222', 'Perth'])
    forgetRequests(rig)
    await atRest(rig)
    expect(writesSeen(rig)).toEqual([])
    await expectAgrees(rig)
  })

  // Catches: Zoho's refusal of a lead without a last name, and its stand-in written into Xero.
  test.each(['lastName', 'firstOrLast'])('needs no last name, by the rule %s of Zoho', async (rule) => {
    rig.zoho.control.switches.set('contactNameRule', rule)
    const id = await newProspect(rig, { FirstName: '', LastName: '' })
    await atRest(rig)
    expect((await leadOf(rig, id)).Last_Name).toBe('ada@engines.example')
    expect((await contactOf(rig, id)).texts.LastName ?? '').toBe('')
    expect(await codesIn(rig)).toEqual([])
  })

  // Catches: a customer of the books who is handed to salespeople, and an invoice that waits for them.
  test('comes as a customer if it has an invoice already', async () => {
    const before = await counts(rig)
    const id = await newProspect(rig)
    await invoiceTo(rig, id)
    await atRest(rig)
    expect(await counts(rig)).toMatchObject({ leads: before.leads, accounts: before.accounts + 1 })
    expect(await codesIn(rig)).toEqual([])
    await expectAgrees(rig)
  })

  // Catches: a customer of the CRM who gets a lead beside, because leads were looked at first.
  test('is the customer of that mailbox, before any lead of it', async () => {
    const account = await zohoCreate(rig, 'Accounts', { Account_Name: 'Engines Proprietary' })
    const person = { Last_Name: 'Byron', First_Name: 'Ada', Account_Name: { id: account.id } }
    await zohoCreate(rig, 'Contacts', { ...person, Email: ADA.EmailAddress })
    await withoutCreates(async () => {
      await zohoCreate(rig, 'Leads', { Company: 'Engines Pty', Last_Name: 'Byron', Email: ADA.EmailAddress })
    })
    const before = await counts(rig)
    const id = await newProspect(rig)
    await atRest(rig)
    expect(await counts(rig)).toMatchObject({ leads: before.leads, accounts: before.accounts })
    expect((await judge(rig)).duplicates).toEqual([])
    const linked = await rig.store.reports.inbox(rig.connectionId)
    expect(linked.filter(({ refs }) => refs.some(({ remoteId }) => remoteId === id)).map(({ code }) => code)).toEqual(
      [],
    )
  })
})

describe('leads that the CRM has already', () => {
  const lead = (values: Readonly<Record<string, unknown>> = {}) =>
    zohoCreate(rig, 'Leads', { Company: 'Engines Pty', Last_Name: 'Byron', Email: 'ADA@engines.example', ...values })

  // Catches: a second lead for whom salespeople talk to already; leads that are pushed into the books.
  test('one of that mailbox is it; leads by themselves never reach Xero', async () => {
    const { id } = await lead()
    await lead({ Email: 'other@x.example', Last_Name: 'Other' })
    const before = await counts(rig)
    await atRest(rig)
    expect(await counts(rig)).toEqual(before)
    expect(await codesIn(rig)).toEqual([])
    const contactId = await newProspect(rig)
    await atRest(rig)
    expect((await leadOf(rig, contactId)).id).toBe(id)
    expect(await counts(rig)).toEqual({ ...before, xero: before.xero + 1 })
  })

  // Catches: one of several picked by chance, or a third one made.
  test('several of that mailbox wait for a person, who picks one', async () => {
    await lead()
    const { id } = await lead({ Last_Name: 'Lovelace' })
    const before = await counts(rig)
    const contactId = await newProspect(rig)
    await atRest(rig)
    expect(await codesIn(rig)).toEqual(['ambiguousMatch'])
    expect((await counts(rig)).leads).toBe(before.leads)
    const [item] = await rig.store.reports.inbox(rig.connectionId)
    const resolution = { type: 'link', side: 'zoho', remoteId: id, at: rig.ports.clock.now() } as const
    expect(await rig.store.reports.resolve(rig.connectionId, item?.id ?? '', resolution)).toBe('resolved')
    await atRest(rig)
    expect((await leadOf(rig, contactId)).id).toBe(id)
    expect(await codesIn(rig)).toEqual([])
  })

  // Catches: a lost database that makes every lead anew (I14).
  test('are found again by their Xero ID when the database is lost', async () => {
    const id = await newProspect(rig)
    await atRest(rig)
    const before = await counts(rig)
    rig = await rig.withLostStore()
    await atRest(rig)
    expect(await counts(rig)).toEqual(before)
    await inXero(id, { FirstName: 'Augusta' })
    await atRest(rig)
    expect((await leadOf(rig, id)).First_Name).toBe('Augusta')
  })

  // Catches: a deleted lead that is made again, or taken for a converted one.
  test('one that is deleted waits for a person', async () => {
    const id = await newProspect(rig)
    await atRest(rig)
    await zohoAct(rig, { action: 'delete', module: 'Leads', id: (await leadOf(rig, id)).id })
    await atRest(rig)
    expect(await codesIn(rig)).toEqual(['recordGone'])
  })
})

// Catches: custom fields that leads do without, and a value of a lead that is lost when it is converted (R13b).
test('a mapped custom field of leads crosses both ways, and goes on as the company’s after the conversion', async () => {
  await withFields(rig, 'Leads', [{ label: 'Site Code', dataType: 'text' }])
  await withFields(rig, 'Accounts', [{ label: 'Site Code', dataType: 'text' }])
  await importMapping(rig, 'contact', [
    { field: 'site', zoho: 'Site_Code', xero: 'AccountNumber' },
    { field: 'site', zoho: 'Leads.Site_Code', xero: 'AccountNumber' },
  ])
  await approved(rig)
  const id = await newProspect(rig, { AccountNumber: 'A-1' })
  await atRest(rig)
  const lead = await leadOf(rig, id)
  expect(lead.Site_Code).toBe('A-1')
  await inZoho(lead.id, { Site_Code: 'B-2' })
  await atRest(rig)
  expect((await contactOf(rig, id)).texts.AccountNumber).toBe('B-2')
  const { account } = await convert(rig, lead.id)
  await atRest(rig)
  expect((await accountOf(rig, account)).Site_Code).toBe('B-2')
  expect(await codesIn(rig)).toEqual([])
})

// Catches: the setting that is on for everybody, or that makes leads although it is off.
test('without the setting everybody new is a customer', async () => {
  await rig.change((settings) => ({ ...settings, newXeroContacts: 'customers' }))
  const before = await counts(rig)
  await newProspect(rig)
  await atRest(rig)
  expect(await counts(rig)).toMatchObject({ leads: before.leads, accounts: before.accounts + 1 })
})

/** Nothing is made in Xero meanwhile, so that both new records of the CRM stand free. */
async function withoutCreates(deed: () => Promise<void>): Promise<void> {
  const may = (create: boolean) =>
    rig.change((settings) => {
      const { contact } = settings.kinds
      return { ...settings, kinds: { ...settings.kinds, contact: { ...contact, xero: { ...contact.xero, create } } } }
    })
  await may(false)
  await deed()
  await atRest(rig)
  await may(true)
}
