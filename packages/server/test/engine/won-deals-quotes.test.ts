import { afterEach, expect, test } from 'vitest'
import { xeroCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { billsOf, dealCompany, dealOf, inboxCodes, moveTo, newDeal, OPEN, WON } from './deals.ts'
import { changeInXero, crmQuote, QUOTE_TOTAL, withQuotes, writeQuote, xeroQuote } from './quotes.ts'
import { firstCompany, found } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

async function atRest(): Promise<void> {
  expect((await settle(rig)).end).toBe('quiet')
}

/** A deal in the open, with an agreed quote that both systems have. */
async function quotedDeal() {
  const place = await dealCompany({ settings: withQuotes })
  rig = place.rig
  const deal = await newDeal(place)
  const quote = await writeQuote(rig, { Deal_Name: { id: deal.id }, Quote_Stage: 'Confirmed' })
  await atRest()
  const xeroId = (await crmQuote(rig, quote.id)).fields.Xero_ID
  expect((await xeroQuote(rig, xeroId)).fields.Status).toBe('ACCEPTED')
  return { place, deal, xeroId: String(xeroId) }
}

/** What a bookkeeper does: the invoice is made of the quote in Xero, and nothing there joins the two. */
async function invoiceInXero(xeroId: string): Promise<string> {
  await changeInXero(rig, xeroId, { Status: 'INVOICED' })
  const { contact } = await firstCompany(rig)
  const [product] = (await readStates(rig)).zoho.records.Products.filter((one) => one.Xero_ID !== '')
  const sale = { ItemCode: product?.Product_Code, Quantity: 1, UnitAmount: 1461.11, AccountCode: '200' }
  const made = await xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Contact: { ContactID: contact.id },
    Date: '2026-11-18',
    DueDate: '2026-12-18',
    LineAmountTypes: 'Exclusive',
    LineItems: [{ ...sale, TaxType: 'OUTPUT' }],
  })
  return made.id
}

// Catches: the quote and its invoice taken for two sales, or the quote billed by the deal's Amount.
test('a deal whose quote is in Xero too is billed once, by its rows', async () => {
  const { place, deal } = await quotedDeal()
  for (const stage of [WON, OPEN, WON]) await moveTo(place, deal.id, stage)
  await atRest()
  const [bill, ...others] = await billsOf(rig, deal)
  expect(others).toEqual([])
  expect(bill?.total).toBe(QUOTE_TOTAL)
  expect(await inboxCodes(rig)).toEqual([])
})

// Catches: the sale billed once by the bookkeeper from the quote, and once more when the deal is won.
test('a deal whose quote was invoiced in Xero waits, and goes with that invoice once it names the deal', async () => {
  const { place, deal, xeroId } = await quotedDeal()
  const invoiceId = await invoiceInXero(xeroId)
  await moveTo(place, deal.id, WON)
  await atRest()
  expect(await billsOf(rig, deal)).toEqual([])
  expect(await inboxCodes(rig)).toEqual(['quoteInvoiced'])
  const count = (await readStates(rig)).xero.invoices.length
  const crm = (await readStates(rig)).zoho.records.Invoices.find((one) => one.Xero_ID === invoiceId)
  await zohoEdit(rig, { module: 'Invoices', id: crm?.id ?? '' }, { Deal_Name__s: { id: deal.id } })
  await zohoEdit(rig, { module: 'Deals', id: deal.id }, { Next_Step: 'Done' })
  await atRest()
  expect((await dealOf(rig, deal.id)).Xero_Invoice_ID).toBe(invoiceId)
  expect(await inboxCodes(rig)).toEqual([])
  expect((await readStates(rig)).xero.invoices).toHaveLength(count)
  expect(found((await readStates(rig)).xero.invoices, invoiceId).status).not.toBe('DELETED')
})
