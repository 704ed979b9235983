import { describe, expect, test } from 'vitest'
import type { ConnectionSettings } from '../../model/settings.ts'
import { decimalValue, type ValueObject } from '../../model/value.ts'
import { validateSettings } from '../generate.ts'
import { mappingFor } from '../index.ts'
import { contextWith, REFERENCE, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { paymentAccount } from './payment-account.ts'
import { linkIdIn, paymentToken, signedReference, withoutToken } from './payment-token.ts'

const { payment } = SETTINGS.kinds
const BANK = {
  ...REFERENCE.xero.accounts[0],
  accountId: 'a-090',
  code: '090',
  name: 'Bank',
  type: 'BANK',
  systemAccount: '',
}
const XERO = {
  ...REFERENCE.xero,
  accounts: [...REFERENCE.xero.accounts, { ...BANK, class: 'ASSET', taxType: '', status: 'ACTIVE' }],
}
const ON: ConnectionSettings = {
  ...SETTINGS,
  paymentAccountCode: '090',
  kinds: {
    ...SETTINGS.kinds,
    payment: { ...payment, isOn: true, direction: 'both', xero: { create: true, update: false, delete: false } },
  },
}
const INVOICE = { InvoiceNumber: 'INV-1', Status: 'AUTHORISED', AmountDue: '88.00', CurrencyCode: 'AUD', Payments: [] }
const TYPED = { Paid_Invoice: { id: 'i1' }, Paid_Amount: '10', Payment_Date: '2026-11-19', Payment_Reference: 'Cheque' }

const mapping = mappingFor('payment', ON)

function context(invoice: ValueObject, settings = ON) {
  const known = contextWith([recordOf('xero', 'Invoices', { ...INVOICE, ...invoice }, 'x:i1')], settings)
  return { ...known, reference: { ...REFERENCE, xero: XERO } }
}

function judged(fields: ValueObject, invoice: ValueObject = {}) {
  const source = viewOf(recordOf('zoho', 'XeroPayments', { ...TYPED, ...fields }))
  const targetView = { side: 'xero' as const, main: null, primary: null, persons: [] }
  return mapping.check({ target: 'xero', source, targetView, after: {}, linesAfter: null }, context(invoice))
}

// Catches: a payment sent that Xero refuses, or that it takes although nobody wants it (xero.md 4.6).
describe('what keeps a typed payment from being recorded', () => {
  test.each<[string, ValueObject, ValueObject]>([
    ['paymentNotOpen', {}, { Status: 'DRAFT' }],
    ['paymentNotOpen', {}, { Status: 'PAID', AmountDue: '0.00' }],
    ['paymentNotOpen', {}, { Status: 'VOIDED' }],
    ['paymentTooMuch', { Paid_Amount: '88.01' }, {}],
    ['paymentTooMuch', {}, { AmountDue: '9.99' }],
    ['paymentCurrency', {}, { CurrencyCode: 'NZD' }],
    ['paymentCurrency', { Payment_Currency: 'EUR' }, {}],
    ['requiredValueMissing', { Paid_Amount: '0' }, {}],
    ['requiredValueMissing', { Paid_Amount: '-5' }, {}],
    ['requiredValueMissing', { Paid_Amount: '' }, {}],
    ['valueNotAllowed', { Paid_Amount: '10.001' }, {}],
    ['requiredValueMissing', { Payment_Date: '' }, {}],
    ['lockDate', { Payment_Date: '2026-06-30' }, {}],
    ['paymentWithoutInvoice', { Paid_Invoice: null }, {}],
    ['missingParent', { Paid_Invoice: { id: 'unknown' } }, {}],
    ['recordGone', { Xero_ID: 'p-gone' }, {}],
    ['paymentLooksDouble', {}, { Payments: [{ Date: '2026-11-19', Amount: '10.00', Reference: '' }] }],
    ['paymentLooksDouble', {}, { Payments: [{ Date: '2026-11-19', Amount: '10.00', Reference: 'CHEQUE [T:other]' }] }],
  ])('%s: %j %j', (code, fields, invoice) => expect(judged(fields, invoice)).toMatchObject({ type: 'hold', code }))

  test.each<[string, ValueObject, ValueObject]>([
    ['as much as is due', { Paid_Amount: '88' }, {}],
    ['another reference', {}, { Payments: [{ Date: '2026-11-19', Amount: '10.00', Reference: 'Cash' }] }],
    ['another day', {}, { Payments: [{ Date: '2026-11-18', Amount: '10.00' }] }],
    ['another amount', {}, { Payments: [{ Date: '2026-11-19', Amount: '10.01' }] }],
  ])('%s: nothing', (_name, fields, invoice) => expect(judged(fields, invoice)).toEqual({ type: 'go' }))
})

// Catches: a second payment, because the first look did not see the one that we have made ourselves (I2).
describe('the last look before it is sent', () => {
  const payload = { Date: '2026-11-19', Amount: decimalValue('10'), Reference: signedReference('Cheque', 'L1') }
  const isDue = (invoice: ValueObject) =>
    mapping.lastLook?.isDue(payload, [recordOf('xero', 'Invoices', { ...INVOICE, ...invoice })], 'L1')

  test.each<[string, ValueObject, boolean]>([
    ['still open', {}, true],
    ['paid by now', { Status: 'PAID', AmountDue: '0.00' }, false],
    ['less is due', { AmountDue: '9.99' }, false],
    ['recorded by us', { Payments: [{ Date: '2026-11-20', Amount: '3', Reference: 'Cheque [T:L1]' }] }, false],
    ['recorded by hand', { Payments: [{ Date: '2026-11-19', Amount: '10.00' }] }, false],
  ])('%s', (_name, invoice, expected) => expect(isDue(invoice)).toBe(expected))

  test('it reads the invoice that the payment names', () => {
    expect(mapping.lastLook?.refs({ Invoice: { InvoiceID: 'x1' } })).toMatchObject([{ remoteId: 'x1' }])
  })
})

describe('the token in the Reference', () => {
  test('ends it, whatever was typed, and nobody reads it', () => {
    const signed = signedReference('Cheque 17', 'abc')
    expect(signed).toBe(`Cheque 17 ${paymentToken('abc')}`)
    expect([linkIdIn(signed), withoutToken(signed)]).toEqual(['abc', 'Cheque 17'])
    expect(signedReference('', 'abc')).toBe(paymentToken('abc'))
    expect(signedReference('x'.repeat(300), 'abc')).toHaveLength(255)
    expect([linkIdIn('Cheque [T:abc] and more'), withoutToken('Cheque')]).toEqual([null, 'Cheque'])
  })
})

// Catches: money booked to an account that takes none (certification: chosen by a person, from what Xero has).
describe('the account that payments go into', () => {
  test.each([
    ['090', 'mapped'],
    ['A-090', 'mapped'],
    ['', 'paymentAccountMissing'],
    ['200', 'accountNotValid'],
    ['999', 'accountNotValid'],
  ])('%s: %s', (paymentAccountCode, expected) => {
    const found = paymentAccount({ paymentAccountCode }, XERO)
    expect(found.type === 'mapped' ? 'mapped' : found.code).toBe(expected)
  })
  test('one that takes payments will do; an archived one will not', () => {
    const change = (values: object) => ({
      ...XERO,
      accounts: XERO.accounts.map((one) => (one.code === '200' ? { ...one, ...values } : one)),
    })
    const chosen = { paymentAccountCode: '200' }
    expect(paymentAccount(chosen, change({ takesPayments: true })).type).toBe('mapped')
    expect(paymentAccount(chosen, change({ takesPayments: true, status: 'ARCHIVED' })).type).toBe('hold')
  })
  test('the settings say so', () => {
    const codes = (settings: ConnectionSettings) =>
      validateSettings(settings, { ...REFERENCE, xero: XERO }).map((fault) => fault.code)
    const before = codes(SETTINGS)
    expect(codes(ON)).toEqual(before)
    expect(codes({ ...ON, paymentAccountCode: '200' })).toContain('accountNotValid')
    expect(codes({ ...ON, paymentAccountCode: '' })).toContain('paymentAccountMissing')
    const oneWay = { ...ON.kinds.payment, direction: 'xeroToZoho' as const }
    expect(codes({ ...ON, kinds: { ...ON.kinds, payment: oneWay } })).toContain('mappingInvalid')
  })
})

// Catches: credit recorded as money that came in; a refund or an allocation taken back because its CRM record was deleted.
describe('credit is no payment', () => {
  test('typed in the CRM, it goes its own way', () => {
    const source = viewOf(recordOf('zoho', 'XeroPayments', { ...TYPED, Payment_Type: 'Credit note' }))
    const known = context({})
    expect(mapping.createExtras('xero', source, known)).toMatchObject({ value: { naturalKey: { field: 'CreditID' } } })
    expect(judged({ Payment_Type: 'Refund' })).toMatchObject({ type: 'hold', code: 'valueNotAllowed' })
  })
  test.each([
    ['Payments', { PaymentType: 'ARCREDITPAYMENT', Status: 'AUTHORISED' }],
    ['Allocations', { Credit: { Type: 'ACCRECCREDIT' }, Status: 'AUTHORISED' }],
  ] as const)('and deleting its CRM record takes nothing back: %s', (collection, fields) => {
    expect(mapping.removal?.(recordOf('xero', collection, fields), context({}))).toBeNull()
  })
})

test('what was typed before it was switched on stays out', () => {
  const since = { ...ON, paymentsSince: '2026-11-01T00:00:00Z' }
  const made = (createdAt: string) => ({ ...recordOf('zoho', 'XeroPayments', TYPED), createdAt })
  const skip = (createdAt: string) => mappingFor('payment', since).skip(made(createdAt), context({}, since))
  expect(skip('2026-10-31T23:59:59Z')).toBe('beforeStartDate')
  expect(skip('2026-11-01T00:00:01Z')).toBeNull()
})
