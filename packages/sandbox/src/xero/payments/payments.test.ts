import { describe, expect, test } from 'vitest'
import { at, messagesOf, startSandbox, type TestAnswer, type TestSandbox, textAt } from '../testing.ts'

const LINE = { Description: 'Consulting', Quantity: 2, UnitAmount: 50, AccountCode: '200' }
const SALE = {
  Type: 'ACCREC',
  Contact: { Name: 'Acme' },
  Date: '2026-10-06',
  DueDate: '2026-11-05',
  LineAmountTypes: 'Exclusive',
  LineItems: [LINE],
}

const put = (box: TestSandbox, invoice: object, query = '') =>
  box.call('PUT', `Invoices${query}`, { body: { Invoices: [invoice] } })
const idOf = (answer: TestAnswer) => textAt(answer.json, 'Invoices', 0, 'InvoiceID')
const field = (answer: TestAnswer, ...path: readonly (string | number)[]) => at(answer.json, 'Invoices', 0, ...path)
const payment = (id: string, amount: string) => ({
  Payments: [{ Invoice: { InvoiceID: id }, Account: { Code: '090' }, Date: '2026-10-20', Amount: amount }],
})

describe('payments', () => {
  test('paying in full makes it PAID, bumps it, and deleting the payment brings it back', async () => {
    const box = await startSandbox()
    const id = idOf(await put(box, { ...SALE, Status: 'AUTHORISED' }))
    await box.clock.advance(60_000)
    const paid = await box.call('PUT', 'Payments', { body: payment(id, '110.00') })
    expect(paid.text).toContain('"Amount":110.00')
    const after = await box.call('GET', `Invoices/${id}`)
    expect(field(after, 'Status')).toBe('PAID')
    expect(after.text).toContain('"FullyPaidOnDate":"\\/Date(1792454400000+0000)\\/"')
    expect(field(after, 'UpdatedDateUTC')).toBe(at(paid.json, 'Payments', 0, 'UpdatedDateUTC'))
    const paymentId = textAt(paid.json, 'Payments', 0, 'PaymentID')
    expect((await box.call('POST', `Payments/${paymentId}`, { body: { Status: 'DELETED' } })).status).toBe(200)
    const back = await box.call('GET', `Invoices/${id}`)
    expect(field(back, 'Status')).toBe('AUTHORISED')
    expect(back.text).toContain('"AmountDue":110.00')
    expect(at((await box.call('GET', `Payments/${paymentId}`)).json, 'Payments', 0, 'Status')).toBe('DELETED')
  })

  test('overpaying, paying a draft and paying from nowhere are refused in Xero words', async () => {
    const box = await startSandbox()
    const draft = idOf(await put(box, SALE))
    const open = idOf(await put(box, { ...SALE, Status: 'AUTHORISED' }))
    expect(messagesOf(await box.call('PUT', 'Payments', { body: payment(draft, '1') }))).toContain(
      'Payments can only be made against Authorised documents',
    )
    expect(messagesOf(await box.call('PUT', 'Payments', { body: payment(open, '110.01') }))).toContain(
      'Payment amount exceeds the amount outstanding on this document',
    )
    const nowhere = { Payments: [{ Invoice: { InvoiceID: open }, Account: { Code: '200' }, Amount: 1 }] }
    expect(messagesOf(await box.call('PUT', 'Payments', { body: nowhere }))).toContain('Account could not be found')
  })

  test('a reconciled payment may not be deleted by API, unless the switch says so', async () => {
    const box = await startSandbox()
    const id = idOf(await put(box, { ...SALE, Status: 'AUTHORISED' }))
    const made = await box.act({ action: 'pay', id, isReconciled: true })
    const paymentId = textAt(made.json, 'result', 'id')
    expect((await box.call('POST', `Payments/${paymentId}`, { body: { Status: 'DELETED' } })).status).toBe(400)
    expect((await box.act({ action: 'unpay', id })).status).toBe(200)
    expect(field(await box.call('GET', `Invoices/${id}`), 'Status')).toBe('AUTHORISED')
  })

  test('a credit note allocated in a second call credits the invoice', async () => {
    const box = await startSandbox()
    const made = await put(box, { ...SALE, Status: 'AUTHORISED' })
    const note = await box.call('PUT', 'CreditNotes', {
      body: {
        Type: 'ACCRECCREDIT',
        Status: 'AUTHORISED',
        Contact: { ContactID: field(made, 'Contact', 'ContactID') },
        LineItems: [{ ...LINE, Quantity: 1 }],
      },
    })
    const noteId = textAt(note.json, 'CreditNotes', 0, 'CreditNoteID')
    const allocation = { Allocations: [{ Amount: '55.00', Invoice: { InvoiceID: idOf(made) } }] }
    const done = await box.call('PUT', `CreditNotes/${noteId}/Allocations`, { body: allocation })
    expect(done.status).toBe(200)
    expect((await box.call('GET', `Invoices/${idOf(made)}`)).text).toContain('"AmountCredited":55.00')
    expect(at((await box.call('GET', `CreditNotes/${noteId}`)).json, 'CreditNotes', 0, 'Status')).toBe('PAID')
    const removed = await box.call(
      'DELETE',
      `CreditNotes/${noteId}/Allocations/${at(done.json, 'Allocations', 0, 'AllocationID')}`,
    )
    expect(at(removed.json, 'IsDeleted')).toBe(true)
    expect((await box.call('GET', `Invoices/${idOf(made)}`)).text).toContain('"AmountDue":110.00')
  })

  test('an approved invoice of nothing is PAID at once, or not by switch', async () => {
    const box = await startSandbox()
    const free = { ...SALE, Status: 'AUTHORISED', LineItems: [{ ...LINE, UnitAmount: 0 }] }
    expect(field(await put(box, free), 'Status')).toBe('PAID')
    box.sandbox.control.switches.set('zeroTotalApproved', 'AUTHORISED')
    expect(field(await put(box, free), 'Status')).toBe('AUTHORISED')
  })
})
