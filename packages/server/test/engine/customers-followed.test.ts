import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { xeroAct, xeroCreate, xeroEdit, zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import { type EngineRig, ZOHO_ORIGIN } from '../../src/rig/engine-rig.ts'
import { judge } from '../../src/rig/oracle.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from './corresponds.ts'
import { companyOf, firstCompany, found, syncedCompany } from './small-company.ts'

let rig: EngineRig
beforeEach(async () => {
  rig = await syncedCompany()
})
afterEach(() => rig.close())

const inbox = () => rig.store.reports.inbox(rig.connectionId)
const codes = async () => (await inbox()).map((item) => item.code)
const atRest = async () => expect((await settle(rig)).end).toBe('quiet')
const accounts = async () => (await readStates(rig)).zoho.records.Accounts

async function twoCompanies() {
  const [one, two] = (await accounts()).filter((account) => account.Xero_ID !== '')
  if (one === undefined || two === undefined) throw new Error('Not two linked companies')
  return { one, two }
}

async function withoutNewAccounts(deed: () => Promise<void>): Promise<void> {
  const mayCreate = (create: boolean) =>
    rig.change((settings) => {
      const { contact } = settings.kinds
      return { ...settings, kinds: { ...settings.kinds, contact: { ...contact, zoho: { ...contact.zoho, create } } } }
    })
  await mayCreate(false)
  await deed()
  await atRest()
  await mayCreate(true)
}

// Catches: a company that stays with the contact that lost a merge: its edits are locked, its invoices refused, and the
// contact that took its place becomes a second company (xero.md 2.6, 4.1).
describe('merged in Xero', () => {
  test('into a contact that has no company: the company follows it, with its documents', async () => {
    const { account, contact } = await firstCompany(rig)
    let survivor = ''
    await withoutNewAccounts(async () => {
      const made = await xeroCreate(rig, 'createContact', {
        Name: 'The one that stays',
        EmailAddress: 'stays@x.example',
      })
      survivor = made.id
    })
    const before = (await accounts()).length
    await xeroAct(rig, { action: 'mergeContacts', loser: contact.id, survivor })
    await atRest()
    expect(found(await accounts(), account.id).Xero_ID).toBe(survivor)
    expect(await accounts()).toHaveLength(before)
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 7777' })
    await atRest()
    expect(companyOf(await readStates(rig), account.id).contact.phones.DEFAULT.PhoneNumber).toBe('5550 7777')
    const product = (await readStates(rig)).zoho.records.Products.find((one) => one.Xero_ID !== '')
    const invoice = await zohoCreate(rig, 'Invoices', {
      Subject: 'After the merge',
      Account_Name: { id: account.id },
      Invoice_Date: '2026-11-18',
      Due_Date: '2026-12-18',
      Status: 'Created',
      Invoiced_Items: [{ Product_Name: { id: product?.id }, Quantity: 1, List_Price: 10 }],
    })
    await atRest()
    const { zoho, xero } = await readStates(rig)
    const crm = found(zoho.records.Invoices, invoice.id)
    expect(found(xero.invoices, crm.Xero_ID).contactId).toBe(survivor)
    expect((await judge(rig)).duplicates).toEqual([])
    expect(await codes()).toEqual([])
  })

  test('twice in a row: the end of the chain counts', async () => {
    const { account, contact } = await firstCompany(rig)
    const ids: string[] = []
    await withoutNewAccounts(async () => {
      for (const Name of ['Halfway', 'The last one']) ids.push((await xeroCreate(rig, 'createContact', { Name })).id)
    })
    const [halfway = '', last = ''] = ids
    await xeroAct(rig, { action: 'mergeContacts', loser: contact.id, survivor: halfway })
    await xeroAct(rig, { action: 'mergeContacts', loser: halfway, survivor: last })
    await atRest()
    expect(found(await accounts(), account.id).Xero_ID).toBe(last)
  })

  test('into the contact of another company: a person is told, and merging them in Zoho too ends it', async () => {
    const { one, two } = await twoCompanies()
    await xeroAct(rig, { action: 'mergeContacts', loser: two.Xero_ID, survivor: one.Xero_ID })
    await atRest()
    expect(await inbox()).toMatchObject([{ code: 'mergedAway', title: two.Account_Name }])
    expect(JSON.stringify((await inbox())[0]?.detail)).toContain(one.Xero_ID)
    forgetRequests(rig)
    await zohoEdit(rig, { module: 'Accounts', id: two.id }, { Phone: '+61 2 5550 7777' })
    await atRest()
    expect(writesSeen(rig)).toEqual([])
    await zohoAct(rig, { action: 'merge', winner: one.id, loser: two.id })
    await rig.pass({ detect: 'sweep' })
    await atRest()
    expect(await codes()).toEqual([])
    expect((await accounts()).map((account) => account.id)).not.toContain(two.id)
    expect((await judge(rig)).duplicates).toEqual([])
  })

  // Catches: a restored contact taken into the link that its own record had founded, and that went on with the survivor:
  // one link with two contacts, and the restored one is nobody's (simulation of calm, seed 1900018).
  test('the one that was merged away and is restored has a link of its own', async () => {
    const made = await xeroCreate(rig, 'createContact', { Name: 'Made in Xero first' })
    await atRest()
    const company = (await accounts()).find((one) => one.Xero_ID === made.id)
    let survivor = ''
    await withoutNewAccounts(async () => {
      survivor = (await xeroCreate(rig, 'createContact', { Name: 'Stays for good' })).id
    })
    await xeroAct(rig, { action: 'mergeContacts', loser: made.id, survivor })
    await atRest()
    await xeroAct(rig, { action: 'restoreContact', id: made.id })
    await atRest()
    expect(found(await accounts(), company?.id ?? '').Xero_ID).toBe(survivor)
    const waits = (await inbox()).flatMap((item) => item.refs.map((ref) => ref.remoteId))
    const isKnown = (await accounts()).some((one) => one.Xero_ID === made.id) || waits.includes(made.id)
    expect(isKnown).toBe(true)
    expect((await judge(rig)).duplicates).toEqual([])
  })

  // Catches: a new customer joined to nobody, or made a second time, because it was known under the name that was merged.
  test('somebody who is new in Zoho, and is known to Xero under what was merged, joins the contact that stayed', async () => {
    let survivor = ''
    await withoutNewAccounts(async () => {
      const loser = await xeroCreate(rig, 'createContact', { Name: 'Quill Bros', EmailAddress: 'quill@old.example' })
      const made = await xeroCreate(rig, 'createContact', { Name: 'Quill Brothers', EmailAddress: 'quill@new.example' })
      survivor = made.id
      await xeroAct(rig, { action: 'mergeContacts', loser: loser.id, survivor })
    })
    const account = await zohoCreate(rig, 'Accounts', { Account_Name: 'Quill Bros' })
    const person = { Last_Name: 'Quill', Email: 'quill@old.example', Account_Name: { id: account.id } }
    await zohoCreate(rig, 'Contacts', person)
    await atRest()
    expect(found(await accounts(), account.id).Xero_ID).toBe(survivor)
  })

  // Catches: a lost database that links a company to the contact that was merged away (R18c, I14).
  test('with all shadows lost, the Xero ID of what was merged leads to the contact that stayed', async () => {
    const { account, contact } = await firstCompany(rig)
    let survivor = ''
    await withoutNewAccounts(async () => {
      survivor = (await xeroCreate(rig, 'createContact', { Name: 'The one that stays' })).id
    })
    await xeroAct(rig, { action: 'mergeContacts', loser: contact.id, survivor })
    const rebuilt = await rig.withLostStore()
    await rebuilt.syncApproved()
    expect((await settle(rebuilt)).end).toBe('quiet')
    expect(found(await accounts(), account.id).Xero_ID).toBe(survivor)
    expect((await judge(rebuilt)).duplicates).toEqual([])
  })
})

// Catches: a company taken out of its group by an edit in Xero, which knows no groups (R18b, R21g).
describe('a parent company', () => {
  const parentOf = async (id: string) =>
    z.looseObject({ Parent_Account: lookup }).parse(found(await accounts(), id)).Parent_Account
  const lookup = z
    .object({ id: z.string() })
    .nullish()
    .transform((value) => value?.id ?? null)

  test('stays with its subsidiary through edits on both sides, a sweep and a lost database', async () => {
    const { account, contact } = await firstCompany(rig)
    const parent = await zohoCreate(rig, 'Accounts', { Account_Name: 'Parent Holdings' })
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Parent_Account: { id: parent.id } })
    await atRest()
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { FirstName: 'Renamed' })
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 7777' })
    await atRest()
    await rig.pass({ detect: 'sweep' })
    await atRest()
    expect(await parentOf(account.id)).toBe(parent.id)
    const rebuilt = await rig.withLostStore()
    await rebuilt.syncApproved()
    expect((await settle(rebuilt)).end).toBe('quiet')
    expect(await parentOf(account.id)).toBe(parent.id)
    await expectAgrees(rebuilt)
  })

  test('and its subsidiaries on one domain are each a contact of their own', async () => {
    const parent = await zohoCreate(rig, 'Accounts', { Account_Name: 'Group', Website: 'https://group.example' })
    for (const Account_Name of ['Group North', 'Group South'])
      await zohoCreate(rig, 'Accounts', { Account_Name, Website: 'group.example', Parent_Account: { id: parent.id } })
    await atRest()
    const names = (await readStates(rig)).xero.contacts.map((one) => one.texts.Name)
    expect(names).toEqual(expect.arrayContaining(['Group', 'Group North', 'Group South']))
    expect(await codes()).toEqual([])
  })
})

const BILL = { Type: 'ACCPAY', Date: '2026-11-01', DueDate: '2026-12-01' }
const BOUGHT = [{ Description: 'Paper', Quantity: 1, UnitAmount: 10, AccountCode: '453' }]

// Catches: everybody who sends us a bill as a customer in the CRM; and, worse, no new customer at all because Xero says
// of a fresh contact that it is neither.
describe('suppliers', () => {
  const nameIn = async (name: string) => (await accounts()).some((account) => account.Account_Name === name)

  test('a fresh contact is nobody’s supplier yet and comes in; one with bills alone stays out', async () => {
    const fields = { Name: 'Paper Mill' }
    await xeroCreate(rig, 'createContact', { Name: 'Fresh Customer' })
    const { id } = await xeroCreate(rig, 'createContact', fields)
    await xeroCreate(rig, 'createInvoice', {
      ...BILL,
      Contact: { ContactID: id },
      InvoiceNumber: 'B-1',
      LineItems: BOUGHT,
    })
    await atRest()
    expect(await nameIn('Fresh Customer')).toBe(true)
    expect(await nameIn('Paper Mill')).toBe(false)
  })

  test('once chosen they come in, and bills never do', async () => {
    await rig.change((settings) => ({ ...settings, includeSuppliers: true }))
    const invoices = (await readStates(rig)).zoho.records.Invoices.length
    const { id } = await xeroCreate(rig, 'createContact', { Name: 'Paper Mill' })
    await xeroCreate(rig, 'createInvoice', {
      ...BILL,
      Contact: { ContactID: id },
      InvoiceNumber: 'B-1',
      LineItems: BOUGHT,
    })
    await atRest()
    expect(await nameIn('Paper Mill')).toBe(true)
    expect((await readStates(rig)).zoho.records.Invoices).toHaveLength(invoices)
  })

  test('one that is a customer as well comes in with its first sale', async () => {
    const { id } = await xeroCreate(rig, 'createContact', { Name: 'Paper Mill' })
    await xeroCreate(rig, 'createInvoice', {
      ...BILL,
      Contact: { ContactID: id },
      InvoiceNumber: 'B-1',
      LineItems: BOUGHT,
    })
    await atRest()
    const sale = { Description: 'Waste paper', Quantity: 1, UnitAmount: 5, AccountCode: '200', TaxType: 'OUTPUT' }
    const dates = { Date: '2026-11-01', DueDate: '2026-12-01' }
    await xeroCreate(rig, 'createInvoice', { Type: 'ACCREC', ...dates, Contact: { ContactID: id }, LineItems: [sale] })
    await atRest()
    expect(await nameIn('Paper Mill')).toBe(true)
    await expectAgrees(rig)
  })
})

// Catches: what comes from Xero owned by the integration user, where nobody in sales sees it (R21j).
describe('the owner of what comes from Xero', () => {
  const owned = z.object({
    records: z.record(
      z.string(),
      z.array(z.looseObject({ Xero_ID: z.string().nullish(), Owner: z.object({ email: z.string() }) })),
    ),
  })
  async function ownerOf(module: string, xeroId: string): Promise<string | undefined> {
    const answer = await rig.zoho.app.fetch(new Request(`${ZOHO_ORIGIN}/__sandbox/state`))
    const { records } = owned.parse(await answer.json())
    return records[module]?.find((record) => (record.Xero_ID ?? '').startsWith(xeroId))?.Owner.email
  }
  const SALLY = 'sally.nguyen@sandbox.example'

  async function fromXero() {
    const fields = { Name: 'Owned Pty Ltd', FirstName: 'Ada', LastName: 'Lee', EmailAddress: 'ada@owned.example' }
    const contact = await xeroCreate(rig, 'createContact', fields)
    const item = await xeroCreate(rig, 'createItem', { Code: 'OWN-1', Name: 'Owned', IsSold: true })
    const line = { Description: 'Advice', Quantity: 1, UnitAmount: 5, AccountCode: '200', TaxType: 'OUTPUT' }
    const invoice = await xeroCreate(rig, 'createInvoice', {
      Type: 'ACCREC',
      Date: '2026-11-01',
      DueDate: '2026-12-01',
      Contact: { ContactID: contact.id },
      LineItems: [line],
    })
    await atRest()
    return {
      Accounts: await ownerOf('Accounts', contact.id),
      Contacts: await ownerOf('Contacts', contact.id),
      Products: await ownerOf('Products', item.id),
      Invoices: await ownerOf('Invoices', invoice.id),
    }
  }

  test('is the chosen user, known by the e-mail address', async () => {
    await rig.change((settings) => ({ ...settings, defaultOwnerEmail: SALLY.toUpperCase() }))
    expect(await fromXero()).toEqual({ Accounts: SALLY, Contacts: SALLY, Products: SALLY, Invoices: SALLY })
    await expectAgrees(rig)
  })

  test('is whoever connected where nobody has that address; nothing is held for it', async () => {
    await rig.change((settings) => ({ ...settings, defaultOwnerEmail: 'gone@sandbox.example' }))
    const SYNC = 'sync.user@sandbox.example'
    expect(await fromXero()).toEqual({ Accounts: SYNC, Contacts: SYNC, Products: SYNC, Invoices: SYNC })
    expect(await codes()).toEqual([])
  })

  test('stays who it is when somebody in Zoho gives the record away', async () => {
    await rig.change((settings) => ({ ...settings, defaultOwnerEmail: SALLY }))
    const { account, contact } = await firstCompany(rig)
    const [, , bruce] = rig.zoho.credentials.users
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Owner: { id: bruce?.id } })
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { FirstName: 'Renamed' })
    await atRest()
    expect(await ownerOf('Accounts', contact.id)).toBe('bruce.walker@sandbox.example')
  })
})
