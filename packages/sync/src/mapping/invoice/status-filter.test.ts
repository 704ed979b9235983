import { expect, test } from 'vitest'
import type { XeroInvoiceStatus } from '../../model/invoice-settings.ts'
import { contextOf, recordOf, SETTINGS } from '../testing.ts'
import { invoiceMapping } from './invoice-mapping.ts'

function skipped(status: string, xeroStatuses: readonly XeroInvoiceStatus[] = SETTINGS.invoice.xeroStatuses) {
  const settings = { ...SETTINGS, invoice: { ...SETTINGS.invoice, xeroStatuses } }
  const record = recordOf('xero', 'Invoices', { Type: 'ACCREC', Status: status })
  return invoiceMapping(settings).skip(record, contextOf(settings))
}

// Catches: drafts in the CRM that were filtered out, or an invoice that stays out after its approval (R31b).
test.each([
  ['DRAFT', ['AUTHORISED', 'PAID'], 'statusFilteredOut'],
  ['SUBMITTED', ['AUTHORISED', 'PAID'], 'statusFilteredOut'],
  ['AUTHORISED', ['AUTHORISED', 'PAID'], null],
  ['PAID', ['AUTHORISED', 'PAID'], null],
  ['VOIDED', ['AUTHORISED', 'PAID'], 'cancelled'],
  ['VOIDED', ['AUTHORISED', 'VOIDED'], null],
  ['DELETED', ['DELETED'], null],
] as const)('%s with %o chosen: %s', (status, chosen, reason) => {
  expect(skipped(status, chosen)).toBe(reason)
})

test('by default everything that is in force comes, and what is cancelled stays out', () => {
  const reasons = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'].map((status) => skipped(status))
  expect(reasons).toEqual([null, null, null, null, 'cancelled', 'cancelled'])
})

test('a status that nobody knows is not left out in silence', () => {
  expect(skipped('ON HOLD', ['PAID'])).toBeNull()
})
