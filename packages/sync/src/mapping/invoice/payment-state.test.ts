import { describe, expect, test } from 'vitest'
import type { ValueObject } from '../../model/value.ts'
import type { FieldRule } from '../contract.ts'
import { contextOf, recordOf, SETTINGS, shown, viewOf } from '../testing.ts'
import { invoiceMapping } from './invoice-mapping.ts'
import { paymentState } from './payment-state.ts'

const OPEN = { AmountDue: '110.00', AmountPaid: '0.00', AmountCredited: '0.00', DueDate: '2026-11-21' }
const books = (fields: ValueObject) => recordOf('xero', 'Invoices', { Status: 'AUTHORISED', ...OPEN, ...fields })

// Catches: an invoice in the wrong list view, or overdue a day early (R38b, R38c).
describe('payment state', () => {
  test.each([
    [{}, '2026-11-20', 'Unpaid'],
    [{}, '2026-11-21', 'Unpaid'],
    [{}, '2026-11-22', 'Overdue'],
    [{ DueDate: '' }, '2026-11-22', 'Unpaid'],
    [{ AmountPaid: '10.00', AmountDue: '100.00' }, '2026-11-21', 'Partly paid'],
    [{ AmountCredited: '10.00', AmountDue: '100.00' }, '2026-11-21', 'Partly paid'],
    [{ AmountPaid: '10.00', AmountDue: '100.00' }, '2026-11-22', 'Overdue'],
    [{ AmountCredited: '110.00', AmountDue: '0.00' }, '2026-11-22', 'Paid'],
    [{ Status: 'PAID', AmountDue: '0.00' }, '2026-11-22', 'Paid'],
    [{ Status: 'DRAFT' }, '2026-11-22', 'Unpaid'],
    [{ Status: 'SUBMITTED' }, '2026-11-22', 'Unpaid'],
    [{ Status: 'VOIDED', AmountDue: '0.00' }, '2026-11-22', ''],
    [{ Status: 'DELETED', AmountDue: '0.00' }, '2026-11-22', ''],
    [{ AmountDue: '' }, '2026-11-22', ''],
  ] as const)('of %o on %s is %s', (fields, today, state) => {
    expect(paymentState(books(fields), today)).toBe(state)
  })
})

describe('what Xero knows, on the CRM record', () => {
  const context = contextOf()
  const rules = invoiceMapping(SETTINGS).fields
  const ruleOf = (field: string): FieldRule => {
    const rule = rules.find((one) => one.field === field)
    if (rule === undefined) throw new Error(`No rule ${field}`)
    return rule
  }
  const written = (field: string, fields: ValueObject) => {
    const rule = ruleOf(field)
    const accepted = rule.zoho.accept(rule.xero.read(viewOf(books(fields)), context), context)
    return accepted.type === 'mapped' ? shown(rule.zoho.write(accepted.value, viewOf(null), context)) : accepted
  }
  test('goes one way, under the names that were provisioned', () => {
    const paid = { AmountPaid: '10.50', AmountDue: '99.50' }
    expect(written('amountDue', paid)).toEqual({ Xero_Amount_Due: '99.5' })
    expect(written('amountPaid', paid)).toEqual({ Xero_Amount_Paid: '10.5' })
    expect(written('xeroStatus', { Status: 'SUBMITTED' })).toEqual({ Xero_Status: 'Awaiting approval' })
    expect(written('paymentState', paid)).toEqual({ Xero_Payment_State: 'Partly paid' })
    for (const field of ['amountDue', 'amountPaid', 'xeroStatus', 'paymentState'])
      expect(ruleOf(field)).toMatchObject({ direction: 'xeroToZoho', isCrossReference: true })
  })
  test('a voided invoice leaves the list of those that are overdue', () => {
    expect(written('paymentState', { Status: 'VOIDED', AmountDue: '0.00' })).toEqual({ Xero_Payment_State: null })
    expect(ruleOf('paymentState').blankErases).toBe(true)
  })
  test('amounts compare as amounts: Zoho shows 110, Xero 110.00', () => {
    const crm = viewOf(recordOf('zoho', 'Invoices', { Xero_Amount_Due: '110' }))
    expect(ruleOf('amountDue').zoho.read(crm, context)).toBe(ruleOf('amountDue').xero.read(viewOf(books({})), context))
  })
  test('there is no rule for a field that is not there', () => {
    const provisioned = { ...SETTINGS.provisioned, amountDue: '', paymentState: '' }
    const fields = invoiceMapping({ ...SETTINGS, provisioned }).fields.map((rule) => rule.field)
    expect(fields).not.toContain('amountDue')
    expect(fields).not.toContain('paymentState')
    expect(fields).toContain('amountPaid')
  })
})
