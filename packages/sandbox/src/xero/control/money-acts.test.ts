import { describe, expect, test } from 'vitest'
import { at, textAt } from '../testing.ts'
import { BOUGHT, type DocumentBox, SOLD, startDocuments } from '../testing-documents.ts'

const head = (box: DocumentBox) => ({ Contact: { ContactID: box.contactId }, Date: '2026-10-06' })
/** Does it, and gives the id of what it made. */
async function made(box: DocumentBox, deed: object): Promise<string> {
  const answer = await box.act(deed)
  expect(answer.text).toContain('"ok":true')
  return textAt(answer.json, 'result', 'id')
}
const refused = async (box: DocumentBox, deed: object) => textAt((await box.act(deed)).json, 'message')

describe('what a bookkeeper does with credit', () => {
  test('makes a credit note, approves it, allocates it by numbers, takes it back, refunds it', async () => {
    const box = await startDocuments()
    const invoiceId = await box.invoice()
    const fields = { ...head(box), Type: 'ACCRECCREDIT', LineItems: [SOLD] }
    const id = await made(box, { action: 'createCreditNote', fields })
    expect(await refused(box, { action: 'allocateCredit', id: 'CN-0001', invoice: 'INV-0001' })).toContain('Authorised')
    await made(box, { action: 'approveCreditNote', id: 'CN-0001' })
    await made(box, { action: 'allocateCredit', id: 'CN-0001', invoice: 'INV-0001', amount: '60.00' })
    expect(await box.raw('Invoices', invoiceId)).toContain('"AmountDue":50.00')
    const allocation = textAt({ id: await box.see('CreditNotes', id, 'Allocations', 0, 'AllocationID') }, 'id')
    await made(box, { action: 'removeAllocation', id: allocation })
    expect(await box.raw('Invoices', invoiceId)).toContain('"AmountDue":110.00')
    const refund = await made(box, { action: 'refundCredit', id: 'CN-0001', date: '2026-10-09' })
    expect(await box.see('CreditNotes', id, 'Status')).toBe('PAID')
    await box.act({ action: 'unpay', id: refund })
    expect(await box.see('CreditNotes', id, 'Status')).toBe('AUTHORISED')
    await made(box, { action: 'voidCreditNote', id: 'CN-0001' })
    expect(await box.see('CreditNotes', id, 'Status')).toBe('VOIDED')
  })

  test('banks a prepayment and an overpayment and puts as much as fits against invoices', async () => {
    const box = await startDocuments()
    const invoiceId = await box.invoice()
    const pre = { ...head(box), LineItems: [{ ...SOLD, Quantity: 1 }] }
    const prepayment = await made(box, { action: 'createPrepayment', fields: pre })
    const over = { ...head(box), Type: 'AROVERPAYMENT', LineItems: [{ Description: 'Too much', UnitAmount: 500 }] }
    const overpayment = await made(box, { action: 'createOverpayment', fields: over })
    await made(box, { action: 'allocatePrepayment', id: prepayment, invoice: 'INV-0001' })
    expect(await box.see('Prepayments', prepayment, 'Status')).toBe('PAID')
    await made(box, { action: 'allocateOverpayment', id: overpayment, invoice: 'INV-0001' })
    expect(await box.raw('Overpayments', overpayment)).toContain('"RemainingCredit":445.00')
    expect(await box.see('Invoices', invoiceId, 'Status')).toBe('PAID')
    expect(await refused(box, { action: 'voidOverpayment', id: overpayment })).toContain('allocated')
    const unused = await made(box, { action: 'createPrepayment', fields: pre })
    await made(box, { action: 'voidPrepayment', id: unused })
    const state = await box.control('GET', 'state')
    expect(at(state.json, 'counts')).toMatchObject({ prepayments: 2, overpayments: 1, creditNotes: 0, quotes: 0 })
    expect(at(state.json, 'prepayments')).toHaveLength(2)
  })

  test('takes one payment of two off an invoice, by its id', async () => {
    const box = await startDocuments()
    const id = await box.invoice()
    const first = await made(box, { action: 'pay', id, amount: '60.00' })
    await made(box, { action: 'pay', id })
    expect(await box.see('Invoices', id, 'Status')).toBe('PAID')
    await box.act({ action: 'unpay', id: first })
    expect(await box.raw('Invoices', id)).toContain('"AmountDue":60.00,"AmountPaid":50.00')
  })
})

describe('what an office does with quotes and orders', () => {
  test('walks a quote to its end, edits it without losing texts or price basis, and cannot skip a step', async () => {
    const box = await startDocuments()
    const line = { ...SOLD, TaxType: 'OUTPUT' }
    const fields = { ...head(box), Title: 'Fit-out', LineAmountTypes: 'INCLUSIVE', LineItems: [line] }
    const id = await made(box, { action: 'createQuote', fields })
    box.sandbox.control.switches.set('quoteOmittedTexts', 'cleared')
    await made(box, { action: 'editQuote', id: 'QU-0001', fields: { Summary: 'As discussed' } })
    expect(await box.see('Quotes', id, 'Title')).toBe('Fit-out')
    expect(await box.see('Quotes', id, 'LineAmountTypes')).toBe('INCLUSIVE')
    expect(await refused(box, { action: 'setQuoteStatus', id, status: 'ACCEPTED' })).toContain('cannot be changed')
    for (const status of ['SENT', 'ACCEPTED', 'INVOICED', 'DELETED'])
      await made(box, { action: 'setQuoteStatus', id, status })
    expect(await box.see('Quotes', id, 'Status')).toBe('DELETED')
  })

  test('enters a bill and an order under the same rules as the API', async () => {
    const box = await startDocuments()
    const bill = await made(box, { action: 'createBill', fields: { ...head(box), LineItems: [BOUGHT] } })
    expect(await box.see('Invoices', bill, 'Type')).toBe('ACCPAY')
    expect(await refused(box, { action: 'createBill', fields: { LineItems: [BOUGHT] } })).toContain('Contact')
    const order = await made(box, { action: 'createPurchaseOrder', fields: { ...head(box), LineItems: [BOUGHT] } })
    await made(box, { action: 'editPurchaseOrder', id: 'PO-0001', fields: { Status: 'AUTHORISED' } })
    expect(await box.see('PurchaseOrders', order, 'Status')).toBe('AUTHORISED')
    const mine = await box.call('GET', 'Invoices?page=1&createdByMyApp=true')
    expect(at(mine.json, 'Invoices')).toEqual([])
  })

  test('documents follow a contact that is merged into another', async () => {
    const box = await startDocuments()
    const survivor = await made(box, { action: 'createContact', fields: { Name: 'Survivor' } })
    const overpayment = await box.advance('RECEIVE-OVERPAYMENT')
    const note = await box.creditNote()
    await made(box, { action: 'createPurchaseOrder', fields: { ...head(box), LineItems: [BOUGHT] } })
    await made(box, { action: 'mergeContacts', loser: box.contactId, survivor })
    expect(await box.see('Overpayments', overpayment, 'Contact', 'ContactID')).toBe(survivor)
    expect(await box.see('CreditNotes', note, 'Contact', 'ContactID')).toBe(survivor)
    expect(await box.see('PurchaseOrders', 'PO-0001', 'Contact', 'ContactID')).toBe(survivor)
  })
})
