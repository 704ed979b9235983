import { describe, expect, test } from 'vitest'
import { at, textAt } from '../testing.ts'
import { BOUGHT, type DocumentBox, refusalsOf, SOLD, startDocuments } from '../testing-documents.ts'
import { NOT_BOTH_AUTHORISED, OTHER_CONTACT, OTHER_CURRENCY, PAID_OFF } from './allocate.ts'

const put = (box: DocumentBox, noteId: string, invoiceId: string, amount: string | number) =>
  box.call('PUT', `CreditNotes/${noteId}/Allocations`, {
    body: { Allocations: [{ Amount: amount, Invoice: { InvoiceID: invoiceId } }] },
  })
const idIn = (answer: { json: unknown }) => textAt(answer.json, 'Allocations', 0, 'AllocationID')

describe('allocating a credit note', () => {
  test('in part: both sides show it, on the later of both days whatever was sent', async () => {
    const box = await startDocuments()
    const noteId = await box.creditNote({ Date: '2026-10-04' })
    const invoiceId = await box.invoice()
    await box.clock.advance(60_000)
    const body = { Amount: '60.50', Date: '2026-10-30', Invoice: { InvoiceID: invoiceId } }
    const answer = await box.call('PUT', `CreditNotes/${noteId}/Allocations`, { body })
    expect(answer.text).toContain('"Amount":60.50,"Date":"\\/Date(1791244800000+0000)\\/"')
    const note = await box.raw('CreditNotes', noteId)
    for (const raw of ['"RemainingCredit":49.50', '"AppliedAmount":60.50', '"Status":"AUTHORISED"'])
      expect(note).toContain(raw)
    const invoice = await box.raw('Invoices', invoiceId)
    expect(invoice).toContain('"AmountDue":49.50,"AmountPaid":0.00,"AmountCredited":60.50')
    expect(await box.see('Invoices', invoiceId, 'CreditNotes', 0)).toMatchObject({
      CreditNoteID: noteId,
      ID: noteId,
      CreditNoteNumber: 'CN-0001',
      AppliedAmount: 60.5,
    })
    expect(await box.see('Invoices', invoiceId, 'UpdatedDateUTC')).toBe('/Date(1791256580123+0000)/')
    expect(await box.see('CreditNotes', noteId, 'UpdatedDateUTC')).toBe('/Date(1791256580123+0000)/')
  })

  test('used up on two invoices it is PAID; taking one back makes it AUTHORISED, and the invoice with it', async () => {
    const box = await startDocuments()
    const noteId = await box.creditNote()
    const small = await box.invoice({ LineItems: [{ ...SOLD, Quantity: 1 }] })
    const large = await box.invoice()
    const first = await put(box, noteId, small, '55.00')
    await put(box, noteId, large, '55.00')
    expect(await box.see('CreditNotes', noteId, 'Status')).toBe('PAID')
    expect(await box.see('CreditNotes', noteId, 'FullyPaidOnDate')).toBe('/Date(1791244800000+0000)/')
    expect(await box.see('Invoices', small, 'Status')).toBe('PAID')
    const removed = await box.call('DELETE', `CreditNotes/${noteId}/Allocations/${idIn(first)}`)
    expect(removed.json).toEqual({
      AllocationId: idIn(first),
      Date: '/Date(1791244800000+0000)/',
      Invoice: [{ InvoiceID: small }],
      IsDeleted: true,
    })
    expect(await box.see('CreditNotes', noteId, 'Status')).toBe('AUTHORISED')
    expect(await box.see('Invoices', small, 'Status')).toBe('AUTHORISED')
    expect(await box.see('Invoices', large, 'CreditNotes')).toHaveLength(1)
    expect((await box.call('DELETE', `CreditNotes/${noteId}/Allocations/${idIn(first)}`)).status).toBe(404)
  })

  test('a draft, another contact, the other side of the books and another currency are refused', async () => {
    const box = await startDocuments()
    await box.call('PUT', 'Currencies', { body: { Code: 'USD' } })
    const noteId = await box.creditNote()
    const refusals = async (invoiceId: string, amount = '1.00') => refusalsOf(await put(box, noteId, invoiceId, amount))
    expect(await refusals(await box.invoice({ Status: 'DRAFT' }))).toEqual([NOT_BOTH_AUTHORISED])
    expect(await refusals(await box.invoice({ Contact: { Name: 'Other' } }))).toEqual([OTHER_CONTACT])
    expect(await refusals(await box.invoice({ CurrencyCode: 'USD' }))).toEqual([OTHER_CURRENCY])
    expect(await refusals(await box.bill({ LineItems: [BOUGHT] }))).toEqual([
      'Credit Note cannot be allocated to an incorrect invoice type',
    ])
    const draft = await box.creditNote({ Status: 'DRAFT' })
    expect(refusalsOf(await put(box, draft, await box.invoice(), '1.00'))).toEqual([NOT_BOTH_AUTHORISED])
  })

  test('not over what is left of the note or due on the invoice, not nothing, not tenths of cents', async () => {
    const box = await startDocuments()
    const tooMuch = 'Credit Note cannot be allocated as amount is greater than amount outstanding'
    const noteId = await box.creditNote()
    const large = await box.invoice({ LineItems: [{ ...SOLD, Quantity: 20 }] })
    const small = await box.invoice({ LineItems: [{ ...SOLD, Quantity: 1 }] })
    expect(refusalsOf(await put(box, noteId, large, '110.01'))).toEqual([tooMuch])
    expect(refusalsOf(await put(box, noteId, small, '55.01'))).toEqual([tooMuch])
    expect(refusalsOf(await put(box, noteId, small, '0'))).toEqual(['The allocation Amount must be greater than zero'])
    expect(refusalsOf(await put(box, noteId, small, '1.001'))).toEqual([
      'Amount must have no more than 2 decimal places',
    ])
    await put(box, noteId, small, '55.00')
    expect(refusalsOf(await put(box, noteId, small, '1.00'))).toContain(PAID_OFF)
    const refund = { CreditNote: { CreditNoteID: noteId }, Account: { Code: '090' }, Amount: '50.00' }
    expect((await box.call('PUT', 'Payments', { body: refund })).status).toBe(200)
    expect(refusalsOf(await put(box, noteId, large, '5.01'))).toEqual([tooMuch])
    expect((await put(box, noteId, large, '5.00')).status).toBe(200)
  })

  test('several in one call are all or nothing, and no allocation can be made while creating the note', async () => {
    const box = await startDocuments()
    const invoiceId = await box.invoice()
    const Allocations = [{ Amount: '10.00', Invoice: { InvoiceID: invoiceId } }]
    const noteId = await box.creditNote({ Allocations })
    expect(await box.see('CreditNotes', noteId, 'Allocations')).toEqual([])
    const two = { Allocations: [...Allocations, { Amount: '900.00', Invoice: { InvoiceID: invoiceId } }] }
    expect((await box.call('PUT', `CreditNotes/${noteId}/Allocations`, { body: two })).status).toBe(400)
    expect(await box.see('CreditNotes', noteId, 'Allocations')).toEqual([])
    const unknown = { Amount: '1.00', Invoice: { InvoiceID: '00000000-0000-4000-8000-000000000001' } }
    expect((await box.call('PUT', `CreditNotes/${noteId}/Allocations`, { body: unknown })).status).toBe(404)
    box.sandbox.control.switches.set('unknownIdOnWrite', 'elementError')
    expect((await box.call('PUT', `CreditNotes/${noteId}/Allocations`, { body: unknown })).status).toBe(400)
  })

  test('money on a used note is frozen, its reference is not; it cannot be voided', async () => {
    const box = await startDocuments()
    const noteId = await box.creditNote()
    await put(box, noteId, await box.invoice(), '10.00')
    const post = (fields: object) => box.call('POST', `CreditNotes/${noteId}`, { body: fields })
    expect(refusalsOf(await post({ LineItems: [{ ...SOLD, Quantity: 5 }] }))).toEqual([
      'This document cannot be edited as it has a payment or credit note allocated to it.',
    ])
    expect(refusalsOf(await post({ Status: 'VOIDED' }))[0]).toContain('has payments or credit notes allocated to it')
    expect(at((await post({ Reference: 'R-1' })).json, 'CreditNotes', 0, 'Reference')).toBe('R-1')
  })

  test('an invoice with credit cannot change its contact, nor be voided', async () => {
    const box = await startDocuments()
    const invoiceId = await box.invoice()
    await put(box, await box.creditNote(), invoiceId, '10.00')
    const post = (fields: object) => box.call('POST', `Invoices/${invoiceId}`, { body: fields })
    expect((await post({ Contact: { Name: 'Other' } })).status).toBe(400)
    expect((await post({ Status: 'VOIDED' })).status).toBe(400)
  })
})
