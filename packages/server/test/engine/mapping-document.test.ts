import { mappingPresets } from '@tandem/sync/mapping/document/presets.ts'
import type { FieldMapping } from '@tandem/sync/model/mapping-document.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { xeroCreate, xeroEdit, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees, expectCorresponds } from './corresponds.ts'
import { approved, connectionOf, importMapping, withFields } from './remapped.ts'
import { companyOf, firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
let accountId: string
let contactId: string
beforeEach(async () => {
  rig = await syncedCompany()
  await withFields(rig, 'Accounts', [
    { label: 'Site Code', dataType: 'text' },
    { label: 'Old Code', dataType: 'text' },
    { label: 'Region', dataType: 'picklist', picklist: ['NZ', 'AU', 'UK'] },
    { label: 'Key Account', dataType: 'boolean' },
  ])
  const { account, contact } = await firstCompany(rig)
  accountId = account.id
  contactId = contact.id
  forgetRequests(rig)
})
afterEach(() => rig.close())

const company = async () => companyOf(await readStates(rig), accountId)
const inZoho = (values: Readonly<Record<string, unknown>>) =>
  zohoEdit(rig, { module: 'Accounts', id: accountId }, values)
const inXero = (fields: Readonly<Record<string, unknown>>) =>
  xeroEdit(rig, { action: 'editContact', id: contactId }, fields)
const codes = async () => (await rig.store.reports.inbox(rig.connectionId)).map(({ code }) => code)
async function atRest() {
  expect((await settle(rig)).end).toBe('quiet')
}

const SITE: FieldMapping = { field: 'site', zoho: 'Site_Code', xero: 'AccountNumber' }

describe('a custom field of the CRM and a field of Xero (R20a, R20b)', () => {
  // Catches: a mapped field that is never listed, never compared, or written back and forth.
  test('the value crosses both ways, survives the round trip, and an edit on either side', async () => {
    await inZoho({ Site_Code: 'A-1' })
    await importMapping(rig, 'contact', [SITE])
    await approved(rig)
    expect((await company()).contact.texts.AccountNumber).toBe('A-1')
    forgetRequests(rig)
    await inXero({ AccountNumber: 'B-2' })
    await atRest()
    expect((await company()).account.Site_Code).toBe('B-2')
    await inZoho({ Site_Code: 'C-3' })
    await atRest()
    expect((await company()).contact.texts.AccountNumber).toBe('C-3')
    // Each edit crossed once (I5), and a sweep finds nothing more to write (I4).
    expect(writesSeen(rig).map(({ side }) => side)).toEqual(['zoho', 'xero'])
    forgetRequests(rig)
    await rig.pass({ detect: 'sweep' })
    expect(writesSeen(rig)).toEqual([])
    await expectAgrees(rig)
  })

  // Catches: a new record without what is mapped, on either side.
  test('a new record brings it along', async () => {
    await importMapping(rig, 'contact', [SITE])
    await approved(rig)
    const made = await zohoCreate(rig, 'Accounts', { Account_Name: 'Fresh Fields', Site_Code: 'F-1' })
    await atRest()
    expect(companyOf(await readStates(rig), made.id).contact.texts.AccountNumber).toBe('F-1')
    forgetRequests(rig)
    await atRest()
    expect(writesSeen(rig)).toEqual([])
  })

  // Catches: a blank that empties the other side though nobody said that it may.
  test('a blank erases only where the field says so', async () => {
    await inZoho({ Site_Code: 'A-1' })
    await importMapping(rig, 'contact', [SITE])
    await approved(rig)
    await inZoho({ Site_Code: null })
    await atRest()
    expect((await company()).contact.texts.AccountNumber).toBe('A-1')
    await inZoho({ Site_Code: 'A-2' })
    await importMapping(rig, 'contact', [{ ...SITE, blankErases: true }])
    await approved(rig)
    await inZoho({ Site_Code: null })
    await atRest()
    expect((await company()).contact.texts.AccountNumber).toBe('')
  })
})

describe('a changed mapping', () => {
  // Catches: a slip in a rule that is written to every record before anybody has seen it (I9).
  test('writes nothing before its preview is approved, whatever runs', async () => {
    await inZoho({ Site_Code: 'A-1' })
    await importMapping(rig, 'contact', [SITE])
    await rig.clock.advance(20_000)
    for (const detect of ['lists', 'sweep', 'marksOnly'] as const) await rig.pass({ detect, trigger: 'schedule' })
    expect(writesSeen(rig)).toEqual([])
    expect((await connectionOf(rig)).firstSyncDone).toBe(false)
    await approved(rig)
    expect((await company()).contact.texts.AccountNumber).toBe('A-1')
    expect((await connectionOf(rig)).firstSyncDone).toBe(true)
  })

  // Catches: a sync that waits for a person for ever, though there is nothing to approve.
  test('that changes nothing anywhere needs no approval', async () => {
    await importMapping(rig, 'contact', [SITE])
    await rig.clock.advance(20_000)
    expect((await rig.pass({ detect: 'sweep' })).type).toBe('done')
    expect((await connectionOf(rig)).firstSyncDone).toBe(true)
  })

  // Catches: a second look at the preview that decides by the shadows of the mapping before.
  test('the preview says the same however often it is asked for', async () => {
    await inZoho({ Site_Code: 'of the new field', Old_Code: 'of the old one' })
    await importMapping(rig, 'contact', [{ ...SITE, zoho: 'Old_Code' }])
    await approved(rig)
    expect((await company()).contact.texts.AccountNumber).toBe('of the old one')
    await importMapping(rig, 'contact', [SITE])
    const seen = []
    for (let time = 0; time < 3; time += 1) {
      await rig.clock.advance(20_000)
      const planned = await rig.pass({ detect: 'sweep', until: 'plan' })
      if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
      const { ops } = await previewOf(planned.planId)
      seen.push(ops)
    }
    expect(seen[0]).toMatchObject([{ side: 'zoho', changes: [{ field: 'site', after: 'of the old one' }] }])
    expect(seen[1]).toEqual(seen[0])
    expect(seen[2]).toEqual(seen[0])
  })

  async function previewOf(planId: string) {
    const ops = await rig.store.reports.planOps(planId)
    return { ops: ops.map(({ side, changes }) => ({ side, changes })) }
  }
})

describe('a picklist with a value table (R21f)', () => {
  const REGION: FieldMapping = {
    field: 'region',
    zoho: 'Region',
    xero: 'AccountNumber',
    values: [
      ['NZ', 'north'],
      ['AU', 'south'],
    ],
  }
  const WITH_UK: FieldMapping = { ...REGION, values: [...(REGION.values ?? []), ['UK', 'far']] }

  test('each side speaks its own words, and a value that is not in the table waits and goes on once it is', async () => {
    await inZoho({ Region: 'NZ' })
    await importMapping(rig, 'contact', [REGION])
    await approved(rig)
    expect((await company()).contact.texts.AccountNumber).toBe('north')
    await inXero({ AccountNumber: 'south' })
    await atRest()
    expect((await company()).account.Region).toBe('AU')
    await inZoho({ Region: 'UK', Phone: '+61 2 5550 4321' })
    await atRest()
    // The rest of the record goes on.
    expect((await company()).contact).toMatchObject({
      texts: { AccountNumber: 'south' },
      phones: { DEFAULT: { PhoneNumber: '5550 4321' } },
    })
    expect(await codes()).toEqual(['unmappedValue'])
    await importMapping(rig, 'contact', [WITH_UK])
    await approved(rig)
    expect((await company()).contact.texts.AccountNumber).toBe('far')
    expect(await codes()).toEqual([])
    await expectAgrees(rig)
  })

  test('a new record with such a value waits as a whole, and is made once the value is mapped', async () => {
    await importMapping(rig, 'contact', [REGION])
    await approved(rig)
    await zohoCreate(rig, 'Accounts', { Account_Name: 'Waits For Words', Region: 'UK' })
    await atRest()
    expect(await codes()).toEqual(['unmappedValue'])
    expect((await readStates(rig)).xero.contacts.map((one) => one.texts.Name)).not.toContain('Waits For Words')
    await importMapping(rig, 'contact', [WITH_UK])
    await approved(rig)
    const made = (await readStates(rig)).xero.contacts.filter((one) => one.texts.Name === 'Waits For Words')
    expect(made.map((one) => one.texts.AccountNumber)).toEqual(['far'])
    expect(await codes()).toEqual([])
    await expectCorresponds(rig)
  })
})

describe('a rule with a condition (R20c)', () => {
  const TAX: FieldMapping = {
    field: 'salesTax',
    zoho: 'Region',
    xero: 'AccountsReceivableTaxType',
    direction: 'zohoToXero',
    when: "record.Key_Account == 'true'",
    transform: { toXero: "value == 'NZ' ? 'OUTPUT' : 'BASEXCLUDED'" },
  }
  const taxType = async () => (await company()).contact.texts.AccountsReceivableTaxType

  // Catches: a rule that looks at a field which nobody lists, or forgets to look again when that one changes.
  test('if the region is NZ then the tax is set, as soon as all that it looks at says so', async () => {
    await inZoho({ Region: 'NZ', Key_Account: false })
    await importMapping(rig, 'contact', [TAX])
    await approved(rig)
    expect(await taxType()).toBe('')
    await inZoho({ Key_Account: true })
    await atRest()
    expect(await taxType()).toBe('OUTPUT')
    await inZoho({ Region: 'AU' })
    await atRest()
    expect(await taxType()).toBe('BASEXCLUDED')
    // Another generation finds both in step, and writes nothing (I14).
    forgetRequests(rig)
    await importMapping(rig, 'contact', [TAX, SITE])
    await approved(rig)
    expect(writesSeen(rig)).toEqual([])
    // Not met any more: what stands in Xero stays, and what is typed there is nobody's conflict.
    await inZoho({ Key_Account: false })
    await inXero({ AccountsReceivableTaxType: 'EXEMPTOUTPUT' })
    await atRest()
    expect(await taxType()).toBe('EXEMPTOUTPUT')
    forgetRequests(rig)
    await rig.pass({ detect: 'sweep' })
    expect(writesSeen(rig)).toEqual([])
    await expectAgrees(rig)
  })
})

describe('names to the letter (R21a, R21b)', () => {
  // Catches: a preset that Zoho refuses (no last name), or two rules that take turns at one field (I5).
  test("Xero's Name is the First Name, its FirstName the Last Name, and both stay there", async () => {
    const preset = mappingPresets(await rig.settings()).find(({ id }) => id === 'literalNames')
    await importMapping(rig, 'contact', preset?.document.kinds.contact ?? [])
    await approved(rig)
    const ada = await xeroCreate(rig, 'createContact', { Name: 'Ada Lee', FirstName: 'Augusta' })
    const acme = await xeroCreate(rig, 'createContact', { Name: 'Acme', EmailAddress: 'hello@acme.example' })
    await atRest()
    const primaryOf = async (xeroId: string) => {
      const { zoho } = await readStates(rig)
      const account = zoho.records.Accounts.find((one) => one.Xero_ID === xeroId)
      const person = zoho.records.Contacts.find((one) => one.Account_Name === account?.id)
      return { account: account?.Account_Name, first: person?.First_Name, last: person?.Last_Name }
    }
    expect(await primaryOf(ada.id)).toEqual({ account: 'Ada Lee', first: 'Ada Lee', last: 'Augusta' })
    expect(await primaryOf(acme.id)).toEqual({ account: 'Acme', first: 'Acme', last: '-' })
    forgetRequests(rig)
    await rig.pass({ detect: 'sweep' })
    expect(writesSeen(rig)).toEqual([])
  })
})

describe('look-ups (R20b)', () => {
  test("a Contact's Account survives a round trip: the person is edited in Xero and stays with the company", async () => {
    const person = await zohoCreate(rig, 'Contacts', {
      ...{ First_Name: 'Zoe', Last_Name: 'Quill', Email: 'zoe@example.com' },
      Account_Name: { id: accountId },
    })
    await atRest()
    const { contact } = await company()
    const ContactPersons = contact.persons.map(({ firstName, lastName, email }) => ({
      ...{
        FirstName: firstName,
        LastName: lastName,
        EmailAddress: email === 'zoe@example.com' ? 'zq@example.com' : email,
      },
    }))
    expect(ContactPersons.map((one) => one.EmailAddress)).toContain('zq@example.com')
    await inXero({ ContactPersons })
    await atRest()
    const after = (await readStates(rig)).zoho.records.Contacts.find((one) => one.id === person.id)
    expect(after).toMatchObject({ Email: 'zq@example.com', Account_Name: accountId })
    await expectAgrees(rig)
  })

  // Catches: a hierarchy written as names, lost when the mother is renamed, or made before the mother has its id (R21g).
  test("a company's parent is the linked record on both sides, also while it is yet to be made", async () => {
    await importMapping(rig, 'contact', [
      { field: 'parent', zoho: 'Parent_Account', xero: 'AccountNumber', lookup: 'contact' },
    ])
    await approved(rig)
    const mother = await zohoCreate(rig, 'Accounts', { Account_Name: 'Mother Works' })
    const child = await zohoCreate(rig, 'Accounts', { Account_Name: 'Child Works', Parent_Account: { id: mother.id } })
    await rig.clock.advance(20_000)
    await rig.pass()
    const states = await readStates(rig)
    const [ofMother, ofChild] = [companyOf(states, mother.id), companyOf(states, child.id)]
    expect(ofChild.contact.texts.AccountNumber).toBe(ofMother.contact.id)
    await xeroEdit(rig, { action: 'editContact', id: ofChild.contact.id }, { AccountNumber: contactId })
    await atRest()
    const parent = (await readStates(rig)).zoho.records.Accounts.find((one) => one.id === child.id)?.Parent_Account
    expect(parent).toMatchObject({ id: accountId })
    expect(await codes()).toEqual([])
    forgetRequests(rig)
    await rig.pass({ detect: 'sweep' })
    expect(writesSeen(rig)).toEqual([])
  })
})
