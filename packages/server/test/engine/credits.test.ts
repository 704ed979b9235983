import { afterEach, describe, expect, test } from 'vitest'
import { xeroAct, xeroCreate, xeroEdit, zohoAct } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { faultsOf, judge } from '../../src/rig/oracle.ts'
import { writesOf } from '../../src/rig/settle.ts'
import {
  allocate,
  allocationsOf,
  atRest,
  creditCompany,
  creditNote,
  crmInvoice,
  crmNote,
  crmNotes,
  crmPayments,
  openInvoice,
  paymentsOf,
} from './credits.ts'

let rig: EngineRig
afterEach(() => rig.close())

/* What settles an invoice besides a plain payment, as it comes from Xero (R38a; xero.md 4.5 to 4.7). */

describe('credit notes of Xero in the CRM', () => {
  // Catches: a note without its customer or amounts, a purchase credit among the sales, a void that is never told.
  test('come with what they say, follow their status, and purchases stay out', async () => {
    rig = await creditCompany()
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId, { Status: 'DRAFT', Reference: 'RMA 7' })
    await creditNote(rig, invoice.contactId, { Type: 'ACCPAYCREDIT', Status: 'DRAFT' })
    await atRest(rig)
    expect(await crmNotes(rig)).toMatchObject([
      { Credit_Status: 'Draft', Credit_Total: '55', Credit_Remaining: '55', Credit_Refunded: '0' },
    ])
    const note = await crmNote(rig, made.id)
    expect(note).toMatchObject({ Credit_Date: '2026-11-19', Credit_Currency: 'AUD', Credit_Reference: 'RMA 7' })
    expect(note.Name).toBe('CN-0001')
    expect(note.Credit_Note_URL).toContain(`creditNoteID%3D${made.id}`)
    expect(note.Credit_Customer).not.toBe('')
    await xeroAct(rig, { action: 'approveCreditNote', id: made.id })
    await atRest(rig)
    expect(await crmNote(rig, made.id)).toMatchObject({ Credit_Status: 'Approved' })
    await xeroAct(rig, { action: 'voidCreditNote', id: made.id })
    await atRest(rig)
    expect(await crmNote(rig, made.id)).toMatchObject({ Credit_Status: 'Voided' })
    expect(faultsOf(await judge(rig))).toEqual([])
  })

  // Catches: part credit that shows as unpaid, or as paid; a record without its invoice or note; sums of our own.
  test('in part over two invoices: each a record, and both invoices partly paid', async () => {
    rig = await creditCompany()
    const [one, two] = [await openInvoice(rig), await openInvoice(rig)]
    const made = await creditNote(rig, one.contactId)
    await allocate(rig, made, one, '20.00')
    await allocate(rig, made, two, '30.50')
    await atRest(rig)
    const note = await crmNote(rig, made.id)
    expect(note).toMatchObject({ Credit_Status: 'Approved', Credit_Remaining: '4.5' })
    const said = { Payment_Type: 'Credit note', Payment_Status: 'Applied', Credit_Note_Used: note.id }
    expect(await paymentsOf(rig, one)).toMatchObject([{ ...said, Paid_Amount: '20', Payment_Reference: note.Name }])
    expect(await paymentsOf(rig, two)).toMatchObject([{ ...said, Paid_Amount: '30.5', Payment_Date: '2026-11-19' }])
    expect(await crmInvoice(rig, one)).toMatchObject({
      Xero_Amount_Due: '68',
      Xero_Amount_Paid: '0',
      Xero_Status: 'Awaiting payment',
      Xero_Payment_State: 'Partly paid',
    })
    expect(await crmInvoice(rig, two)).toMatchObject({ Xero_Amount_Due: '57.5', Xero_Payment_State: 'Partly paid' })
    // The same amount once more is another allocation (no key but its own id joins two).
    await allocate(rig, made, one, '2.00')
    await allocate(rig, made, one, '2.00')
    await atRest(rig)
    expect((await paymentsOf(rig, one)).map((record) => record.Paid_Amount)).toEqual(['20', '2', '2'])
    expect(faultsOf(await judge(rig))).toEqual([])
  })

  // Catches: an allocation that was taken back and still counts, because nothing lists what is not there any more.
  test('taken back: the record says so, and the invoice owes again', async () => {
    rig = await creditCompany()
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId)
    await allocate(rig, made, invoice, '20.00')
    await allocate(rig, made, invoice, '5.00')
    await atRest(rig)
    const [first = ''] = await allocationsOf(rig, made.id)
    await xeroAct(rig, { action: 'removeAllocation', id: first })
    await atRest(rig)
    expect(await paymentsOf(rig, invoice)).toMatchObject([
      { Paid_Amount: '20', Payment_Status: 'Deleted', Payment_Type: 'Credit note' },
      { Paid_Amount: '5', Payment_Status: 'Applied' },
    ])
    expect(await crmInvoice(rig, invoice)).toMatchObject({ Xero_Amount_Due: '83', Xero_Payment_State: 'Partly paid' })
    expect(await crmNote(rig, made.id)).toMatchObject({ Credit_Remaining: '50' })
    const [second = ''] = await allocationsOf(rig, made.id)
    await xeroAct(rig, { action: 'removeAllocation', id: second })
    await atRest(rig)
    expect(await crmInvoice(rig, invoice)).toMatchObject({ Xero_Amount_Due: '88', Xero_Payment_State: 'Unpaid' })
    expect(faultsOf(await judge(rig))).toEqual([])
  })

  // Catches: rewriting what has not changed (I4), by a poll or by a sweep that reads every credit again.
  test('are written once', async () => {
    rig = await creditCompany()
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId)
    await allocate(rig, made, invoice, '20.00')
    await atRest(rig)
    expect(writesOf(await rig.pass())).toBe(0)
    expect(writesOf(await rig.pass({ detect: 'sweep' }))).toBe(0)
    const lost = await rig.withLostStore()
    await atRest(lost)
    expect(await crmPayments(lost)).toHaveLength(1)
    expect(await crmNotes(lost)).toHaveLength(1)
  })

  // Catches: money paid back that nobody in the CRM sees, or that stays there after it was taken back.
  test('refunds are seen, on the note and as records', async () => {
    rig = await creditCompany()
    const { contactId } = await openInvoice(rig)
    const made = await creditNote(rig, contactId)
    const { id } = await xeroRefund(made.id, '15.00')
    await atRest(rig)
    const note = await crmNote(rig, made.id)
    expect(note).toMatchObject({ Credit_Refunded: '15', Credit_Remaining: '40' })
    const refund = { Payment_Type: 'Refund', Paid_Amount: '15', Credit_Note_Used: note.id, Paid_Invoice: '' }
    expect(await crmPayments(rig)).toMatchObject([{ ...refund, Payment_Status: 'Refunded', Payment_Reference: 'back' }])
    await xeroAct(rig, { action: 'unpay', id })
    await atRest(rig)
    expect(await crmNote(rig, made.id)).toMatchObject({ Credit_Refunded: '0', Credit_Remaining: '55' })
    expect(await crmPayments(rig)).toMatchObject([{ ...refund, Payment_Status: 'Deleted' }])
    expect(faultsOf(await judge(rig))).toEqual([])
  })

  // Catches: a refund that shows for ever, since its note says again what it said before the refund was recorded on it.
  test('a refund that is taken back before its note has shown it', async () => {
    rig = await creditCompany()
    const { contactId } = await openInvoice(rig)
    const made = await creditNote(rig, contactId)
    await atRest(rig)
    const { id } = await xeroRefund(made.id, '15.00')
    const body = '{"code":"INTERNAL_ERROR","status":"error"}'
    rig.zoho.control.faults.add({
      effect: { type: 'respond', status: 503, body, headers: {} },
      method: 'PUT',
      path: '/XeroCreditNotes',
      skip: 0,
      times: 20,
    })
    for (let passes = 0; passes < 4; passes += 1) {
      await rig.clock.advance(90_000)
      await rig.pass()
    }
    expect(await crmNote(rig, made.id)).toMatchObject({ Credit_Refunded: '0' })
    expect(await crmPayments(rig)).toMatchObject([{ Payment_Status: 'Refunded' }])
    rig.zoho.control.faults.clear()
    await xeroAct(rig, { action: 'unpay', id })
    await atRest(rig)
    expect(await crmPayments(rig)).toMatchObject([{ Payment_Status: 'Deleted' }])
    expect(faultsOf(await judge(rig))).toEqual([])
  })

  // Catches: money paid back on a note whose record somebody has deleted, and of which nobody is told.
  test('a refund of a note that was deleted in the CRM is told', async () => {
    rig = await creditCompany()
    const { contactId } = await openInvoice(rig)
    const made = await creditNote(rig, contactId)
    await atRest(rig)
    const { id: recordId } = await crmNote(rig, made.id)
    await zohoAct(rig, { action: 'delete', module: 'XeroCreditNotes', id: recordId })
    await atRest(rig)
    const { id } = await xeroRefund(made.id, '15.00')
    await atRest(rig)
    const inbox = await rig.store.reports.inbox(rig.connectionId)
    expect(inbox.flatMap(({ refs }) => refs.map(({ remoteId }) => remoteId))).toContain(id)
  })

  // Catches: an invoice and a note that say what they said before, and so are not asked for what is new of them.
  test('taken back and given anew between two looks: both are told', async () => {
    rig = await creditCompany()
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId)
    const { id } = await xeroRefund(made.id, '15.00')
    await allocate(rig, made, invoice, '20.00')
    await atRest(rig)
    const [first = ''] = await allocationsOf(rig, made.id)
    await xeroAct(rig, { action: 'removeAllocation', id: first })
    await xeroAct(rig, { action: 'unpay', id })
    await allocate(rig, made, invoice, '20.00')
    await xeroRefund(made.id, '15.00')
    await atRest(rig)
    const told = (await crmPayments(rig)).map((one) => `${one.Payment_Type} ${one.Payment_Status}`)
    expect(told.sort()).toEqual(['Credit note Applied', 'Credit note Deleted', 'Refund Deleted', 'Refund Refunded'])
    expect(faultsOf(await judge(rig))).toEqual([])
  })

  // Catches: payments alone switched on, and every part credit waiting for a module that nobody wants.
  test('allocations come without the notes where these are off', async () => {
    rig = await creditCompany((settings) => ({
      ...settings,
      kinds: { ...settings.kinds, payment: { ...settings.kinds.payment, isOn: true } },
    }))
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId)
    await allocate(rig, made, invoice, '20.00')
    await atRest(rig)
    expect(await paymentsOf(rig, invoice)).toMatchObject([{ Payment_Type: 'Credit note', Paid_Amount: '20' }])
    const [only = ''] = await allocationsOf(rig, made.id)
    await xeroAct(rig, { action: 'removeAllocation', id: only })
    await atRest(rig)
    expect(await paymentsOf(rig, invoice)).toMatchObject([{ Payment_Status: 'Deleted' }])
    expect(await rig.store.reports.inbox(rig.connectionId)).toEqual([])
  })
})

describe('money paid ahead', () => {
  // Catches: credit that is no credit note left out, or counted as paid where Xero counts it as credited (xero.md 4.7).
  test('prepayments and overpayments settle invoices as credit does', async () => {
    rig = await creditCompany()
    const invoice = await openInvoice(rig)
    const head = { Contact: { ContactID: invoice.contactId }, Date: '2026-11-17' }
    const prepaid = await xeroCreate(rig, 'createPrepayment', {
      ...head,
      Reference: 'Deposit',
      LineItems: [{ Description: 'Deposit', Quantity: 1, UnitAmount: 30, TaxType: 'OUTPUT', AccountCode: '200' }],
    })
    const over = await xeroCreate(rig, 'createOverpayment', {
      ...head,
      LineItems: [{ Description: 'Too much', UnitAmount: 10 }],
    })
    await allocate(rig, prepaid, invoice, '25.00')
    await allocate(rig, over, invoice, '10.00')
    await atRest(rig)
    expect(await paymentsOf(rig, invoice)).toMatchObject([
      { Payment_Type: 'Prepayment', Paid_Amount: '25', Payment_Reference: 'Deposit', Payment_Date: '2026-11-18' },
      { Payment_Type: 'Overpayment', Paid_Amount: '10', Payment_Status: 'Applied', Credit_Note_Used: '' },
    ])
    expect(await crmInvoice(rig, invoice)).toMatchObject({ Xero_Amount_Due: '53', Xero_Amount_Paid: '0' })
    const [only = ''] = await allocationsOf(rig, prepaid.id)
    await xeroAct(rig, { action: 'removeAllocation', id: only })
    await atRest(rig)
    expect((await paymentsOf(rig, invoice)).map((one) => one.Payment_Status)).toEqual(['Deleted', 'Applied'])
    expect(await crmInvoice(rig, invoice)).toMatchObject({ Xero_Amount_Due: '78' })
    expect(faultsOf(await judge(rig))).toEqual([])
  })
})

test('an edit in Xero reaches the note in the CRM', async () => {
  rig = await creditCompany()
  const { contactId } = await openInvoice(rig)
  const made = await creditNote(rig, contactId, { Status: 'DRAFT' })
  await atRest(rig)
  await xeroEdit(rig, { action: 'editCreditNote', id: made.id }, { Reference: 'Changed', Date: '2026-11-20' })
  await atRest(rig)
  expect(await crmNote(rig, made.id)).toMatchObject({ Credit_Reference: 'Changed', Credit_Date: '2026-11-20' })
})

async function xeroRefund(id: string, amount: string): Promise<{ readonly id: string }> {
  const deed = { action: 'refundCredit', id, amount, date: '2026-11-20', reference: 'back' }
  const done = await xeroAct(rig, deed)
  if (typeof done === 'object' && done !== null && 'id' in done && typeof done.id === 'string') return { id: done.id }
  throw new Error('No refund')
}
