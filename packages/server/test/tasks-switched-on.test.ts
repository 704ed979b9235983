import { REFERENCE } from '@tandem/sync/mapping/testing.ts'
import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import { zohoModulesOf } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings, OverdueTaskSettings } from '@tandem/sync/model/settings.ts'
import { type ScopeWish, scopesFor, scopeWishOf } from '@tandem/sync/remotes/zoho/scopes.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { watchedModules } from '../src/connect/channels.ts'
import { answer } from '../src/problem.ts'
import { zohoAct } from '../src/rig/acts.ts'
import { createEngineRig } from '../src/rig/engine-rig.ts'
import { must, testConnection, testTandem } from './test-tandem.ts'

const XERO_ID = { Accounts: 'Xero_ID', Contacts: 'Xero_ID', Products: 'Xero_ID', Invoices: 'Xero_ID' }
const CONNECTED: ConnectionSettings = {
  ...DEFAULT_SETTINGS,
  kinds: { ...DEFAULT_SETTINGS.kinds, payment: { ...DEFAULT_SETTINGS.kinds.payment, isOn: false } },
  provisioned: { ...DEFAULT_SETTINGS.provisioned, xeroId: XERO_ID },
}

function withTasks(change: Partial<OverdueTaskSettings> = {}, settings = CONNECTED): ConnectionSettings {
  return { ...settings, overdueTasks: { ...settings.overdueTasks, isOn: true, ...change } }
}

/** The CRM that is asked whether tasks may be read. */
const rig = await createEngineRig({ profile: { contacts: 1, items: 1, invoices: 1 } })
afterAll(() => rig.close())

const RIGHTS = scopesFor(scopeWishOf(withTasks())).map(({ scope }) => scope)

async function connected({ granted = RIGHTS }: { readonly granted?: readonly string[] } = {}) {
  const wishes: ScopeWish[] = []
  const made = await testTandem({
    grantedScopes: async () => granted,
    authorizeUrl: (_system, state, wish) => {
      wishes.push(wish)
      return answer(`https://login.example/?state=${state}`)
    },
    openRemotes: async (connection, priority) => {
      const stored = await rig.store.connections.get(rig.connectionId)
      return rig.ports.openRemotes(stored ?? connection, priority)
    },
    prepare: async (draft) => {
      const { provisioned } = draft.settings
      const xeroId = { ...provisioned.xeroId, Tasks: 'Xero_Reminder' }
      const settings = { ...draft.settings, provisioned: { ...provisioned, xeroId } }
      return answer({ settings, reference: REFERENCE, notes: [] })
    },
  })
  const { generation: _generation, firstSyncDone: _done, ...fresh } = testConnection('c1')
  await made.tandem.store.connections.create({ ...fresh, reference: REFERENCE, settings: CONNECTED })
  const stored = async () => (await made.tandem.store.connections.get('c1'))?.settings
  return { ...made, stored, wishes }
}

describe('tasks about overdue invoices, switched on', () => {
  // Catches: a task for every old debt at once, or tasks that nothing would find again.
  test('count from today in the organisation of the books, and have their key', async () => {
    const { operations, stored } = await connected()
    const saved = must(await operations.saveSettings('c1', withTasks()))
    expect(saved.overdueTasks).toEqual({ isOn: true, since: '2026-11-02' })
    expect(saved.provisioned.xeroId.Tasks).toBe('Xero_Reminder')
    expect(await stored()).toEqual(saved)
    must(await operations.saveSettings('c1', { ...saved, quietSeconds: 9 }))
    expect((await stored())?.overdueTasks.since).toBe('2026-11-02')
  })
  test('a person may say from when on they count', async () => {
    const { operations } = await connected()
    const saved = must(await operations.saveSettings('c1', withTasks({ since: '2026-07-01' })))
    expect(saved.overdueTasks.since).toBe('2026-07-01')
  })
  test.each(['yesterday', '2026-13-01', '2026-11-02T00:00:00Z'])(
    'a day that is none (%s) is a mistake',
    async (since) => {
      const { operations, stored } = await connected()
      expect((await operations.saveSettings('c1', withTasks({ since }))).type).toBe('problem')
      expect(await stored()).toEqual(CONNECTED)
    },
  )
  test('are looked at with their invoices alone: nobody is told of every task of the CRM', () => {
    expect(watchedModules({ ...testConnection('c1'), settings: withTasks() })).not.toContain('Tasks')
    expect(zohoModulesOf(withTasks())).toContain('Tasks')
    expect(zohoModulesOf(CONNECTED)).not.toContain('Tasks')
  })
  // Catches: a sign-in from before tasks were asked for, whose sync pauses at the first invoice that is late.
  test('with a sign-in that has no right to tasks they are refused, with what to do', async () => {
    const { operations, stored } = await connected({ granted: RIGHTS.filter((scope) => !scope.includes('tasks')) })
    expect(await operations.saveSettings('c1', withTasks())).toMatchObject({
      type: 'problem',
      problem: {
        code: 'remoteRefused',
        title: expect.stringContaining('ZohoCRM.modules.tasks.CREATE'),
        fix: expect.stringContaining('tandem connect zoho --renew --tasks'),
      },
    })
    expect(await stored()).toEqual(CONNECTED)
  })
})

describe('the Zoho sign-in', () => {
  const asks = (wish: ScopeWish | undefined) => (wish === undefined ? [] : scopesFor(wish).map(({ scope }) => scope))
  // Catches: a right that most connections never need, asked of everybody; or not asked of those who need it.
  test('asks for tasks only where somebody wants them', async () => {
    const { operations, wishes, tandem } = await connected()
    must(await operations.startConsent({ system: 'zoho', purpose: 'renew' }))
    must(await operations.startConsent({ system: 'zoho', purpose: 'renew', tasks: true }))
    await tandem.store.connections.saveSettings('c1', withTasks(), 'keep')
    must(await operations.startConsent({ system: 'zoho', purpose: 'renew' }))
    const hasTasks = wishes.map((wish) => asks(wish).includes('ZohoCRM.modules.tasks.CREATE'))
    expect(hasTasks).toEqual([false, true, true])
    for (const wish of wishes) expect(asks(wish)).toEqual(expect.arrayContaining(['ZohoCRM.modules.deals.READ']))
  })
  test('asks for deletes only where records go to the recycle bin', async () => {
    const { operations, wishes, tandem } = await connected()
    const { invoice } = CONNECTED.kinds
    const kinds = { ...CONNECTED.kinds, invoice: { ...invoice, zoho: { ...invoice.zoho, delete: true } } }
    await tandem.store.connections.saveSettings('c1', { ...CONNECTED, kinds, deletedInXero: 'recycle' }, 'keep')
    must(await operations.startConsent({ system: 'zoho', purpose: 'renew' }))
    expect(asks(wishes[0]).filter((scope) => scope.endsWith('.modules.invoices.DELETE'))).toHaveLength(1)
    expect(asks(wishes[0]).filter((scope) => /modules\..*DELETE/.test(scope))).toHaveLength(1)
  })
  // Catches: nobody told that an update needs more rights than the sign-in has, until the sync stops at it.
  test.each([
    ['all that is needed', RIGHTS, []],
    ['what it has not said', [], []],
    ['less', RIGHTS.filter((scope) => !scope.includes('invoices.UPDATE')), ['ZohoCRM.modules.invoices.UPDATE']],
  ])('the doctor tells of one that grants %s', async (_name, granted, lacking) => {
    const { operations } = await connected({ granted })
    const { checks } = must(await operations.doctor())
    const told = checks.filter(({ detail }) => detail.includes('lacks rights'))
    expect(told).toHaveLength(lacking.length === 0 ? 0 : 1)
    for (const scope of lacking) expect(told[0]?.detail).toContain(scope)
    for (const check of told) expect(check.fix).toContain('tandem connect zoho --renew')
  })
})

test('a sign-in that Zoho has narrowed since is found by asking', async () => {
  await zohoAct(rig, { action: 'removeScope', scope: 'ZohoCRM.modules.ALL' })
  const { operations, stored } = await connected({ granted: [] })
  expect(await operations.saveSettings('c1', withTasks())).toMatchObject({
    type: 'problem',
    problem: { code: 'remoteRefused', fix: expect.stringContaining('--renew --tasks') },
  })
  expect(await stored()).toEqual(CONNECTED)
})
