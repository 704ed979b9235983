import { describe, expect, test } from 'vitest'
import { at, textAt } from '../testing.ts'
import { BOUGHT, countOf, type DocumentBox, refusalsOf, startDocuments } from '../testing-documents.ts'
import { HAS_PAYMENTS } from './rules.ts'

const post = (box: DocumentBox, id: string, fields: object) => box.call('POST', `Invoices/${id}`, { body: fields })

describe('bills', () => {
  test('carry the number of the supplier, which is not unique, none when none is sent, and no reference', async () => {
    const box = await startDocuments()
    const bill = await box.bill({ InvoiceNumber: 'SUP-991', Reference: 'ignored' })
    expect(await box.bill({ InvoiceNumber: 'SUP-991' })).not.toBe(bill)
    expect(await box.see('Invoices', bill, 'Reference')).toBeUndefined()
    expect(await box.see('Invoices', await box.bill(), 'InvoiceNumber')).toBe('')
    expect(at((await box.call('GET', `Contacts/${box.contactId}`)).json, 'Contacts', 0, 'IsSupplier')).toBe(true)
  })

  test('an upsert by number never finds one: a second bill is made', async () => {
    const box = await startDocuments()
    const first = await box.bill({ InvoiceNumber: 'SUP-991' })
    const body = {
      Type: 'ACCPAY',
      InvoiceNumber: 'SUP-991',
      Contact: { ContactID: box.contactId },
      LineItems: [BOUGHT],
    }
    const made = await box.call('POST', 'Invoices', { body })
    expect(textAt(made.json, 'Invoices', 0, 'InvoiceID')).not.toBe(first)
    const filter = encodeURIComponent('Type=="ACCPAY" AND InvoiceNumber=="SUP-991"')
    expect(countOf(await box.call('GET', `Invoices?page=1&where=${filter}`), 'Invoices')).toBe(2)
  })

  test('take purchase taxes and no discount', async () => {
    const box = await startDocuments()
    expect(await box.see('Invoices', await box.bill(), 'LineItems', 0, 'TaxType')).toBe('INPUT')
    const head = { Type: 'ACCPAY', Contact: { ContactID: box.contactId } }
    const answer = await box.call('PUT', 'Invoices', { body: { ...head, LineItems: [{ ...BOUGHT, DiscountRate: 5 }] } })
    expect(refusalsOf(answer)).toEqual(['Discounts are not allowed on this type of document.'])
  })

  test('once paid in part: number, days and account may change, the money may not', async () => {
    const box = await startDocuments()
    const id = await box.bill()
    await box.act({ action: 'pay', id, amount: '10.00' })
    const lineId = await box.see('Invoices', id, 'LineItems', 0, 'LineItemID')
    const free = { InvoiceNumber: 'SUP-1', PlannedPaymentDate: '2026-10-30', DueDate: '2026-12-01' }
    const relabelled = { ...free, LineItems: [{ LineItemID: lineId, AccountCode: '400' }] }
    expect((await post(box, id, relabelled)).status).toBe(200)
    expect(await box.see('Invoices', id, 'PlannedPaymentDate')).toBe('/Date(1793318400000+0000)/')
    expect(await box.see('Invoices', id, 'LineItems', 0, 'AccountCode')).toBe('400')
    const dearer = { LineItems: [{ LineItemID: lineId, Quantity: 3 }] }
    expect(refusalsOf(await post(box, id, dearer))).toEqual([HAS_PAYMENTS])
    expect(refusalsOf(await post(box, id, { Date: '2026-10-07' }))).toEqual([HAS_PAYMENTS])
  })
})
