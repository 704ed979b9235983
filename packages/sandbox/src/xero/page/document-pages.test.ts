import { describe, expect, test } from 'vitest'
import { type DocumentBox, SOLD, startDocuments } from '../testing-documents.ts'

const page = async (box: DocumentBox, path: string) =>
  (await box.app.fetch(new Request(`http://localhost${path}`))).text()
const click = (box: DocumentBox, path: string, form: Record<string, string>) =>
  box.app.fetch(
    new Request(`http://localhost/__sandbox/ui/${path}`, { method: 'POST', body: new URLSearchParams(form) }),
  )

describe('pages of documents', () => {
  test('list quotes, credit notes, payments and the rest with what a person looks for', async () => {
    const box = await startDocuments()
    const head = { Contact: { ContactID: box.contactId }, Date: '2026-10-06' }
    await box.act({ action: 'createQuote', fields: { ...head, LineItems: [SOLD] } })
    await box.act({ action: 'createPurchaseOrder', fields: { ...head, LineItems: [SOLD] } })
    await box.creditNote()
    await box.advance('RECEIVE-PREPAYMENT', { Reference: 'DEP-1' })
    await box.advance('RECEIVE-OVERPAYMENT', { Reference: 'OVER-1' })
    await box.act({ action: 'pay', id: await box.invoice(), reference: 'RCPT-1' })
    expect(await page(box, '/?kind=quotes&q=acme')).toContain('QU-0001')
    expect(await page(box, '/?kind=purchaseOrders')).toContain('PO-0001')
    expect(await page(box, '/?kind=creditNotes')).toContain('left 110.00')
    expect(await page(box, '/?kind=prepayments')).toContain('DEP-1')
    expect(await page(box, '/?kind=overpayments')).toContain('OVER-1')
    const payments = await page(box, '/?kind=payments&q=RCPT')
    expect(payments).toContain('1 payments')
    expect(payments).toContain('INV-0001')
  })

  test('a person sends a quote, allocates a credit note and removes the allocation by clicks', async () => {
    const box = await startDocuments()
    const fields = { Contact: { ContactID: box.contactId }, Date: '2026-10-06', LineItems: [SOLD] }
    await box.act({ action: 'createQuote', fields })
    const quoteId = await firstId(box, 'Quotes', 'QuoteID')
    await click(box, `quotes/${quoteId}`, { action: 'setQuoteStatus', status: 'SENT' })
    expect(await page(box, `/?kind=quotes&id=${quoteId}`)).toContain('SENT')
    const noteId = await box.creditNote()
    const invoiceId = await box.invoice()
    await click(box, `creditNotes/${noteId}`, { action: 'allocateCredit', invoice: 'INV-0001', amount: '' })
    expect(await box.see('Invoices', invoiceId, 'Status')).toBe('PAID')
    expect(await page(box, `/?kind=creditNotes&id=${noteId}`)).toContain('INV-0001')
    const allocation = String(await box.see('CreditNotes', noteId, 'Allocations', 0, 'AllocationID'))
    await click(box, `creditNotes/${noteId}`, { action: 'removeAllocation', id: allocation })
    expect(await box.see('Invoices', invoiceId, 'Status')).toBe('AUTHORISED')
    const refusal = await click(box, `creditNotes/${noteId}`, { action: 'allocateCredit', invoice: 'INV-9' })
    expect(refusal.headers.get('location')).toContain('No%20invoice')
  })

  test('every kind shows one record, and says so when there is none', async () => {
    const box = await startDocuments()
    const head = { Contact: { ContactID: box.contactId }, Date: '2026-10-06', LineItems: [SOLD] }
    await box.act({ action: 'createPurchaseOrder', fields: head })
    const order = await firstId(box, 'PurchaseOrders', 'PurchaseOrderID')
    expect(await page(box, `/?kind=purchaseOrders&id=${order}`)).toContain('PO-0001')
    const prepayment = await box.advance('RECEIVE-PREPAYMENT')
    expect(await page(box, `/?kind=prepayments&id=${prepayment}`)).toContain('Remaining credit 110.00')
    await box.act({ action: 'refundCredit', id: prepayment })
    const payment = await firstId(box, 'Payments', 'PaymentID')
    expect(await page(box, `/?kind=payments&id=${payment}`)).toContain('ARPREPAYMENTPAYMENT')
    for (const kind of ['quotes', 'creditNotes', 'payments', 'prepayments', 'overpayments', 'purchaseOrders'])
      expect(await page(box, `/?kind=${kind}&id=none`)).toContain('There is no such record')
  })
})

async function firstId(box: DocumentBox, plural: string, key: string): Promise<string> {
  const match = new RegExp(`"${key}":"([^"]+)"`).exec((await box.call('GET', `${plural}?page=1`)).text)
  return match?.[1] ?? ''
}
