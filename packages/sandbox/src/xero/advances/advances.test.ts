import { describe, expect, test } from 'vitest'
import { at, startSandbox, textAt } from '../testing.ts'
import { countOf, type DocumentBox, refusalsOf, SOLD, startDocuments } from '../testing-documents.ts'

const bank = (box: DocumentBox, fields: object) =>
  box.call('PUT', 'BankTransactions', {
    body: {
      Type: 'RECEIVE-OVERPAYMENT',
      Contact: { ContactID: box.contactId },
      BankAccount: { Code: '090' },
      LineItems: [{ Description: 'Paid too much', UnitAmount: 40 }],
      ...fields,
    },
  })

describe('made as bank transactions', () => {
  test('an overpayment stands on the receivables account, without tax', async () => {
    const box = await startDocuments()
    const made = await bank(box, { Date: '2026-10-05', Reference: 'too much' })
    const id = textAt(made.json, 'BankTransactions', 0, 'OverpaymentID')
    expect(at(made.json, 'BankTransactions', 0, 'BankAccount', 'Code')).toBe('090')
    const one = await box.raw('Overpayments', id)
    for (const raw of [
      '"Type":"RECEIVE-OVERPAYMENT"',
      '"RemainingCredit":40.00',
      '"TotalTax":0.00',
      '"AccountCode":"610"',
    ])
      expect(one).toContain(raw)
    expect(await box.see('Overpayments', id, 'LineAmountTypes')).toBe('NoTax')
    expect((await box.call('GET', `Prepayments/${id}`)).status).toBe(404)
  })

  test('a prepayment is coded and taxed like an invoice', async () => {
    const box = await startDocuments()
    const id = await box.advance('RECEIVE-PREPAYMENT', { Reference: 'DEP-1' })
    const one = await box.raw('Prepayments', id)
    for (const raw of ['"TotalTax":10.00', '"Total":110.00', '"InvoiceNumber":"DEP-1"', '"AccountCode":"200"'])
      expect(one).toContain(raw)
    expect(at((await box.call('GET', `Contacts/${box.contactId}`)).json, 'Contacts', 0, 'IsCustomer')).toBe(true)
  })

  test.each([
    [
      'an account of its own on an overpayment',
      { LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '200' }] },
      "Account code '200' is not a valid code for this document.",
    ],
    [
      'a prepayment without an account',
      { Type: 'RECEIVE-PREPAYMENT' },
      "Account code '' is not a valid code for this document.",
    ],
    ['an account that is no bank', { BankAccount: { Code: '880' } }, 'Account could not be found'],
    ['no contact', { Contact: undefined }, 'A Contact must be specified for this type of transaction'],
    ['no lines', { LineItems: [] }, 'One or more line items must be specified'],
    ['nothing paid', { LineItems: [{ Description: 'x', UnitAmount: 0 }] }, 'The Total must be greater than zero'],
  ])('%s is refused', async (_, fields, message) => {
    const box = await startDocuments()
    expect(refusalsOf(await bank(box, fields))).toEqual([message])
  })

  test('other bank transactions are not simulated, and the scope of their own is needed', async () => {
    const box = await startDocuments()
    expect((await bank(box, { Type: 'RECEIVE' })).status).toBe(501)
    const poor = await startSandbox()
    expect((await poor.call('GET', 'BankTransactions')).status).toBe(401)
    expect((await poor.call('GET', 'Prepayments?page=1')).status).toBe(200)
  })

  test('an unused one is voided by its bank transaction, a used one is not', async () => {
    const box = await startDocuments()
    const [unused, used] = [await box.advance('RECEIVE-OVERPAYMENT'), await box.advance('RECEIVE-OVERPAYMENT')]
    const invoiceId = await box.invoice()
    const body = { Amount: '1.00', Invoice: { InvoiceID: invoiceId } }
    await box.call('PUT', `Overpayments/${used}/Allocations`, { body })
    const remove = (id: string) => box.call('POST', `BankTransactions/${id}`, { body: { Status: 'DELETED' } })
    expect((await remove(unused)).status).toBe(200)
    expect(await box.see('Overpayments', unused, 'Status')).toBe('VOIDED')
    expect((await remove(used)).status).toBe(400)
    expect((await box.call('POST', `BankTransactions/${used}`, { body: { Reference: 'x' } })).status).toBe(400)
  })
})

describe.each([
  ['RECEIVE-PREPAYMENT', 'Prepayments', 'Prepayment'],
  ['RECEIVE-OVERPAYMENT', 'Overpayments', 'Overpayment'],
])('allocating a %s', (type, plural, name) => {
  test('credits the invoice under its own list, not as paid; removing it takes that back', async () => {
    const box = await startDocuments()
    const id = await box.advance(type)
    const invoiceId = await box.invoice()
    const body = { Allocations: [{ Amount: '110.00', Invoice: { InvoiceID: invoiceId } }] }
    const made = await box.call('PUT', `${plural}/${id}/Allocations`, { body })
    expect(at(made.json, 'Allocations', 0, name, `${name}ID`)).toBe(id)
    expect(await box.see(plural, id, 'Status')).toBe('PAID')
    expect(await box.raw('Invoices', invoiceId)).toContain('"AmountDue":0.00,"AmountPaid":0.00,"AmountCredited":110.00')
    expect(await box.see('Invoices', invoiceId, 'Status')).toBe('PAID')
    expect(await box.see('Invoices', invoiceId, plural, 0)).toMatchObject({ [`${name}ID`]: id, AppliedAmount: 110 })
    expect(await box.see('Invoices', invoiceId, 'CreditNotes')).toEqual([])
    const allocationId = textAt(made.json, 'Allocations', 0, 'AllocationID')
    expect(at((await box.call('DELETE', `${plural}/${id}/Allocations/${allocationId}`)).json, 'IsDeleted')).toBe(true)
    expect(await box.see(plural, id, 'Status')).toBe('AUTHORISED')
    expect(await box.see('Invoices', invoiceId, plural)).toEqual([])
    expect(await box.raw('Invoices', invoiceId)).toContain('"AmountDue":110.00')
  })

  test('refuses more than is left, in words of its own kind', async () => {
    const box = await startDocuments()
    const id = await box.advance(type)
    const large = await box.invoice({ LineItems: [{ ...SOLD, Quantity: 20 }] })
    const body = { Amount: '110.01', Invoice: { InvoiceID: large } }
    expect(refusalsOf(await box.call('PUT', `${plural}/${id}/Allocations`, { body }))).toEqual([
      `${name} cannot be allocated as amount is greater than amount outstanding`,
    ])
  })
})

describe('lists', () => {
  test('are paged, follow If-Modified-Since, and each has one filter of its own', async () => {
    const box = await startDocuments()
    await box.advance('RECEIVE-PREPAYMENT', { Reference: 'A' })
    await box.advance('RECEIVE-OVERPAYMENT', { Reference: 'B' })
    await box.clock.advance(60_000)
    await box.advance('RECEIVE-PREPAYMENT', { Reference: 'C' })
    const paged = await box.call('GET', 'Prepayments?page=1&pageSize=1')
    expect(at(paged.json, 'pagination')).toEqual({ page: 1, pageSize: 1, pageCount: 2, itemCount: 2 })
    expect(at((await box.call('GET', 'Prepayments')).json, 'Prepayments', 0, 'LineItems')).toBeUndefined()
    const since = { headers: { 'if-modified-since': '2026-10-06T03:16:00' } }
    expect(countOf(await box.call('GET', 'Prepayments?page=1', since), 'Prepayments')).toBe(1)
    expect(countOf(await box.call('GET', 'Overpayments?page=1', since), 'Overpayments')).toBe(0)
    expect(countOf(await box.call('GET', 'Prepayments?InvoiceNumbers=A,B'), 'Prepayments')).toBe(1)
    expect(countOf(await box.call('GET', 'Overpayments?References=A,B'), 'Overpayments')).toBe(1)
    expect((await box.call('GET', 'Overpayments?InvoiceNumbers=A')).status).toBe(400)
    const filter = encodeURIComponent('Type=="RECEIVE-PREPAYMENT" AND Reference=="C"')
    expect(countOf(await box.call('GET', `Prepayments?page=1&where=${filter}`), 'Prepayments')).toBe(1)
    expect(countOf(await box.call('GET', 'BankTransactions?page=1'), 'BankTransactions')).toBe(3)
  })
})
