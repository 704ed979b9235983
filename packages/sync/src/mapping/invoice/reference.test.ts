import { describe, expect, test } from 'vitest'
import type { InvoiceSettings } from '../../model/invoice-settings.ts'
import type { ValueObject } from '../../model/value.ts'
import type { FieldRule } from '../contract.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { invoiceMapping } from './invoice-mapping.ts'

function rulesWith(change: Partial<InvoiceSettings>) {
  const settings = { ...SETTINGS, invoicePrefix: 'Z-', invoice: { ...SETTINGS.invoice, ...change } }
  const find = (field: string): FieldRule | undefined =>
    invoiceMapping(settings).fields.find((rule) => rule.field === field)
  return { context: contextOf(settings), find }
}

const crm = viewOf(recordOf('zoho', 'Invoices', { Invoice_Number: '1001', Subject: 'Website' }))
const books = (fields: ValueObject) => viewOf(recordOf('xero', 'Invoices', fields))

describe('the number in the reference (R30)', () => {
  test('off: the Subject is the Reference, both ways', () => {
    const { find } = rulesWith({})
    expect(find('reference')).toBeUndefined()
    expect(find('subject')).toMatchObject({ direction: 'both' })
  })
  test.each([{ numberInReference: true }, { numbering: 'both' }] as const)(
    'on by %o: it carries the CRM number, prefix once',
    (change) => {
      const { find, context } = rulesWith(change)
      const rule = find('reference')
      const value = rule?.zoho.read(crm, context) ?? null
      expect(value).toBe('Z-1001')
      expect(rule?.xero.write(value, books({}), context)).toEqual({ Reference: 'Z-1001' })
    },
  )
  // Catches: a purchase order number that somebody typed in Xero written over by the next sync.
  test.each(['PO 77', 'Z-1001', ''])('on: what stands in Xero now ("%s") is right, whatever it is', (reference) => {
    const { find, context } = rulesWith({ numberInReference: true })
    const rule = find('reference')
    expect(rule?.direction).toBe('zohoToXero')
    const read = rule?.xero.read(books({ Reference: reference }), context) ?? null
    expect(rule?.corresponds?.('Z-1001', read, context)).toBe(true)
  })
  // Catches: a purchase order number that becomes the Subject of the CRM invoice.
  test('on: a Subject comes from Xero only with the invoice itself', () => {
    const { find, context } = rulesWith({ numberInReference: true })
    const rule = find('subject')
    expect(rule?.direction).toBe('xeroToZoho')
    expect(rule?.xero.read(books({ InvoiceNumber: 'INV-7', Reference: '' }), context)).toBe('INV-7')
    expect(rule?.corresponds?.('Website', 'PO 77', context)).toBe(true)
  })
})
