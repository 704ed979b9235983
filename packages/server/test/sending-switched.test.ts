import { REFERENCE } from '@tandem/sync/mapping/testing.ts'
import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import type { Sending } from '@tandem/sync/model/invoice-settings.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { expect, test } from 'vitest'
import { must, testConnection, testTandem } from './test-tandem.ts'

const CONNECTED: ConnectionSettings = {
  ...DEFAULT_SETTINGS,
  provisioned: {
    ...DEFAULT_SETTINGS.provisioned,
    xeroId: { Accounts: 'Xero_ID', Contacts: 'Xero_ID', Products: 'Xero_ID', Invoices: 'Xero_ID' },
    xeroInvoiceNumber: 'Xero_Invoice_No',
  },
}

function sending(to: Sending, settings: ConnectionSettings): ConnectionSettings {
  return { ...settings, invoice: { ...settings.invoice, sending: to } }
}

async function connected() {
  const made = await testTandem()
  const { generation: _generation, firstSyncDone: _done, ...fresh } = testConnection('c1')
  await made.tandem.store.connections.create({ ...fresh, settings: CONNECTED, reference: REFERENCE })
  return made
}

// Catches: invoices of yesterday that go another way because somebody has chosen anew today (R26).
test('a choice counts from the moment at which it is saved, in both directions, and is kept', async () => {
  const { operations, tandem } = await connected()
  const now = () => new Date(tandem.clock.now()).toISOString()
  const on = must(await operations.saveSettings('c1', sending('dailySummary', CONNECTED)))
  expect(on.invoice.sendingChanges).toEqual([{ at: now(), to: 'dailySummary' }])
  const same = must(await operations.saveSettings('c1', { ...on, quietSeconds: 9 }))
  expect(same.invoice.sendingChanges).toEqual(on.invoice.sendingChanges)
  const off = must(await operations.saveSettings('c1', sending('oneByOne', same)))
  expect(off.invoice.sendingChanges.map(({ to }) => to)).toEqual(['dailySummary', 'oneByOne'])
})

test('a person may say since when', async () => {
  const { operations } = await connected()
  const sendingChanges = [{ at: '2026-07-01T00:00:00Z', to: 'dailySummary' as const }]
  const wanted = { ...CONNECTED, invoice: { ...CONNECTED.invoice, sending: 'dailySummary' as const, sendingChanges } }
  expect(must(await operations.saveSettings('c1', wanted)).invoice.sendingChanges).toEqual(sendingChanges)
})

test('an instant that is none is a mistake', async () => {
  const { operations, tandem } = await connected()
  const sendingChanges = [{ at: 'July', to: 'dailySummary' }]
  const wanted = { ...CONNECTED, invoice: { ...CONNECTED.invoice, sending: 'dailySummary', sendingChanges } }
  expect((await operations.saveSettings('c1', wanted)).type).toBe('problem')
  expect((await tandem.store.connections.get('c1'))?.settings).toEqual(CONNECTED)
})
