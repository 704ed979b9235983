import { expect, test } from 'vitest'
import type { ValueObject } from '../../model/value.ts'
import type { LinkContext } from '../contract.ts'
import { contextWith, recordOf, SETTINGS, shownFields, viewOf } from '../testing.ts'
import { paymentMapping } from './payment-mapping.ts'
import { isSale, paidInvoice, paymentStatus, paymentType, usedCreditNote } from './payment-source.ts'

const payment = (fields: ValueObject) => recordOf('xero', 'Payments', { Status: 'AUTHORISED', ...fields })
const allocation = (Type: string, fields: ValueObject = {}) =>
  recordOf('xero', 'Allocations', {
    ...{ Status: 'AUTHORISED', Amount: '20.00', CreditID: 'n1', Credit: { Type }, Invoice: { InvoiceID: 'i1' } },
    ...fields,
  })
const refund = { PaymentType: 'ARCREDITPAYMENT' }

// Catches: credit that counts as money received, a refund under the invoice of its own id, a purchase among the sales.
test.each([
  [payment({ PaymentType: 'ACCRECPAYMENT', Invoice: { InvoiceID: 'i1' } }), 'Payment', 'Received', 'i1', ''],
  [payment({ ...refund, CreditNote: { CreditNoteID: 'n1' } }), 'Refund', 'Refunded', '', 'n1'],
  [payment({ ...refund, Invoice: { InvoiceID: 'n1', Type: 'ACCRECCREDIT' } }), 'Refund', 'Refunded', '', 'n1'],
  [allocation('ACCRECCREDIT'), 'Credit note', 'Applied', 'i1', 'n1'],
  [allocation('RECEIVE-PREPAYMENT'), 'Prepayment', 'Applied', 'i1', ''],
  [allocation('ARPREPAYMENT'), 'Prepayment', 'Applied', 'i1', ''],
  [allocation('AROVERPAYMENT'), 'Overpayment', 'Applied', 'i1', ''],
  [allocation('ACCRECCREDIT', { Status: 'DELETED' }), 'Credit note', 'Deleted', 'i1', 'n1'],
] as const)('%#: what settles an invoice, and what it uses up', (record, type, status, invoice, note) => {
  expect([paymentType(record), paymentStatus(record), paidInvoice(record), usedCreditNote(record)]).toEqual([
    type,
    status,
    invoice,
    note,
  ])
  expect(isSale(record)).toBe(true)
})

test.each(['ACCPAYCREDIT', 'SPEND-PREPAYMENT', 'APPREPAYMENT', 'SPEND-OVERPAYMENT'])('%s is no sale', (type) => {
  expect(isSale(allocation(type))).toBe(false)
})

const mapping = paymentMapping(SETTINGS)
const TYPED = {
  Name: 'Credit',
  Payment_Type: 'Credit note',
  Credit_Note_Used: { id: 'cn' },
  Paid_Invoice: { id: 'inv' },
  Paid_Amount: '20.00',
}
const typed = (fields: ValueObject = {}) => recordOf('zoho', 'XeroPayments', { ...TYPED, ...fields })
const SAME = { Contact: { ContactID: 'c1' }, CurrencyCode: 'AUD', Status: 'AUTHORISED' }
const books = (note: ValueObject = {}, invoice: ValueObject = {}) =>
  contextWith([
    recordOf('xero', 'CreditNotes', { ...SAME, RemainingCredit: '55.00', ...note }, 'x:cn'),
    recordOf('xero', 'Invoices', { ...SAME, AmountDue: '88.00', ...invoice }, 'x:inv'),
  ])

const checked = (fields: ValueObject, context: LinkContext) =>
  mapping.check(
    { target: 'xero', source: viewOf(typed(fields)), targetView: viewOf(null), after: {}, linesAfter: null },
    context,
  )

// Catches: credit sent while the note or invoice is not open for it, or more of it than there is: it cannot be changed.
test.each([
  ['a draft note', { Status: 'DRAFT' }, {}, 'creditNotReady'],
  ['a note that is used up', { Status: 'PAID', RemainingCredit: '0.00' }, {}, 'creditNotReady'],
  ['too little left', { RemainingCredit: '19.99' }, {}, 'creditNotReady'],
  ['too little due', {}, { AmountDue: '19.99' }, 'creditNotReady'],
  ['a paid invoice', {}, { Status: 'PAID', AmountDue: '0.00' }, 'creditNotReady'],
  ['another customer', {}, { Contact: { ContactID: 'c2' } }, 'valueNotAllowed'],
  ['another currency', {}, { CurrencyCode: 'NZD' }, 'valueNotAllowed'],
])('an allocation that is typed waits: %s', (_what, note, invoice, code) => {
  expect(checked({}, books(note, invoice))).toMatchObject({ type: 'hold', code })
})

test.each([
  ['no note', { Credit_Note_Used: null }, 'missingParent'],
  ['no invoice', { Paid_Invoice: null }, 'missingParent'],
  ['no amount', { Paid_Amount: null }, 'requiredValueMissing'],
  ['tenths of cents', { Paid_Amount: '1.005' }, 'valueNotAllowed'],
  ['what Xero alone can make', { Payment_Type: 'Overpayment' }, 'valueNotAllowed'],
])('and is told by name what it lacks: %s', (_what, fields, code) => {
  expect(checked(fields, books())).toMatchObject({ type: 'hold', code })
  // Catches: what is credit taken for money, because it cannot go as credit yet.
  expect(mapping.createExtras('xero', viewOf(typed(fields)), books()).type).toBe('mapped')
})

test('a payment that is typed is no credit', () => {
  const plain = viewOf(typed({ Payment_Type: 'Payment' }))
  expect(mapping.createExtras('xero', plain, books())).toMatchObject({ type: 'hold', code: 'valueNotAllowed' })
  expect(mapping.createIn?.(plain, books())).toBeNull()
})

test('one that may go is one call below its note', () => {
  expect(checked({}, books())).toEqual({ type: 'go' })
  expect(mapping.createIn?.(viewOf(typed()), books())).toBe('Allocations')
  const extras = mapping.createExtras('xero', viewOf(typed()), books())
  const payload = extras.type === 'mapped' ? shownFields(extras.value.payload) : {}
  expect(payload).toEqual({ CreditID: 'x:cn', Amount: '20', Invoice: { InvoiceID: 'x:inv' } })
})

// Catches: two equal allocations of a bookkeeper's held as one, and a lost one of ours that is not known again.
test('only what was typed in the CRM looks for its like', () => {
  const context = books()
  const [key] = mapping.matchKeys(viewOf(typed()), context)
  const xero = allocation('ACCRECCREDIT', { CreditID: 'x:cn', Invoice: { InvoiceID: 'x:inv' } })
  expect(mapping.matchKeys(viewOf(xero), context)).toEqual([])
  expect(mapping.suggestKeys(viewOf(xero), context)).toEqual([key])
  expect(mapping.matchKeys(viewOf(typed({ Xero_ID: 'C:n1:a' })), context)).toEqual([])
})
