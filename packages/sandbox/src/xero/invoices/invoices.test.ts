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
const post = (box: TestSandbox, id: string, invoice: object) =>
  box.call('POST', `Invoices/${id}`, { body: { Invoices: [invoice] } })
const idOf = (answer: TestAnswer) => textAt(answer.json, 'Invoices', 0, 'InvoiceID')
const field = (answer: TestAnswer, ...path: readonly (string | number)[]) => at(answer.json, 'Invoices', 0, ...path)
const payment = (id: string, amount: string) => ({
  Payments: [{ Invoice: { InvoiceID: id }, Account: { Code: '090' }, Date: '2026-10-20', Amount: amount }],
})

describe('creating', () => {
  test('numbers keep their trailing zeros and calendar dates are midnight UTC of the day', async () => {
    const box = await startSandbox()
    const answer = await put(box, { ...SALE, Status: 'AUTHORISED' })
    expect(answer.status).toBe(200)
    for (const raw of [
      '"AmountDue":110.00',
      '"CurrencyRate":1.0000000000',
      '"Quantity":2.0000',
      '"UnitAmount":50.00',
      '"TaxAmount":10.00',
      '"Date":"\\/Date(1791244800000+0000)\\/"',
      '"DueDateString":"2026-11-05T00:00:00"',
      '"UpdatedDateUTCString":"2026-10-06T03:15:20Z"',
    ]) {
      expect(answer.text).toContain(raw)
    }
  })

  test('drafts use up automatic numbers, and a used number is refused', async () => {
    const box = await startSandbox()
    expect(field(await put(box, SALE), 'InvoiceNumber')).toBe('INV-0001')
    const second = await put(box, SALE)
    expect(field(second, 'InvoiceNumber')).toBe('INV-0002')
    expect(messagesOf(await put(box, { ...SALE, InvoiceNumber: 'INV-0002' }))).toContain('Invoice # must be unique.')
  })

  test('POST without an id but with a used number edits that invoice: the trap of upserts', async () => {
    const box = await startSandbox()
    const id = idOf(await put(box, SALE))
    const answer = await box.call('POST', 'Invoices', {
      body: { Invoices: [{ ...SALE, InvoiceNumber: 'INV-0001', Reference: 'mine' }] },
    })
    expect(idOf(answer)).toBe(id)
    expect(field(answer, 'Reference')).toBe('mine')
  })

  test('the number of a voided invoice stays taken, or is free by switch', async () => {
    const box = await startSandbox()
    const id = idOf(await put(box, { ...SALE, Status: 'AUTHORISED' }))
    await post(box, id, { Status: 'VOIDED' })
    expect((await put(box, { ...SALE, InvoiceNumber: 'INV-0001' })).status).toBe(400)
    box.sandbox.control.switches.set('freedNumberReuse', 'allowed')
    expect((await put(box, { ...SALE, InvoiceNumber: 'INV-0001' })).status).toBe(200)
  })

  test('a name alone creates a contact, and flips it to customer without moving UpdatedDateUTC', async () => {
    const box = await startSandbox()
    const made = await box.call('PUT', 'Contacts', { body: { Contacts: [{ Name: 'Acme' }] } })
    await box.clock.advance(5000)
    const answer = await put(box, SALE)
    expect(field(answer, 'Contact', 'ContactID')).toBe(at(made.json, 'Contacts', 0, 'ContactID'))
    expect(field(answer, 'Contact', 'IsCustomer')).toBe(true)
    expect(field(answer, 'Contact', 'UpdatedDateUTC')).toBe(at(made.json, 'Contacts', 0, 'UpdatedDateUTC'))
    await put(box, { ...SALE, Contact: { Name: 'Brand new' } })
    expect(at((await box.call('GET', 'Contacts?page=1')).json, 'Contacts')).toHaveLength(2)
  })

  test('more than an id inside Contact edits the contact and drops its persons', async () => {
    const box = await startSandbox()
    const contact = { Name: 'Acme', EmailAddress: 'a@x.example', ContactPersons: [{ FirstName: 'Jo', LastName: 'X' }] }
    const made = await box.call('PUT', 'Contacts', { body: contact })
    const id = textAt(made.json, 'Contacts', 0, 'ContactID')
    await put(box, { ...SALE, Contact: { ContactID: id } })
    expect(at((await box.call('GET', `Contacts/${id}`)).json, 'Contacts', 0, 'ContactPersons')).toHaveLength(1)
    await put(box, { ...SALE, Contact: { ContactID: id, Name: 'Acme' } })
    expect(at((await box.call('GET', `Contacts/${id}`)).json, 'Contacts', 0, 'ContactPersons')).toHaveLength(0)
  })

  test.each([
    [
      'no due date on approval',
      { ...SALE, DueDate: undefined, Status: 'AUTHORISED' },
      'The document DueDate field must be specified.',
    ],
    [
      'a currency that is not enabled',
      { ...SALE, CurrencyCode: 'EUR' },
      'Organisation is not subscribed to currency EUR',
    ],
    [
      'an unknown account on approval',
      { ...SALE, Status: 'AUTHORISED', LineItems: [{ ...LINE, AccountCode: '999' }] },
      "Account code '999' is not a valid code for this document.",
    ],
    [
      'a purchase tax on a sales account',
      { ...SALE, LineItems: [{ ...LINE, TaxType: 'INPUT' }] },
      "The TaxType code 'INPUT' cannot be used with account code '200'.",
    ],
    [
      'a line amount that contradicts',
      { ...SALE, LineItems: [{ ...LINE, LineAmount: 99 }] },
      'The line total 99.00 does not match the expected line total 100.00',
    ],
    ['no contact', { ...SALE, Contact: undefined }, 'A Contact must be specified for this type of transaction'],
    ['no lines', { ...SALE, LineItems: [] }, 'One or more line items must be specified'],
    ['a link that is none', { ...SALE, Url: 'nowhere' }, 'Url must be a valid URL.'],
  ])('%s is refused', async (_, invoice, message) => {
    const box = await startSandbox()
    const answer = await put(box, invoice)
    expect(answer.status).toBe(400)
    expect(messagesOf(answer)).toContain(message)
  })

  test('on a draft an unknown account code goes, with a warning', async () => {
    const box = await startSandbox()
    const answer = await put(box, { ...SALE, LineItems: [{ ...LINE, AccountCode: '476' }] }, '?summarizeErrors=false')
    expect(field(answer, 'StatusAttributeString')).toBe('WARNING')
    expect(field(answer, 'Warnings', 0, 'Message')).toBe(
      "Account code '476' has been removed as it does not match a recognised account",
    )
  })

  test('an item fills what the line leaves out', async () => {
    const box = await startSandbox()
    await box.call('PUT', 'Items', {
      body: {
        Code: 'CONS',
        Name: 'Consulting',
        Description: 'An hour',
        SalesDetails: { UnitPrice: 80, AccountCode: '260' },
      },
    })
    const answer = await put(box, { ...SALE, LineItems: [{ ItemCode: 'CONS', Quantity: 3 }] })
    expect(field(answer, 'LineItems', 0)).toMatchObject({
      Description: 'An hour',
      UnitAmount: 80,
      AccountCode: '260',
      TaxType: 'OUTPUT',
      LineAmount: 240,
    })
    expect(field(answer, 'LineItems', 0, 'Item', 'Code')).toBe('CONS')
  })
})

describe('sent and summed up', () => {
  test.each([['DRAFT'], ['SUBMITTED']])('%s: SentToContact is a warning and stays false', async (Status) => {
    const box = await startSandbox()
    const early = await put(box, { ...SALE, Status, SentToContact: true }, '?summarizeErrors=false')
    expect(field(early, 'SentToContact')).toBe(false)
    expect(field(early, 'Warnings', 0, 'Message')).toBe('Only AUTHORISED invoices may have SentToContact updated.')
  })

  test('an approved invoice is marked as sent', async () => {
    const box = await startSandbox()
    expect(field(await put(box, { ...SALE, Status: 'AUTHORISED', SentToContact: true }), 'SentToContact')).toBe(true)
  })

  test('a summary drops payments and lines, but not the credit notes', async () => {
    const box = await startSandbox()
    await put(box, { ...SALE, Status: 'AUTHORISED' })
    const note = { ...SALE, Type: 'ACCRECCREDIT', Status: 'AUTHORISED' }
    await box.act({ action: 'createCreditNote', fields: note })
    await box.act({ action: 'allocateCredit', id: 'CN-0001', invoice: 'INV-0001', amount: '10.00' })
    await box.act({ action: 'pay', id: 'INV-0001', amount: '5.00' })
    const summary = await box.call('GET', 'Invoices?summaryOnly=true')
    expect(field(summary, 'CreditNotes', 0, 'CreditNoteNumber')).toBe('CN-0001')
    expect(field(summary, 'Payments')).toBeUndefined()
    expect(field(summary, 'LineItems')).toBeUndefined()
    expect(summary.text).toContain('"AmountDue":95.00,"AmountPaid":5.00,"AmountCredited":10.00')
  })
})

describe('tax and rounding', () => {
  test('tax is rounded per line: the total of rounded lines, not the rounded total', async () => {
    const box = await startSandbox()
    const lines = ['1.25', '1.25', '1.25'].map((UnitAmount) => ({ ...LINE, Quantity: 1, UnitAmount }))
    const answer = await put(box, { ...SALE, LineItems: lines })
    expect(answer.text).toContain('"TotalTax":0.39')
    box.sandbox.control.switches.set('roundingHalves', 'toEven')
    expect((await put(box, { ...SALE, LineItems: lines })).text).toContain('"TotalTax":0.36')
  })

  test('inclusive amounts carry their tax inside', async () => {
    const box = await startSandbox()
    const answer = await put(box, {
      ...SALE,
      LineAmountTypes: 'Inclusive',
      LineItems: [{ ...LINE, Quantity: 1, UnitAmount: '25.06' }],
    })
    for (const raw of ['"TotalTax":2.28', '"SubTotal":22.78', '"Total":25.06']) expect(answer.text).toContain(raw)
  })

  test('unit prices keep 4 decimals only with unitdp=4, discounts come off before tax', async () => {
    const box = await startSandbox()
    const line = { ...LINE, Quantity: 3, UnitAmount: '1.2345', DiscountRate: 10 }
    expect((await put(box, { ...SALE, LineItems: [line] })).text).toContain('"UnitAmount":1.23,')
    const fine = await put(box, { ...SALE, LineItems: [line] }, '?unitdp=4')
    expect(fine.text).toContain('"UnitAmount":1.2345')
    expect(fine.text).toContain('"LineAmount":3.33')
  })
})

describe('changing', () => {
  test('lines that are not mentioned are deleted; without ids they are made anew', async () => {
    const box = await startSandbox()
    const made = await put(box, { ...SALE, LineItems: [LINE, { ...LINE, Description: 'Second' }] })
    const first = textAt(made.json, 'Invoices', 0, 'LineItems', 0, 'LineItemID')
    const kept = await post(box, idOf(made), { LineItems: [{ LineItemID: first, Quantity: 3 }] })
    expect(field(kept, 'LineItems')).toHaveLength(1)
    expect(field(kept, 'LineItems', 0, 'LineItemID')).toBe(first)
    expect(field(kept, 'LineItems', 0, 'LineAmount')).toBe(150)
    const anew = await post(box, idOf(made), { LineItems: [LINE] })
    expect(field(anew, 'LineItems', 0, 'LineItemID')).not.toBe(first)
    expect(field(await post(box, idOf(made), { Reference: 'R' }), 'LineItems')).toHaveLength(1)
  })

  test.each([
    ['DRAFT', 'VOIDED', 400],
    ['DRAFT', 'SUBMITTED', 200],
    ['DRAFT', 'PAID', 400],
    ['SUBMITTED', 'DRAFT', 200],
    ['AUTHORISED', 'DRAFT', 400],
    ['AUTHORISED', 'DELETED', 400],
    ['AUTHORISED', 'VOIDED', 200],
  ])('%s to %s answers %i', async (from, to, status) => {
    const box = await startSandbox()
    const made = await put(box, { ...SALE, Status: from })
    const answer = await post(box, idOf(made), { Status: to })
    expect(answer.status).toBe(status)
    if (status === 400) expect(messagesOf(answer)).toContain('Invoice not of valid status for modification')
  })

  test('a voided invoice is final', async () => {
    const box = await startSandbox()
    const id = idOf(await put(box, { ...SALE, Status: 'AUTHORISED' }))
    await post(box, id, { Status: 'VOIDED' })
    expect(messagesOf(await post(box, id, { Reference: 'x' }))).toContain(
      'Invoice not of valid status for modification',
    )
  })

  test('once paid in part, money is frozen but the reference is not, and a new due date is silent', async () => {
    const box = await startSandbox()
    const made = await put(box, { ...SALE, Status: 'AUTHORISED' })
    const id = idOf(made)
    await box.call('PUT', 'Payments', { body: payment(id, '10') })
    const lineId = field(made, 'LineItems', 0, 'LineItemID')
    const money = await post(box, id, { LineItems: [{ LineItemID: lineId, Quantity: 5 }] })
    expect(messagesOf(money)).toContain(
      'This document cannot be edited as it has a payment or credit note allocated to it.',
    )
    expect(messagesOf(await post(box, id, { Status: 'VOIDED' }))[1]).toContain(
      'cannot be applied to the invoice because it has payments',
    )
    await box.clock.advance(1000)
    expect(field(await post(box, id, { Reference: 'new' }), 'UpdatedDateUTC')).toBe('/Date(1791256521123+0000)/')
    await box.clock.advance(1000)
    const silent = await post(box, id, { DueDate: '2026-12-01' })
    expect(field(silent, 'DueDateString')).toBe('2026-12-01T00:00:00')
    expect(field(silent, 'UpdatedDateUTC')).toBe('/Date(1791256521123+0000)/')
  })

  test('nothing moves in a locked period', async () => {
    const box = await startSandbox()
    const id = idOf(await put(box, SALE))
    await box.act({ action: 'setLockDate', period: '2026-10-31' })
    const message = 'The document date cannot be before the period lock date, currently set at 31 October 2026'
    expect(messagesOf(await post(box, id, { Reference: 'x' }))).toContain(message)
    box.sandbox.control.switches.set('lockDateRole', 'endOfYearOnly')
    expect((await post(box, id, { Reference: 'x' })).status).toBe(200)
  })

  test('an archived tax rate is refused', async () => {
    const box = await startSandbox()
    await box.act({ action: 'archiveTaxRate', taxType: 'OUTPUT' })
    expect(messagesOf(await put(box, SALE))).toContain('Tax rate must be Active')
  })
})
