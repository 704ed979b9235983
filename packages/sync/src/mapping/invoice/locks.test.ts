import { describe, expect, test } from 'vitest'
import type { ValueObject } from '../../model/value.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { invoiceMapping } from './invoice-mapping.ts'

const verdict = (fields: ValueObject) =>
  invoiceMapping(SETTINGS).mayWrite(
    'lines',
    viewOf(recordOf('xero', 'Invoices', { Date: '2026-10-06', ...fields })),
    contextOf(),
  )

// Catches: an edit that Xero would refuse being sent, or a lock without a way forward (R36a).
describe('by default the CRM', () => {
  test('may change what awaits approval', () => {
    expect(verdict({ Status: 'SUBMITTED' })).toEqual({ type: 'write' })
  })
  test.each([
    ['awaits payment', { Status: 'AUTHORISED', AmountPaid: '0.00' }, /awaits payment.*Edit it in Xero.*credit note/],
    ['is paid in part', { Status: 'AUTHORISED', AmountPaid: '10.00' }, /Remove the payment.*credit note/],
    ['is credited in part', { Status: 'AUTHORISED', AmountCredited: '10.00' }, /Remove the payment.*credit note/],
    ['is paid', { Status: 'PAID', AmountPaid: '110.00' }, /Undo the payment.*credit note/],
  ])('does not change what %s, and says what is left to do', (_what, fields, ways) => {
    expect(verdict(fields)).toMatchObject({ type: 'locked', code: 'recordLocked', detail: expect.stringMatching(ways) })
    expect(verdict(fields)).toMatchObject({ detail: expect.stringContaining('Xero has locked this') })
  })
})
