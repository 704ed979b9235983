import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

const URL_ = 'https://app.example.com/hooks/zoho?c=42'
const watch = (org: TestOrg, more: Record<string, unknown> = {}, method = 'POST') =>
  org.call(method, '/actions/watch', {
    body: {
      watch: [
        {
          channel_id: '1000000068001',
          events: ['Accounts.all'],
          notify_url: URL_,
          token: 'secret',
          notify_on_related_action: false,
          ...more,
        },
      ],
    },
  })
const expiry = (answer: Awaited<ReturnType<typeof watch>>) =>
  answer.json.at('watch', 0, 'details', 'events', 0, 'channel_expiry')

describe('channels', () => {
  it('an expiry beyond a week silently becomes one hour', async () => {
    const org = await openOrg()
    expect(expiry(await watch(org, { channel_expiry: '2026-03-07T10:00:00+11:00' }))).toBe('2026-03-07T10:00:00+11:00')
    expect(expiry(await watch(org, { channel_expiry: '2026-03-08T10:00:01+11:00' }))).toBe('2026-03-01T11:00:00+11:00')
    expect(expiry(await watch(org))).toBe('2026-03-01T11:00:00+11:00')
  })

  it('takes no token beyond 50 characters and no loopback URL, unless a demo allows that', async () => {
    const org = await openOrg()
    const long = await watch(org, { token: 'x'.repeat(51) })
    expect([long.status, long.json.at('watch', 0, 'details', 'maximum_length')]).toEqual([400, 50])
    const local = { notify_url: 'http://localhost:3000/hook' }
    expect((await watch(org, local)).json.at('watch', 0, 'code')).toBe('INVALID_DATA')
    org.set('allowLoopbackNotify', 'on')
    expect((await watch(org, local)).status).toBe(201)
  })

  it('lists, patches, replaces and ends channels', async () => {
    const org = await openOrg()
    expect((await org.call('GET', '/actions/watch')).status).toBe(204)
    await watch(org, { token: 'a' })
    const patch = { watch: [{ channel_id: '1000000068001', channel_expiry: '2026-03-05T10:00:00+11:00' }] }
    expect((await org.call('PATCH', '/actions/watch', { body: patch })).status).toBe(200)
    const listed = (await org.call('GET', '/actions/watch')).json
    expect([listed.at('watch', 0, 'token'), listed.at('watch', 0, 'channel_expiry')]).toEqual([
      'a',
      '2026-03-05T10:00:00+11:00',
    ])
    await watch(org, { token: undefined }, 'PUT')
    expect((await org.call('GET', '/actions/watch')).json.at('watch', 0, 'token')).toBe(null)
    expect((await org.call('DELETE', '/actions/watch?channel_ids=1000000068001')).status).toBe(200)
    const gone = await org.call('DELETE', '/actions/watch?channel_ids=1000000068001')
    expect(gone.json.at('watch', 0, 'code')).toBe('NOT_SUBSCRIBED')
  })
})

describe('callbacks', () => {
  it('tell of edits by people and of our own writes, in words that differ from the events', async () => {
    const org = await openOrg()
    await watch(org, { return_affected_field_values: true })
    const id = await org.add('Accounts', { Account_Name: 'Acme' })
    expect(org.callbacks).toHaveLength(0)
    await org.clock.advance(1000)
    await org.act({ action: 'edit', module: 'Accounts', id, values: { Phone: '02' } })
    await org.act({ action: 'delete', module: 'Accounts', id })
    await org.clock.advance(1000)
    expect(org.callbacks.map((one) => one.body.at('operation'))).toEqual(['insert', 'update', 'delete'])
    const update = org.callbacks[1]?.body
    expect(update?.at('affected_fields', 0, id)).toEqual(['Phone', 'Modified_Time'])
    expect(update?.at('affected_values', 0, 'values', 'Phone')).toBe('02')
    expect([update?.at('token'), update?.at('query_params', 'c'), update?.at('ids')]).toEqual(['secret', '42', [id]])
  })

  it('stop when the channel expires', async () => {
    const org = await openOrg()
    await watch(org)
    await org.clock.advance(3600_000)
    await org.act({ action: 'create', module: 'Accounts', values: { Account_Name: 'Late' } })
    await org.clock.advance(5000)
    expect(org.callbacks).toHaveLength(0)
  })

  it('tell about the account when its contact changes, unless asked not to', async () => {
    const org = await openOrg()
    await watch(org, { notify_on_related_action: true })
    const account = await org.add('Accounts', { Account_Name: 'Acme' })
    await org.add('Contacts', { Last_Name: 'X', Account_Name: account })
    await org.clock.advance(1000)
    expect(org.callbacks.map((one) => one.body.at('operation'))).toEqual(['insert', 'update'])
  })

  it('get lost, doubled, overtaken and forged on demand', async () => {
    const org = await openOrg()
    await watch(org)
    const fault = (name: string) =>
      org.raw('POST', '/__sandbox/faults', { body: JSON.stringify({ effect: { type: 'named', name } }) })
    const edit = async (name: string) => {
      await org.act({ action: 'create', module: 'Accounts', values: { Account_Name: name } })
    }
    await fault('webhookDrop')
    await edit('lost')
    await org.clock.advance(60_000)
    expect(org.callbacks).toHaveLength(0)
    await fault('webhookDuplicate')
    await edit('twice')
    await org.clock.advance(60_000)
    expect(org.callbacks).toHaveLength(2)
    await fault('webhookReorder')
    await edit('first')
    await edit('second')
    await org.clock.advance(60_000)
    const [, , third, fourth] = org.callbacks.map((one) => one.body.text('ids', 0))
    expect(third && fourth && third > fourth).toBe(true)
    await fault('webhookForge')
    await edit('forged')
    await org.clock.advance(60_000)
    expect(org.callbacks.at(-1)?.body.at('token')).toBe('forged')
  })

  it('can leave out API writes', async () => {
    const org = await openOrg()
    org.set('notifyApiWrites', 'no')
    await watch(org)
    await org.add('Accounts', { Account_Name: 'Acme' })
    await org.clock.advance(5000)
    expect(org.callbacks).toHaveLength(0)
  })
})
