import { createHmac } from 'node:crypto'
import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import { describe, expect, test } from 'vitest'
import { channelIdOf, channelTokenOf } from '../src/connect/channels.ts'
import { digestWebhooks } from '../src/hooks/digest.ts'
import { testConnection, testTandem, WEBHOOK_KEY } from './test-tandem.ts'

const signed = (body: string, key = WEBHOOK_KEY) => createHmac('sha256', key).update(body).digest('base64')

function delivery(tenantId: string, sequence = 1, eventCategory = 'INVOICE'): string {
  const event = { tenantId, resourceId: 'inv-1', eventCategory, eventDateUtc: '2026-11-02T09:00:00.000' }
  return JSON.stringify({ events: [event], firstEventSequence: sequence, lastEventSequence: sequence, entropy: 'A' })
}

async function rig() {
  const made = await testTandem()
  await made.tandem.store.connections.create(testConnection('c1'))
  const post = async (path: string, body: string, headers: Record<string, string> = {}) =>
    made.app.request(path, { method: 'POST', body, headers })
  const xero = (body: string, signature: string) => post('/hooks/xero', body, { 'x-xero-signature': signature })
  return { ...made, post, xero }
}

describe('Xero', () => {
  test("intent to receive: Xero's own vector with its irregular spaces is 200, a wrong signature 401, both empty", async () => {
    const { xero } = await rig()
    const body = '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "ABCDEFGHIJKLMNOPQRST"}'
    const right = await xero(body, 'G8cTEPd2MpRf4q5RhjbE5gR0NGgjmRK3vj78dGTWKI8=')
    const wrong = await xero(body, signed(body, 'another key'))
    expect([right.status, await right.text(), right.headers.get('set-cookie')]).toEqual([200, '', null])
    expect([wrong.status, await wrong.text()]).toEqual([401, ''])
  })

  test('an event becomes a mark that waits for the quiet time; the same delivery twice is stored once', async () => {
    const { tandem, xero } = await rig()
    const body = delivery('tenant-c1')
    expect((await xero(body, signed(body))).status).toBe(200)
    expect((await xero(body, signed(body))).status).toBe(200)
    const walks = await digestWebhooks(tandem)
    expect(walks).toEqual([{ connectionId: 'c1', afterMs: 5050, job: 'pass.marks' }])
    expect((await tandem.store.reports.counts('c1')).marks).toBe(1)
  })

  // Catches: a bill that nobody looks at because its event may as well be of a sale, and one look too many where bills are off.
  test.each([
    ['INVOICE', 'bill'],
    ['CONTACT', 'vendor'],
  ] as const)('an event of %s is looked at in both roles where the kind %s is on', async (category, kind) => {
    const { tandem, xero } = await rig()
    const { kinds } = DEFAULT_SETTINGS
    const tell = async (sequence: number) => {
      const body = delivery('tenant-c1', sequence, category)
      await xero(body, signed(body))
      await digestWebhooks(tandem)
      return (await tandem.store.reports.counts('c1')).marks
    }
    expect(await tell(1)).toBe(1)
    const settings = { ...DEFAULT_SETTINGS, kinds: { ...kinds, [kind]: { ...kinds[kind], isOn: true } } }
    await tandem.store.connections.saveSettings('c1', settings, 'keep')
    expect(await tell(2)).toBe(2)
  })

  test('an event of an organisation that nobody connected marks nothing', async () => {
    const { tandem, xero } = await rig()
    const body = delivery('a stranger')
    await xero(body, signed(body))
    expect(await digestWebhooks(tandem)).toEqual([])
  })

  test('a gap in the sequence asks for a poll: a lost delivery would otherwise wait for the next scheduled one', async () => {
    const { tandem, xero } = await rig()
    for (const sequence of [1, 5]) {
      const body = delivery('tenant-c1', sequence)
      await xero(body, signed(body))
    }
    expect((await digestWebhooks(tandem)).map((walk) => walk.job).sort()).toEqual(['pass.lists', 'pass.marks'])
  })
})

describe('Zoho', () => {
  const callback = (over: Record<string, unknown>) => ({
    server_time: 1772445000123,
    module: 'Accounts',
    ids: ['5600000000500001'],
    operation: 'update',
    channel_id: channelIdOf('c1'),
    ...over,
  })

  // Catches: a note that a module of a kind of its own is refused when it is read back (R48).
  test('a saved quote marks a quote, where quotes are on', async () => {
    const { tandem, post } = await rig()
    const { kinds } = DEFAULT_SETTINGS
    const settings = { ...DEFAULT_SETTINGS, kinds: { ...kinds, quote: { ...kinds.quote, isOn: true } } }
    const token = channelTokenOf(tandem, 'c1')
    const tell = () => post('/hooks/zoho/c1', JSON.stringify(callback({ token, module: 'Quotes' })))
    await tell()
    await digestWebhooks(tandem)
    expect((await tandem.store.reports.counts('c1')).marks).toBe(0)
    await tandem.store.connections.saveSettings('c1', settings, 'keep')
    await post('/hooks/zoho/c1', JSON.stringify(callback({ token, module: 'Quotes', server_time: 1772445009999 })))
    await digestWebhooks(tandem)
    expect((await tandem.store.reports.counts('c1')).marks).toBe(1)
  })

  test('the right token marks; what is stored does not carry the token', async () => {
    const { tandem, post } = await rig()
    const token = channelTokenOf(tandem, 'c1')
    const answered = await post('/hooks/zoho/c1', JSON.stringify(callback({ token })))
    expect(answered.status).toBe(200)
    const [stored] = await tandem.store.webhooks.takeUnprocessed(10)
    expect(stored?.body).toContain('5600000000500001')
    expect(stored?.body).not.toContain(token)
    await digestWebhooks(tandem)
    expect((await tandem.store.reports.counts('c1')).marks).toBe(1)
  })

  test("a forged token, and another connection's token, are refused and store nothing", async () => {
    const { tandem, post } = await rig()
    for (const token of ['guessed', channelTokenOf(tandem, 'c2'), '']) {
      expect((await post('/hooks/zoho/c1', JSON.stringify(callback({ token })))).status).toBe(401)
    }
    expect(await tandem.store.webhooks.takeUnprocessed(10)).toEqual([])
  })

  test('a body that is not JSON is refused, not a crash', async () => {
    const { post } = await rig()
    expect((await post('/hooks/zoho/c1', '<html>')).status).toBe(401)
  })
})

test('a huge body is refused before it is read', async () => {
  const { post } = await rig()
  const answered = await post('/hooks/xero', 'x'.repeat(2_000_000), { 'content-length': '2000000' })
  expect(answered.status).toBe(400)
})
