import type { Code } from '@tandem/sync/model/codes.ts'
import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import type { NewHold } from '@tandem/sync/model/plan.ts'
import { expect, test } from 'vitest'
import { remoteOperations } from '../src/cli/remote.ts'
import { API_TOKEN, REFERENCE, testConnection, testTandem } from './test-tandem.ts'

const XERO_ID = { Accounts: 'Xero_ID', Contacts: 'Xero_ID', Products: 'Xero_ID', Invoices: 'Xero_ID' }

/** Of a connection whose fields in the CRM are made: saving these makes no more of them. */
const SETTINGS = { ...DEFAULT_SETTINGS, provisioned: { ...DEFAULT_SETTINGS.provisioned, xeroId: XERO_ID } }

async function rig() {
  const made = await testTandem()
  await made.tandem.store.connections.create({ ...testConnection('c1'), settings: SETTINGS })
  const call = (path: string, init: RequestInit = {}, token = API_TOKEN) =>
    made.app.request(path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
  return { ...made, call }
}

test('without the token of the data folder nothing under /v1 answers; health and webhooks do', async () => {
  const { app, call } = await rig()
  expect((await app.request('/v1/connections')).status).toBe(401)
  expect((await call('/v1/connections', {}, 'wrong')).status).toBe(401)
  expect((await call('/v1/connections')).status).toBe(200)
  expect((await app.request('/health')).status).toBe(200)
})

test('bad input is problem+json that names the place, without the parser behind it', async () => {
  const { call } = await rig()
  const answered = await call('/v1/syncs', { method: 'POST', body: JSON.stringify({ kinds: ['leads'] }) })
  expect(answered.status).toBe(400)
  expect(answered.headers.get('content-type')).toContain('application/problem+json')
  const body = await answered.text()
  expect(body).toContain('kinds.0')
  expect(body).not.toContain('ZodError')
})

test('malformed settings change nothing', async () => {
  const { tandem, call } = await rig()
  const settings = { ...DEFAULT_SETTINGS, invoice: { ...DEFAULT_SETTINGS.invoice, numbering: 'me' } }
  const answered = await call('/v1/connections/c1/settings', { method: 'PUT', body: JSON.stringify(settings) })
  expect(answered.status).toBe(400)
  expect((await tandem.store.connections.get('c1'))?.settings).toEqual(SETTINGS)
})

test('a change of the mapping bumps the generation, a change of the quiet time does not', async () => {
  const { tandem, operations } = await rig()
  await operations.saveSettings('c1', { ...SETTINGS, quietSeconds: 1 })
  expect((await tandem.store.connections.get('c1'))?.generation).toBe(1)
  const taxMap = [{ zohoTaxIds: ['7'], xeroTaxType: 'OUTPUT' }]
  await operations.saveSettings('c1', { ...SETTINGS, taxMap })
  expect((await tandem.store.connections.get('c1'))?.generation).toBe(2)
})

test('a quote prefix of five characters, or quotes that Xero may make in the CRM, change nothing', async () => {
  const { tandem, call } = await rig()
  const { kinds, quoteStatusMap } = DEFAULT_SETTINGS
  const wrong = [
    { quotePrefix: 'ABCDE' },
    { kinds: { ...kinds, quote: { ...kinds.quote, zoho: { create: true, update: true, delete: false } } } },
    { quoteStatusMap: { ...quoteStatusMap, toXero: { Draft: 'INVOICED' } } },
  ]
  for (const change of wrong) {
    const body = JSON.stringify({ ...DEFAULT_SETTINGS, ...change })
    expect((await call('/v1/connections/c1/settings', { method: 'PUT', body })).status).toBe(400)
  }
  const right = JSON.stringify({ ...SETTINGS, quotePrefix: 'ABCD' })
  expect((await call('/v1/connections/c1/settings', { method: 'PUT', body: right })).status).toBe(200)
  expect((await tandem.store.connections.get('c1'))?.settings).toMatchObject({ quotePrefix: 'ABCD', kinds })
})

// Catches: an option that changes what corresponds to what while shadows of the other meaning stay the base.
test('so does an option of invoices that changes meaning, and one that is for new invoices alone does not', async () => {
  const { tandem, operations } = await rig()
  await tandem.store.connections.saveReference('c1', REFERENCE, 1)
  const generationWith = async (change: object) => {
    const settings = { ...SETTINGS, publicUrl: 'https://tandem.example' }
    await operations.saveSettings('c1', { ...settings, invoice: { ...settings.invoice, ...change } })
    return (await tandem.store.connections.get('c1'))?.generation
  }
  expect(await generationWith({ numbering: 'xero', dueRule: null })).toBe(1)
  expect(await generationWith({ customer: 'original' })).toBe(2)
})

// Catches: sales that wait for their contact for ever after it was chosen, since their hold owns their marks.
test('what waits for the settings is looked at again when they are saved; what waits for something else is not', async () => {
  const { tandem, operations } = await rig()
  const lane = await tandem.store.claimLane('c1', 'test', 60_000)
  if (lane === undefined) throw new Error('No lane')
  const held = (remoteId: string, code: Code): NewHold => {
    const marks = [{ side: 'zoho', collection: 'Invoices', remoteId } as const]
    return { linkId: null, kind: 'invoice', code, title: remoteId, detail: {}, marks }
  }
  const holds = [held('waits-for-choice', 'onlineSaleContactMissing'), held('waits-for-edit', 'documentTax')]
  await lane.mark(
    holds.flatMap(({ marks }) =>
      marks.map((ref) => ({ ...ref, kind: 'invoice' as const, reason: 'poll' as const, dueAt: 0 })),
    ),
    null,
  )
  const due = () => lane.dueMarks({ kinds: ['invoice'], now: tandem.clock.now(), limit: 9 })
  const chunk = { newLinks: [], linkChanges: [], ops: [], settled: [], conflicts: [], holds, clear: [], skipped: [] }
  await lane.recordChunk({ planId: 'p', runId: 'r', now: tandem.clock.now(), chunk, marks: await due() })
  expect(await due()).toEqual([])
  const onlineSale = { contactId: '', name: 'Web shop' }
  await operations.saveSettings('c1', { ...DEFAULT_SETTINGS, invoice: { ...DEFAULT_SETTINGS.invoice, onlineSale } })
  expect((await due()).map((mark) => [mark.remoteId, mark.reason])).toEqual([['waits-for-choice', 'retry']])
})

test('a record link of nowhere is a plain 404', async () => {
  const { app } = await rig()
  expect((await app.request('/r/unknown')).status).toBe(404)
})

test('the OpenAPI document can be made and knows the routes', async () => {
  const { app } = await rig()
  const document = await (await app.request('/openapi.json')).text()
  const paths = ['/v1/syncs', '/v1/plans/{id}/approve', '/v1/inbox/{id}/resolve', '/v1/conflicts']
  for (const path of paths) expect(document).toContain(path)
})

test('the command says what to do when another program answers on the port of the server', async () => {
  const operations = remoteOperations('http://localhost:1', 'token')
  expect(await operations.connections()).toMatchObject({ type: 'problem', problem: { code: 'serverUnreachable' } })
})
