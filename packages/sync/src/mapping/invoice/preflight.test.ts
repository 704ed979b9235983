import { describe, expect, test } from 'vitest'
import { CODES } from '../../model/codes.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Value, ValueObject } from '../../model/value.ts'
import type { CheckVerdict } from '../contract.ts'
import { contextWith, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { invoiceMapping } from './invoice-mapping.ts'
import { PREFLIGHT } from './preflight.ts'

interface Scene {
  readonly source?: ValueObject
  readonly after?: Readonly<Record<string, Value>>
  readonly read?: readonly RemoteRecord[]
  readonly settings?: ConnectionSettings
}

const ROW = {
  Product_Name: { id: 'p-1', name: 'Widget' },
  Quantity: '1',
  List_Price: '100',
  Line_Tax: [{ id: 't-gst' }],
}

function check({ source = {}, after = {}, read = [], settings = SETTINGS }: Scene): CheckVerdict {
  const mapping = invoiceMapping(settings)
  const context = contextWith(read, settings)
  const view = viewOf(
    recordOf('zoho', 'Invoices', {
      Account_Name: { id: 'a-1' },
      Invoiced_Items: [ROW],
      Grand_Total: '110.00',
      ...source,
    }),
  )
  const linesAfter = (mapping.lines?.read(view, context) ?? []).flatMap((line) => {
    const accepted = mapping.lines?.accept('xero', line.value, context)
    return accepted?.type === 'mapped' ? [accepted.value] : []
  })
  return mapping.check(
    {
      target: 'xero',
      source: view,
      targetView: { ...viewOf(null), side: 'xero' },
      after: { date: '2026-10-06', customer: 'x:a-1', ...after },
      linesAfter,
    },
    context,
  )
}

const contact = (life: RemoteRecord['life'], fields: ValueObject = {}) => ({
  ...recordOf('xero', 'Contacts', { Name: 'Acme', ...fields }, 'x:a-1'),
  life,
})
const item = (AccountCode: string) => recordOf('xero', 'Items', { Code: 'P-1', SalesDetails: { AccountCode } }, 'x:p-1')
const approved = (change: Partial<ConnectionSettings['invoice']> = {}): ConnectionSettings => ({
  ...SETTINGS,
  invoice: { ...SETTINGS.invoice, arrivalStatus: { paid: 'AUTHORISED', unpaid: 'AUTHORISED' }, ...change },
})

// Catches: a call to Xero that is known to fail, and a person who learns of it by the remote's own words (R34).
describe('a new invoice is held before it is sent', () => {
  test.each<[string, Scene, string]>([
    ['dated before a lock', { after: { date: '2026-06-30' } }, 'lockDate'],
    ['whose customer is archived', { read: [contact('archived')] }, 'customerArchived'],
    ['whose customer was merged away', { read: [contact('archived', { MergedToContactID: 'x' })] }, 'customerArchived'],
    ['approved without a due date', { settings: approved({ dueRule: null }) }, 'dueDateMissing'],
    ['approved, with an item without an account', { settings: approved(), read: [item('')] }, 'accountNotValid'],
    ['approved, with an item on an unknown account', { settings: approved(), read: [item('999')] }, 'accountNotValid'],
    ['whose total would differ', { source: { Grand_Total: '120.00' } }, 'totalsDiffer'],
  ])('%s', (_what, scene, code) => {
    expect(check(scene)).toMatchObject({ type: 'hold', code })
  })

  test.each<[string, Scene]>([
    ['a draft needs no due date', { settings: { ...SETTINGS, invoice: { ...SETTINGS.invoice, dueRule: null } } }],
    [
      'terms of the customer are a due date too',
      {
        settings: approved({ dueRule: null }),
        read: [contact('live', { PaymentTerms: { Sales: { Type: 'DAYSAFTERBILLDATE', Day: '7' } } })],
      },
    ],
    ['a draft may have an item without an account', { read: [item('')] }],
    ['an item with a good account is approved', { settings: approved(), read: [item('200')] }],
    ['a customer who is active', { read: [contact('live')] }],
  ])('%s', (_what, scene) => {
    expect(check(scene)).toEqual({ type: 'go' })
  })

  test('all that is wrong is told at once', () => {
    const verdict = check({
      after: { date: '2026-06-30' },
      read: [contact('archived')],
      source: { Discount: '5', Tax: '11.00' },
      settings: approved({ dueRule: null }),
    })
    const also = verdict.type === 'hold' ? verdict.also?.map(({ code }) => code) : []
    expect(verdict).toMatchObject({ code: 'lockDate' })
    expect(also).toEqual(['customerArchived', 'dueDateMissing', 'documentTax', 'headerDiscount'])
  })
})

test('the list of checks names each once, and codes that have a text', () => {
  const names = PREFLIGHT.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { codes } of PREFLIGHT) for (const code of codes) expect(CODES).toContain(code)
})
