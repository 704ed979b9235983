import { describe, expect, test } from 'vitest'
import { at, textAt } from '../testing.ts'
import { type DocumentBox, refusalsOf, startDocuments } from '../testing-documents.ts'
import { NO_ACCOUNT } from './account.ts'
import { NOT_AUTHORISED, STATUS_ONLY, TOO_MUCH } from './save.ts'
import { NOT_ONE_TARGET } from './target.ts'

const FROM = { Account: { Code: '090' }, Date: '2026-10-20', Amount: '10.00' }

const put = (box: DocumentBox, body: object, query = '') => box.call('PUT', `Payments${query}`, { body })
const idOf = async (box: DocumentBox, body: object) => textAt((await put(box, body)).json, 'Payments', 0, 'PaymentID')

describe('what a payment is on', () => {
  test('exactly one document: none, two, or one that does not exist are refused', async () => {
    const box = await startDocuments()
    const Invoice = { InvoiceID: await box.invoice() }
    const CreditNote = { CreditNoteID: await box.creditNote() }
    expect(refusalsOf(await put(box, FROM))).toEqual([NOT_ONE_TARGET])
    expect(refusalsOf(await put(box, { ...FROM, Invoice, CreditNote }))).toEqual([NOT_ONE_TARGET])
    const unknown = { CreditNoteID: '00000000-0000-4000-8000-000000000001' }
    expect(refusalsOf(await put(box, { ...FROM, CreditNote: unknown }))).toEqual([
      'An existing Credit Note with the specified CreditNoteID could not be found',
    ])
  })

  test('a bill without a number is not what an invoice without id and number means', async () => {
    const box = await startDocuments()
    const bill = await box.bill()
    expect(refusalsOf(await put(box, { ...FROM, Invoice: { InvoiceNumber: '' } }))).toEqual([NOT_ONE_TARGET])
    expect(await box.raw('Invoices', bill)).toContain('"AmountPaid":0.00')
  })

  test.each([
    ['a sales invoice', (box: DocumentBox) => box.invoice(), 'Invoice', 'ACCRECPAYMENT'],
    ['a bill', (box: DocumentBox) => box.bill(), 'Invoice', 'ACCPAYPAYMENT'],
    ['a credit note', (box: DocumentBox) => box.creditNote(), 'CreditNote', 'ARCREDITPAYMENT'],
    ['a prepayment', (box: DocumentBox) => box.advance('RECEIVE-PREPAYMENT'), 'Prepayment', 'ARPREPAYMENTPAYMENT'],
    [
      'a supplier prepayment',
      (box: DocumentBox) =>
        box.advance('SPEND-PREPAYMENT', { LineItems: [{ Description: 'x', UnitAmount: 100, AccountCode: '310' }] }),
      'Prepayment',
      'APPREPAYMENTPAYMENT',
    ],
    ['an overpayment', (box: DocumentBox) => box.advance('RECEIVE-OVERPAYMENT'), 'Overpayment', 'AROVERPAYMENTPAYMENT'],
    [
      'a supplier overpayment',
      (box: DocumentBox) => box.advance('SPEND-OVERPAYMENT'),
      'Overpayment',
      'APOVERPAYMENTPAYMENT',
    ],
  ])('%s gives its own payment type, and may not be paid beyond what is open', async (_, make, key, type) => {
    const box = await startDocuments()
    const target = { [key]: { [`${key}ID`]: await make(box) } }
    const made = await put(box, { ...FROM, ...target })
    expect(at(made.json, 'Payments', 0, 'PaymentType')).toBe(type)
    expect(refusalsOf(await put(box, { ...FROM, ...target, Amount: '100.01' }))).toEqual([TOO_MUCH])
    expect((await put(box, { ...FROM, ...target, Amount: '100.00' })).status).toBe(200)
    expect(refusalsOf(await put(box, { ...FROM, ...target, Amount: '0.01' }))).toEqual([NOT_AUTHORISED])
  })

  test('the refund of a credit note shows it as an invoice of its own type, or under its own key by switch', async () => {
    const box = await startDocuments()
    const id = await box.creditNote()
    const paymentId = await idOf(box, { ...FROM, CreditNote: { CreditNoteID: id } })
    expect(await box.see('Payments', paymentId, 'Invoice')).toMatchObject({ Type: 'ACCRECCREDIT', InvoiceID: id })
    expect(await box.see('Payments', paymentId, 'CreditNote')).toBeUndefined()
    expect(await box.raw('CreditNotes', id)).toContain('"RemainingCredit":100.00')
    expect(await box.see('CreditNotes', id, 'Payments', 0, 'PaymentID')).toBe(paymentId)
    box.sandbox.control.switches.set('refundShownAs', 'creditNote')
    expect(await box.see('Payments', paymentId, 'CreditNote', 'CreditNoteID')).toBe(id)
    expect(await box.see('Payments', paymentId, 'Invoice')).toBeUndefined()
  })
})

describe('where the money goes', () => {
  test.each([
    ['no account at all', {}, NO_ACCOUNT],
    ['an empty code', { Account: { Code: '' } }, NO_ACCOUNT],
    ['an account that takes no payments', { Account: { Code: '200' } }, NO_ACCOUNT],
    ['more than two decimals', { ...FROM, Amount: '10.001' }, 'Amount must have no more than 2 decimal places'],
    ['nothing', { ...FROM, Amount: '0' }, 'Payment amount must be greater than zero'],
  ])('%s is refused', async (_, fields, message) => {
    const box = await startDocuments()
    const answer = await put(box, { Amount: '1.00', Invoice: { InvoiceID: await box.invoice() }, ...fields })
    expect(refusalsOf(answer)).toEqual([message])
  })

  test('an archived bank account is refused, an account with payments enabled is not', async () => {
    const box = await startDocuments()
    const Invoice = { InvoiceID: await box.invoice() }
    expect((await put(box, { ...FROM, Invoice, Account: { Code: '880' } })).status).toBe(200)
    await box.act({ action: 'archiveAccount', code: '091' })
    expect(refusalsOf(await put(box, { ...FROM, Invoice, Account: { Code: '091' } }))).toEqual([NO_ACCOUNT])
  })

  test('a bank account without a code is paid into by its id, and is not what an empty code means', async () => {
    const box = await startDocuments()
    const made = await box.act({ action: 'createBankAccount', name: 'Card clearing' })
    const AccountID = textAt(made.json, 'result', 'id')
    const Invoice = { InvoiceID: await box.invoice() }
    expect(refusalsOf(await put(box, { ...FROM, Invoice, Account: { Code: '' } }))).toEqual([NO_ACCOUNT])
    const paid = await put(box, { ...FROM, Invoice, Account: { AccountID } })
    expect(at(paid.json, 'Payments', 0, 'Account')).toEqual({ AccountID, Name: 'Card clearing' })
    const listed = (await box.call('GET', 'Accounts')).json
    expect(at(listed, 'Accounts', 16, 'Name')).toBe('Card clearing')
    expect(at(listed, 'Accounts', 16, 'Code')).toBeUndefined()
  })

  test('foreign money: the amount is in the currency of the invoice, the bank gets its own, and either can be sent', async () => {
    const box = await startDocuments()
    await box.call('PUT', 'Currencies', { body: { Code: 'USD' } })
    const Invoice = { InvoiceID: await box.invoice({ CurrencyCode: 'USD', CurrencyRate: '0.8' }) }
    const half = await put(box, { Account: { Code: '090' }, Amount: '40.00', Invoice })
    expect(half.text).toContain('"BankAmount":50.00,"Amount":40.00')
    const banked = await put(box, { Account: { Code: '090' }, BankAmount: '25.00', Invoice })
    expect(banked.text).toContain('"BankAmount":25.00,"Amount":20.00')
    box.sandbox.control.switches.set('paymentBankAmount', 'ignored')
    expect((await put(box, { Account: { Code: '090' }, BankAmount: '25.00', Invoice })).status).toBe(400)
  })
})

describe('a payment stays as it is', () => {
  test('nothing but Status DELETED can be sent, and that once', async () => {
    const box = await startDocuments()
    const Invoice = { InvoiceID: await box.invoice() }
    const id = await idOf(box, { ...FROM, Invoice })
    const post = (body: object) => box.call('POST', `Payments/${id}`, { body })
    expect(refusalsOf(await post({ Amount: '5.00' }))).toEqual([STATUS_ONLY])
    expect(refusalsOf(await post({ Status: 'DELETED', Reference: 'x' }))).toEqual([STATUS_ONLY])
    expect(refusalsOf(await post({ Status: 'AUTHORISED' }))).toEqual([STATUS_ONLY])
    expect((await post({ Payments: [{ PaymentID: id, Status: 'DELETED' }] })).status).toBe(200)
    expect(refusalsOf(await post({ Status: 'DELETED' }))).toEqual(['Payment has already been deleted'])
    expect((await box.call('DELETE', `Payments/${id}`)).status).toBe(404)
  })

  test('sending a known payment to the collection changes nothing and makes no second one', async () => {
    const box = await startDocuments()
    const Invoice = { InvoiceID: await box.invoice() }
    const id = await idOf(box, { ...FROM, Invoice })
    const again = await box.call('POST', 'Payments', { body: { ...FROM, Invoice, PaymentID: id, Amount: '20.00' } })
    expect(refusalsOf(again)).toEqual([STATUS_ONLY])
    expect(await box.see('Invoices', Invoice.InvoiceID, 'Payments')).toHaveLength(1)
  })

  test('a locked day takes no payment and gives none back', async () => {
    const box = await startDocuments()
    const Invoice = { InvoiceID: await box.invoice() }
    const id = await idOf(box, { ...FROM, Invoice })
    await box.act({ action: 'setLockDate', period: '2026-10-20' })
    const locked = 'The document date cannot be before the period lock date, currently set at 20 October 2026'
    expect(refusalsOf(await put(box, { ...FROM, Invoice }))).toEqual([locked])
    expect(refusalsOf(await box.call('POST', `Payments/${id}`, { body: { Status: 'DELETED' } }))).toEqual([locked])
    expect((await put(box, { ...FROM, Invoice, Date: '2026-10-21' })).status).toBe(200)
  })

  test('with summarizeErrors=false each payment of a PUT has its verdict; by switch one bad fails all', async () => {
    const box = await startDocuments()
    const id = await box.invoice()
    const two = { Payments: ['10.00', '999.00'].map((Amount) => ({ ...FROM, Amount, Invoice: { InvoiceID: id } })) }
    const answer = await put(box, two, '?summarizeErrors=false')
    expect(answer.status).toBe(200)
    expect(at(answer.json, 'Payments', 1, 'ValidationErrors', 0, 'Message')).toBe(TOO_MUCH)
    expect(await box.raw('Invoices', id)).toContain('"AmountPaid":10.00')
    box.sandbox.control.switches.set('paymentVerdicts', 'none')
    expect((await put(box, two, '?summarizeErrors=false')).status).toBe(400)
    expect(await box.raw('Invoices', id)).toContain('"AmountPaid":10.00')
  })
})
