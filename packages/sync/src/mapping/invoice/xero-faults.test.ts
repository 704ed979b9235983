import { describe, expect, test } from 'vitest'
import type { ReferenceData, XeroTaxRate } from '../../model/reference.ts'
import type { LineValue } from '../contract.ts'
import { contextOf, REFERENCE, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { accountFault, taxFault, type XeroLines, xeroLineFaults } from './xero-faults.ts'

const SALES = ['ASSET', 'EQUITY', 'LIABILITY', 'REVENUE']
const PURCHASES = ['ASSET', 'EQUITY', 'LIABILITY', 'EXPENSE']

function rate(taxType: string, appliesTo: readonly string[], status = 'ACTIVE'): XeroTaxRate {
  return {
    taxType,
    name: taxType,
    effectiveRate: '10.0000',
    status,
    canApplyToRevenue: appliesTo.includes('REVENUE'),
    appliesTo,
  }
}

const account = (code: string, accountClass: string) => ({
  accountId: code,
  code,
  name: code,
  type: accountClass,
  class: accountClass,
  taxType: 'OUTPUT',
  status: 'ACTIVE',
  systemAccount: '',
})

const reference: ReferenceData = {
  ...REFERENCE,
  xero: {
    ...REFERENCE.xero,
    accounts: [...REFERENCE.xero.accounts, account('453', 'EXPENSE'), account('820', 'LIABILITY')],
    taxRates: [
      rate('OUTPUT', SALES),
      rate('INPUT', PURCHASES),
      rate('OLD', SALES, 'ARCHIVED'),
      rate('ALL', [...SALES, 'EXPENSE']),
    ],
  },
}
const context = contextOf(SETTINGS, reference)

const line = (tax: string, values: Partial<LineValue> = {}): LineValue => ({
  item: null,
  description: 'Advice',
  quantity: '1',
  unitPrice: '10',
  discountPercent: null,
  discountAmount: '0',
  tax,
  net: '10',
  ...values,
})

/** The first thing that is wrong; null when nothing is. */
const faultIn = (lines: Omit<XeroLines, 'status'>) => xeroLineFaults({ ...lines, status: 'DRAFT' }, context)[0] ?? null

// Catches: a refusal that Xero gives after the fact, for what could have been told before anything was sent (R34).
describe('a line of a new document', () => {
  const faultOf = (value: LineValue) => faultIn({ targetView: viewOf(null), linesAfter: [value], present: [] })
  test.each([
    ['OUTPUT', null],
    ['ALL', null],
    ['', null],
    ['INPUT', 'is not for sales'],
    ['OLD', 'is archived'],
    ['NOPE', 'has no tax rate NOPE'],
  ])('with the rate %s: %s', (tax, says) => {
    const fault = faultOf(line(tax))
    if (says === null) expect(fault).toBeNull()
    else expect(fault).toMatchObject({ code: 'taxNotValid', detail: expect.stringContaining(says) })
  })
})

// Catches: a bookkeeper's own account and rate held against a document that Xero takes as it is, and a rate put on an
// account that cannot bear it.
describe('a line that stands in Xero', () => {
  const document = (AccountCode: string, TaxType: string) =>
    viewOf(
      recordOf('xero', 'Invoices', { Status: 'DRAFT', LineItems: [{ Description: 'Advice', AccountCode, TaxType }] }),
    )
  const faultOf = (targetView: ReturnType<typeof document>, before: string, after: string) =>
    faultIn({ targetView, linesAfter: [line(after)], present: [line(before)] })
  test('keeps the rate that Xero has accepted for it', () => {
    expect(faultOf(document('453', 'INPUT'), 'INPUT', 'INPUT')).toBeNull()
  })
  test('is refused again once its rate is archived', () => {
    expect(faultOf(document('200', 'OLD'), 'OLD', 'OLD')).toMatchObject({ code: 'taxNotValid' })
  })
  test('takes another rate only if its account goes with it', () => {
    expect(faultOf(document('453', 'ALL'), 'ALL', 'OUTPUT')).toMatchObject({
      code: 'taxNotValid',
      detail: "Xero's tax rate OUTPUT cannot be used with its ledger account 453 453",
    })
    expect(faultOf(document('820', 'ALL'), 'ALL', 'OUTPUT')).toBeNull()
    expect(faultOf(document('200', 'ALL'), 'ALL', 'OUTPUT')).toBeNull()
  })
})

test.each([
  ['200', 'income', null],
  ['453', 'income', 'no sales account'],
  ['453', 'expense', null],
  ['200', 'expense', 'no expense account'],
  ['610', 'income', 'no sales account'],
  ['860', 'expense', 'no expense account'],
  ['nope', 'income', 'no ledger account nope'],
] as const)('the ledger account %s as %s: %s', (code, use, says) => {
  const fault = accountFault(code, reference.xero, use)
  if (says === null) expect(fault).toBeNull()
  else expect(fault).toContain(says)
})

test('a rate whose classes were never read is judged by what is known of it', () => {
  expect(taxFault('OUTPUT', REFERENCE.xero)).toBeNull()
})
