import { describe, expect, test } from 'vitest'
import type { InvoiceSettings } from '../../model/invoice-settings.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { invoiceMapping } from './invoice-mapping.ts'

function settingsFor(numbering: InvoiceSettings['numbering'], change: Partial<ConnectionSettings> = {}) {
  return { ...SETTINGS, invoicePrefix: 'Z-', ...change, invoice: { ...SETTINGS.invoice, numbering } }
}

const crm = (fields: ValueObject = {}) => viewOf(recordOf('zoho', 'Invoices', { Invoice_Number: '1001', ...fields }))

function created(settings: ConnectionSettings, fields: ValueObject = {}) {
  const extras = invoiceMapping(settings).createExtras('xero', crm(fields), contextOf(settings))
  if (extras.type === 'hold') return extras.code
  const { payload, naturalKey } = extras.value
  return { number: payload.InvoiceNumber, url: payload.Url, key: naturalKey.field }
}

const URL = 'https://tandem.example/r/L1'

// Catches: two numbers for one invoice, or a create that nothing can find again when its answer is lost (I2).
describe('who numbers a CRM invoice (R27, R31a)', () => {
  test.each([
    ['crm', {}, { number: 'Z-1001', url: URL, key: 'InvoiceNumber' }],
    ['xero', {}, { number: undefined, url: URL, key: 'Url' }],
    ['both', {}, { number: undefined, url: URL, key: 'Url' }],
    ['crm', { Xero_Invoice_No: '1001-2' }, { number: '1001-2', url: URL, key: 'InvoiceNumber' }],
    ['xero', { Xero_Invoice_No: 'WEB-7' }, { number: 'WEB-7', url: URL, key: 'InvoiceNumber' }],
  ] as const)('%s with %o', (numbering, fields, expected) => {
    expect(created(settingsFor(numbering), fields)).toEqual(expected)
  })
  test.each(['', 'https://xero-sync.example'])('by Xero needs a Url that Xero takes: "%s" is held', (publicUrl) => {
    expect(created(settingsFor('xero', { publicUrl }))).toBe('mappingInvalid')
    expect(created(settingsFor('crm', { publicUrl }))).toMatchObject({ number: 'Z-1001', url: undefined })
  })
  test('what Xero cannot have as a number is held', () => {
    expect(created(settingsFor('crm'), { Invoice_Number: '' })).toBe('missingKey')
    expect(created(settingsFor('crm'), { Xero_Invoice_No: 'Nº 7' })).toBe('valueNotAllowed')
    expect(created(settingsFor('crm'), { Xero_Invoice_No: '7'.repeat(256) })).toBe('valueTooLong')
  })
  test('an unanswered create that Xero numbered is asked for by its Url', () => {
    const identity = (numbering: InvoiceSettings['numbering']) => {
      const settings = settingsFor(numbering)
      return invoiceMapping(settings).identityLookup?.('xero', 'L1', contextOf(settings))
    }
    expect(identity('xero')).toEqual({ collection: 'Invoices', key: { field: 'Url', value: URL } })
    expect(identity('crm')).toBeNull()
  })
})

describe('a number that another Xero invoice has (R27)', () => {
  const settings = settingsFor('crm')
  const mapping = invoiceMapping(settings)
  const context = contextOf(settings)
  const taken =
    (...numbers: readonly string[]) =>
    (key: string) =>
      numbers.some((number) => key === `number:${number}`)

  test('is a clash, with the next free one', () => {
    expect(mapping.clash?.(crm(), taken('z-1001', 'z-1001-2'), context)).toMatchObject({
      code: 'numberTaken',
      key: 'number:z-1001',
      detail: { number: 'Z-1001', nextFree: 'Z-1001-3', detail: expect.stringContaining('Z-1001-3 is free') },
    })
    expect(mapping.clash?.(crm(), taken('z-1002'), context)).toBeNull()
  })
  test('has its alternatives looked for only where it is taken', () => {
    const further = (numbers: readonly string[]) =>
      mapping.furtherLookups?.(crm(), taken(...numbers), context).map(({ key }) => key.value)
    expect(further([])).toEqual([])
    expect(further(['z-1001'])).toEqual(['Z-1001-2', 'Z-1001-3', 'Z-1001-4', 'Z-1001-5'])
  })
  test('none is offered that may be taken', () => {
    const all = taken('z-1001', 'z-1001-2', 'z-1001-3', 'z-1001-4', 'z-1001-5')
    expect(mapping.clash?.(crm(), all, context)).toMatchObject({ detail: { nextFree: '' } })
  })
  // Catches: two invoices joined because two systems have counted to the same figure.
  test('links nothing: the CRM number stands in no key of its own', () => {
    const keys = [...mapping.matchKeys(crm(), context), ...mapping.suggestKeys(crm(), context)]
    expect(keys.filter((key) => key.startsWith('number:'))).toEqual([])
  })
  // Catches: every CRM invoice held because Xero, which numbers them, has come to the same figure.
  test('is nothing to an invoice that Xero numbers, nor to one whose number a person has typed', () => {
    const byXero = settingsFor('xero')
    expect(invoiceMapping(byXero).clash?.(crm(), taken('z-1001'), contextOf(byXero))).toBeNull()
    expect(mapping.clash?.(crm({ Xero_Invoice_No: 'A-1' }), taken('z-1001'), context)).toBeNull()
  })
})
