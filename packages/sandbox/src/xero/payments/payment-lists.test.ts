import { describe, expect, test } from 'vitest'
import { at, type TestAnswer, textAt } from '../testing.ts'
import { countOf, type DocumentBox, startDocuments } from '../testing-documents.ts'

async function pay(box: DocumentBox, id: string, more: object = {}): Promise<string> {
  const body = { Invoice: { InvoiceID: id }, Account: { Code: '090' }, Date: '2026-10-20', Amount: '10.00', ...more }
  return textAt((await box.call('PUT', 'Payments', { body })).json, 'Payments', 0, 'PaymentID')
}

const where = (filter: string) => `Payments?page=1&where=${encodeURIComponent(filter)}`
const first = (answer: TestAnswer, ...path: readonly (string | number)[]) => at(answer.json, 'Payments', 0, ...path)

describe('lists of payments', () => {
  test('are paged, oldest change first, and name account and document without expanding them', async () => {
    const box = await startDocuments()
    const id = await box.invoice()
    for (const reference of ['A', 'B', 'C']) {
      await pay(box, id, { Reference: reference })
      await box.clock.advance(1000)
    }
    const page = await box.call('GET', 'Payments?page=2&pageSize=2')
    expect(at(page.json, 'pagination')).toEqual({ page: 2, pageSize: 2, pageCount: 2, itemCount: 3 })
    expect(countOf(page, 'Payments')).toBe(1)
    expect(first(page, 'Reference')).toBe('C')
    expect(first(page, 'Account', 'Code')).toBe('090')
    expect(first(page, 'Account', 'Name')).toBeUndefined()
    expect(first(page, 'Invoice', 'InvoiceID')).toBe(id)
    expect(first(page, 'Invoice', 'Payments')).toEqual([])
    expect(first(page, 'Invoice', 'Total')).toBeUndefined()
    expect(countOf(await box.call('GET', 'Payments'), 'Payments')).toBe(3)
  })

  test('a single payment names its account and shows its invoice with the short form of all payments', async () => {
    const box = await startDocuments()
    const id = await box.invoice()
    const paymentId = await pay(box, id, { Reference: 'CRM-RCPT-19' })
    const one = await box.call('GET', `Payments/${paymentId}`)
    expect(first(one, 'Account', 'Name')).toBe('Business Bank')
    for (const raw of ['"Amount":10.00', '"BankAmount":10.00', '"CurrencyRate":1.0000000000', '"AmountDue":100.00'])
      expect(one.text).toContain(raw)
    expect(first(one, 'Invoice', 'Payments', 0)).toEqual({
      PaymentID: paymentId,
      Date: '/Date(1792454400000+0000)/',
      Amount: 10,
      Reference: 'CRM-RCPT-19',
      CurrencyRate: 1,
      HasAccount: false,
      HasValidationErrors: false,
    })
  })

  test('a deleted payment comes with the next delta as DELETED, and is gone from its invoice', async () => {
    const box = await startDocuments()
    const id = await box.invoice()
    const paymentId = await pay(box, id)
    await pay(box, id)
    await box.clock.advance(60_000)
    await box.call('POST', `Payments/${paymentId}`, { body: { Status: 'DELETED' } })
    const delta = await box.call('GET', 'Payments?page=1', { headers: { 'if-modified-since': '2026-10-06T03:16:00' } })
    expect(countOf(delta, 'Payments')).toBe(1)
    expect(first(delta, 'PaymentID')).toBe(paymentId)
    expect(first(delta, 'Status')).toBe('DELETED')
    expect(await box.see('Invoices', id, 'Payments')).toHaveLength(1)
  })

  test('where knows the optimised fields, order sorts, and what payments do not have is refused aloud', async () => {
    const box = await startDocuments()
    const [one, other] = [await box.invoice(), await box.invoice()]
    const paymentId = await pay(box, one, { Reference: 'A' })
    const otherId = await pay(box, other, { Date: '2026-10-21' })
    await box.call('POST', `Payments/${otherId}`, { body: { Status: 'DELETED' } })
    const found = async (filter: string) => first(await box.call('GET', where(filter)), 'PaymentID')
    expect(await found(`Invoice.InvoiceId==guid("${one}")`)).toBe(paymentId)
    expect(await found('Status=="DELETED"')).toBe(otherId)
    expect(await found('Date>=DateTime(2026, 10, 21) AND PaymentType=="ACCRECPAYMENT"')).toBe(otherId)
    expect(await found('Reference=="A"')).toBe(paymentId)
    const both = `PaymentId==guid("${paymentId}") OR PaymentId==guid("${otherId}")`
    expect(countOf(await box.call('GET', where(both)), 'Payments')).toBe(2)
    expect(first(await box.call('GET', 'Payments?page=1&order=Date DESC'), 'PaymentID')).toBe(otherId)
    expect((await box.call('GET', where('Nonsense=="x"'))).status).toBe(400)
    for (const stray of ['Statuses=DELETED', `IDs=${paymentId}`, 'createdByMyApp=true', 'summaryOnly=true'])
      expect((await box.call('GET', `Payments?page=1&${stray}`)).text).toContain('SANDBOX: /payments has no')
  })

  test('two payments reduce one invoice, the last makes it PAID on its own date', async () => {
    const box = await startDocuments()
    const id = await box.invoice()
    await pay(box, id, { Amount: '60.00', Date: '2026-10-25' })
    expect(await box.raw('Invoices', id)).toContain('"AmountDue":50.00,"AmountPaid":60.00')
    expect(await box.see('Invoices', id, 'FullyPaidOnDate')).toBeUndefined()
    await pay(box, id, { Amount: '50.00', Date: '2026-10-20' })
    expect(await box.see('Invoices', id, 'Status')).toBe('PAID')
    // The latest payment's day, though it was not the one that was entered last.
    expect(await box.see('Invoices', id, 'FullyPaidOnDate')).toBe('/Date(1792886400000+0000)/')
  })
})
