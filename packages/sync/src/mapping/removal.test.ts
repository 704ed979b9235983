import { describe, expect, test } from 'vitest'
import type { ValueObject } from '../model/value.ts'
import { invoiceMapping } from './invoice/invoice-mapping.ts'
import { quoteMapping } from './quote/quote-mapping.ts'
import { freedNumber } from './removal.ts'
import { contextOf, recordOf, SETTINGS } from './testing.ts'

const invoice = invoiceMapping(SETTINGS)
const quote = quoteMapping(SETTINGS)
const OPEN = { Date: '2026-11-01', AmountPaid: '0.00', AmountCredited: '0.00', InvoiceNumber: 'INV-7' }

function ofInvoice(fields: ValueObject) {
  return invoice.removal?.(recordOf('xero', 'Invoices', { ...OPEN, ...fields }, 'abcdef01-2345'), contextOf())
}

// Catches: a void for a draft or a delete for what is approved, which Xero refuses; anything at all for what is paid.
describe('what deleting a CRM invoice comes to in Xero (R12c, xero.md 4.3)', () => {
  test.each([
    [{ Status: 'DRAFT' }, { type: 'remove', to: 'DELETED', consent: null }],
    [{ Status: 'SUBMITTED' }, { type: 'remove', to: 'DELETED', consent: null }],
    [{ Status: 'AUTHORISED' }, { type: 'remove', to: 'VOIDED', payload: { Status: 'VOIDED' } }],
    [
      { Status: 'AUTHORISED', AmountPaid: '0.01' },
      { type: 'refused', code: 'deletePaid' },
    ],
    [
      { Status: 'AUTHORISED', AmountCredited: '5' },
      { type: 'refused', code: 'deleteCredited' },
    ],
    [{ Status: 'PAID' }, { type: 'refused', code: 'deletePaid' }],
    [
      { Status: 'PAID', AmountCredited: '110' },
      { type: 'refused', code: 'deleteCredited' },
    ],
    [
      { Status: 'DRAFT', Date: '2026-06-30' },
      { type: 'refused', code: 'lockDate' },
    ],
    [
      { Status: 'AUTHORISED', Date: '2026-06-30' },
      { type: 'refused', code: 'lockDate' },
    ],
    [{ Status: 'VOIDED' }, { type: 'ended' }],
    [{ Status: 'DELETED' }, { type: 'ended' }],
    [{ Status: 'SOMETHING' }, { type: 'refused', code: 'statusNotAllowed' }],
  ])('%j: %j', (fields, removal) => expect(ofInvoice(fields)).toMatchObject(removal))

  test('a void is asked for by name; a draft that nobody has seen is not', () => {
    expect(ofInvoice({ Status: 'AUTHORISED' })).toMatchObject({ consent: expect.stringContaining('INV-7') })
  })
  test('a deleted draft gives its number back: a restored invoice takes it again (xero.md 4.3)', () => {
    expect(ofInvoice({ Status: 'DRAFT' })).toMatchObject({ payload: { InvoiceNumber: 'INV-7 deleted abcdef01' } })
    expect(freedNumber('N'.repeat(300), 'x')).toHaveLength(255)
  })
})

describe('what deleting a CRM quote comes to in Xero (R12c, xero.md 4.4)', () => {
  const HEAD = { Contact: { ContactID: 'c1' }, Date: '2026-11-01', LineAmountTypes: 'EXCLUSIVE' }
  const ofQuote = (Status: string) =>
    quote.removal?.(recordOf('xero', 'Quotes', { ...HEAD, Status, QuoteNumber: 'Q-1' }, 'abcdef01-2345'), contextOf())

  test.each([
    [
      'DRAFT',
      { type: 'remove', to: 'DELETED', consent: null, payload: { QuoteNumber: 'Q-1 deleted abcdef01', ...HEAD } },
    ],
    ['SENT', { type: 'remove', to: 'DELETED', consent: expect.any(String) }],
    ['ACCEPTED', { type: 'remove', to: 'DELETED', consent: expect.any(String), payload: HEAD }],
    ['DECLINED', { type: 'remove', to: 'DELETED', consent: expect.any(String), payload: HEAD }],
    ['INVOICED', { type: 'refused', code: 'deleteInvoiced' }],
    ['DELETED', { type: 'ended' }],
  ])('%s: %j', (status, removal) => expect(ofQuote(status)).toMatchObject(removal))
})
