import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { xeroAct, xeroCreate, zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { judge } from '../../src/rig/oracle.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectCorresponds } from './corresponds.ts'
import { companyOf, firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
beforeEach(async () => {
  rig = await syncedCompany()
})
afterEach(() => rig.close())

const codes = async () => (await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)

// Catches: deletes that cross, and records made anew in place of deleted ones (C7, I2).
describe('a record that is gone on one side', () => {
  test('a company deleted in Zoho is held; its Xero contact stays and is not made again in Zoho', async () => {
    const { account, contact } = await firstCompany(rig)
    await zohoAct(rig, { action: 'delete', module: 'Accounts', id: account.id })
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual(['recordGone'])
    expect(writesSeen(rig)).toEqual([])
    const { xero } = await readStates(rig)
    expect(xero.contacts.find((one) => one.id === contact.id)?.status).toBe('ACTIVE')
    // Its survivor is edited: still nothing is written, and nothing is made again.
    await xeroAct(rig, { action: 'editContact', id: contact.id, fields: { FirstName: 'Survivor' } })
    expect((await settle(rig)).end).toBe('quiet')
    expect(writesSeen(rig)).toEqual([])
    expect(await codes()).toEqual(['recordGone'])
  })

  test('a company restored from the recycle bin is the same link again', async () => {
    const { account } = await firstCompany(rig)
    await zohoAct(rig, { action: 'delete', module: 'Accounts', id: account.id })
    await settle(rig)
    await zohoAct(rig, { action: 'restore', id: account.id })
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 8888' })
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual([])
    await expectCorresponds(rig)
  })

  test('an item deleted in Xero is held; the Zoho product stays', async () => {
    const fields = { Code: 'GONE', Name: 'Soon gone', IsSold: true, SalesDetails: { UnitPrice: 5, AccountCode: '200' } }
    const item = await xeroCreate(rig, 'createItem', fields)
    expect((await settle(rig)).end).toBe('quiet')
    const product = (await readStates(rig)).zoho.records.Products.find((one) => one.Xero_ID === item.id)
    expect(product).toBeDefined()
    await xeroAct(rig, { action: 'deleteItem', id: item.id })
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual(['recordGone'])
    expect((await readStates(rig)).zoho.records.Products.some((one) => one.id === product?.id)).toBe(true)
  })

  test('an invoice deleted in Zoho is held; the Xero invoice stays as it is', async () => {
    const crm = (await readStates(rig)).zoho.records.Invoices.find((one) => one.Xero_ID !== '')
    const before = (await readStates(rig)).xero.invoices.find((one) => one.id === crm?.Xero_ID)
    await zohoAct(rig, { action: 'delete', module: 'Invoices', id: crm?.id })
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual(['recordGone'])
    expect((await readStates(rig)).xero.invoices.find((one) => one.id === before?.id)).toEqual(before)
  })

  test('gone on both sides: nothing waits, nothing comes back', async () => {
    const { zoho } = await readStates(rig)
    const product = await zohoCreate(rig, 'Products', {
      Product_Name: 'Short lived',
      Product_Code: 'SHORT',
      Unit_Price: 1,
    })
    await settle(rig)
    const linked = (await readStates(rig)).zoho.records.Products.find((one) => one.id === product.id)
    await zohoAct(rig, { action: 'delete', module: 'Products', id: product.id })
    await xeroAct(rig, { action: 'deleteItem', id: linked?.Xero_ID })
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual([])
    expect((await readStates(rig)).zoho.records.Products).toHaveLength(zoho.records.Products.length)
  })

  // Catches: a record that is back from the recycle bin, and that nobody ever looks at again.
  test('gone on both sides, then restored on one: held as gone on the other', async () => {
    const values = { Product_Name: 'Comes back', Product_Code: 'BACK', Unit_Price: 1 }
    const product = await zohoCreate(rig, 'Products', values)
    await settle(rig)
    const linked = (await readStates(rig)).zoho.records.Products.find((one) => one.id === product.id)
    forgetRequests(rig)
    await xeroAct(rig, { action: 'deleteItem', id: linked?.Xero_ID })
    await zohoAct(rig, { action: 'delete', module: 'Products', id: product.id })
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual([])
    await zohoAct(rig, { action: 'restore', id: product.id })
    await zohoEdit(rig, { module: 'Products', id: product.id }, { Unit_Price: 2 })
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual(['recordGone'])
    expect(writesSeen(rig)).toEqual([])
    // Deleted again: nothing waits.
    await zohoAct(rig, { action: 'delete', module: 'Products', id: product.id })
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual([])
  })
})

// Catches: writes to what refuses them, and contacts brought back by a CRM edit.
describe('a contact archived in Xero', () => {
  test('an edit in Zoho is held, not sent, and the contact stays archived', async () => {
    const { account, contact } = await firstCompany(rig)
    await xeroAct(rig, { action: 'archiveContact', id: contact.id })
    await settle(rig)
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 7777' })
    expect((await settle(rig)).end).toBe('quiet')
    expect(writesSeen(rig).filter(({ side }) => side === 'xero')).toEqual([])
    expect(await codes()).toEqual(['recordArchived'])
    // Brought back by a person in Xero: the edit crosses.
    await xeroAct(rig, { action: 'restoreContact', id: contact.id })
    expect((await settle(rig)).end).toBe('quiet')
    await expectCorresponds(rig)
  })

  // Catches: "try again" of a lock that is told beside its link: the line vanishes, nothing is looked at again, and the
  // edit is forgotten.
  test('tried again while it is still archived, the edit waits in the inbox as before', async () => {
    const { account, contact } = await firstCompany(rig)
    await xeroAct(rig, { action: 'archiveContact', id: contact.id })
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 7777' })
    expect((await settle(rig)).end).toBe('quiet')
    const [item] = await rig.store.reports.inbox(rig.connectionId)
    const at = rig.engineClock.now()
    expect(await rig.store.reports.resolve(rig.connectionId, item?.id ?? '', { type: 'retry', at })).toBe('resolved')
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual(['recordArchived'])
  })
})

// Catches: a merge that makes duplicates, or that leaves documents with the wrong customer.
describe('merged contacts', () => {
  test('merged in Xero: nothing is made again, documents follow with the sweep, the loser is shown', async () => {
    const accounts = (await readStates(rig)).zoho.records.Accounts.filter((one) => one.Xero_ID !== '')
    const [survivor, loser] = accounts
    await xeroAct(rig, { action: 'mergeContacts', loser: loser?.Xero_ID, survivor: survivor?.Xero_ID })
    expect((await settle(rig)).end).toBe('quiet')
    // A merge moves documents without touching their versions (xero.md 2.6): only values tell.
    await rig.pass({ detect: 'sweep' })
    expect((await settle(rig)).end).toBe('quiet')
    await expectCorresponds(rig)
    expect((await readStates(rig)).zoho.records.Accounts).toHaveLength(4)
    await zohoEdit(rig, { module: 'Accounts', id: loser?.id ?? '' }, { Phone: '+61 2 5550 7777' })
    expect((await settle(rig)).end).toBe('quiet')
    expect(writesSeen(rig).filter(({ side }) => side === 'xero')).toEqual([])
    expect(await codes()).toEqual(['mergedAway'])
  })

  test('merged in Zoho: the loser is held, the winner goes on, nothing is made again', async () => {
    const [winner, loser] = (await readStates(rig)).zoho.records.Accounts.filter((one) => one.Xero_ID !== '')
    await zohoAct(rig, { action: 'merge', winner: winner?.id, loser: loser?.id })
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toContain('recordGone')
    await zohoEdit(rig, { module: 'Accounts', id: winner?.id ?? '' }, { Phone: '+61 2 5550 7777' })
    expect((await settle(rig)).end).toBe('quiet')
    const { contact } = companyOf(await readStates(rig), winner?.id ?? '')
    expect(contact.phones.DEFAULT.PhoneNumber).toBe('5550 7777')
    expect((await readStates(rig)).xero.contacts.filter((one) => one.status === 'ACTIVE')).toHaveLength(4)
    expect((await judge(rig)).duplicates).toEqual([])
  })
})
