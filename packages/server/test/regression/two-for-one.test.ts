import { afterEach, expect, test } from 'vitest'
import { xeroCreate, xeroEdit, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { judge } from '../../src/rig/oracle.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectCorresponds } from '../engine/corresponds.ts'
import { firstCompany, found, syncedCompany } from '../engine/small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

const codes = async () => (await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)

// Catches: two CRM companies written into one Xero contact, one over the other. The CRM's Xero ID is unique, so a
// person has to take it from one company to give it to another.
test('a second company given the Xero ID of a linked one waits for a person; the contact is not touched', async () => {
  rig = await syncedCompany()
  const { account, contact } = await firstCompany(rig)
  const second = await zohoCreate(rig, 'Accounts', { Account_Name: 'Second Claimant', Phone: '+61 2 5550 9999' })
  await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Xero_ID: null })
  await zohoEdit(rig, { module: 'Accounts', id: second.id }, { Xero_ID: contact.id })
  expect((await settle(rig)).end).toBe('quiet')
  const after = await readStates(rig)
  expect(found(after.xero.contacts, contact.id)).toEqual(contact)
  expect(after.xero.contacts.filter((one) => one.texts.Name === 'Second Claimant')).toEqual([])
  expect(writesSeen(rig).filter(({ side }) => side === 'xero')).toEqual([])
  expect(await codes()).toContain('ambiguousMatch')
  expect((await judge(rig)).duplicates).toEqual([])
})

// Catches: an invoice that a bookkeeper copied in Xero, with our address on it, taken for the invoice of the same link.
test('a copy in Xero of an invoice that we made is nobody else’s twin', async () => {
  rig = await syncedCompany()
  const { account } = await firstCompany(rig)
  const product = (await readStates(rig)).zoho.records.Products.find((record) => record.Xero_ID !== '')
  const made = await zohoCreate(rig, 'Invoices', {
    Subject: 'Original',
    Account_Name: { id: account.id },
    Invoice_Date: '2026-11-18',
    Due_Date: '2026-12-18',
    Status: 'Created',
    Invoiced_Items: [{ Product_Name: { id: product?.id }, Quantity: 1, List_Price: 10 }],
  })
  expect((await settle(rig)).end).toBe('quiet')
  const linked = found((await readStates(rig)).zoho.records.Invoices, made.id)
  const original = found((await readStates(rig)).xero.invoices, linked.Xero_ID)
  expect(original.url).not.toBe('')
  const copy = await xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Contact: { ContactID: original.contactId },
    Date: '2026-11-19',
    DueDate: '2026-12-19',
    Url: original.url,
    LineItems: [{ Description: 'Copied', Quantity: 2, UnitAmount: 10, TaxType: 'OUTPUT', AccountCode: '200' }],
  })
  expect((await settle(rig)).end).toBe('quiet')
  const after = await readStates(rig)
  expect(found(after.zoho.records.Invoices, made.id)).toMatchObject({
    Xero_ID: original.id,
    Grand_Total: linked.Grand_Total,
  })
  expect(found(after.xero.invoices, original.id)).toEqual(original)
  const twins = after.zoho.records.Invoices.filter((one) => one.Xero_ID === copy.id)
  const waits = (await codes()).includes('ambiguousMatch')
  // Its own CRM invoice, or a question: never the original's.
  expect(twins.length === 1 || waits).toBe(true)
  await xeroEdit(rig, { action: 'editInvoice', id: copy.id }, { Reference: 'Only the copy' })
  expect((await settle(rig)).end).toBe('quiet')
  expect(found((await readStates(rig)).zoho.records.Invoices, made.id).Subject).toBe('Original')
})

// Catches: two Xero contacts joined to one CRM company because both carry its mailbox.
test('two Xero contacts with the mailbox of one new company wait for a person', async () => {
  rig = await syncedCompany()
  const Email = 'one.box@example.com'
  for (const Name of ['Mailbox North', 'Mailbox South'])
    await xeroCreate(rig, 'createContact', { Name, EmailAddress: Email })
  const account = await zohoCreate(rig, 'Accounts', { Account_Name: 'Mailbox' })
  await zohoCreate(rig, 'Contacts', { Last_Name: 'Box', Email, Account_Name: { id: account.id } })
  expect((await settle(rig)).end).toBe('quiet')
  expect(found((await readStates(rig)).zoho.records.Accounts, account.id).Xero_ID).toBe('')
  expect(new Set(await codes())).toEqual(new Set(['ambiguousMatch']))
  await expectCorresponds(rig)
})

// Catches: a company that waits for a person is not found by its name in other letters (whether Zoho's COQL tells them
// apart is not known), and a contact new in Xero makes it a second time.
test('a contact new in Xero, named like a company that waits for a person, waits too', async () => {
  rig = await syncedCompany({ prepare: ({ zoho }) => void zoho.control.switches.set('coqlEquality', 'caseSensitive') })
  for (const suffix of ['One', 'Two'])
    await zohoCreate(rig, 'Accounts', { Account_Name: 'Held Twice', Phone: `+61 2 5550 ${suffix.length}000` })
  expect((await settle(rig)).end).toBe('quiet')
  expect(await codes()).toEqual(['duplicateInTarget', 'duplicateInTarget'])
  const contact = await xeroCreate(rig, 'createContact', { Name: 'HELD TWICE PTY LTD' })
  expect((await settle(rig)).end).toBe('quiet')
  const { zoho } = await readStates(rig)
  expect(zoho.records.Accounts.filter((one) => one.Xero_ID === contact.id)).toEqual([])
  expect(await codes()).toContain('nameTakenByStranger')
})
