import { describe, expect, test } from 'vitest'
import { at, type TestAnswer, textAt } from '../testing.ts'
import { BOUGHT, countOf, type DocumentBox, refusalsOf, startDocuments } from '../testing-documents.ts'
import { DELETED_ORDER, NUMBER_NOT_UNIQUE } from './save.ts'

const order = (box: DocumentBox, fields: object = {}) => ({
  Contact: { ContactID: box.contactId },
  Date: '2026-10-06',
  LineItems: [BOUGHT],
  ...fields,
})
const put = (box: DocumentBox, fields: object = {}, query = '') =>
  box.call('PUT', `PurchaseOrders${query}`, { body: { PurchaseOrders: [order(box, fields)] } })
const post = (box: DocumentBox, id: string, fields: object) =>
  box.call('POST', `PurchaseOrders/${id}`, { body: { PurchaseOrders: [fields] } })
const idOf = (answer: TestAnswer) => textAt(answer.json, 'PurchaseOrders', 0, 'PurchaseOrderID')
const field = (answer: TestAnswer, ...path: readonly (string | number)[]) =>
  at(answer.json, 'PurchaseOrders', 0, ...path)

describe('purchase orders', () => {
  test('are numbered, found by number, taxed as purchases and keep what is for the supplier', async () => {
    const box = await startDocuments()
    const made = await put(box, { DeliveryDate: '2026-10-20', DeliveryAddress: '8 Wattle St', Reference: 'PO-REF' })
    expect(field(made, 'PurchaseOrderNumber')).toBe('PO-0001')
    for (const raw of ['"TotalTax":10.00', '"Total":110.00', '"TaxType":"INPUT"']) expect(made.text).toContain(raw)
    const found = await box.call('GET', 'PurchaseOrders/PO-0001')
    expect(field(found, 'DeliveryAddress')).toBe('8 Wattle St')
    expect(field(found, 'DeliveryDateString')).toBe('2026-10-20T00:00:00')
    expect((await box.call('GET', 'PurchaseOrders/PO-0009')).status).toBe(404)
  })

  test('an upsert with the number of a live order silently edits that order; a PUT is refused', async () => {
    const box = await startDocuments()
    const id = idOf(await put(box))
    expect(refusalsOf(await put(box, { PurchaseOrderNumber: 'PO-0001' }))).toEqual([NUMBER_NOT_UNIQUE])
    const body = { PurchaseOrders: [order(box, { PurchaseOrderNumber: 'PO-0001', Reference: 'somebody else' })] }
    const upsert = await box.call('POST', 'PurchaseOrders', { body })
    expect(idOf(upsert)).toBe(id)
    expect(await box.see('PurchaseOrders', id, 'Reference')).toBe('somebody else')
    const second = idOf(await put(box))
    expect(refusalsOf(await post(box, second, { PurchaseOrderNumber: 'PO-0001' }))).toEqual([NUMBER_NOT_UNIQUE])
  })

  test('a deleted order is final and holds its number, unless it was renamed while it was deleted', async () => {
    const box = await startDocuments()
    const held = idOf(await put(box, { PurchaseOrderNumber: 'A' }))
    await post(box, held, { Status: 'DELETED' })
    expect(refusalsOf(await post(box, held, { PurchaseOrderNumber: 'B' }))).toEqual([DELETED_ORDER])
    const again = await put(box, { PurchaseOrderNumber: 'A' }, '?summarizeErrors=false')
    expect(idOf(again)).toBe('00000000-0000-0000-0000-000000000000')
    expect(refusalsOf(again)).toEqual([DELETED_ORDER])
    const freed = idOf(await put(box, { PurchaseOrderNumber: 'C' }))
    await post(box, freed, { Status: 'DELETED', PurchaseOrderNumber: 'C-gone' })
    expect((await put(box, { PurchaseOrderNumber: 'C' })).status).toBe(200)
  })

  test('the contact must exist, there must be lines, and approval needs accounts', async () => {
    const box = await startDocuments()
    expect(refusalsOf(await put(box, { Contact: { Name: 'Nobody' } }))).toEqual([
      'A Contact must be specified for this type of transaction',
    ])
    expect((await put(box, { LineItems: [] })).status).toBe(400)
    expect((await put(box, { DeliveryInstructions: 'x'.repeat(501) })).status).toBe(400)
    const id = idOf(await put(box, { LineItems: [{ Description: 'Timber', UnitAmount: 5 }] }))
    expect(refusalsOf(await post(box, id, { Status: 'AUTHORISED' }))).toEqual([
      "Account code '' is not a valid code for this document.",
    ])
  })

  test.each([
    ['DRAFT', 'BILLED', 400],
    ['DRAFT', 'AUTHORISED', 200],
    ['SUBMITTED', 'DRAFT', 200],
    ['AUTHORISED', 'DRAFT', 400],
    ['AUTHORISED', 'BILLED', 200],
    ['AUTHORISED', 'DELETED', 200],
  ])('%s to %s answers %i', async (from, to, status) => {
    const box = await startDocuments()
    const id = idOf(await put(box, { Status: from }))
    expect((await post(box, id, { Status: to })).status).toBe(status)
  })

  test('a billed order is not edited, nor deleted unless by switch', async () => {
    const box = await startDocuments()
    const id = idOf(await put(box, { Status: 'AUTHORISED' }))
    await post(box, id, { Status: 'BILLED' })
    expect((await post(box, id, { LineItems: [BOUGHT] })).status).toBe(400)
    expect((await post(box, id, { Status: 'DELETED' })).status).toBe(400)
    box.sandbox.control.switches.set('billedOrderDelete', 'allowed')
    expect((await post(box, id, { Status: 'DELETED' })).status).toBe(200)
  })

  test('SentToContact on a draft is a warning, on an approved order it is marked', async () => {
    const box = await startDocuments()
    const early = await put(box, { SentToContact: true }, '?summarizeErrors=false')
    expect(field(early, 'Warnings', 0, 'Message')).toContain('may have SentToContact updated')
    expect(field(early, 'SentToContact')).toBe(false)
    expect(field(await put(box, { SentToContact: true, Status: 'AUTHORISED' }), 'SentToContact')).toBe(true)
  })

  test('lists are paged and filtered by status and day, follow If-Modified-Since, and have no where', async () => {
    const box = await startDocuments()
    await put(box, { Status: 'AUTHORISED' })
    await put(box, { Date: '2026-10-20' })
    const count = async (query: string) => countOf(await box.call('GET', `PurchaseOrders?${query}`), 'PurchaseOrders')
    expect(at((await box.call('GET', 'PurchaseOrders?page=1')).json, 'pagination', 'itemCount')).toBe(2)
    expect(await count('Status=AUTHORISED')).toBe(1)
    expect(await count('DateFrom=2026-10-07')).toBe(1)
    expect((await box.call('GET', 'PurchaseOrders?where=x')).status).toBe(400)
    const since = { headers: { 'if-modified-since': '2026-10-06T03:15:21' } }
    expect(countOf(await box.call('GET', 'PurchaseOrders?page=1', since), 'PurchaseOrders')).toBe(0)
  })
})
