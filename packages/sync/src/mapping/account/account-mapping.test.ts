import { describe, expect, test } from 'vitest'
import { mappingFor } from '../index.ts'
import { contextOf, recordOf, SETTINGS, shownFields, viewOf } from '../testing.ts'

const SALES = {
  AccountID: 'a-200',
  Code: '200',
  Name: 'Sales &amp; services',
  Type: 'REVENUE',
  Class: 'REVENUE',
  TaxType: 'OUTPUT',
  Status: 'ACTIVE',
  Description: 'Line one\r\nLine two ',
  EnablePaymentsToAccount: false,
}
const rules = mappingFor('account', SETTINGS)
const context = contextOf()
const account = (change: Readonly<Record<string, string | boolean>> = {}) =>
  recordOf('xero', 'LedgerAccounts', { ...SALES, ...change })

/** The CRM record that these rules would write. */
function inCrm(record: ReturnType<typeof account>) {
  const view = viewOf(record)
  const payloads = rules.fields.map((rule) => {
    const accepted = rule.zoho.accept(rule.xero.read(view, context), context)
    return accepted.type === 'mapped' ? rule.zoho.write(accepted.value, view, context) : {}
  })
  return shownFields(Object.assign({}, ...payloads))
}

// Catches: an account shown in another's words, or a field of it lost (R10a, R10b).
describe('a ledger account in the CRM', () => {
  test('has every field that a person looks for', () => {
    expect(inCrm(account())).toEqual({
      Name: 'Sales & services',
      Ledger_Code: '200',
      Ledger_Type: 'REVENUE',
      Ledger_Class: 'REVENUE',
      Ledger_Tax_Type: 'OUTPUT',
      Ledger_Status: 'Active',
      Ledger_Description: 'Line one\nLine two',
      Takes_Payments: false,
      Xero_ID: 'xero-1',
    })
  })
  test('says that it is archived, takes payments, and has no code where it has none', () => {
    const shown = inCrm(account({ Status: 'ARCHIVED', EnablePaymentsToAccount: true, Code: '' }))
    expect(shown).toMatchObject({ Ledger_Status: 'Archived', Takes_Payments: true, Ledger_Code: null })
  })
  test('loses what Xero has emptied: it repeats Xero and holds nothing of its own', () => {
    expect(rules.fields.filter((rule) => !rule.blankErases && !rule.isCrossReference)).toEqual([])
    expect(rules.fields.every((rule) => rule.direction === 'xeroToZoho')).toBe(true)
  })
  test('too long a name is told, never cut', () => {
    const name = rules.fields.find((rule) => rule.field === 'name')
    expect(name?.zoho.accept('x'.repeat(256), context)).toMatchObject({ type: 'hold', code: 'valueTooLong' })
  })
})

describe('what takes part', () => {
  test('an archived account does, one that was deleted before it was known does not', () => {
    expect(rules.skip(account({ Status: 'ARCHIVED' }), context)).toBeNull()
    expect(rules.skip(account({ Status: 'DELETED' }), context)).toBe('cancelled')
  })
  test('no field of it before connect has made the module', () => {
    const { provisioned } = SETTINGS
    const bare = { ...provisioned, xeroId: {}, account: { ...provisioned.account, code: '', takesPayments: '' } }
    const settings = { ...SETTINGS, provisioned: bare }
    const names = mappingFor('account', settings).fields.map((rule) => rule.field)
    expect(names).not.toEqual(expect.arrayContaining(['code', 'takesPayments', 'xeroId']))
    const made = mappingFor('account', settings).createExtras('zoho', viewOf(account()), contextOf(settings))
    expect(made).toMatchObject({ type: 'hold', code: 'fieldMissing' })
  })
})

// Catches: a ledger account made in the books from the CRM (C8).
test('Xero is given none, whatever the settings say', () => {
  const typed = viewOf(recordOf('zoho', 'XeroAccounts', { Name: 'Typed by hand' }))
  expect(rules.createExtras('xero', typed, context)).toMatchObject({ type: 'hold', code: 'valueNotAllowed' })
})
