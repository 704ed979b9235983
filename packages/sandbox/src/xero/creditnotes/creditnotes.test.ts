import { describe, expect, test } from 'vitest'
import { at } from '../testing.ts'
import { countOf, type DocumentBox, refusalsOf, SOLD, startDocuments } from '../testing-documents.ts'
import { NUMBER_NOT_UNIQUE } from './save.ts'

const head = (box: DocumentBox) => ({ Type: 'ACCRECCREDIT', Contact: { ContactID: box.contactId }, Date: '2026-10-06' })
const put = (box: DocumentBox, fields: object, query = '') =>
  box.call('PUT', `CreditNotes${query}`, { body: { CreditNotes: [{ ...head(box), ...fields }] } })
const post = (box: DocumentBox, id: string, fields: object) =>
  box.call('POST', `CreditNotes/${id}`, { body: { CreditNotes: [fields] } })

describe('numbers of credit notes', () => {
  test('customers get the next one and no number twice, suppliers keep theirs', async () => {
    const box = await startDocuments()
    expect(at((await put(box, {})).json, 'CreditNotes', 0, 'CreditNoteNumber')).toBe('CN-0001')
    const second = await box.creditNote()
    expect(refusalsOf(await put(box, { CreditNoteNumber: 'CN-0002' }))).toEqual([NUMBER_NOT_UNIQUE])
    expect(refusalsOf(await post(box, second, { CreditNoteNumber: 'CN-0001' }))).toEqual([NUMBER_NOT_UNIQUE])
    const bill = { Type: 'ACCPAYCREDIT', CreditNoteNumber: 'CN-0002' }
    for (let times = 0; times < 2; times += 1) expect((await put(box, bill)).status).toBe(200)
    expect(await box.see('CreditNotes', 'CN-0001', 'CreditNoteNumber')).toBe('CN-0001')
  })

  test('a POST with a number that stands edits that note, of the customer side only', async () => {
    const box = await startDocuments()
    await put(box, { Type: 'ACCPAYCREDIT', CreditNoteNumber: 'SUP-1' })
    const upsert = (fields: object) => box.call('POST', 'CreditNotes', { body: { ...head(box), ...fields } })
    const made = await upsert({ CreditNoteNumber: 'SUP-1' })
    const again = await upsert({ CreditNoteNumber: 'SUP-1', Reference: 'mine' })
    expect(at(again.json, 'CreditNotes', 0, 'CreditNoteID')).toBe(at(made.json, 'CreditNotes', 0, 'CreditNoteID'))
    expect(countOf(await box.call('GET', 'CreditNotes?page=1'), 'CreditNotes')).toBe(2)
  })

  test('a voided note holds its number, or not by switch', async () => {
    const box = await startDocuments()
    const id = await box.creditNote()
    await post(box, id, { Status: 'VOIDED' })
    expect(refusalsOf(await put(box, { CreditNoteNumber: 'CN-0001' }))).toEqual([NUMBER_NOT_UNIQUE])
    box.sandbox.control.switches.set('freedNumberReuse', 'allowed')
    expect((await put(box, { CreditNoteNumber: 'CN-0001' })).status).toBe(200)
  })
})

describe('from draft to approved', () => {
  test('a draft may be empty, an approved note may not', async () => {
    const box = await startDocuments()
    const made = await put(box, {})
    const id = String(at(made.json, 'CreditNotes', 0, 'CreditNoteID'))
    expect(at(made.json, 'CreditNotes', 0, 'Status')).toBe('DRAFT')
    expect(refusalsOf(await post(box, id, { Status: 'AUTHORISED' }))).toEqual([
      'One or more line items must be specified',
    ])
    expect((await post(box, id, { Status: 'AUTHORISED', LineItems: [SOLD] })).text).toContain(
      '"RemainingCredit":110.00',
    )
  })

  test('stored lines are checked again on approval: a draft without an account stays one', async () => {
    const box = await startDocuments()
    const bare = { Description: 'Returned', Quantity: 1, UnitAmount: 5 }
    const id = String(at((await put(box, { LineItems: [bare] })).json, 'CreditNotes', 0, 'CreditNoteID'))
    expect(refusalsOf(await post(box, id, { Status: 'AUTHORISED' }))).toEqual([
      "Account code '' is not a valid code for this document.",
    ])
  })

  test('discounts are refused, an unknown account on a draft goes with a warning', async () => {
    const box = await startDocuments()
    expect(refusalsOf(await put(box, { LineItems: [{ ...SOLD, DiscountRate: 10 }] }))).toEqual([
      'Discounts are not allowed on this type of document.',
    ])
    const odd = await put(box, { LineItems: [{ ...SOLD, AccountCode: '476' }] }, '?summarizeErrors=false')
    expect(at(odd.json, 'CreditNotes', 0, 'StatusAttributeString')).toBe('WARNING')
  })

  test('other LineAmountTypes compute the stored lines anew', async () => {
    const box = await startDocuments()
    const id = await box.creditNote()
    const after = await post(box, id, { LineAmountTypes: 'Inclusive' })
    for (const raw of ['"SubTotal":90.91', '"TotalTax":9.09', '"Total":100.00']) expect(after.text).toContain(raw)
  })

  test.each([
    ['DRAFT', 'VOIDED', 400],
    ['DRAFT', 'DELETED', 200],
    ['SUBMITTED', 'DRAFT', 200],
    ['AUTHORISED', 'DRAFT', 400],
    ['AUTHORISED', 'DELETED', 400],
    ['AUTHORISED', 'PAID', 400],
    ['AUTHORISED', 'VOIDED', 200],
  ])('%s to %s answers %i', async (from, to, status) => {
    const box = await startDocuments()
    const id = await box.creditNote({ Status: from })
    expect((await post(box, id, { Status: to })).status).toBe(status)
  })

  test('a locked period binds the day it had and the day it shall have', async () => {
    const box = await startDocuments()
    const id = await box.creditNote()
    await box.act({ action: 'setLockDate', period: '2026-10-31' })
    expect(refusalsOf(await post(box, id, { Date: '2026-11-02' }))[0]).toContain('lock date')
    expect(refusalsOf(await put(box, {}))[0]).toContain('lock date')
  })

  test('SentToContact is marked and unmarked, and left alone when nothing is said', async () => {
    const box = await startDocuments()
    const id = await box.creditNote({ SentToContact: true })
    await post(box, id, { Reference: 'R', SentToContact: null })
    expect(await box.see('CreditNotes', id, 'SentToContact')).toBe(true)
    await post(box, id, { SentToContact: false })
    expect(await box.see('CreditNotes', id, 'SentToContact')).toBe(false)
  })
})

describe('lists of credit notes', () => {
  test('have lines only with a page, and know the contact in where', async () => {
    const box = await startDocuments()
    await box.creditNote()
    expect(at((await box.call('GET', 'CreditNotes')).json, 'CreditNotes', 0, 'LineItems')).toBeUndefined()
    const paged = await box.call('GET', 'CreditNotes?page=1')
    expect(at(paged.json, 'CreditNotes', 0, 'LineItems')).toHaveLength(1)
    expect(at(paged.json, 'pagination', 'itemCount')).toBe(1)
    const filter = encodeURIComponent('Contact.Name=="acme" AND Date>=DateTime(2026, 10, 06) AND Type=="ACCRECCREDIT"')
    expect(countOf(await box.call('GET', `CreditNotes?page=1&where=${filter}`), 'CreditNotes')).toBe(1)
    expect((await box.call('GET', 'CreditNotes?Statuses=DRAFT')).text).toContain('has no Statuses parameter')
    const later = { headers: { 'if-modified-since': '2026-10-06T03:15:21' } }
    expect(countOf(await box.call('GET', 'CreditNotes?page=1', later), 'CreditNotes')).toBe(0)
  })
})
