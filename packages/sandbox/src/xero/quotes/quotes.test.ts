import { describe, expect, test } from 'vitest'
import { at, type TestAnswer, textAt } from '../testing.ts'
import { countOf, type DocumentBox, refusalsOf, startDocuments } from '../testing-documents.ts'
import { NOT_EDITABLE, NUMBER_NOT_UNIQUE } from './rules.ts'

const LINE = { Description: 'Fit-out', Quantity: 1, UnitAmount: 650, AccountCode: '200', TaxType: 'OUTPUT' }
const head = (box: DocumentBox) => ({ Contact: { ContactID: box.contactId }, Date: '2026-10-06' })
const put = (box: DocumentBox, fields: object = {}, query = '') =>
  box.call('PUT', `Quotes${query}`, { body: { Quotes: [{ ...head(box), LineItems: [LINE], ...fields }] } })
const idOf = (answer: TestAnswer) => textAt(answer.json, 'Quotes', 0, 'QuoteID')
const field = (answer: TestAnswer, ...path: readonly (string | number)[]) => at(answer.json, 'Quotes', 0, ...path)
const post = (box: DocumentBox, id: string, fields: object) =>
  box.call('POST', `Quotes/${id}`, { body: { Quotes: [{ ...head(box), QuoteID: id, ...fields }] } })
/** Walks a new quote through these statuses and gives its id. */
async function quoteAt(box: DocumentBox, ...steps: readonly string[]): Promise<string> {
  const id = idOf(await put(box))
  for (const Status of steps) expect((await post(box, id, { Status })).status).toBe(200)
  return id
}

describe('figures of a quote', () => {
  test('unit prices keep 4 decimals without being asked, and a discount comes off before tax', async () => {
    const box = await startDocuments()
    const made = await put(box, { LineItems: [{ ...LINE, UnitAmount: '650.1234', DiscountRate: 10 }] })
    for (const raw of ['"UnitAmount":650.1234', '"LineAmount":585.11', '"TaxAmount":58.51', '"Total":643.62'])
      expect(made.text).toContain(raw)
    expect(made.text).toContain('"Date":"\\/Date(1791244800000)\\/"')
  })

  test('the tax type comes neither from the account nor from the item, but from the item by switch', async () => {
    const box = await startDocuments()
    const details = { UnitPrice: 10, AccountCode: '200', TaxType: 'OUTPUT' }
    await box.call('PUT', 'Items', { body: { Code: 'FIT', Name: 'Fit-out', SalesDetails: details } })
    const lines = { LineItems: [{ ItemCode: 'FIT', Quantity: 1 }] }
    expect((await put(box, lines)).text).toContain('"TotalTax":0.00')
    box.sandbox.control.switches.set('quoteItemTax', 'filled')
    expect((await put(box, lines)).text).toContain('"TotalTax":1.00')
  })

  test('LineAmountTypes left out of an update fall back to EXCLUSIVE: the quote is priced anew', async () => {
    const box = await startDocuments()
    const made = await put(box, { LineAmountTypes: 'Inclusive' })
    expect(field(made, 'LineAmountTypes')).toBe('INCLUSIVE')
    expect(made.text).toContain('"Total":650.00')
    const after = await post(box, idOf(made), { Reference: 'DEAL-77' })
    expect(field(after, 'LineAmountTypes')).toBe('EXCLUSIVE')
    for (const raw of ['"SubTotal":650.00', '"TotalTax":65.00', '"Total":715.00']) expect(after.text).toContain(raw)
    expect((await post(box, idOf(made), { LineAmountTypes: 'INCLUSIVE' })).text).toContain('"Total":650.00')
  })

  test('tracking goes by option id only', async () => {
    const box = await startDocuments()
    const known = (await box.call('GET', 'TrackingCategories')).json
    const optionId = textAt(known, 'TrackingCategories', 0, 'Options', 0, 'TrackingOptionID')
    const tracked = (choice: object) => put(box, { LineItems: [{ ...LINE, Tracking: [choice] }] })
    expect(refusalsOf(await tracked({ Name: 'Region', Option: 'North' }))).toEqual([
      'A TrackingOptionID must be specified.',
    ])
    expect(field(await tracked({ TrackingOptionID: optionId }), 'LineItems', 0, 'Tracking', 0, 'Option')).toBe('North')
  })
})

describe('creating and updating', () => {
  test('numbers are given, and none twice: not by PUT, POST or rename', async () => {
    const box = await startDocuments()
    expect(field(await put(box), 'QuoteNumber')).toBe('QU-0001')
    const second = idOf(await put(box))
    const taken = { QuoteNumber: 'QU-0001' }
    expect(refusalsOf(await put(box, taken))).toEqual([NUMBER_NOT_UNIQUE])
    const upsert = await box.call('POST', 'Quotes', { body: { ...head(box), ...taken, LineItems: [LINE] } })
    expect(refusalsOf(upsert)).toEqual([NUMBER_NOT_UNIQUE])
    expect(refusalsOf(await post(box, second, taken))).toEqual([NUMBER_NOT_UNIQUE])
    const gone = await quoteAt(box, 'DELETED')
    const number = String(await box.see('Quotes', gone, 'QuoteNumber'))
    expect((await put(box, { QuoteNumber: number })).status).toBe(400)
    box.sandbox.control.switches.set('freedNumberReuse', 'allowed')
    expect((await put(box, { QuoteNumber: number })).status).toBe(200)
  })

  test.each([
    [
      'a contact that does not exist',
      { Contact: { Name: 'Nobody' } },
      'A Contact must be specified for this type of transaction',
    ],
    ['no contact', { Contact: undefined }, 'A Contact must be specified for this type of transaction'],
    ['no date', { Date: undefined }, 'The document Date field must be specified.'],
    ['no lines', { LineItems: [] }, 'One or more line items must be specified'],
    [
      'a line that says nothing',
      { LineItems: [{ UnitAmount: 1 }] },
      'The Description field is required for every line item.',
    ],
    ['a long title', { Title: 'x'.repeat(101) }, 'The Title field must not be longer than 100 characters.'],
    ['a currency that is not enabled', { CurrencyCode: 'EUR' }, 'Organisation is not subscribed to currency EUR'],
    ['a theme that does not exist', { BrandingThemeID: 'nope' }, 'The BrandingThemeID does not exist.'],
  ])('%s is refused', async (_, fields, message) => {
    const box = await startDocuments()
    const before = countOf(await box.call('GET', 'Contacts?page=1'), 'Contacts')
    const answer = await put(box, fields)
    expect(answer.status).toBe(400)
    expect(refusalsOf(answer)).toContain(message)
    expect(countOf(await box.call('GET', 'Contacts?page=1'), 'Contacts')).toBe(before)
  })

  test('an update sends contact and date along, or need not by switch; an unknown QuoteID is 404', async () => {
    const box = await startDocuments()
    const id = idOf(await put(box))
    const bare = { Quotes: [{ QuoteID: id, Status: 'SENT' }] }
    expect((await box.call('POST', 'Quotes', { body: bare })).status).toBe(400)
    box.sandbox.control.switches.set('quoteUpdateHead', 'optional')
    expect((await box.call('POST', 'Quotes', { body: bare })).status).toBe(200)
    expect((await post(box, '00000000-0000-4000-8000-000000000001', {})).status).toBe(404)
  })

  test('texts that an update leaves out stay, or go by switch; lines stay either way', async () => {
    const box = await startDocuments()
    const id = idOf(await put(box, { Title: 'Fit-out', Terms: '30 days', ExpiryDate: '2026-11-05' }))
    await post(box, id, { Reference: 'R' })
    expect(await box.see('Quotes', id, 'Title')).toBe('Fit-out')
    box.sandbox.control.switches.set('quoteOmittedTexts', 'cleared')
    await post(box, id, { Reference: 'R' })
    expect(await box.see('Quotes', id, 'Title')).toBeUndefined()
    expect(await box.see('Quotes', id, 'ExpiryDate')).toBeUndefined()
    expect(await box.see('Quotes', id, 'LineItems')).toHaveLength(1)
  })

  test('with summarizeErrors=false every quote has its verdict', async () => {
    const box = await startDocuments()
    const quotes = { Quotes: [{ ...head(box), LineItems: [LINE] }, { Title: 'no head' }] }
    const answer = await box.call('PUT', 'Quotes?summarizeErrors=false', { body: quotes })
    expect(answer.text.startsWith('{"SummarizeErrors":false')).toBe(true)
    expect(field(answer, 'StatusAttributeString')).toBe('OK')
    expect(at(answer.json, 'Quotes', 1, 'QuoteID')).toBe('00000000-0000-0000-0000-000000000000')
  })
})

describe('statuses', () => {
  test.each([
    [[], 'ACCEPTED', 400],
    [[], 'DECLINED', 400],
    [[], 'INVOICED', 400],
    [[], 'SENT', 200],
    [['SENT'], 'DRAFT', 400],
    [['SENT'], 'INVOICED', 400],
    [['SENT', 'ACCEPTED'], 'DECLINED', 400],
    [['SENT', 'ACCEPTED'], 'SENT', 200],
    [['SENT', 'ACCEPTED'], 'DELETED', 200],
    [['SENT', 'DECLINED'], 'ACCEPTED', 400],
    [['SENT', 'DECLINED'], 'SENT', 200],
    [['SENT', 'ACCEPTED', 'INVOICED'], 'ACCEPTED', 400],
    [['SENT', 'ACCEPTED', 'INVOICED'], 'SENT', 200],
    [['DELETED'], 'DRAFT', 400],
  ])('DRAFT %j to %s answers %i', async (steps, status, answer) => {
    const box = await startDocuments()
    const id = await quoteAt(box, ...steps)
    expect((await post(box, id, { Status: status })).status).toBe(answer)
  })

  test('a quote may be born SENT, or not by switch, but never further along', async () => {
    const box = await startDocuments()
    expect((await put(box, { Status: 'SENT' })).status).toBe(200)
    expect((await put(box, { Status: 'ACCEPTED' })).status).toBe(400)
    box.sandbox.control.switches.set('quoteCreateAsSent', 'refused')
    expect((await put(box, { Status: 'SENT' })).status).toBe(400)
  })

  test.each([
    ['its title', { Title: 'Other' }],
    ['its expiry', { ExpiryDate: '2026-12-01' }],
    ['its date', { Date: '2026-10-07' }],
    ['its lines', { LineItems: [LINE] }],
    ['its price basis', { LineAmountTypes: 'INCLUSIVE' }],
  ])('an accepted quote keeps %s', async (_, fields) => {
    const box = await startDocuments()
    const id = await quoteAt(box, 'SENT', 'ACCEPTED')
    expect(refusalsOf(await post(box, id, fields))).toEqual([NOT_EDITABLE])
    expect((await post(box, await quoteAt(box, 'SENT'), fields)).status).toBe(200)
  })

  test('lines sent back as they were are no edit, and its contact may change', async () => {
    const box = await startDocuments()
    const id = await quoteAt(box, 'SENT', 'ACCEPTED')
    const LineItems = await box.see('Quotes', id, 'LineItems')
    expect((await post(box, id, { LineItems, Status: 'INVOICED' })).status).toBe(200)
    await box.call('PUT', 'Contacts', { body: { Name: 'Other' } })
    expect(field(await post(box, id, { Contact: { Name: 'Other' } }), 'Contact', 'Name')).toBe('Other')
  })
})

describe('lists of quotes', () => {
  test('page without a pagination object until a page is empty, deleted ones among them', async () => {
    const box = await startDocuments()
    for (let number = 0; number < 3; number += 1) await put(box)
    await quoteAt(box, 'DELETED')
    const first = await box.call('GET', 'Quotes?page=1&pageSize=3')
    expect(at(first.json, 'pagination')).toBeUndefined()
    expect(countOf(first, 'Quotes')).toBe(3)
    expect(countOf(await box.call('GET', 'Quotes?page=2&pageSize=3'), 'Quotes')).toBe(1)
    expect(countOf(await box.call('GET', 'Quotes?page=3&pageSize=3'), 'Quotes')).toBe(0)
    expect(countOf(await box.call('GET', 'Quotes?Status=DELETED'), 'Quotes')).toBe(1)
  })

  test('have filters of their own: a number in part, dates, contact; no where and no IDs', async () => {
    const box = await startDocuments()
    await put(box, { QuoteNumber: 'Q-77', ExpiryDate: '2026-11-05' })
    await put(box, { QuoteNumber: 'Q-771', Date: '2026-10-20' })
    const count = async (query: string) => countOf(await box.call('GET', `Quotes?${query}`), 'Quotes')
    expect(await count('QuoteNumber=q-77')).toBe(2)
    expect(await count('QuoteNumber=771')).toBe(1)
    expect(await count('DateFrom=2026-10-07&DateTo=2026-10-31')).toBe(1)
    expect(await count('ExpiryDateTo=2026-12-31')).toBe(1)
    expect(await count(`ContactID=${box.contactId}&Status=DRAFT`)).toBe(2)
    for (const stray of ['where=Status%3D%3D%22DRAFT%22', 'IDs=x', 'Statuses=DRAFT'])
      expect((await box.call('GET', `Quotes?${stray}`)).status).toBe(400)
    const since = { headers: { 'if-modified-since': '2026-10-06T03:15:21' } }
    expect(countOf(await box.call('GET', 'Quotes?page=1', since), 'Quotes')).toBe(0)
  })
})
