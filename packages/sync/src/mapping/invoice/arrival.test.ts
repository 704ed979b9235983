import { expect, test } from 'vitest'
import { ARRIVAL_STATUSES } from '../../model/invoice-settings.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { invoiceMapping } from './invoice-mapping.ts'

const arriving = (arrivalStatus: ConnectionSettings['invoice']['arrivalStatus'], paidStatuses: readonly string[]) => ({
  ...SETTINGS,
  invoice: { ...SETTINGS.invoice, arrivalStatus, paidStatuses },
})

function statusOf(crmStatus: string, settings: ConnectionSettings): unknown {
  const source = viewOf(recordOf('zoho', 'Invoices', { Invoice_Number: '1', Status: crmStatus }))
  const extras = invoiceMapping(settings).createExtras('xero', source, contextOf(settings))
  return extras.type === 'mapped' ? extras.value.payload.Status : extras
}

// Catches: one of the two settings taken for both, or a paid sale that arrives as a draft nobody approves.
test.each(ARRIVAL_STATUSES)('a paid invoice arrives as %s, an unpaid one as another status (R24)', (paid) => {
  for (const unpaid of ARRIVAL_STATUSES) {
    const settings = arriving({ paid, unpaid }, ['Delivered'])
    expect([statusOf('Delivered', settings), statusOf('Created', settings)]).toEqual([paid, unpaid])
  }
})

test('Zoho has no word for paid: nothing is, until a person chooses what means it', () => {
  const settings = arriving({ paid: 'AUTHORISED', unpaid: 'DRAFT' }, [])
  expect(['', 'Created', 'Delivered', 'Paid'].map((status) => statusOf(status, settings))).toEqual(
    Array(4).fill('DRAFT'),
  )
})

// Catches: the CRM's own "Paid" written over by "Approved", which says less, or held as a word that nobody knows.
test("the CRM's word for paid stands beside every status of Xero that is in force, and gives way to Cancelled", () => {
  const settings = arriving({ paid: 'DRAFT', unpaid: 'DRAFT' }, ['Settled'])
  const mapping = invoiceMapping(settings)
  const context = contextOf(settings)
  const rule = mapping.fields.find((one) => one.field === 'status')
  const standing = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'].map((status) =>
    rule?.corresponds?.('Settled', status, context),
  )
  expect(standing).toEqual([true, true, true, true, false, false])
  const view = viewOf(recordOf('zoho', 'Invoices', { Status: 'Settled' }))
  expect(mapping.mayWrite('status', view, context)).toEqual({ type: 'write' })
  expect(invoiceMapping(SETTINGS).mayWrite('status', view, contextOf())).toMatchObject({ code: 'unmappedStatus' })
})
