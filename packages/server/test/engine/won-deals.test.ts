import { afterEach, describe, expect, test } from 'vitest'
import { xeroEdit, zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { billsOf, crmInvoicesOf, dealCompany, dealOf, inboxCodes, moveTo, newDeal, WON } from './deals.ts'
import { found } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

async function opened(options: Parameters<typeof dealCompany>[0] = {}) {
  const place = await dealCompany(options)
  rig = place.rig
  return place
}

async function atRest(): Promise<void> {
  expect((await settle(rig)).end).toBe('quiet')
}

describe('a deal that reaches the chosen stage', () => {
  // Catches: no invoice, one in another status, for another customer, or with another amount than was agreed.
  test('becomes one draft for its customer, over its Amount, and shows which', async () => {
    const place = await opened()
    const deal = await newDeal(place)
    await atRest()
    expect(await billsOf(rig, deal)).toEqual([])
    await moveTo(place, deal.id, WON)
    await atRest()
    const [bill, ...others] = await billsOf(rig, deal)
    expect(others).toEqual([])
    const { zoho } = await readStates(rig)
    const account = found(zoho.records.Accounts, place.accountId)
    expect(bill).toMatchObject({
      status: 'DRAFT',
      reference: 'Fit-out of the shop',
      contactId: account.Xero_ID,
      total: '1250',
    })
    expect(bill?.lines.map((line) => line.description)).toEqual(['Fit-out of the shop'])
    expect(bill?.url).toMatch(/^http:\/\/localhost:4000\/r\//)
    expect(await dealOf(rig, deal.id)).toMatchObject({ Xero_Invoice_No: bill?.number, Xero_Invoice_ID: bill?.id })
    expect((await dealOf(rig, deal.id)).Xero_Invoice_URL).toContain(bill?.id)
  })

  // Catches: the CRM's invoice of the deal as a second link, which would be billed again; one that names no deal.
  test('has its invoice in the CRM too, which names it and is sent nowhere again', async () => {
    const place = await opened()
    const deal = await newDeal(place, { Stage: WON })
    await atRest()
    const [bill] = await billsOf(rig, deal)
    const [crm, ...others] = await crmInvoicesOf(rig, deal.id)
    expect(others).toEqual([])
    expect(crm?.Xero_ID).toBe(bill?.id)
    await zohoEdit(rig, { module: 'Invoices', id: crm?.id ?? '' }, { Subject: 'Changed in the CRM' })
    await atRest()
    const after = (await readStates(rig)).xero.invoices
    expect(found(after, bill?.id ?? '').reference).toBe('Changed in the CRM')
    expect(after.filter((one) => one.number.endsWith(deal.id))).toHaveLength(1)
  })

  // Catches: a draft of Tandem's that Xero to Zoho switched off would leave unbilled, or billed twice.
  test('has none in the CRM where nothing is to be made there, and rests', async () => {
    const place = await opened()
    await rig.change((settings) => ({
      ...settings,
      kinds: {
        ...settings.kinds,
        invoice: { ...settings.kinds.invoice, zoho: { create: false, update: true, delete: false } },
      },
    }))
    const deal = await newDeal(place, { Stage: WON })
    await atRest()
    expect(await crmInvoicesOf(rig, deal.id)).toEqual([])
    const [bill, ...others] = await billsOf(rig, deal)
    expect(others).toEqual([])
    expect((await dealOf(rig, deal.id)).Xero_Invoice_ID).toBe(bill?.id)
    expect(await inboxCodes(rig)).toEqual([])
  })

  // Catches: a quote that nobody accepted, or an older one, billed instead of the agreed one.
  test('is billed by its newest agreed quote, line by line', async () => {
    const place = await opened()
    const [product] = (await readStates(rig)).zoho.records.Products.filter((one) => one.Xero_ID !== '')
    const deal = await newDeal(place)
    const quote = (Quote_Stage: string, List_Price: number) =>
      zohoCreate(rig, 'Quotes', {
        Subject: 'Quote',
        Account_Name: { id: place.accountId },
        Deal_Name: { id: deal.id },
        Quote_Stage,
        Quoted_Items: [{ Product_Name: { id: product?.id }, Quantity: 3, List_Price }],
      })
    await quote('Confirmed', 10)
    await rig.clock.advance(2_000)
    await quote('Confirmed', 20)
    await rig.clock.advance(2_000)
    await quote('Negotiation', 30)
    await moveTo(place, deal.id, WON)
    await atRest()
    const [bill, ...others] = await billsOf(rig, deal)
    expect(others).toEqual([])
    expect(bill?.lines.map(({ quantity, unitAmount, itemCode }) => [quantity, unitAmount, itemCode])).toEqual([
      ['3', '20', product?.Product_Code],
    ])
  })

  // Catches: an edit of the deal that rewrites the books; a lost or deleted one that voids them (R37).
  test('never reaches its invoice again: edited, lost, deleted and restored', async () => {
    const place = await opened()
    const deal = await newDeal(place, { Stage: WON })
    await atRest()
    const [before] = await billsOf(rig, deal)
    const [crm] = await crmInvoicesOf(rig, deal.id)
    await zohoEdit(rig, { module: 'Deals', id: deal.id }, { Amount: 99_999, Deal_Name: 'Renamed' })
    await atRest()
    await moveTo(place, deal.id, 'Closed Lost')
    await atRest()
    await zohoAct(rig, { action: 'delete', module: 'Deals', id: deal.id })
    await atRest()
    expect(await billsOf(rig, deal)).toEqual([before])
    // Nothing but our own memory tells that it is billed once its invoice is called otherwise on both sides.
    await zohoEdit(rig, { module: 'Invoices', id: crm?.id ?? '' }, { Deal_Name__s: null, Subject: 'Otherwise' })
    await xeroEdit(rig, { action: 'editInvoice', id: before?.id ?? '' }, { InvoiceNumber: 'INV-8000' })
    await atRest()
    await zohoAct(rig, { action: 'restore', id: deal.id })
    await moveTo(place, deal.id, WON)
    await atRest()
    expect(await billsOf(rig, { id: deal.id, name: 'Renamed' })).toEqual([])
    expect(await inboxCodes(rig)).toEqual([])
  })

  // Catches: the whole history of the CRM billed on the day on which this is switched on, or at its next edit.
  test('is left alone for good if it was won before this was switched on', async () => {
    const place = await opened({ wonDeals: { since: '2026-11-20T03:00:00Z' } })
    const old = await newDeal(place, { Deal_Name: 'Old', Stage: WON })
    await atRest()
    await rig.clock.advance(2 * 60 * 60_000)
    await zohoEdit(rig, { module: 'Deals', id: old.id }, { Next_Step: 'Call them' })
    const fresh = await newDeal(place, { Deal_Name: 'Fresh', Stage: WON })
    await atRest()
    expect(await billsOf(rig, { id: old.id, name: 'Old' })).toEqual([])
    expect(await billsOf(rig, { id: fresh.id, name: 'Fresh' })).toHaveLength(1)
  })

  // Catches: a company that only the deal knows, so that the sale waits for ever.
  test('brings its customer along', async () => {
    const place = await opened()
    const company = await zohoCreate(rig, 'Accounts', { Account_Name: 'Brand New Customer' })
    const deal = await newDeal({ ...place, accountId: company.id }, { Stage: WON })
    await atRest()
    const [bill] = await billsOf(rig, deal)
    const { zoho } = await readStates(rig)
    expect(bill?.contactId).toBe(found(zoho.records.Accounts, company.id).Xero_ID)
    expect(bill?.contactId).not.toBe('')
  })

  // Catches: an invoice over nothing.
  test('waits for a person where there is nothing to bill, and goes on by itself once there is', async () => {
    const place = await opened()
    const deal = await newDeal(place, { Stage: WON, Amount: null })
    await atRest()
    expect(await billsOf(rig, deal)).toEqual([])
    expect(await inboxCodes(rig)).toEqual(['requiredValueMissing'])
    await zohoEdit(rig, { module: 'Deals', id: deal.id }, { Amount: 70 })
    await atRest()
    expect((await billsOf(rig, deal)).map((bill) => bill.total)).toEqual(['70'])
    expect(await inboxCodes(rig)).toEqual([])
  })

  // Catches: a person told for ever of a deal that is won no more.
  test('no longer waits for anybody once it is lost', async () => {
    const place = await opened()
    const deal = await newDeal(place, { Stage: WON, Amount: null })
    await atRest()
    expect(await inboxCodes(rig)).toEqual(['requiredValueMissing'])
    await moveTo(place, deal.id, 'Closed Lost')
    await atRest()
    expect(await inboxCodes(rig)).toEqual([])
  })
})

describe('deals of which nothing is to be made', () => {
  // Catches: one call, or one row, more for each deal that is in the open (design section 10).
  test('cost one list and leave no trace', async () => {
    const place = await opened()
    await newDeal(place)
    await atRest()
    for (let at = 0; at < 60; at += 1) await newDeal(place, { Deal_Name: `Open ${at}` })
    const before = await rig.store.reports.counts(rig.connectionId)
    forgetRequests(rig)
    await rig.pass()
    const asked = rig.zoho.control.log.list().map((one) => `${one.method} ${one.path.split('?')[0]}`)
    expect(asked.filter((line) => line.includes('Deals'))).toEqual(['GET /crm/v8/Deals', 'GET /crm/v8/Deals/deleted'])
    expect(asked.filter((line) => line.includes('Quotes') || line.includes('coql'))).toEqual([])
    expect((await rig.store.reports.counts(rig.connectionId)).links).toEqual(before.links)
    expect(writesSeen(rig)).toEqual([])
  })

  // Catches: deals looked at, or asked for, although nobody wants them.
  test('are not even asked for while this is switched off', async () => {
    const place = await opened()
    await rig.change((settings) => ({ ...settings, wonDeals: { ...settings.wonDeals, isOn: false } }))
    const deal = await newDeal(place, { Stage: WON })
    forgetRequests(rig)
    await atRest()
    expect(rig.zoho.control.log.list().filter((one) => one.path.includes('Deals'))).toEqual([])
    expect(await billsOf(rig, deal)).toEqual([])
  })
})
