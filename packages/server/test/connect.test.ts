import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import { expect, test } from 'vitest'
import { readPending } from '../src/connect/pending.ts'
import type { Gateway } from '../src/gateway/contract.ts'
import { answer } from '../src/problem.ts'
import { must, REFERENCE, testConnection, testTandem } from './test-tandem.ts'

const zohoEnd = {
  credentialId: 'z1',
  dataCentre: 'au',
  apiDomain: 'https://x.example',
  zgid: 'org-1',
  orgName: 'Org 1',
}
const tenant = (id: string) => ({ xeroConnectionId: `xc-${id}`, tenantId: id, name: `Tenant ${id}` })

function gatewayFor(tenants: readonly string[]): Partial<Gateway> {
  return {
    finishZoho: async () => answer(zohoEnd),
    finishXero: async () => answer({ credentialId: 'x1', tenants: tenants.map(tenant) }),
  }
}

async function rig(gateway: Partial<Gateway>) {
  const made = await testTandem(gateway)
  const start = async (system: 'zoho' | 'xero') =>
    must(await made.operations.startConsent({ system, purpose: 'connect' })).state
  const back = async (system: 'zoho' | 'xero', query: string) =>
    made.operations.desk.callback(system, new URLSearchParams(query))
  return { ...made, start, back }
}

test('a state works once: a callback that is repeated or forged does nothing', async () => {
  const { start, back } = await rig(gatewayFor(['t1']))
  const state = await start('zoho')
  expect((await back('zoho', `state=${state}&code=1`)).type).toBe('half')
  expect(await back('zoho', `state=${state}&code=1`)).toMatchObject({ type: 'failed', code: 'stateUnknown' })
  expect(await back('zoho', 'state=forged&code=1')).toMatchObject({ type: 'failed', code: 'stateUnknown' })
})

test('a state dies after ten minutes, and is no good at the other callback', async () => {
  const { start, back, advance } = await rig(gatewayFor(['t1']))
  const late = await start('zoho')
  const other = await start('zoho')
  expect(await back('xero', `state=${other}&code=1`)).toMatchObject({ code: 'stateUnknown' })
  advance(10 * 60_000 + 1)
  expect(await back('zoho', `state=${late}&code=1`)).toMatchObject({ code: 'stateUnknown' })
})

test('a person who says no gets a plain sentence, and nothing is stored', async () => {
  const { tandem, start, back } = await rig(gatewayFor(['t1']))
  const view = await back('xero', `state=${await start('xero')}&error=access_denied`)
  expect(view).toMatchObject({ type: 'failed', code: 'consentDenied' })
  expect(await readPending(tandem.folder)).toEqual({ zoho: null, xero: null })
})

test('several Xero organisations are never guessed between', async () => {
  const { operations, start, back } = await rig(gatewayFor(['t1', 't2']))
  const view = await back('xero', `state=${await start('xero')}&code=1`)
  expect(view).toMatchObject({ type: 'chooseTenant', tenants: [{ tenantId: 't1' }, { tenantId: 't2' }] })
  expect(await operations.chooseTenant('t9')).toMatchObject({ type: 'problem', problem: { code: 'badInput' } })
  expect(await operations.chooseTenant('Tenant t2')).toMatchObject({
    value: { type: 'half', organisation: 'Tenant t2' },
  })
})

test('an organisation that another connection has is refused by name (R03), before anything is made in the CRM', async () => {
  const { tandem, start, back } = await rig(gatewayFor(['tenant-c1']))
  await tandem.store.connections.create(testConnection('c1'))
  const view = await back('xero', `state=${await start('xero')}&code=1`)
  expect(view).toMatchObject({ type: 'failed', code: 'taken' })
  expect(view.type === 'failed' && view.title).toContain('Connection c1')
})

test('a paused connection comes back to life by signing in again', async () => {
  const { tandem, start, back } = await rig({ ...gatewayFor(['tenant-c1']) })
  await tandem.store.connections.create(testConnection('c1'))
  await tandem.store.connections.setState('c1', 'paused', 'reconnectNeeded')
  const view = await back('xero', `state=${await start('xero')}&code=1`)
  expect(view.type).toBe('connected')
  const stored = await tandem.store.connections.get('c1')
  expect(stored).toMatchObject({ state: 'ready', pausedCode: null, xero: { credentialId: 'x1' } })
})

// Catches: a connection of an older release that never gets the fields of a newer one, or loses its choices to them (R05a).
test('signing in again adds the CRM fields that are missing, and leaves what was chosen', async () => {
  const chosen = { ...DEFAULT_SETTINGS, invoicePrefix: 'Z-' }
  const provisioned = { ...DEFAULT_SETTINGS.provisioned, paymentState: 'Xero_Payment_State' }
  const prepare = async () =>
    answer({ settings: { ...DEFAULT_SETTINGS, provisioned }, reference: REFERENCE, notes: [] })
  const { tandem, start, back } = await rig({ ...gatewayFor(['tenant-c1']), prepare })
  await tandem.store.connections.create({ ...testConnection('c1'), settings: chosen })
  await tandem.store.connections.setState('c1', 'paused', 'reconnectNeeded')
  expect((await back('xero', `state=${await start('xero')}&code=1`)).type).toBe('connected')
  const stored = await tandem.store.connections.get('c1')
  expect(stored?.settings).toEqual({ ...chosen, provisioned })
  expect(stored?.generation).toBe(1)
})

test('the same two organisations after a disconnect are the same connection: nothing is created twice', async () => {
  const prepare = async () => answer({ settings: DEFAULT_SETTINGS, reference: REFERENCE, notes: [] })
  const { tandem, start, back } = await rig({ ...gatewayFor(['t1']), prepare })
  const connect = async () => {
    await back('zoho', `state=${await start('zoho')}&code=1`)
    return back('xero', `state=${await start('xero')}&code=1`)
  }
  expect((await connect()).type).toBe('connected')
  const [first] = await tandem.store.connections.list()
  await tandem.store.connections.setState(first?.id ?? '', 'disconnected', null)
  expect((await connect()).type).toBe('connected')
  const again = await tandem.store.connections.list()
  expect(again.map((one) => [one.id, one.state])).toEqual([[first?.id, 'ready']])
})

test('a sign-in whose preparation fails stores no connection', async () => {
  const { tandem, start, back } = await rig(gatewayFor(['t1']))
  await back('zoho', `state=${await start('zoho')}&code=1`)
  expect((await back('xero', `state=${await start('xero')}&code=1`)).type).toBe('failed')
  expect(await tandem.store.connections.list()).toEqual([])
})
