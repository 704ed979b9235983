import { expect, test } from 'vitest'
import { must, zohoBench } from '../../../test/zoho-sandbox.ts'
import { newChannel, nextExpiry } from './channels.ts'
import { readZohoCallback } from './webhook.ts'

const EXPECTED = { channelId: '1000000068001000', token: 'a-random-token' }
const callback = (change: Record<string, unknown> = {}) =>
  JSON.stringify({
    server_time: 1772445000123,
    module: 'Invoices',
    ids: ['5600000000500001', '5600000000500001'],
    operation: 'update',
    channel_id: EXPECTED.channelId,
    token: EXPECTED.token,
    affected_fields: [],
    ...change,
  })

test('a genuine callback names what to look at, each record once', () => {
  expect(readZohoCallback(callback(), EXPECTED)).toEqual({
    type: 'notice',
    notice: {
      channelId: EXPECTED.channelId,
      collection: 'Invoices',
      remoteIds: ['5600000000500001'],
      operation: 'update',
    },
  })
})

test('ids and channel sent as numbers keep their digits', () => {
  const body = callback()
    .replace('"5600000000500001","5600000000500001"', '5600000000500001999')
    .replace(/"(1000000068001000)"/, '$1')
  expect(readZohoCallback(body, EXPECTED)).toMatchObject({ notice: { remoteIds: ['5600000000500001999'] } })
})

test.each([
  ['a wrong token', callback({ token: 'a-random-tokem' }), EXPECTED, 'wrongToken'],
  ['no token', callback({ token: undefined }), EXPECTED, 'wrongToken'],
  ['an empty token against an empty expectation', callback({ token: '' }), { ...EXPECTED, token: '' }, 'wrongToken'],
  ['another channel', callback({ channel_id: '5' }), EXPECTED, 'wrongChannel'],
  ['no JSON', '<html>', EXPECTED, 'malformed'],
  ['an id that is none', callback({ ids: ["1' or id is not null"] }), EXPECTED, 'malformed'],
  ['an unknown operation', callback({ operation: 'explode' }), EXPECTED, 'malformed'],
])('rejects %s', (_name, body, expected, reason) => {
  expect(readZohoCallback(body, expected)).toEqual({ type: 'rejected', reason })
})

test('a module that we do not sync is no error', () => {
  expect(readZohoCallback(callback({ module: 'Tasks' }), EXPECTED)).toEqual({ type: 'ignored' })
})

test('a channel is opened for 6.5 days, renewed, and opened anew when Zoho forgot it', async () => {
  const bench = zohoBench()
  const remote = bench.remote()
  const wish = {
    connectionId: 'c/1',
    publicUrl: 'https://tandem.example.com',
    collections: ['Accounts', 'Invoices'],
  } as const
  const channel = newChannel(wish, bench)
  expect(channel.notifyUrl).toBe('https://tandem.example.com/hooks/zoho/c%2F1')
  expect([channel.token.length <= 50, /^\d{16}$/.test(channel.channelId)]).toEqual([true, true])
  const opened = must(await remote.subscribe(channel))
  // An end beyond a week is silently one hour.
  expect(Date.parse(opened.expiresAt) - bench.time.now()).toBeGreaterThan(6 * 24 * 3_600_000)
  await bench.time.advance(24 * 3_600_000)
  const later = { ...channel, expiresAt: nextExpiry(bench.clock) }
  expect(must(await remote.renew(later)).expiresAt > opened.expiresAt).toBe(true)
  must(await remote.unsubscribe(channel.channelId))
  must(await remote.unsubscribe(channel.channelId))
  expect(must(await remote.renew(later)).expiresAt > opened.expiresAt).toBe(true)
})

test('an address that Zoho cannot reach is refused with its reason', async () => {
  const bench = zohoBench()
  const channel = newChannel(
    { connectionId: 'c', publicUrl: 'http://localhost:4000', collections: ['Accounts'] },
    bench,
  )
  expect(await bench.remote().subscribe(channel)).toMatchObject({
    type: 'refused',
    message: expect.stringContaining('notify_url'),
  })
})

test('what Zoho posts after a save is understood, with the connection in its path', async () => {
  const bench = zohoBench()
  const remote = bench.remote()
  const wish = { connectionId: 'c1', publicUrl: 'https://tandem.example.com', collections: ['Accounts'] } as const
  const channel = newChannel(wish, bench)
  must(await remote.subscribe(channel))
  await bench.act({ action: 'create', module: 'Accounts', values: { Account_Name: 'By hand' } })
  await bench.time.advance(60_000)
  const [posted] = bench.delivered
  expect(posted?.url).toBe('https://tandem.example.com/hooks/zoho/c1')
  const [account] = must(await remote.listPage({ collection: 'Accounts', since: null, page: 1 })).rows
  expect(readZohoCallback(posted?.body ?? '', channel)).toEqual({
    type: 'notice',
    notice: { channelId: channel.channelId, collection: 'Accounts', remoteIds: [account?.id], operation: 'insert' },
  })
})
