import { describe, expect, test } from 'vitest'
import type { DueTerms } from '../../model/invoice-settings.ts'
import type { Value, ValueObject } from '../../model/value.ts'
import { contextWith, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { contactTerms } from './due-date.ts'
import { invoiceMapping } from './invoice-mapping.ts'

const RULE: DueTerms = { type: 'daysAfter', days: 30 }
const sales = (Type: string, Day: Value): ValueObject => ({ Sales: { Type, Day } })

function dueOf(
  date: string,
  of: { readonly explicit?: string; readonly terms?: ValueObject; readonly rule?: DueTerms | null },
): unknown {
  const { explicit, terms, rule = RULE } = of
  const settings = { ...SETTINGS, invoice: { ...SETTINGS.invoice, dueRule: rule } }
  const contact = recordOf('xero', 'Contacts', terms === undefined ? {} : { PaymentTerms: terms }, 'x:a-1')
  const fields = { Invoice_Number: '1', Invoice_Date: date, Due_Date: explicit ?? null, Account_Name: { id: 'a-1' } }
  const source = viewOf(recordOf('zoho', 'Invoices', fields))
  const extras = invoiceMapping(settings).createExtras('xero', source, contextWith([contact], settings))
  return extras.type === 'mapped' ? extras.value.payload.DueDate : extras
}

// Catches: a rule that overrides what somebody typed or agreed with the customer, and months that are shorter than others.
describe('a new Xero invoice is due (R28)', () => {
  test.each([
    ['2026-01-31', { explicit: '2026-02-01', terms: sales('DAYSAFTERBILLDATE', '7') }, '2026-02-01'],
    ['2026-01-31', { terms: sales('DAYSAFTERBILLDATE', '7') }, '2026-02-07'],
    ['2026-01-31', { terms: sales('DAYSAFTERBILLDATE', '0') }, '2026-01-31'],
    ['2028-02-10', { terms: sales('DAYSAFTERBILLMONTH', '10') }, '2028-03-10'],
    ['2026-10-05', { terms: sales('OFCURRENTMONTH', '20') }, '2026-10-20'],
    ['2026-10-25', { terms: sales('OFCURRENTMONTH', '20') }, '2026-11-20'],
    ['2026-01-31', { terms: sales('OFFOLLOWINGMONTH', '31') }, '2026-02-28'],
    ['2028-01-31', { terms: sales('OFFOLLOWINGMONTH', '31') }, '2028-02-29'],
    ['2026-01-31', {}, '2026-03-02'],
    ['2026-01-31', { rule: { type: 'daysAfterMonthEnd', days: 0 } }, '2026-01-31'],
    ['2026-01-31', { rule: { type: 'daysAfterMonthEnd', days: 14 } }, '2026-02-14'],
    ['2028-02-29', { rule: { type: 'daysAfterMonthEnd', days: 30 } }, '2028-03-30'],
    ['2026-12-15', { rule: { type: 'dayOfNextMonth', day: 31 } }, '2027-01-31'],
    ['2028-01-30', { rule: { type: 'dayOfNextMonth', day: 30 } }, '2028-02-29'],
    ['2026-01-31', { rule: null }, undefined],
    ['2026-01-31', { rule: null, terms: sales('DAYSAFTERBILLDATE', '14') }, '2026-02-14'],
  ] as const)('of %s with %o on %s', (date, of, due) => {
    expect(dueOf(date, of)).toBe(due)
  })
})

test.each([
  ['none', {}],
  ['those for bills alone', { PaymentTerms: { Bills: { Type: 'DAYSAFTERBILLDATE', Day: '7' } } }],
  ['an unknown type', { PaymentTerms: sales('NEXTYEAR', '7') }],
  ['a day that is none', { PaymentTerms: sales('DAYSAFTERBILLDATE', '') }],
  ['no object', { PaymentTerms: '' }],
])('terms that say nothing (%s) leave it to the rule of the connection', (_what, fields) => {
  expect(contactTerms(recordOf('xero', 'Contacts', fields), 'Sales')).toBeNull()
})
