import type { InboxItem } from '@tandem/sync/store/contract.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { xeroCreate, xeroEdit, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import { type EngineRig, XERO_ORIGIN } from '../../src/rig/engine-rig.ts'
import { judge } from '../../src/rig/oracle.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from './corresponds.ts'
import { firstCompany, found, syncedCompany } from './small-company.ts'

let rig: EngineRig
beforeEach(async () => {
  rig = await syncedCompany()
})
afterEach(() => rig.close())

const inbox = () => rig.store.reports.inbox(rig.connectionId)
const codes = async () => (await inbox()).map((item) => item.code).sort()
const atRest = async () => expect((await settle(rig)).end).toBe('quiet')
const items = async () => (await readStates(rig)).xero.items
const products = async () => (await readStates(rig)).zoho.records.Products
const invoiceOf = async (id: string) => found((await readStates(rig)).zoho.records.Invoices, id)
const itemWrites = () => writesSeen(rig).filter(({ side, path }) => side === 'xero' && path.includes('/Items'))

async function product(values: Readonly<Record<string, unknown>>): Promise<string> {
  return (await zohoCreate(rig, 'Products', { Product_Name: 'Decking', Unit_Price: 10, ...values })).id
}

let sold = 0
async function sell(productId: string, row: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { account } = await firstCompany(rig)
  sold += 1
  const made = await zohoCreate(rig, 'Invoices', {
    Subject: `Deck ${sold}`,
    Account_Name: { id: account.id },
    Invoice_Date: '2026-11-18',
    Due_Date: '2026-12-18',
    Status: 'Created',
    Invoiced_Items: [{ Product_Name: { id: productId }, Quantity: 2, List_Price: 12.5, ...row }],
  })
  return made.id
}

async function decide(item: InboxItem | undefined, type: 'chooseKey' | 'retry'): Promise<string> {
  return rig.store.reports.resolve(rig.connectionId, item?.id ?? '', { type, at: rig.engineClock.now() })
}

// Catches: a second item for a code that Xero has, however it is written there (R18d).
describe('a product whose code Xero has', () => {
  async function loneItem(Code: string): Promise<string> {
    const mayCreate = (create: boolean) =>
      rig.change((settings) => {
        const { item } = settings.kinds
        return { ...settings, kinds: { ...settings.kinds, item: { ...item, zoho: { ...item.zoho, create } } } }
      })
    await mayCreate(false)
    const { id } = await xeroCreate(rig, 'createItem', { Code, Name: 'Decking', IsSold: true })
    await atRest()
    await mayCreate(true)
    return id
  }

  test.each(['DECK-1', ' deck-1 ', 'Deck-1'])('is that item, typed as "%s"', async (Product_Code) => {
    const item = await loneItem('DECK-1')
    const id = await product({ Product_Code })
    await atRest()
    expect(found(await products(), id).Xero_ID).toBe(item)
    expect((await items()).filter((one) => one.code.toUpperCase() === 'DECK-1')).toHaveLength(1)
    expect((await judge(rig)).duplicates).toEqual([])
  })

  test('is another one where case is chosen to count', async () => {
    await rig.change((settings) => ({ ...settings, itemCodeCase: 'exact' }))
    const item = await loneItem('DECK-1')
    const id = await product({ Product_Code: 'deck-1' })
    await atRest()
    expect(found(await products(), id).Xero_ID).not.toBe(item)
    expect((await items()).map((one) => one.code)).toEqual(expect.arrayContaining(['DECK-1', 'deck-1']))
  })

  test('is found without a list of Xero too, when only its own save is looked at', async () => {
    const item = await loneItem('DECK-1')
    const id = await product({ Product_Code: 'deck-1' })
    const mark = { side: 'zoho', collection: 'Products', remoteId: id, kind: 'item', reason: 'webhook' } as const
    await rig.store.connections.mark(rig.connectionId, [{ ...mark, dueAt: rig.engineClock.now() }])
    await rig.pass({ detect: 'marksOnly' })
    expect(found(await products(), id).Xero_ID).toBe(item)
    expect(itemWrites().filter(({ method }) => method === 'PUT')).toEqual([])
  })
})

// Catches: a product without a code that is lost, or that waits with no other way than typing (R41a).
describe('a product without a code', () => {
  test('waits with its invoice; given a code, it has the same one on both sides, and the invoice follows', async () => {
    const id = await product({})
    const invoice = await sell(id)
    await atRest()
    expect(await codes()).toEqual(['productWithoutCode', 'unmappedItem'])
    const waiting = (await inbox()).find((item) => item.code === 'productWithoutCode')
    expect(await decide(waiting, 'chooseKey')).toBe('resolved')
    await atRest()
    const made = found(await products(), id)
    expect(made.Product_Code).toBe(`P-${id}`)
    expect(found(await items(), made.Xero_ID).code).toBe(`P-${id}`)
    expect((await invoiceOf(invoice)).Xero_ID).not.toBe('')
    await expectAgrees(rig)
  })

  test('is one item however often it is asked for, also when the answer was lost', async () => {
    const id = await product({})
    await atRest()
    rig.xero.control.faults.add({ effect: { type: 'dropAfter' }, path: '/Items', method: 'PUT', skip: 0, times: 6 })
    await decide((await inbox())[0], 'chooseKey')
    expect((await settle(rig, { pauseMs: 90_000 })).end).toBe('quiet')
    for (const item of await inbox()) await decide(item, 'chooseKey')
    expect((await settle(rig, { pauseMs: 90_000 })).end).toBe('quiet')
    expect((await items()).filter((one) => one.code === `P-${id}`)).toHaveLength(1)
    expect(found(await products(), id).Product_Code).toBe(`P-${id}`)
  })

  test('takes the code that somebody types, as soon as it is saved', async () => {
    const id = await product({})
    await atRest()
    await zohoEdit(rig, { module: 'Products', id }, { Product_Code: 'TYPED' })
    await atRest()
    expect(found(await items(), found(await products(), id).Xero_ID).code).toBe('TYPED')
    await expectAgrees(rig)
  })

  test('nothing else can be given one', async () => {
    const { account } = await firstCompany(rig)
    await zohoCreate(rig, 'Accounts', { Account_Name: account.Account_Name })
    await atRest()
    expect(await decide((await inbox())[0], 'chooseKey')).toBe('notPossible')
  })
})

// Catches: items made against the person's choice, invoices that wait for ever for them, and products of the CRM that
// an edit in Xero turns into the service line (R39).
describe('where no items are made', () => {
  beforeEach(() => rig.change((settings) => ({ ...settings, missingItems: 'describe' })))

  test('a line without item says what is sold, on the account of such lines, and its edits cross both ways', async () => {
    const id = await product({ Product_Code: 'DECK-1' })
    const invoice = await sell(id)
    await atRest()
    expect(itemWrites()).toEqual([])
    const { Xero_ID } = await invoiceOf(invoice)
    const [line] = found((await readStates(rig)).xero.invoices, Xero_ID).lines
    expect(line).toMatchObject({ itemCode: '', description: 'Decking', accountCode: '200' })
    await zohoEdit(rig, { module: 'Products', id }, { Unit_Price: 11 })
    const LineItems = [{ LineItemID: line?.id, Description: 'Hardwood decking', Quantity: 3 }]
    await xeroEdit(rig, { action: 'editInvoice', id: Xero_ID }, { LineItems })
    await atRest()
    const [row] = (await invoiceOf(invoice)).Invoiced_Items
    expect(row).toMatchObject({ Description: 'Hardwood decking', Product_Name: { id } })
    expect(Number(row?.Quantity)).toBe(3)
    expect(await codes()).toEqual([])
    forgetRequests(rig)
    await rig.pass({ detect: 'sweep' })
    await atRest()
    expect(writesSeen(rig)).toEqual([])
  })

  test('a product whose item the bookkeeper has made still joins it', async () => {
    await xeroCreate(rig, 'createItem', { Code: 'DECK-1', Name: 'Decking', IsSold: true })
    const id = await product({ Product_Code: 'DECK-1' })
    const invoice = await sell(id)
    await atRest()
    const { Xero_ID } = await invoiceOf(invoice)
    expect(found((await readStates(rig)).xero.invoices, Xero_ID).lines[0]?.itemCode).toBe('DECK-1')
    await expectAgrees(rig)
  })

  test('an invoice that waited for its item goes on once this is chosen', async () => {
    await rig.change((settings) => ({ ...settings, missingItems: 'create' }))
    const invoice = await sell(await product({}))
    await atRest()
    expect(await codes()).toEqual(['productWithoutCode', 'unmappedItem'])
    await rig.change((settings) => ({ ...settings, missingItems: 'describe' }))
    await atRest()
    expect((await invoiceOf(invoice)).Xero_ID).not.toBe('')
    expect(await codes()).not.toContain('unmappedItem')
  })
})

const purchase = z.object({
  items: z.array(z.looseObject({ id: z.string(), purchase: z.object({ accountCode: z.string().nullish() }) })),
})

async function purchaseAccount(itemId: string): Promise<string> {
  const answer = await rig.xero.app.fetch(new Request(`${XERO_ORIGIN}/__sandbox/state`))
  return found(purchase.parse(await answer.json()).items, itemId).purchase.accountCode ?? ''
}

// Catches: stock and services on one account, and prices cut to cents (R40).
test('new items have the chosen ledger accounts and four decimals of their price', async () => {
  await rig.change((settings) => ({
    ...settings,
    itemAccounts: { stocked: { income: '260', expense: '310' }, unstocked: { income: '200', expense: '400' } },
  }))
  const stocked = await product({ Product_Code: 'STOCK', Qty_in_Stock: 12, Unit_Price: 1.2345 })
  const service = await product({ Product_Name: 'Advice', Product_Code: 'ADVICE' })
  await atRest()
  const [first, second] = [found(await products(), stocked), found(await products(), service)]
  const [one, two] = [found(await items(), first.Xero_ID), found(await items(), second.Xero_ID)]
  expect(one.sales).toMatchObject({ accountCode: '260', unitPrice: '1.2345' })
  expect(two.sales.accountCode).toBe('200')
  expect([await purchaseAccount(one.id), await purchaseAccount(two.id)]).toEqual(['310', '400'])
  await xeroEdit(rig, { action: 'editItem', id: one.id }, { SalesDetails: { AccountCode: '270' } })
  await zohoEdit(rig, { module: 'Products', id: stocked }, { Unit_Price: 1.3 })
  await atRest()
  expect(found(await items(), one.id).sales).toMatchObject({ accountCode: '270', unitPrice: '1.3' })
  await expectAgrees(rig)
})

// Catches: documents that wait for a tax although it is mapped by now, or that are all read again for it (R42b).
describe('a tax that nobody has mapped', () => {
  async function withoutTax() {
    const { taxMap } = await rig.settings()
    const gst = taxMap.find((one) => one.xeroTaxType === 'OUTPUT')
    if (gst === undefined) throw new Error('No GST')
    const [id = ''] = gst.zohoTaxIds
    await rig.change((settings) => ({ ...settings, taxMap: taxMap.filter((one) => one !== gst) }))
    return { taxMap, id }
  }
  const sellable = async () => (await products()).find((one) => one.Xero_ID !== '')?.id ?? ''
  const taxed = (id: string) => ({ Line_Tax: [{ id, name: 'GST', percentage: 10 }] })

  test('holds the documents that bear it and no others; mapped, they go on by themselves', async () => {
    const { taxMap, id } = await withoutTax()
    const productId = await sellable()
    const bearing = [await sell(productId, taxed(id)), await sell(productId, taxed(id))]
    const free = await sell(productId)
    await atRest()
    expect(await codes()).toEqual(['unmappedTax', 'unmappedTax'])
    expect((await inbox()).map((item) => item.detail)).toMatchObject(
      bearing.map(() => ({ taxes: [{ system: 'zoho', tax: id }] })),
    )
    expect((await invoiceOf(free)).Xero_ID).not.toBe('')
    await rig.change((settings) => ({ ...settings, taxMap }))
    forgetRequests(rig)
    await rig.pass({ detect: 'marksOnly' })
    for (const one of bearing) expect((await invoiceOf(one)).Xero_ID).not.toBe('')
    expect(listsSeen()).toEqual([])
    await atRest()
    await expectAgrees(rig)
  })

  test('another tax mapped meanwhile releases nothing', async () => {
    const { taxMap, id } = await withoutTax()
    const invoice = await sell(await sellable(), taxed(id))
    await atRest()
    const [held] = await inbox()
    await rig.change((settings) => ({
      ...settings,
      taxMap: [...settings.taxMap, { zohoTaxIds: ['9', id], xeroTaxType: 'OUTPUT' }],
    }))
    await rig.pass({ detect: 'marksOnly' })
    expect((await inbox())[0]).toEqual(held)
    expect((await invoiceOf(invoice)).Xero_ID).toBe('')
    await rig.change((settings) => ({ ...settings, taxMap }))
    await rig.pass({ detect: 'marksOnly' })
    expect((await invoiceOf(invoice)).Xero_ID).not.toBe('')
  })

  test('of a product is told beside it, and crosses once it is mapped', async () => {
    const { taxMap, id } = await withoutTax()
    const productId = await sellable()
    const before = found(await items(), found(await products(), productId).Xero_ID)
    await zohoEdit(rig, { module: 'Products', id: productId }, { Tax: [], Unit_Price: 7 })
    await atRest()
    await zohoEdit(rig, { module: 'Products', id: productId }, { Taxable: true, Tax: [{ id }] })
    await atRest()
    const isOpen = (await codes()).includes('unmappedTax')
    await rig.change((settings) => ({ ...settings, taxMap }))
    await atRest()
    expect({ isOpen, after: await codes() }).toEqual({ isOpen: true, after: [] })
    expect(found(await items(), before.id).sales.taxType).toBe('OUTPUT')
  })

  test('an invoice without item waits for a sales account, and goes on once one is chosen', async () => {
    await rig.change((settings) => ({
      ...settings,
      salesAccountCode: '',
      invoice: { ...settings.invoice, arrivalStatus: { paid: 'AUTHORISED', unpaid: 'AUTHORISED' } },
      missingItems: 'describe',
    }))
    const invoice = await sell(await product({ Product_Code: 'X' }))
    await atRest()
    expect(await codes()).toEqual(['accountNotChosen'])
    await rig.change((settings) => ({ ...settings, salesAccountCode: '200' }))
    await atRest()
    expect((await invoiceOf(invoice)).Xero_ID).not.toBe('')
  })
})

function listsSeen(): readonly string[] {
  return [
    ...rig.zoho.control.log.list().filter(({ method, path }) => method === 'GET' && /\/Invoices\?/.test(path)),
    ...rig.xero.control.log
      .list()
      .filter(({ method, path }) => method === 'GET' && /\/Invoices\?.*page=1(?!.*(IDs|InvoiceNumbers)=)/.test(path)),
  ].map(({ path }) => path)
}
