import { rowsAt } from '@tandem/sync/mapping/record-fields.ts'
import type { RemoteRecord } from '@tandem/sync/model/record.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { xeroAct, xeroCreate, xeroEdit, zohoAct, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { passUntold, type Settled, settle } from '../../src/rig/settle.ts'
import { holdWrites } from '../regression/traffic.ts'
import {
  booksRecord,
  booksRecords,
  crmRecord,
  crmRecords,
  ORDER_TOTAL,
  ourBills,
  withBills,
  writeOrder,
  writeVendor,
} from './bills.ts'
import { loseAnswers } from './lose-answers.ts'
import { firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

const codes = async () => (await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)
const order = (id: string) => crmRecord(rig, 'Purchase_Orders', id)
const bill = (id: string) => booksRecord(rig, 'Bills', id)
const billWrites = () => writesSeen(rig).filter(({ path }) => /\/Invoices|\/Purchase_Orders/.test(path))

/** At rest, with no call that a remote refused: what cannot be is told, not tried. */
async function expectRest(options: Parameters<typeof settle>[1] = {}): Promise<Settled> {
  const settled = await settle(rig, options)
  expect(settled.end).toBe('quiet')
  expect(settled.passes.map((pass) => ('report' in pass ? pass.report.refused : 0)).every((count) => count === 0)).toBe(
    true,
  )
  return settled
}

async function openRig(): Promise<string> {
  rig = await syncedCompany({ settings: withBills })
  return (await writeVendor(rig)).id
}

/** An order that has become a bill, with nothing else to do. */
async function linkedBill(): Promise<{ readonly orderId: string; readonly billId: string }> {
  const vendorId = await openRig()
  const { id } = await writeOrder(rig, vendorId)
  await expectRest()
  const billId = String((await order(id)).fields.Xero_ID)
  forgetRequests(rig)
  return { orderId: id, billId }
}

const lineIds = ({ fields }: RemoteRecord) => rowsAt(fields, 'LineItems').map((line) => line.LineItemID)

// Catches: a bill that comes twice, with the tax or account of a sale, with a cent more or less, or with a discount,
// which bills do not take (xero.md 4.3).
describe('a purchase order of the CRM becomes one bill in Xero (R10c)', () => {
  test('with its supplier, lines, taxes of purchases, the chosen account and its total', async () => {
    const vendorId = await openRig()
    const invoices = (await crmRecords(rig, 'Invoices')).length
    const made = await writeOrder(rig, vendorId)
    await expectRest()
    const crm = await order(made.id)
    const [books, ...others] = await ourBills(rig)
    expect(others).toEqual([])
    expect(books?.fields).toMatchObject({
      InvoiceID: crm.fields.Xero_ID,
      Type: 'ACCPAY',
      Status: 'DRAFT',
      InvoiceNumber: 'PO-7',
      Date: '2026-11-18',
      DueDate: '2026-12-18',
      Total: ORDER_TOTAL,
      LineAmountTypes: 'Exclusive',
      Contact: { ContactID: (await crmRecord(rig, 'Vendors', vendorId)).fields.Xero_ID },
    })
    const lines = rowsAt(books?.fields, 'LineItems')
    expect(lines.map((line) => [line.LineAmount, line.UnitAmount, line.TaxType, line.AccountCode])).toEqual([
      ['118.75', '11.8750', 'INPUT', '453'],
      ['13.20', '4.4000', 'INPUT', '453'],
    ])
    expect(crm.fields).toMatchObject({
      Grand_Total: ORDER_TOTAL,
      Xero_Amount_Due: ORDER_TOTAL,
      Xero_Amount_Paid: '0',
      Xero_Status: 'Draft',
      Xero_Payment_State: 'Unpaid',
      Status: 'Approved',
    })
    expect(crm.fields.Xero_Bill_URL).toContain('AccountsPayable')
    expect((await crmRecords(rig, 'Invoices')).length).toBe(invoices)
    expect(await codes()).toEqual([])
  })

  test('only from a status that was chosen, once it has it', async () => {
    const vendorId = await openRig()
    const { id } = await writeOrder(rig, vendorId, { Status: 'Created' })
    await expectRest()
    expect(await ourBills(rig)).toEqual([])
    expect(await codes()).toEqual([])
    await zohoEdit(rig, { module: 'Purchase_Orders', id }, { Status: 'Approved' })
    await expectRest()
    expect(await ourBills(rig)).toHaveLength(1)
  })

  test('and never again: after a sync, a sweep, a lost database, another status and back', async () => {
    const { orderId, billId } = await linkedBill()
    await rig.pass({ detect: 'sweep' })
    const forgetful = await rig.withLostStore()
    expect((await settle(forgetful)).end).toBe('quiet')
    expect(billWrites()).toEqual([])
    for (const Status of ['Delivered', 'Approved']) {
      await zohoEdit(rig, { module: 'Purchase_Orders', id: orderId }, { Status })
      await expectRest()
    }
    expect((await ourBills(rig)).map((one) => one.id)).toEqual([billId])
    await xeroAct(rig, { action: 'deleteDraft', id: billId })
    await expectRest()
    expect((await ourBills(rig)).map((one) => [one.id, one.fields.Status])).toEqual([[billId, 'DELETED']])
    expect((await order(orderId)).fields.Xero_Status).toBe('Deleted')
    expect(await codes()).toEqual([])
  })

  // Without a number only our Url tells: nothing else of a bill is its own (xero.md 4.3).
  test.each(['PO-7', null])('when the answer to its create was lost, of an order with number %j', async (PO_Number) => {
    const vendorId = await openRig()
    await expectRest()
    loseAnswers(rig, 'xero', 'Invoices')
    const { id } = await writeOrder(rig, vendorId, { PO_Number })
    await rig.clock.advance(90_000)
    await rig.pass()
    await passUntold(rig, 14)
    await expectRest({ pauseMs: 90_000, limit: 40 })
    const [books, ...others] = await ourBills(rig)
    expect(others).toEqual([])
    expect((await order(id)).fields.Xero_ID).toBe(books?.id)
    expect(await codes()).toEqual([])
  })

  test.each([3, 10])('when its create timed out and was applied %d minutes later', async (minutes) => {
    const vendorId = await openRig()
    await expectRest()
    const late = { method: 'PUT', path: /\/Invoices$/, count: 3, appliedAfterMs: minutes * 60_000 }
    const held = holdWrites(rig, rig.xero, late)
    const { id } = await writeOrder(rig, vendorId)
    await settle(rig, { pauseMs: 90_000, limit: 40 })
    await rig.clock.advance(11 * 60_000)
    expect(held.landed()).toBe(3)
    await expectRest({ pauseMs: 90_000, limit: 40 })
    const [books, ...others] = await ourBills(rig)
    expect(others).toEqual([])
    expect((await order(id)).fields.Xero_ID).toBe(books?.id)
  })
})

describe('what is typed later', () => {
  test('in the CRM flows while the bill is a draft, line by line', async () => {
    const { orderId, billId } = await linkedBill()
    const before = await bill(billId)
    const [row] = rowsAt((await order(orderId)).fields, 'Purchase_Items')
    await zohoEdit(rig, { module: 'Purchase_Orders', id: orderId }, { Due_Date: '2027-01-15' })
    const edited = { module: 'Purchase_Orders', id: orderId, rowId: row?.id, values: { Quantity: 20 } }
    await zohoAct(rig, { action: 'editRow', ...edited })
    await expectRest()
    const after = await bill(billId)
    expect(after.fields).toMatchObject({ DueDate: '2027-01-15', Total: '275.77' })
    expect(lineIds(after)).toEqual(lineIds(before))
    expect((await order(orderId)).fields).toMatchObject({ Grand_Total: '275.77', Xero_Amount_Due: '275.77' })
    expect(await codes()).toEqual([])
  })

  // Catches: an approved bill that is tried all the same, or an edit that is lost without a word (R36).
  test('in the CRM is told once the bill is approved, and what is paid is shown', async () => {
    const { orderId, billId } = await linkedBill()
    await xeroAct(rig, { action: 'approve', id: billId })
    await expectRest()
    expect((await order(orderId)).fields.Xero_Status).toBe('Awaiting payment')
    forgetRequests(rig)
    await zohoEdit(rig, { module: 'Purchase_Orders', id: orderId }, { Due_Date: '2027-01-15' })
    await expectRest()
    expect(await codes()).toEqual(['recordLocked'])
    expect(writesSeen(rig).filter(({ side }) => side === 'xero')).toEqual([])
    await zohoEdit(rig, { module: 'Purchase_Orders', id: orderId }, { Due_Date: '2026-12-18' })
    await xeroAct(rig, { action: 'pay', id: billId, amount: '100.00' })
    await expectRest()
    expect((await order(orderId)).fields).toMatchObject({
      Xero_Amount_Due: '45.15',
      Xero_Amount_Paid: '100',
      Xero_Payment_State: 'Partly paid',
    })
    await xeroAct(rig, { action: 'pay', id: billId })
    await expectRest()
    expect((await order(orderId)).fields).toMatchObject({
      Xero_Amount_Due: '0',
      Xero_Status: 'Paid',
      Xero_Payment_State: 'Paid',
      Status: 'Approved',
    })
    expect(await codes()).toEqual([])
  })

  test("in Xero: the supplier's own number comes back, changed lines are told and stay", async () => {
    const { orderId, billId } = await linkedBill()
    await xeroEdit(rig, { action: 'editInvoice', id: billId }, { InvoiceNumber: 'HT-90812' })
    await expectRest()
    expect((await order(orderId)).fields).toMatchObject({ Supplier_Invoice_No: 'HT-90812', PO_Number: 'PO-7' })
    const [line, ...rest] = rowsAt((await bill(billId)).fields, 'LineItems')
    const LineItems = [{ ...line, Description: 'Oak, as delivered' }, ...rest].map(({ LineItemID, Description }) => ({
      LineItemID,
      Description,
    }))
    await xeroEdit(rig, { action: 'editInvoice', id: billId }, { LineItems })
    forgetRequests(rig)
    await expectRest()
    expect(await codes()).toEqual(['onlyFollows'])
    expect(billWrites()).toEqual([])
  })

  test('in the CRM, that the order is cancelled, is told while its bill is in force', async () => {
    const { orderId, billId } = await linkedBill()
    await zohoEdit(rig, { module: 'Purchase_Orders', id: orderId }, { Status: 'Cancelled' })
    await expectRest()
    expect(await codes()).toEqual(['statusNotAllowed'])
    await xeroAct(rig, { action: 'deleteDraft', id: billId })
    await expectRest()
    expect(await codes()).toEqual([])
    expect((await order(orderId)).fields.Status).toBe('Cancelled')
  })
})

describe('sales and purchases never cross over (R21e)', () => {
  async function typedBill(fields: Readonly<Record<string, unknown>>): Promise<void> {
    const line = { Description: 'Paper', Quantity: 1, UnitAmount: 12, AccountCode: '453', TaxType: 'INPUT' }
    await xeroAct(rig, { action: 'createBill', fields: { LineItems: [line], ...fields } })
  }

  // Catches: a bill in Xero that is offered as a sales invoice or an order of the CRM, with the option on or off.
  test.each([true, false])('a bill that was typed in Xero stays there, bills on: %s', async (isOn) => {
    rig = await syncedCompany(isOn ? { settings: withBills } : {})
    const { contact } = await firstCompany(rig)
    const invoices = (await crmRecords(rig, 'Invoices')).length
    await typedBill({ Contact: { ContactID: contact.id }, InvoiceNumber: 'INV-0001' })
    await expectRest()
    await rig.pass({ detect: 'sweep' })
    expect((await crmRecords(rig, 'Invoices')).length).toBe(invoices)
    expect(await crmRecords(rig, 'Purchase_Orders')).toEqual([])
    expect(await codes()).toEqual([])
  })

  test('nor does a sale come as a bill', async () => {
    const { billId } = await linkedBill()
    const sales = await booksRecords(rig, 'Invoices')
    expect(sales.length).toBeGreaterThan(0)
    expect(sales.map(({ fields }) => fields.Type)).not.toContain('ACCPAY')
    expect(sales.map(({ id }) => id)).not.toContain(billId)
    await expect(booksRecord(rig, 'Invoices', billId)).rejects.toThrow('No such record')
    await expect(booksRecord(rig, 'Bills', sales[0]?.id)).rejects.toThrow('No such record')
  })

  // Catches: a second bill beside the one that somebody typed from the paper (I2).
  test("a bill of the same supplier with the order's number is a person's to join", async () => {
    const vendorId = await openRig()
    await expectRest()
    const contactId = (await crmRecord(rig, 'Vendors', vendorId)).fields.Xero_ID
    await typedBill({ Contact: { ContactID: contactId }, InvoiceNumber: 'PO-7' })
    forgetRequests(rig)
    await writeOrder(rig, vendorId)
    await expectRest()
    expect(await codes()).toEqual(['ambiguousMatch'])
    expect(billWrites()).toEqual([])
  })

  test('an order of a month that is locked, and one of a supplier whom Xero has archived, wait and say why', async () => {
    const vendorId = await openRig()
    await expectRest()
    await xeroAct(rig, { action: 'setLockDate', period: '2026-10-31' })
    // What the organisation says of itself is read once a day.
    await rig.clock.advance(26 * 60 * 60_000)
    await writeOrder(rig, vendorId, { PO_Date: '2026-10-15' })
    await expectRest()
    expect(await codes()).toEqual(['lockDate'])
    await xeroAct(rig, { action: 'archiveContact', id: (await crmRecord(rig, 'Vendors', vendorId)).fields.Xero_ID })
    await writeOrder(rig, vendorId, { PO_Number: 'PO-8' })
    await expectRest()
    expect([...new Set(await codes())].sort()).toEqual(['lockDate', 'supplierArchived'])
    expect(await ourBills(rig)).toEqual([])
  })
})

test('an invoice of a customer is written as before while bills are on', async () => {
  rig = await syncedCompany({ settings: withBills })
  const { contact } = await firstCompany(rig)
  const { id } = await xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Contact: { ContactID: contact.id },
    LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 50, AccountCode: '200', TaxType: 'OUTPUT' }],
  })
  await expectRest()
  const { zoho } = await readStates(rig)
  expect(zoho.records.Invoices.map((invoice) => invoice.Xero_ID)).toContain(id)
  expect(await codes()).toEqual([])
})
