import { REFERENCE, zohoFieldOf } from '@tandem/sync/mapping/testing.ts'
import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import type { ConnectionSettings, WonDealSettings } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { afterAll, expect, test } from 'vitest'
import { watchedModules } from '../src/connect/channels.ts'
import { answer, problem } from '../src/problem.ts'
import { zohoAct } from '../src/rig/acts.ts'
import { createEngineRig } from '../src/rig/engine-rig.ts'
import { must, testConnection, testTandem } from './test-tandem.ts'

const XERO_ID = { Accounts: 'Xero_ID', Contacts: 'Xero_ID', Products: 'Xero_ID', Invoices: 'Xero_ID' }
const CONNECTED: ConnectionSettings = {
  ...DEFAULT_SETTINGS,
  kinds: { ...DEFAULT_SETTINGS.kinds, payment: { ...DEFAULT_SETTINGS.kinds.payment, isOn: false } },
  provisioned: { ...DEFAULT_SETTINGS.provisioned, xeroId: XERO_ID },
}
const FIELDS = { dealInvoiceNumber: 'Xero_Invoice_No', dealInvoiceUrl: 'Xero_URL', dealInvoiceId: 'Xero_Invoice_ID' }

function withDeals(change: Partial<WonDealSettings> = {}, settings = CONNECTED): ConnectionSettings {
  return { ...settings, wonDeals: { ...settings.wonDeals, isOn: true, stages: ['Closed Won'], ...change } }
}

/** The organisation with its deals; its invoices name them unless told otherwise. */
function organisation(namesDeals: boolean): ReferenceData {
  const invoices = [...(REFERENCE.zoho.fields.Invoices ?? [])]
  const lookup = zohoFieldOf('Deal_Name__s', { dataType: 'lookup' })
  const Deals = [
    zohoFieldOf('Stage', { picklist: ['Qualification', 'Closed Won'] }),
    ...Object.values(FIELDS).map((name) => zohoFieldOf(name)),
  ]
  const fields = { ...REFERENCE.zoho.fields, Invoices: namesDeals ? [...invoices, lookup] : invoices, Deals }
  return { ...REFERENCE, zoho: { ...REFERENCE.zoho, fields } }
}

/** The CRM that is asked whether deals may be read. */
const rig = await createEngineRig({ profile: { contacts: 1, items: 1, invoices: 1 } })
afterAll(() => rig.close())

interface Zoho {
  readonly canMake?: boolean
  readonly namesDeals?: boolean
}

async function connected({ canMake = true, namesDeals = true }: Zoho = {}) {
  const prepared: Connection[] = []
  const made = await testTandem({
    openRemotes: async (connection, priority) => {
      const stored = await rig.store.connections.get(rig.connectionId)
      return rig.ports.openRemotes(stored ?? connection, priority)
    },
    prepare: async (draft) => {
      prepared.push(draft)
      if (!canMake) return problem('remoteRefused', 'Zoho asks for more rights', 'Sign in again')
      const provisioned = { ...draft.settings.provisioned, ...FIELDS }
      return answer({ settings: { ...draft.settings, provisioned }, reference: organisation(namesDeals), notes: [] })
    },
  })
  const { generation: _generation, firstSyncDone: _done, ...fresh } = testConnection('c1')
  await made.tandem.store.connections.create({ ...fresh, settings: CONNECTED })
  const stored = async () => (await made.tandem.store.connections.get('c1'))?.settings
  return { ...made, prepared, stored }
}

// Catches: won deals that are billed with no place in the CRM to show it, or the whole past billed with them.
test('switching it on makes the fields of deals, and counts from now', async () => {
  const { operations, prepared, stored, tandem } = await connected()
  const saved = must(await operations.saveSettings('c1', withDeals()))
  expect(prepared).toHaveLength(1)
  expect(saved.provisioned).toMatchObject(FIELDS)
  expect(saved.wonDeals.since).toBe(new Date(tandem.clock.now()).toISOString())
  expect(await stored()).toEqual(saved)
  must(await operations.saveSettings('c1', { ...saved, quietSeconds: 9 }))
  expect(prepared).toHaveLength(1)
  expect((await stored())?.wonDeals.since).toBe(saved.wonDeals.since)
})

test('a person may say from when on it counts', async () => {
  const { operations } = await connected()
  const since = '2026-07-01T00:00:00Z'
  expect(must(await operations.saveSettings('c1', withDeals({ since }))).wonDeals.since).toBe(since)
})

// Catches: a stage that no deal ever reaches, so that nothing is billed and nobody is told.
test.each([
  ['a stage that the organisation does not have', { stages: ['Won'] }, {}, /no stage "Won"; it has Qualification/],
  ['no stage at all', { stages: [] }, {}, /at least one stage/],
  ['approval without a sales account', { status: 'AUTHORISED' as const }, {}, /sales account/],
  ['invoices that cannot name a deal', {}, { namesDeals: false }, /no lookup that names a deal/],
  ['a sign-in that may not make fields', {}, { canMake: false }, /more rights/],
])('%s is refused, and nothing is stored', async (_name, change, zoho, said) => {
  const { operations, stored } = await connected(zoho)
  const refused = await operations.saveSettings('c1', withDeals(change))
  expect(refused).toMatchObject({ type: 'problem', problem: { title: expect.stringMatching(said) } })
  expect(await stored()).toEqual(CONNECTED)
})

test('an instant that is none is a mistake, not the beginning of time', async () => {
  const { operations, stored } = await connected()
  expect((await operations.saveSettings('c1', withDeals({ since: 'yesterday' }))).type).toBe('problem')
  expect(await stored()).toEqual(CONNECTED)
})

test('deals are watched only while it is on', async () => {
  const connection = testConnection('c1')
  expect(watchedModules({ ...connection, settings: CONNECTED })).not.toContain('Deals')
  expect(watchedModules({ ...connection, settings: withDeals() })).toContain('Deals')
})

// Catches: a sign-in from before deals were asked for, whose every sync stops as soon as one is won.
test('a sign-in that may not read what is agreed for a deal is refused, with what to do', async () => {
  await zohoAct(rig, { action: 'removeScope', scope: 'ZohoCRM.modules.ALL' })
  const { operations, stored } = await connected()
  expect(await operations.saveSettings('c1', withDeals())).toMatchObject({
    type: 'problem',
    problem: { code: 'remoteRefused', fix: expect.stringContaining('tandem connect zoho --renew') },
  })
  expect(await stored()).toEqual(CONNECTED)
})
