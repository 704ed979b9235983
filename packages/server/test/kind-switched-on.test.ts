import { REFERENCE } from '@tandem/sync/mapping/testing.ts'
import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import type { ConnectionSettings, Provisioned } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { expect, test } from 'vitest'
import { answer, problem } from '../src/problem.ts'
import { parseSettings } from '../src/views/settings.ts'
import { passFor } from '../src/worker/jobs.ts'
import { must, testConnection, testTandem } from './test-tandem.ts'

const XERO_ID = { Accounts: 'Xero_ID', Contacts: 'Xero_ID', Products: 'Xero_ID', Invoices: 'Xero_ID' }
const CONNECTED: ConnectionSettings = {
  ...DEFAULT_SETTINGS,
  provisioned: { ...DEFAULT_SETTINGS.provisioned, xeroId: XERO_ID },
}
const withQuotes = (settings: ConnectionSettings): ConnectionSettings => ({
  ...settings,
  kinds: { ...settings.kinds, quote: { ...settings.kinds.quote, isOn: true } },
})

/** A connection that works without quotes, and a gateway that makes their fields, or cannot. */
async function connected(canMake: boolean) {
  const prepared: Connection[] = []
  const provisioned: Provisioned = {
    ...CONNECTED.provisioned,
    xeroId: { ...XERO_ID, Quotes: 'Xero_ID' },
    xeroQuoteNumber: 'Xero_Quote_No',
  }
  const made = await testTandem({
    prepare: async (draft) => {
      prepared.push(draft)
      if (!canMake) return problem('remoteRefused', 'Zoho asks for more rights', 'Sign in again')
      return answer({ settings: { ...draft.settings, provisioned }, reference: REFERENCE, notes: [] })
    },
  })
  const { generation: _generation, firstSyncDone: _done, ...fresh } = testConnection('c1')
  await made.tandem.store.connections.create({ ...fresh, settings: CONNECTED })
  const stored = async () => (await made.tandem.store.connections.get('c1'))?.settings
  return { ...made, prepared, stored }
}

// Catches: quotes that are switched on without a place in the CRM for what joins them to Xero's: made again when the
// database is lost (I2).
test('a kind that is switched on gets its CRM fields before its settings are stored', async () => {
  const { operations, prepared, stored } = await connected(true)
  const saved = must(await operations.saveSettings('c1', { ...withQuotes(CONNECTED), quotePrefix: 'Q-' }))
  expect(prepared).toHaveLength(1)
  expect(saved.provisioned).toMatchObject({ xeroId: { Quotes: 'Xero_ID' }, xeroQuoteNumber: 'Xero_Quote_No' })
  expect(await stored()).toEqual(saved)
  must(await operations.saveSettings('c1', { ...saved, quietSeconds: 9 }))
  expect(prepared).toHaveLength(1)
})

test('where Zoho does not let us, nothing is stored, and the person is told', async () => {
  const { operations, stored } = await connected(false)
  expect(await operations.saveSettings('c1', withQuotes(CONNECTED))).toMatchObject({ type: 'problem' })
  expect(await stored()).toEqual(CONNECTED)
})

// Catches: ledger accounts that are on for an edition that cannot hold them: every pass would stop at the missing module.
test('a custom module that the edition does not allow is told plainly, and its kind stays off', async () => {
  const { operations, stored } = await connected(true)
  const { account } = CONNECTED.kinds
  const wanted = { ...CONNECTED, kinds: { ...CONNECTED.kinds, account: { ...account, isOn: true } } }
  expect(await operations.saveSettings('c1', wanted)).toMatchObject({
    type: 'problem',
    problem: {
      title: expect.stringMatching(/XeroAccounts: its edition has no custom modules/),
      fix: 'Nothing was changed. The chart of accounts is to be seen in Xero alone then.',
    },
  })
  expect(await stored()).toEqual(CONNECTED)
})

// Catches: settings that would make or change ledger accounts in the books (C8).
test.each([
  [{ direction: 'both' }],
  [{ direction: 'zohoToXero' }],
  [{ xero: { create: true, update: false, delete: false } }],
  [{ xero: { create: false, update: true, delete: false } }],
  [{ xero: { create: false, update: false, delete: true } }],
])('ledger accounts never go to Xero: %j is refused', (change) => {
  const { kinds } = DEFAULT_SETTINGS
  const input = { ...DEFAULT_SETTINGS, kinds: { ...kinds, account: { ...kinds.account, ...change } } }
  expect(parseSettings(input)).toMatchObject({ type: 'problem' })
  expect(parseSettings(DEFAULT_SETTINGS)).toMatchObject({ type: 'ok' })
})

test('any other change asks Zoho for nothing', async () => {
  const { operations, prepared } = await connected(false)
  must(await operations.saveSettings('c1', { ...CONNECTED, quietSeconds: 9 }))
  expect(prepared).toEqual([])
})

// Catches: calls for quotes between the hours: Xero has no webhooks for them, and the day has a budget (design 10).
test.each([
  ['pass.changes', ['contact', 'invoice']],
  ['pass.lists', ['contact', 'item', 'quote', 'invoice']],
  ['pass.marks', ['contact', 'item', 'quote', 'invoice']],
] as const)('%s walks %j', (name, kinds) => {
  const connection = { ...testConnection('c1'), settings: withQuotes(CONNECTED), firstSyncDone: true }
  expect(passFor(name, connection, null)?.scope.kinds).toEqual(kinds)
  const without = kinds.filter((kind) => kind !== 'quote')
  expect(passFor(name, { ...connection, settings: CONNECTED }, null)?.scope.kinds).toEqual(without)
})
