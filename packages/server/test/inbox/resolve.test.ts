import type { InboxItem, Resolution } from '@tandem/sync/store/contract.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { xeroAct, xeroCreate, xeroEdit, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from '../engine/corresponds.ts'
import { companyOf, firstCompany, found, syncedCompany } from '../engine/small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

const NAME = 'Stranger Danger'

function inbox(): Promise<readonly InboxItem[]> {
  return rig.store.reports.inbox(rig.connectionId)
}

async function codes(): Promise<readonly string[]> {
  return (await inbox()).map((item) => item.code).sort()
}

type Decision = Resolution extends infer R ? (R extends Resolution ? Omit<R, 'at'> : never) : never

async function decide(item: InboxItem | undefined, decision: Decision): Promise<void> {
  const at = rig.ports.clock.now()
  const done = await rig.store.reports.resolve(rig.connectionId, item?.id ?? '', { ...decision, at })
  expect(done).toBe('resolved')
}

async function atRest(): Promise<void> {
  expect((await settle(rig)).end).toBe('quiet')
}

async function sellableProduct(): Promise<string> {
  const product = (await readStates(rig)).zoho.records.Products.find((one) => one.Xero_ID !== '')
  if (product === undefined) throw new Error('No linked product')
  return product.id
}

async function zohoInvoice(accountId: string, productId: string, subject: string) {
  return zohoCreate(rig, 'Invoices', {
    Subject: subject,
    Account_Name: { id: accountId },
    Invoice_Date: '2026-11-18',
    Due_Date: '2026-12-18',
    Status: 'Created',
    Invoiced_Items: [{ Product_Name: { id: productId }, Quantity: 1, List_Price: 10 }],
  })
}

/** One customer that was typed into both systems, with people and an invoice on each side. */
async function sameNameOnBothSides() {
  rig = await syncedCompany()
  const account = await zohoCreate(rig, 'Accounts', { Account_Name: NAME, Phone: '+61 2 5550 1234' })
  const person = {
    Account_Name: { id: account.id },
    Last_Name: 'Quill',
    First_Name: 'Ada',
    Email: 'ada@stranger.example',
  }
  await zohoCreate(rig, 'Contacts', person)
  await zohoCreate(rig, 'Contacts', {
    Account_Name: { id: account.id },
    Last_Name: 'Reed',
    First_Name: 'Bo',
    Email: 'bo@stranger.example',
  })
  const contact = await xeroCreate(rig, 'createContact', {
    Name: NAME,
    FirstName: 'Ada',
    LastName: 'Quill',
    EmailAddress: 'ledger@danger.example',
  })
  await zohoInvoice(account.id, await sellableProduct(), 'From the CRM')
  const invoice = await xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Contact: { ContactID: contact.id },
    Date: '2026-11-01',
    DueDate: '2026-12-01',
    InvoiceNumber: 'STRANGE-1',
    LineItems: [{ Description: 'Advice', Quantity: 1, UnitAmount: 10, AccountCode: '200' }],
  })
  await atRest()
  return { account, contact, invoice }
}

// Catches: two held halves that a person cannot join, or that leave their invoices waiting for ever.
describe('a customer whose name is in both systems already', () => {
  test.each(['zoho', 'xero'] as const)('linked from its %s item: merged once, and its invoices go on', async (from) => {
    const { account, contact } = await sameNameOnBothSides()
    expect(await codes()).toEqual(['missingParent', 'missingParent', 'nameTakenByStranger', 'nameTakenByStranger'])
    const partner =
      from === 'zoho'
        ? ({ side: 'xero', remoteId: contact.id } as const)
        : ({ side: 'zoho', remoteId: account.id } as const)
    const item = (await inbox()).find((one) => one.code === 'nameTakenByStranger' && one.refs[0]?.side === from)
    await decide(item, { type: 'link', ...partner })
    // The other half is gone with the first: one decision is enough.
    expect(await codes()).toEqual(['missingParent', 'missingParent'])
    await atRest()
    const states = await readStates(rig)
    const company = companyOf(states, account.id)
    expect(company.contact.id).toBe(contact.id)
    expect(states.xero.contacts.filter((one) => one.texts.Name === NAME)).toHaveLength(1)
    expect(states.zoho.records.Accounts.filter((one) => one.Account_Name === NAME)).toHaveLength(1)
    expect(company.persons.map((one) => one.Last_Name).sort()).toEqual(['Quill', 'Reed'])
    expect(states.xero.invoices.filter((one) => one.contactId === contact.id)).toHaveLength(2)
    expect(states.zoho.records.Invoices.filter((one) => one.Account_Name === account.id)).toHaveLength(2)
    await expectAgrees(rig)
  })

  // Catches: people of a company that nothing has marked, taken for missing and made a second time.
  test('linked to a company that was left out so far: its people stay single', async () => {
    rig = await syncedCompany()
    await rig.change((settings) => {
      const { contact } = settings.kinds
      return {
        ...settings,
        kinds: { ...settings.kinds, contact: { ...contact, xero: { ...contact.xero, create: false } } },
      }
    })
    const account = await zohoCreate(rig, 'Accounts', { Account_Name: NAME })
    const person = { First_Name: 'Ada', Last_Name: 'Quill', Email: 'ada@stranger.example' }
    await zohoCreate(rig, 'Contacts', { Account_Name: { id: account.id }, ...person })
    await atRest()
    const { First_Name: FirstName, Last_Name: LastName, Email: EmailAddress } = person
    await xeroCreate(rig, 'createContact', { Name: NAME, FirstName, LastName })
    await atRest()
    const [item] = await inbox()
    expect(item).toMatchObject({ code: 'nameTakenByStranger' })
    await decide(item, { type: 'link', side: 'zoho', remoteId: account.id })
    await atRest()
    const { persons, contact } = companyOf(await readStates(rig), account.id)
    expect(persons.map((one) => one.Last_Name)).toEqual(['Quill'])
    expect(contact.texts.EmailAddress).toBe(EmailAddress)
    await expectAgrees(rig)
  })

  test('renamed in Zoho: it is created under its new name, and both sets of invoices go on', async () => {
    const { account, contact } = await sameNameOnBothSides()
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Account_Name: 'Somebody Else' })
    await atRest()
    for (const item of await inbox()) await decide(item, { type: 'retry' })
    await atRest()
    const { zoho, xero } = await readStates(rig)
    expect(found(zoho.records.Accounts, account.id).Xero_ID).not.toBe(contact.id)
    expect(xero.contacts.filter((one) => one.texts.Name === 'Somebody Else')).toHaveLength(1)
    await expectAgrees(rig)
  })

  test('detached: it stays out, also after an edit and a sweep', async () => {
    const { account } = await sameNameOnBothSides()
    const item = (await inbox()).find((one) => one.code === 'nameTakenByStranger' && one.refs[0]?.side === 'zoho')
    await decide(item, { type: 'detach' })
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 4321' })
    await atRest()
    await rig.pass({ detect: 'sweep' })
    await atRest()
    expect(found((await readStates(rig)).zoho.records.Accounts, account.id).Xero_ID).toBe('')
    expect((await inbox()).filter((one) => one.linkId === item?.linkId)).toEqual([])
    expect((await readStates(rig)).xero.contacts.filter((one) => one.texts.Name === NAME)).toHaveLength(1)
  })
})

// Catches: a cause that a person has removed, and nothing notices.
describe('once its cause is gone', () => {
  test('a product whose name was too long for Xero: shortened, it crosses with the invoice that waited for it', async () => {
    rig = await syncedCompany()
    const { account } = await firstCompany(rig)
    const product = await zohoCreate(rig, 'Products', {
      Product_Name: 'Decking '.repeat(12).trim(),
      Product_Code: 'DECK',
    })
    const invoice = await zohoInvoice(account.id, product.id, 'Deck')
    await atRest()
    expect(await codes()).toEqual(['unmappedItem', 'valueTooLong'])
    await zohoEdit(rig, { module: 'Products', id: product.id }, { Product_Name: 'Decking' })
    await atRest()
    expect(found((await readStates(rig)).zoho.records.Invoices, invoice.id).Xero_ID).not.toBe('')
    await expectAgrees(rig)
  })

  test('a setting that was missing is chosen: retry is all it needs', async () => {
    rig = await syncedCompany()
    const { account } = await firstCompany(rig)
    const before = await rig.settings()
    await rig.change((settings) => ({ ...settings, taxMap: [] }))
    const invoice = await zohoInvoice(account.id, await sellableProduct(), 'No tax chosen')
    await atRest()
    expect(await codes()).toEqual(['unmappedTax'])
    await rig.change(() => before)
    await decide((await inbox())[0], { type: 'retry' })
    await atRest()
    expect(found((await readStates(rig)).zoho.records.Invoices, invoice.id).Xero_ID).not.toBe('')
    await expectAgrees(rig)
  })
})

// Catches: "try again" of what was held beside a link that went on: it owned no marks, so that nothing was tried, the
// item was gone, and the edit stayed on one side for ever (I1).
test('trying again while the reason stands leaves it in the inbox, and carries the edit over once it is gone', async () => {
  rig = await syncedCompany()
  const { account, contact } = await firstCompany(rig)
  await xeroAct(rig, { action: 'archiveContact', id: contact.id })
  await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 4321' })
  await atRest()
  expect(await codes()).toEqual(['recordArchived'])
  await decide((await inbox())[0], { type: 'retry' })
  await atRest()
  expect(await codes()).toEqual(['recordArchived'])
  await xeroAct(rig, { action: 'restoreContact', id: contact.id })
  await decide((await inbox())[0], { type: 'retry' })
  await atRest()
  expect(await codes()).toEqual([])
  expect(companyOf(await readStates(rig), account.id).contact.phones.DEFAULT.PhoneNumber).toBe('5550 4321')
})

// Catches: runs that call a person for what waits since yesterday.
test('only the run that opens an item says so; later ones say how many wait', async () => {
  await sameNameOnBothSides()
  const [item] = await inbox()
  await rig.clock.advance(20_000)
  const quiet = await rig.pass()
  expect(quiet).toMatchObject({ type: 'done', report: { opened: 0, waiting: 4 } })
  await decide(item, { type: 'retry' })
  await rig.clock.advance(20_000)
  expect(await rig.pass()).toMatchObject({ type: 'done', report: { waiting: 4 } })
})

// Catches: a choice that is lost when the conflict is looked at once more before it is obeyed.
test('a conflict that waits keeps its id while both sides are edited again, and the choice wins', async () => {
  rig = await syncedCompany()
  await rig.change((settings) => ({ ...settings, fieldPolicies: { 'contact.phone': { policy: 'ask' } } }))
  const { account, contact } = await firstCompany(rig)
  const inXero = (number: string) =>
    xeroEdit(
      rig,
      { action: 'editContact', id: contact.id },
      { Phones: [{ PhoneType: 'DEFAULT', PhoneCountryCode: '61', PhoneAreaCode: '02', PhoneNumber: number }] },
    )
  await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 1111' })
  await inXero('5550 2222')
  await atRest()
  const [asked] = await inbox()
  expect(asked).toMatchObject({ type: 'conflict', title: account.Account_Name })
  await inXero('5550 3333')
  await atRest()
  expect(await inbox()).toMatchObject([{ id: asked?.id, openedAt: asked?.openedAt }])
  expect(JSON.stringify((await inbox())[0]?.detail)).toContain('5550 3333')
  forgetRequests(rig)
  await decide(asked, { type: 'choose', side: 'xero' })
  await atRest()
  expect(writesSeen(rig).map((write) => write.side)).toEqual(['zoho'])
  expect(companyOf(await readStates(rig), account.id).account.Phone).toContain('5550 3333')
  await expectAgrees(rig)
})
