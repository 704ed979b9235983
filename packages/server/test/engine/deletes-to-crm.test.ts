import { afterEach, describe, expect, test } from 'vitest'
import { xeroAct, xeroCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { writesOf } from '../../src/rig/settle.ts'
import { agreeToDelete, deletesTo, endingCalls, openCodes, restoreInCrm } from './deleting.ts'
import { atRest, crmInvoice, pairOf } from './invoice-scene.ts'
import { loseAnswers } from './lose-answers.ts'
import { crmQuote, withQuotes, writeQuote } from './quotes.ts'
import { firstCompany, found, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

const FLAG = 'Deleted_in_Xero'
const flagging = () => syncedCompany({ settings: deletesTo(['zoho']) })
const recycling = () => syncedCompany({ settings: deletesTo(['zoho', 'xero'], { deletedInXero: 'recycle' }) })
const accounts = async () => (await readStates(rig)).zoho.records.Accounts
const isInCrm = async (id: string) => (await accounts()).some((one) => one.id === id)

// Catches: a company that is sold to although the books have put it away; a flag that stays when they take it back.
describe('flagged, when Xero puts it away (R12c)', () => {
  test('a contact that is archived, and taken back', async () => {
    rig = await flagging()
    const { account, contact } = await firstCompany(rig)
    await xeroAct(rig, { action: 'archiveContact', id: contact.id })
    await atRest(rig)
    expect(found(await accounts(), account.id)[FLAG]).toBe(true)
    await xeroAct(rig, { action: 'restoreContact', id: contact.id })
    await atRest(rig)
    expect(found(await accounts(), account.id)[FLAG]).toBe(false)
    expect(writesOf(await rig.pass({ detect: 'sweep' }))).toBe(0)
  })

  test('an invoice that is voided: flagged, and cancelled as ever', async () => {
    rig = await flagging()
    const { id } = await crmInvoice(rig)
    await atRest(rig)
    const { books } = await pairOf(rig, id)
    await xeroAct(rig, { action: 'deleteDraft', id: books.id })
    await atRest(rig)
    expect((await pairOf(rig, id)).crm).toMatchObject({ [FLAG]: true, Status: 'Cancelled' })
    expect(await openCodes(rig)).toEqual([])
  })

  // Catches: a quote that waits for a stage that nobody has chosen, and is never flagged.
  test('a quote that is deleted, although no stage stands for that', async () => {
    rig = await syncedCompany({ settings: (settings) => deletesTo(['zoho'])(withQuotes(settings)) })
    const { id } = await writeQuote(rig)
    await atRest(rig)
    const xeroId = String((await crmQuote(rig, id)).fields.Xero_ID)
    await xeroAct(rig, { action: 'setQuoteStatus', id: xeroId, status: 'DELETED' })
    await atRest(rig)
    expect((await crmQuote(rig, id)).fields[FLAG]).toBe(true)
  })

  test('an item that is deleted: flagged once, and nobody is asked', async () => {
    rig = await flagging()
    const item = await xeroCreate(rig, 'createItem', { Code: 'GONE-1', Name: 'Going', SalesDetails: { UnitPrice: 5 } })
    await atRest(rig)
    const product = (await readStates(rig)).zoho.records.Products.find((one) => one.Xero_ID === item.id)
    await xeroAct(rig, { action: 'deleteItem', id: item.id })
    await rig.pass({ detect: 'sweep' })
    await atRest(rig)
    const after = found((await readStates(rig)).zoho.records.Products, product?.id ?? '')
    expect(after[FLAG]).toBe(true)
    expect(await openCodes(rig)).toEqual([])
    expect(writesOf(await rig.pass({ detect: 'sweep' }))).toBe(0)
  })
})

// Catches: a record that goes although the CRM has an edit that Xero has not seen; one that is put away on the other side
// for what we have put away ourselves.
describe('recycled, when Xero puts it away (R12c)', () => {
  // Catches: a product put into the recycle bin again, as often as somebody takes it out.
  test('an item that is deleted: a product that somebody takes back stays, and a person is told', async () => {
    rig = await recycling()
    const item = await xeroCreate(rig, 'createItem', { Code: 'GONE-1', Name: 'Going', SalesDetails: { UnitPrice: 5 } })
    await atRest(rig)
    const products = async () => (await readStates(rig)).zoho.records.Products
    const id = (await products()).find((one) => one.Xero_ID === item.id)?.id ?? ''
    await xeroAct(rig, { action: 'deleteItem', id: item.id })
    await atRest(rig)
    expect((await products()).map((one) => one.id)).not.toContain(id)
    await restoreInCrm(rig, { module: 'Products', id }, { Description: 'Back again' })
    await atRest(rig)
    await rig.pass({ detect: 'sweep' })
    await atRest(rig)
    expect((await products()).map((one) => one.id)).toContain(id)
    expect(await openCodes(rig)).toEqual(['recordGone'])
  })

  // Catches: a company of ours that stays, told nobody, because its contact was put away before we knew of the company.
  test('a contact that is archived before the answer to its company is known', async () => {
    rig = await recycling()
    loseAnswers(rig, 'zoho', 'Accounts')
    const contact = await xeroCreate(rig, 'createContact', { Name: 'Soon away Ltd' })
    await rig.clock.advance(90_000)
    await rig.pass()
    const made = async () => (await readStates(rig)).zoho.records.Accounts.filter((one) => one.Xero_ID === contact.id)
    expect(await made()).toHaveLength(1)
    await xeroAct(rig, { action: 'archiveContact', id: contact.id })
    await rig.clock.advance(20 * 60_000)
    await atRest(rig)
    expect(await made()).toEqual([])
    expect(await openCodes(rig)).toEqual([])
  })

  test('a contact that is archived: its company lies in the recycle bin', async () => {
    rig = await recycling()
    const { account, contact } = await firstCompany(rig)
    await xeroAct(rig, { action: 'archiveContact', id: contact.id })
    await atRest(rig)
    expect(await isInCrm(account.id)).toBe(false)
    expect((await readStates(rig)).zoho.deleted.map(({ record }) => record.id)).toContain(account.id)
    expect(await openCodes(rig)).toEqual([])
    await xeroAct(rig, { action: 'restoreContact', id: contact.id })
    await atRest(rig)
    await atRest(rig)
    expect(found((await readStates(rig)).xero.contacts, contact.id).status).toBe('ACTIVE')
    expect(endingCalls(rig, 'ARCHIVED')).toBe(0)
    expect(await openCodes(rig)).toEqual(['recordGone'])
  })

  test('an invoice that is deleted in Xero', async () => {
    rig = await recycling()
    const { id } = await crmInvoice(rig)
    await atRest(rig)
    const { books } = await pairOf(rig, id)
    await xeroAct(rig, { action: 'deleteDraft', id: books.id })
    await atRest(rig)
    expect((await readStates(rig)).zoho.records.Invoices.some((one) => one.id === id)).toBe(false)
    expect(await openCodes(rig)).toEqual([])
  })

  test('edited in the CRM meanwhile: a person says', async () => {
    rig = await recycling()
    const { account, contact } = await firstCompany(rig)
    await xeroAct(rig, { action: 'archiveContact', id: contact.id })
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Fax: '+61 2 5550 2020' })
    await atRest(rig)
    expect(await openCodes(rig)).toEqual(['targetDeleted'])
    expect(await isInCrm(account.id)).toBe(true)
    await agreeToDelete(rig)
    await atRest(rig)
    expect(await isInCrm(account.id)).toBe(false)
  })

  // Catches: invoices that were cancelled long ago, recycled on the day on which the switch is turned on.
  test('what had been put away before is left alone', async () => {
    rig = await syncedCompany()
    const { id } = await crmInvoice(rig)
    await atRest(rig)
    const { books } = await pairOf(rig, id)
    await xeroAct(rig, { action: 'deleteDraft', id: books.id })
    await atRest(rig)
    // As saved by a person: all that is linked is looked at anew.
    const settings = deletesTo(['zoho'], { deletedInXero: 'recycle' })(await rig.settings())
    await rig.store.connections.saveSettings(rig.connectionId, settings, 'bump')
    await rig.pass({ detect: 'sweep' })
    await atRest(rig)
    const { Invoices } = (await readStates(rig)).zoho.records
    expect(Invoices.find((one) => one.id === id)?.Status).toBe('Cancelled')
  })
})

test('off, an archived contact changes nothing in the CRM (C7)', async () => {
  rig = await syncedCompany()
  const { account, contact } = await firstCompany(rig)
  await xeroAct(rig, { action: 'archiveContact', id: contact.id })
  expect(writesOf(await rig.pass())).toBe(0)
  expect(await isInCrm(account.id)).toBe(true)
})
