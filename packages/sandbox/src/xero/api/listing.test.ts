import { describe, expect, test } from 'vitest'
import { at, smallCompany, startSandbox, type TestAnswer, textAt } from '../testing.ts'

const count = (answer: TestAnswer, plural: string) => {
  const rows = at(answer.json, plural)
  return Array.isArray(rows) ? rows.length : -1
}

const seeded = () => startSandbox({ company: smallCompany({ contacts: 320, items: 40, invoices: 150 }) })

describe('paging', () => {
  test('a walk over all pages sees every contact once, in UpdatedDateUTC order', async () => {
    const { call } = await seeded()
    const first = await call('GET', 'Contacts?page=1&pageSize=100&includeArchived=true')
    const pages = Number(textAt(first.json, 'pagination', 'pageCount'))
    const total = Number(textAt(first.json, 'pagination', 'itemCount'))
    const seen = new Set<string>()
    for (let page = 1; page <= pages; page += 1) {
      const answer = await call('GET', `Contacts?page=${page}&pageSize=100&includeArchived=true`)
      for (let row = 0; row < count(answer, 'Contacts'); row += 1)
        seen.add(textAt(answer.json, 'Contacts', row, 'ContactID'))
    }
    expect(seen.size).toBe(total)
    expect(total).toBeGreaterThan(150)
    expect(count(await call('GET', `Contacts?page=${pages + 1}`), 'Contacts')).toBe(0)
  })

  test('page sizes are clamped, unpaged contacts stop at 100 and show less', async () => {
    const { call } = await seeded()
    expect(textAt((await call('GET', 'Contacts?page=1&pageSize=99999')).json, 'pagination', 'pageSize')).toBe('1000')
    expect(textAt((await call('GET', 'Contacts?page=0&pageSize=0')).json, 'pagination', 'pageSize')).toBe('1')
    const unpaged = await call('GET', 'Contacts')
    expect(count(unpaged, 'Contacts')).toBe(100)
    expect(at(unpaged.json, 'pagination')).toBeUndefined()
    expect(at(unpaged.json, 'Contacts', 0, 'ContactPersons')).toBeUndefined()
  })

  test('unpaged invoices have no lines, paged ones do but without the contact e-mail', async () => {
    const { call } = await seeded()
    expect(at((await call('GET', 'Invoices')).json, 'Invoices', 0, 'LineItems')).toBeUndefined()
    const paged = await call('GET', 'Invoices?page=1')
    expect(at(paged.json, 'Invoices', 0, 'LineItems')).not.toEqual([])
    expect(at(paged.json, 'Invoices', 0, 'Contact', 'EmailAddress')).toBeUndefined()
    const one = await call('GET', `Invoices/${textAt(paged.json, 'Invoices', 0, 'InvoiceID')}`)
    expect(at(one.json, 'Invoices', 0, 'Contact', 'UpdatedDateUTC')).toBeDefined()
    const summary = await call('GET', 'Invoices?summaryOnly=true')
    expect(at(summary.json, 'pagination', 'pageSize')).toBe(100)
    expect(at(summary.json, 'Invoices', 0, 'Payments')).toBeUndefined()
  })

  test('quotes have no pagination object and upper-case LineAmountTypes, and take no tax from the account', async () => {
    const { call } = await startSandbox()
    await call('PUT', 'Contacts', { body: { Name: 'A' } })
    const quote = {
      Contact: { Name: 'A' },
      Date: '2026-10-06',
      LineItems: [{ Description: 'x', UnitAmount: '650', AccountCode: '200' }],
    }
    const made = await call('PUT', 'Quotes', { body: { Quotes: [quote] } })
    expect(made.text).toContain('"TotalTax":0.00')
    expect(made.text).toContain('"UnitAmount":650.0000')
    expect(made.text.startsWith('{"SummarizeErrors":true')).toBe(true)
    const list = await call('GET', 'Quotes?page=1&QuoteNumber=000')
    expect(at(list.json, 'pagination')).toBeUndefined()
    expect(at(list.json, 'Quotes', 0, 'LineAmountTypes')).toBe('EXCLUSIVE')
    const id = textAt(made.json, 'Quotes', 0, 'QuoteID')
    const step = (Status: string) =>
      call('POST', 'Quotes', { body: { Quotes: [{ QuoteID: id, ...quote, LineItems: undefined, Status }] } })
    expect((await step('ACCEPTED')).status).toBe(400)
    for (const status of ['SENT', 'ACCEPTED', 'INVOICED']) expect((await step(status)).status).toBe(200)
  })
})

describe('filters', () => {
  test('where finds names without regard to case and accents, and refuses what it cannot parse', async () => {
    const { call } = await startSandbox()
    await call('PUT', 'Contacts', { body: { Contacts: [{ Name: 'Café Zürich' }, { Name: 'Other & Sons' }] } })
    const where = (text: string) => call('GET', `Contacts?page=1&where=${encodeURIComponent(text)}`)
    expect(count(await where('Name=="cafe zurich"'), 'Contacts')).toBe(1)
    expect(count(await where('Name.Contains("&") OR Name.StartsWith("Caf")'), 'Contacts')).toBe(2)
    expect(count(await where('EmailAddress==null AND IsCustomer==false'), 'Contacts')).toBe(2)
    const cut = await where('Name=="Other')
    expect(at(cut.json, 'Message')).toBe('Unterminated string literal')
    expect(at((await where('Bat=="x"')).json, 'Message')).toBe("No property or field 'Bat' exists in type 'Contact'")
    expect((await where('Name.Matches("x")')).status).toBe(501)
  })

  test('invoice filters are ANDed, an empty one matches nothing, dates and guids compare', async () => {
    const { call } = await seeded()
    const all = await call('GET', 'Invoices?page=1&pageSize=1000')
    const id = textAt(all.json, 'Invoices', 0, 'InvoiceID')
    const number = textAt(all.json, 'Invoices', 0, 'InvoiceNumber')
    expect(count(await call('GET', `Invoices?page=1&IDs=${id}&InvoiceNumbers=${number}`), 'Invoices')).toBe(1)
    expect(count(await call('GET', 'Invoices?Statuses='), 'Invoices')).toBe(0)
    const where = encodeURIComponent(`InvoiceID==guid("${id}") AND Date>=DateTime(2020, 01, 01) AND Total>0.5`)
    expect(count(await call('GET', `Invoices?page=1&where=${where}`), 'Invoices')).toBe(1)
    expect((await call('GET', `Invoices?page=1&where=InvoiceID==guid("C:${id}")`)).status).toBe(400)
    const paid = await call('GET', 'Invoices?Statuses=PAID&pageSize=1000')
    expect(paid.text).not.toContain('"Status":"AUTHORISED"')
    const newest = await call('GET', 'Invoices?page=1&pageSize=1000&order=UpdatedDateUTC DESC')
    expect(textAt(newest.json, 'Invoices', 0, 'InvoiceID')).toBe(
      textAt(all.json, 'Invoices', count(all, 'Invoices') - 1, 'InvoiceID'),
    )
  })

  test('If-Modified-Since leaves out the boundary, or includes it by switch', async () => {
    const { call, sandbox } = await startSandbox()
    await call('PUT', 'Contacts', { body: { Name: 'A' } })
    const since = (value: string) => call('GET', 'Contacts?page=1', { headers: { 'If-Modified-Since': value } })
    expect(count(await since('2026-10-06T03:15:20'), 'Contacts')).toBe(1)
    expect(count(await since('2026-10-06T03:15:20.123Z'), 'Contacts')).toBe(0)
    sandbox.control.switches.set('ifModifiedSinceBoundary', 'inclusive')
    expect(count(await since('2026-10-06T03:15:20.123Z'), 'Contacts')).toBe(1)
  })

  test('with a list lag the list still shows what was, the single read does not', async () => {
    const { call, sandbox, clock } = await startSandbox()
    const made = await call('PUT', 'Contacts', { body: { Name: 'A' } })
    const id = textAt(made.json, 'Contacts', 0, 'ContactID')
    sandbox.control.switches.set('listLag', '2000')
    await call('POST', `Contacts/${id}`, { body: { Name: 'B' } })
    expect(at((await call('GET', 'Contacts?page=1')).json, 'Contacts', 0, 'Name')).toBe('A')
    expect(at((await call('GET', `Contacts/${id}`)).json, 'Contacts', 0, 'Name')).toBe('B')
    await clock.advance(2000)
    expect(at((await call('GET', 'Contacts?page=1')).json, 'Contacts', 0, 'Name')).toBe('B')
  })

  test('more rows than a page can share one second after bulkTouch', async () => {
    const { call, act } = await seeded()
    const touched = await act({ action: 'bulkTouch', kind: 'contact', count: 120 })
    const second = textAt(touched.json, 'result', 'second')
    const list = await call('GET', 'Contacts?page=1&pageSize=1000', {
      headers: { 'if-modified-since': new Date(Date.parse(second) - 1).toISOString() },
    })
    expect(count(list, 'Contacts')).toBe(120)
  })
})
