import { afterEach, expect, test } from 'vitest'
import { zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { billsOf, crmInvoicesOf, dealCompany, dealOf, inboxCodes, moveTo, newDeal, WON } from './deals.ts'
import { faultOn } from './fault-list.ts'
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

/** Products that both systems have, each with a price of its own. */
async function pricedProducts(prices: readonly number[]) {
  const products = (await readStates(rig)).zoho.records.Products.filter((one) => one.Xero_ID !== '')
  const chosen = products.slice(0, prices.length)
  for (const [at, one] of chosen.entries())
    await zohoEdit(rig, { module: 'Products', id: one.id }, { Unit_Price: prices[at] })
  await atRest()
  return chosen
}

async function link(dealId: string, products: readonly { readonly id: string }[]): Promise<void> {
  for (const { id: productId } of products) await zohoAct(rig, { action: 'linkProduct', id: dealId, productId })
}

// Catches: products that are billed as one sum, at another price, or not at all.
test('a deal without a quote is billed by its products, one of each at its price', async () => {
  const place = await opened()
  const products = await pricedProducts([40, 60.5])
  const deal = await newDeal(place, { Amount: null })
  await link(deal.id, products)
  await moveTo(place, deal.id, WON)
  await atRest()
  const [bill, ...others] = await billsOf(rig, deal)
  expect(others).toEqual([])
  const lines = bill?.lines.map(({ quantity, unitAmount, itemCode }) => `${quantity} ${itemCode} ${unitAmount}`)
  expect(lines?.toSorted()).toEqual(
    [`1 ${products[0]?.Product_Code} 40`, `1 ${products[1]?.Product_Code} 60.5`].toSorted(),
  )
  expect(await crmInvoicesOf(rig, deal.id)).toHaveLength(1)
})

// Catches: a sum that nobody agreed to, approved in the books.
test('products that do not come to the Amount are a draft, but nothing that counts at once', async () => {
  const place = await opened({ wonDeals: { status: 'AUTHORISED' } })
  const products = await pricedProducts([40])
  const deal = await newDeal(place, { Amount: 400 })
  await link(deal.id, products)
  await moveTo(place, deal.id, WON)
  await atRest()
  expect(await billsOf(rig, deal)).toEqual([])
  expect(await inboxCodes(rig)).toEqual(['totalsDiffer'])
  await zohoEdit(rig, { module: 'Deals', id: deal.id }, { Amount: 40 })
  await atRest()
  expect((await billsOf(rig, deal)).map((bill) => bill.status)).toEqual(['AUTHORISED'])
  expect(await inboxCodes(rig)).toEqual([])
})

test('the same in a draft is for the bookkeeper to see', async () => {
  const place = await opened()
  const products = await pricedProducts([40])
  const deal = await newDeal(place, { Amount: 400 })
  await link(deal.id, products)
  await moveTo(place, deal.id, WON)
  await atRest()
  expect((await billsOf(rig, deal)).map((bill) => bill.status)).toEqual(['DRAFT'])
})

// Catches: a product given away because nobody has priced it.
test('a product without a price waits for a person', async () => {
  const place = await opened()
  const [one] = await pricedProducts([40])
  await zohoEdit(rig, { module: 'Products', id: one?.id ?? '' }, { Unit_Price: null })
  const deal = await newDeal(place)
  await link(deal.id, one === undefined ? [] : [one])
  await moveTo(place, deal.id, WON)
  await atRest()
  expect(await billsOf(rig, deal)).toEqual([])
  expect(await inboxCodes(rig)).toContain('requiredValueMissing')
})

// Catches: the sale billed once by the invoice that was made from its quote, and once by itself.
test('a deal whose quote was made into an invoice is not billed beside it', async () => {
  const place = await opened()
  const [one] = await pricedProducts([40])
  const deal = await newDeal(place)
  const quote = await zohoCreate(rig, 'Quotes', {
    Subject: 'Agreed',
    Account_Name: { id: place.accountId },
    Deal_Name: { id: deal.id },
    Quote_Stage: 'Confirmed',
    Quoted_Items: [{ Product_Name: { id: one?.id }, Quantity: 3, List_Price: 40 }],
  })
  await zohoAct(rig, { action: 'convertQuote', id: quote.id })
  const count = (await readStates(rig)).xero.invoices.length
  await moveTo(place, deal.id, WON)
  await atRest()
  expect((await readStates(rig)).xero.invoices).toHaveLength(count + 1)
  const [crm] = await crmInvoicesOf(rig, deal.id)
  expect((await dealOf(rig, deal.id)).Xero_Invoice_ID).toBe(crm?.Xero_ID)
  expect(await billsOf(rig, { id: deal.id, name: 'no such name' })).toEqual([])
})

// Catches: a header discount of the quote that is lost on the way, so that the customer is billed more than was agreed.
test('a discount on the whole quote is held like that of an invoice', async () => {
  const place = await opened()
  const [one] = await pricedProducts([40])
  const deal = await newDeal(place)
  await zohoCreate(rig, 'Quotes', {
    Subject: 'Agreed',
    Account_Name: { id: place.accountId },
    Deal_Name: { id: deal.id },
    Quote_Stage: 'Closed Won',
    Discount: 10,
    Quoted_Items: [{ Product_Name: { id: one?.id }, Quantity: 3, List_Price: 40 }],
  })
  await moveTo(place, deal.id, WON)
  await atRest()
  expect(await billsOf(rig, deal)).toEqual([])
  expect(await inboxCodes(rig)).toEqual(['headerDiscount'])
})

// Catches: a deal that names a person alone, and waits for ever although the person has a company.
test('a deal that names a person alone is billed to the company of that person', async () => {
  const place = await opened()
  const person = await zohoCreate(rig, 'Contacts', { Last_Name: 'Buyer', Account_Name: { id: place.accountId } })
  const deal = await newDeal(place, { Account_Name: null, Contact_Name: { id: person.id }, Stage: WON })
  await atRest()
  const [bill] = await billsOf(rig, deal)
  const { zoho } = await readStates(rig)
  expect(bill?.contactId).toBe(found(zoho.records.Accounts, place.accountId).Xero_ID)
})

// Catches: an invoice that Xero has numbered, made again because nothing but its Url says whose it is (I2).
test('where Xero numbers the invoices, one whose answers are all lost is found again', async () => {
  const place = await opened()
  await rig.change((settings) => ({ ...settings, invoice: { ...settings.invoice, numbering: 'xero' } }))
  const lost = { name: 'lost', side: 'xero', effect: { type: 'dropAfter' }, times: 3 } as const
  rig.xero.control.faults.add(faultOn(lost, 'Invoices'))
  const deal = await newDeal(place, { Stage: WON })
  expect((await settle(rig, { pauseMs: 90_000, limit: 30 })).end).toBe('quiet')
  const [bill, ...others] = await billsOf(rig, deal)
  expect(others).toEqual([])
  expect(bill?.number).not.toContain(deal.id)
  expect((await crmInvoicesOf(rig, deal.id)).map((one) => one.Xero_ID)).toEqual([bill?.id])
  expect((await dealOf(rig, deal.id)).Xero_Invoice_No).toBe(bill?.number)
})
