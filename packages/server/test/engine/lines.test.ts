import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { xeroAct, xeroEdit, zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates, type XeroInvoice, type ZohoInvoice } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees, expectCorresponds } from './corresponds.ts'
import { passWith } from './pass-with.ts'
import { firstCompany, found, syncedCompany } from './small-company.ts'

let rig: EngineRig
let crmId: string
beforeEach(async () => {
  rig = await syncedCompany()
  crmId = await draftOfThreeLines()
})
afterEach(() => rig.close())

/** A draft that was made in Zoho and is at rest on both sides. */
async function draftOfThreeLines(): Promise<string> {
  const { account } = await firstCompany(rig)
  const products = (await readStates(rig)).zoho.records.Products.filter((one) => one.Xero_ID !== '')
  const made = await zohoCreate(rig, 'Invoices', {
    Subject: 'Three lines',
    Account_Name: { id: account.id },
    Invoice_Date: '2026-11-18',
    Due_Date: '2026-12-18',
    Status: 'Created',
    Invoiced_Items: products.slice(0, 3).map((product, index) => ({
      Product_Name: { id: product.id },
      Quantity: index + 1,
      List_Price: 100,
      Description: `Line ${index + 1}`,
    })),
  })
  expect((await settle(rig)).end).toBe('quiet')
  forgetRequests(rig)
  return made.id
}

async function documents(): Promise<{ readonly crm: ZohoInvoice; readonly books: XeroInvoice }> {
  const { zoho, xero } = await readStates(rig)
  const crm = found(zoho.records.Invoices, crmId)
  return { crm, books: found(xero.invoices, crm.Xero_ID) }
}

async function rest() {
  expect((await settle(rig)).end).toBe('quiet')
  await expectAgrees(rig)
  return documents()
}

function linesOf(books: XeroInvoice) {
  return books.lines.map((line) => ({
    LineItemID: line.id,
    ItemCode: line.itemCode,
    Description: line.description,
    Quantity: line.quantity,
    UnitAmount: line.unitAmount,
    TaxType: line.taxType,
    AccountCode: line.accountCode,
  }))
}

const rowAt = (crm: ZohoInvoice, at: number) => crm.Invoiced_Items[at]?.id ?? ''
const xeroEditLines = (books: XeroInvoice, LineItems: readonly unknown[]) =>
  xeroEdit(rig, { action: 'editInvoice', id: books.id }, { LineItems })

describe('lines of a linked draft', () => {
  // Catches: lines replaced as a whole, which would give the others new ids and lose what only Xero holds.
  test('a quantity changed in Zoho changes that line alone; account and tracking of the bookkeeper stay', async () => {
    const before = await documents()
    const [first, second, third] = linesOf(before.books)
    const tracking = [{ Name: 'Region', Option: 'North' }]
    await xeroEditLines(before.books, [first, { ...second, AccountCode: '260', Tracking: tracking }, third])
    await rest()
    await zohoAct(rig, { action: 'editRow', id: crmId, rowId: rowAt(before.crm, 1), values: { Quantity: 9 } })
    const { books } = await rest()
    expect(books.lines.map((line) => line.id)).toEqual(before.books.lines.map((line) => line.id))
    expect(books.lines.map((line) => Number(line.quantity))).toEqual([1, 9, 3])
    expect(books.lines[1]).toMatchObject({ accountCode: '260', tracking: [{ name: 'Region', option: 'North' }] })
  })

  // Catches: an added line paired with a neighbour, or one that is added back and forth.
  test('a line added in Xero is a row in Zoho; a line added in Zoho is a line in Xero', async () => {
    const before = await documents()
    const [first] = linesOf(before.books)
    const added = { ...first, LineItemID: undefined, Description: 'Added in Xero', Quantity: '5' }
    await xeroEditLines(before.books, [...linesOf(before.books), added])
    const { crm } = await rest()
    expect(crm.Invoiced_Items.map((row) => row.Description)).toContain('Added in Xero')
    const product = before.crm.Invoiced_Items[0]?.Product_Name.id
    const values = { Product_Name: { id: product }, Quantity: 7, List_Price: 3, Description: 'Added in Zoho' }
    await zohoAct(rig, { action: 'addRow', id: crmId, values })
    const { books } = await rest()
    expect(books.lines.map((line) => line.description)).toEqual([
      'Line 1',
      'Line 2',
      'Line 3',
      'Added in Xero',
      'Added in Zoho',
    ])
  })

  // Catches: a removed line that comes back from the other side.
  test('a line removed on either side is removed on the other', async () => {
    const before = await documents()
    await zohoAct(rig, { action: 'deleteRow', id: crmId, rowId: rowAt(before.crm, 0) })
    const { books } = await rest()
    expect(books.lines.map((line) => line.description)).toEqual(['Line 2', 'Line 3'])
    await xeroEditLines(books, linesOf(books).slice(1))
    const { crm } = await rest()
    expect(crm.Invoiced_Items.map((row) => row.Description)).toEqual(['Line 3'])
  })

  // Catches: lines told apart by position.
  test('lines put in another order in Xero are the same lines: nothing is rewritten', async () => {
    const { books } = await documents()
    await xeroEditLines(books, linesOf(books).reverse())
    await rest()
    expect(writesSeen(rig).filter(({ side }) => side === 'xero')).toEqual([])
  })

  // Catches: an edit of another line on each side treated as a conflict of the whole list.
  test('different lines edited on each side both survive', async () => {
    const { crm, books } = await documents()
    await zohoAct(rig, { action: 'editRow', id: crmId, rowId: rowAt(crm, 0), values: { Quantity: 11 } })
    const [first, second, third] = linesOf(books)
    await xeroEditLines(books, [first, second, { ...third, Quantity: '33' }])
    const after = await rest()
    expect(after.crm.Invoiced_Items.map((row) => Number(row.Quantity))).toEqual([11, 2, 33])
  })
})

describe('lines edited on both sides, when the write to Zoho is dropped and the one to Xero is not', () => {
  /** A pass in which a person edits a row in Zoho after it was read, just before it is written. */
  async function passWithEdit(values: Readonly<Record<string, unknown>>): Promise<void> {
    const { ports } = rig
    const { crm } = await documents()
    const openRemotes: typeof ports.openRemotes = async (connection, priority) => {
      const remotes = await ports.openRemotes(connection, priority)
      let isTyped = false
      const send: typeof remotes.zoho.send = async (prepared) => {
        if (!isTyped) {
          await rig.clock.advance(3_000)
          await zohoAct(rig, { action: 'editRow', id: crmId, rowId: rowAt(crm, 2), values })
        }
        isTyped = true
        return remotes.zoho.send(prepared, '')
      }
      return { ...remotes, zoho: { ...remotes.zoho, send } }
    }
    await rig.clock.advance(20_000)
    const result = await passWith(rig, { ...ports, openRemotes }, { trigger: 'manual' })
    expect(result).toMatchObject({ type: 'done', report: { dropped: 1 } })
  }

  async function editFirstInZohoAndThirdInXero() {
    const { crm, books } = await documents()
    await zohoAct(rig, { action: 'editRow', id: crmId, rowId: rowAt(crm, 0), values: { Quantity: 11 } })
    const [first, second, third] = linesOf(books)
    await xeroEditLines(books, [first, second, { ...third, UnitAmount: '333' }])
  }

  // Catches: a line that was only echoed to Xero taken for one that Zoho holds: its edit never arrives there.
  test('the line that was edited in Xero still goes to Zoho', async () => {
    await editFirstInZohoAndThirdInXero()
    await passWithEdit({ Quantity: 3 })
    const { crm, books } = await rest()
    expect(crm.Invoiced_Items.map((row) => [Number(row.Quantity), Number(row.List_Price)])).toEqual([
      [11, 100],
      [2, 100],
      [3, 333],
    ])
    expect(books.lines.map((line) => Number(line.unitAmount))).toEqual([100, 100, 333])
  })

  // Catches: the same, where the edit in Xero is overwritten by Zoho's as if nobody had typed it (I3).
  test('the same line edited in Zoho meanwhile is a conflict: both values are on record', async () => {
    await editFirstInZohoAndThirdInXero()
    await passWithEdit({ List_Price: 777 })
    const { books } = await rest()
    expect(books.lines.map((line) => Number(line.unitAmount))).toEqual([100, 100, 333])
    const conflicts = await rig.store.reports.conflicts(rig.connectionId, 10)
    expect(conflicts.filter(({ field, policy }) => field === 'lines' && policy === 'xero')).toMatchObject([
      { zoho: { unitPrice: '777' }, xero: { unitPrice: '333' }, winner: 'xero' },
    ])
  })
})

describe('a document that Xero has locked', () => {
  // Catches: CRM edits flowing into approved books (R36).
  test('approved in Xero, then edited in Zoho: shown as locked, nothing written, status flows', async () => {
    const before = await documents()
    await xeroAct(rig, { action: 'approve', id: before.books.id })
    expect((await rest()).crm.Status).toBe('Approved')
    forgetRequests(rig)
    await zohoAct(rig, { action: 'editRow', id: crmId, rowId: rowAt(before.crm, 0), values: { Quantity: 50 } })
    expect((await settle(rig)).end).toBe('quiet')
    expect(writesSeen(rig)).toEqual([])
    const inbox = await rig.store.reports.inbox(rig.connectionId)
    expect(inbox.map((item) => item.code)).toEqual(['recordLocked'])
    await expectCorresponds(rig)
    // Put back by the person: the lock is told no more.
    await zohoAct(rig, { action: 'editRow', id: crmId, rowId: rowAt(before.crm, 0), values: { Quantity: 1 } })
    await rest()
  })

  // Catches: two statuses that contradict each other for ever, seen by nobody (R36): Xero's is never moved by the CRM's.
  test('cancelled in Zoho while it is open in Xero: told until one of the two gives way', async () => {
    const { books } = await documents()
    const cancel = () => zohoEdit(rig, { module: 'Invoices', id: crmId }, { Status: 'Cancelled' })
    const codes = async () => (await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)
    await cancel()
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual(['statusNotAllowed'])
    await zohoEdit(rig, { module: 'Invoices', id: crmId }, { Status: 'Delivered' })
    await rest()
    await xeroAct(rig, { action: 'approve', id: books.id })
    await rest()
    await cancel()
    expect((await settle(rig)).end).toBe('quiet')
    expect(await codes()).toEqual(['recordLocked'])
    await expectCorresponds(rig)
    await xeroAct(rig, { action: 'void', id: books.id })
    expect((await rest()).crm.Status).toBe('Cancelled')
    expect(writesSeen(rig).filter(({ side }) => side === 'xero')).toEqual([])
  })

  // Catches: a CRM status that Xero's next one overwrites without a trace (I3).
  test('cancelled in Zoho, then paid in Xero: Xero wins, both values are on record', async () => {
    const { books } = await documents()
    await xeroAct(rig, { action: 'approve', id: books.id })
    await rest()
    await zohoEdit(rig, { module: 'Invoices', id: crmId }, { Status: 'Cancelled' })
    expect((await settle(rig)).end).toBe('quiet')
    await xeroAct(rig, { action: 'pay', id: books.id })
    expect((await rest()).crm.Status).toBe('Approved')
    const conflicts = await rig.store.reports.conflicts(rig.connectionId, 10)
    expect(conflicts.filter(({ field }) => field === 'status')).toMatchObject([
      { zoho: 'Cancelled', xero: 'PAID', winner: 'xero' },
    ])
  })

  // Catches: "try again" that takes a lock out of the inbox and plans nothing, so that nobody sees the difference again.
  test('tried again by a person while nothing has changed: the lock is told again', async () => {
    const before = await documents()
    await xeroAct(rig, { action: 'approve', id: before.books.id })
    await rest()
    await zohoAct(rig, { action: 'editRow', id: crmId, rowId: rowAt(before.crm, 0), values: { Quantity: 50 } })
    expect((await settle(rig)).end).toBe('quiet')
    const [item] = await rig.store.reports.inbox(rig.connectionId)
    await rig.store.reports.resolve(rig.connectionId, item?.id ?? '', { type: 'retry', at: rig.clock.now() })
    expect((await settle(rig)).end).toBe('quiet')
    expect((await rig.store.reports.inbox(rig.connectionId)).map(({ code }) => code)).toEqual(['recordLocked'])
    await expectCorresponds(rig)
  })

  // Catches: a lock date that only Xero's refusal would tell.
  test('a document before the lock date is held, not sent', async () => {
    await xeroAct(rig, { action: 'setLockDate', period: '2026-11-30' })
    await rig.clock.advance(26 * 60 * 60_000)
    await zohoEdit(rig, { module: 'Invoices', id: crmId }, { Subject: 'Too late' })
    expect((await settle(rig)).end).toBe('quiet')
    const refused = rig.xero.control.log.list().filter(({ method }) => method === 'POST' || method === 'PUT')
    expect(refused.filter(({ path }) => path.startsWith('/api.xro'))).toEqual([])
    expect((await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)).toEqual(['lockDate'])
  })

  // Catches: statuses that never come back, or a status of Zoho that is sent to the books.
  test.each([
    { deed: 'void', status: 'Cancelled', from: 'approved' },
    { deed: 'deleteDraft', status: 'Cancelled', from: 'draft' },
    { deed: 'pay', status: 'Approved', from: 'approved' },
  ])('$deed in Xero shows as $status in Zoho', async ({ deed, status, from }) => {
    const { books } = await documents()
    if (from === 'approved') await xeroAct(rig, { action: 'approve', id: books.id })
    await xeroAct(rig, { action: deed, id: books.id })
    expect((await rest()).crm.Status).toBe(status)
    expect(writesSeen(rig).filter(({ side }) => side === 'xero')).toEqual([])
  })
})
