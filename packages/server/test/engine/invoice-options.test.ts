import { afterEach, describe, expect, test } from 'vitest'
import { xeroAct, xeroCreate, xeroEdit, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { expectAgrees } from './corresponds.ts'
import { atRest, crmInvoice, inboxOf, pairOf, withInvoice, writesTo } from './invoice-scene.ts'
import { firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

// Catches: approved books without accounts, and options that only the rules know of and nobody sends (R24, R33).
test('an invoice of items and services arrives approved, each line on its account, to the cent', async () => {
  rig = await syncedCompany({ settings: withInvoice({ arrivalStatus: { paid: 'DRAFT', unpaid: 'AUTHORISED' } }) })
  const [product] = (await readStates(rig)).zoho.records.Products.filter((one) => one.Xero_ID !== '')
  const { serviceProductId } = (await rig.settings()).provisioned
  const made = await crmInvoice(rig, {
    Invoiced_Items: [
      { Product_Name: { id: product?.id }, Quantity: 2, List_Price: 19.99 },
      { Product_Name: { id: serviceProductId }, Quantity: 1.5, List_Price: 80, Description: 'Travel' },
    ],
  })
  await atRest(rig)
  const { books } = await pairOf(rig, made.id)
  expect(books).toMatchObject({ status: 'AUTHORISED', total: '159.98' })
  expect(books.lines.map((line) => [line.itemCode === '', line.accountCode])).toEqual([
    [false, '200'],
    [true, '200'],
  ])
  await expectAgrees(rig)
})

describe('one contact for all online sales (R25)', () => {
  const online = withInvoice({ customer: 'onlineSale' })
  const contacts = async () => (await readStates(rig)).xero.contacts

  // Catches: a contact a sale, or one a pass.
  test('a hundred invoices name it, and no other contact is made', async () => {
    rig = await syncedCompany()
    await rig.change(online)
    const contact = await xeroCreate(rig, 'createContact', { Name: 'Online Sale' })
    await atRest(rig)
    const before = (await contacts()).length
    const made: string[] = []
    for (let at = 0; at < 100; at += 1) made.push((await crmInvoice(rig, { Subject: 'Web order' })).id)
    await atRest(rig)
    const { zoho, xero } = await readStates(rig)
    const xeroIds = new Set(zoho.records.Invoices.filter(({ id }) => made.includes(id)).map((crm) => crm.Xero_ID))
    const sales = xero.invoices.filter(({ id }) => xeroIds.has(id))
    expect(sales).toHaveLength(100)
    expect(new Set(sales.map((sale) => sale.contactId))).toEqual(new Set([contact.id]))
    expect((await contacts()).length).toBe(before)
  })

  // Catches: a contact that we make up, which the next connection makes up again.
  test('without it the sales wait with that reason, and go when it is there', async () => {
    rig = await syncedCompany()
    await rig.change(online)
    const made = await crmInvoice(rig)
    await atRest(rig)
    expect((await inboxOf(rig)).map((item) => item.code)).toEqual(['onlineSaleContactMissing'])
    expect(writesTo(rig, 'xero')).toEqual([])
    const contact = await xeroCreate(rig, 'createContact', { Name: 'Online Sale' })
    await zohoEdit(rig, { module: 'Invoices', id: made.id }, { Subject: 'Once more' })
    await atRest(rig)
    expect((await pairOf(rig, made.id)).books.contactId).toBe(contact.id)
    expect(await inboxOf(rig)).toEqual([])
  })
})

// Catches: a customer that goes back and forth between the two lookups of the CRM, or a person of another company kept.
test('the original customer: without a contact of the own the company, and a change in Xero stays where it was made', async () => {
  rig = await syncedCompany()
  await rig.change(withInvoice({ customer: 'original' }))
  const { account, contact, persons } = await firstCompany(rig)
  const person =
    persons[0] ?? (await zohoCreate(rig, 'Contacts', { Last_Name: 'Lee', Account_Name: { id: account.id } }))
  const made = await crmInvoice(rig, { Contact_Name: { id: person.id } })
  await atRest(rig)
  expect((await pairOf(rig, made.id)).books.contactId).toBe(contact.id)
  const other = (await readStates(rig)).zoho.records.Accounts.find((one) => one.Xero_ID !== '' && one.id !== account.id)
  const { books } = await pairOf(rig, made.id)
  await xeroEdit(rig, { action: 'editInvoice', id: books.id }, { Contact: { ContactID: other?.Xero_ID } })
  await atRest(rig)
  const after = await pairOf(rig, made.id)
  expect([after.crm.Account_Name, after.crm.Contact_Name ?? null]).toEqual([other?.id, null])
  expect(after.books.contactId).toBe(other?.Xero_ID)
  await expectAgrees(rig)
})

describe('the due date (R28)', () => {
  // Catches: terms that nobody reads, and a CRM that does not show what was decided.
  test("comes from the contact's own terms where none was typed, and stands in the CRM too", async () => {
    rig = await syncedCompany()
    const { contact } = await firstCompany(rig)
    const PaymentTerms = { Sales: { Day: 20, Type: 'OFFOLLOWINGMONTH' } }
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { PaymentTerms })
    const open = await crmInvoice(rig)
    const typed = await crmInvoice(rig, { Subject: 'Typed', Due_Date: '2026-11-30' })
    await atRest(rig)
    expect((await pairOf(rig, open.id)).books.dueDate).toBe('2026-12-20')
    expect((await pairOf(rig, typed.id)).books.dueDate).toBe('2026-11-30')
    await expectAgrees(rig)
  })
  test('comes from the connection where the contact has no terms', async () => {
    rig = await syncedCompany({ settings: withInvoice({ dueRule: { type: 'daysAfterMonthEnd', days: 7 } }) })
    const made = await crmInvoice(rig)
    await atRest(rig)
    expect((await pairOf(rig, made.id)).books.dueDate).toBe('2026-12-07')
    await expectAgrees(rig)
  })
})

// Catches: a purchase order number of a bookkeeper written over by the next edit in the CRM (R30).
test('the number is put into the reference once; what is typed there in Xero stays', async () => {
  rig = await syncedCompany({ settings: withInvoice({ numberInReference: true }) })
  const made = await crmInvoice(rig)
  await atRest(rig)
  const { crm, books } = await pairOf(rig, made.id)
  expect(books.reference).toBe(crm.Invoice_Number)
  await xeroEdit(rig, { action: 'editInvoice', id: books.id }, { Reference: 'PO 77' })
  await atRest(rig)
  await zohoEdit(rig, { module: 'Invoices', id: made.id }, { Subject: 'Edited', Due_Date: '2026-12-31' })
  await atRest(rig)
  const after = await pairOf(rig, made.id)
  expect(after.books).toMatchObject({ reference: 'PO 77', dueDate: '2026-12-31' })
  expect(after.crm.Subject).toBe('Edited')
  await expectAgrees(rig)
})

describe('which Xero statuses come to the CRM (R31b)', () => {
  // Catches: a draft that is forgotten once it was left out.
  test('a draft stays out, and arrives when it is approved', async () => {
    rig = await syncedCompany({ settings: withInvoice({ xeroStatuses: ['AUTHORISED', 'PAID'] }) })
    const { contact } = await firstCompany(rig)
    const draft = await xeroCreate(rig, 'createInvoice', {
      Type: 'ACCREC',
      Contact: { ContactID: contact.id },
      Date: '2026-11-18',
      DueDate: '2026-12-18',
      LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200', TaxType: 'OUTPUT' }],
    })
    const inCrm = async () =>
      (await readStates(rig)).zoho.records.Invoices.filter((crm) => crm.Xero_ID === draft.id).length
    await atRest(rig)
    expect(await inCrm()).toBe(0)
    expect(await inboxOf(rig)).toEqual([])
    forgetRequests(rig)
    await xeroAct(rig, { action: 'approve', id: draft.id })
    await atRest(rig)
    expect(await inCrm()).toBe(1)
    await expectAgrees(rig)
  })
})

// Catches: addresses that cross only one way, or both into one slot (R29).
test('swapped addresses arrive in the other slot of a new contact', async () => {
  rig = await syncedCompany({ settings: (settings) => ({ ...settings, swapAddresses: true }) })
  const made = await zohoCreate(rig, 'Accounts', {
    Account_Name: 'Ash Tree Works',
    Billing_City: 'Perth',
    Shipping_City: 'Hobart',
  })
  await atRest(rig)
  const { zoho, xero } = await readStates(rig)
  const id = zoho.records.Accounts.find((one) => one.id === made.id)?.Xero_ID
  const addresses = xero.contacts.find((one) => one.id === id)?.addresses
  expect([addresses?.POBOX.City, addresses?.STREET.City]).toEqual(['Hobart', 'Perth'])
})
