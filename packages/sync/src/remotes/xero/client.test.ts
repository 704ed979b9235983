import { describe, expect, it } from 'vitest'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import { silentLog } from '../../ports/log.ts'
import { type HttpResponse, NetworkFailure } from '../../ports/network.ts'
import { createMemoryLedger } from '../http/budget-ledger.ts'
import { createLimiter } from '../http/limiter.ts'
import { createScriptedNetwork, createTestClock } from '../http/testing.ts'
import type { AccessToken, TokenKeeper } from '../http/token-keeper.ts'
import { createXeroClient, type XeroCall } from './client.ts'
import { XERO_BUDGET } from './limits.ts'

const token = (name: string, rotation: number): AccessToken => ({
  accessToken: `secret-${name}`,
  expiresAt: 0,
  rotation,
  scopes: [],
})
const EXPIRED = { status: 401, body: '{"Detail":"TokenExpired: token expired"}' }
const READ: XeroCall = { method: 'GET', path: '/Contacts?page=1', effect: 'read', purpose: 'Contacts.list' }
const WRITE: XeroCall = { method: 'PUT', path: '/Contacts', effect: 'write', purpose: 'Contacts.write', body: '{}' }

function open(answers: readonly (Partial<HttpResponse> | Error)[], renewed?: RemoteOutcome<AccessToken>) {
  const clock = createTestClock()
  const network = createScriptedNetwork(answers)
  const limiter = createLimiter(XERO_BUDGET, clock, createMemoryLedger())
  const tokens: TokenKeeper = {
    current: async () => ok(token('old', 1)),
    refreshed: async () => renewed ?? ok(token('new', 2)),
  }
  const client = createXeroClient({
    network,
    tokens,
    limiter,
    tenantId: 'tenant-1',
    apiUrl: 'https://api.xero.com',
    priority: 'interactive',
    log: silentLog,
  })
  return { client, network, limiter, clock }
}

describe('xero client', () => {
  it('sends tenant, token and Accept on every call: without Accept Xero answers XML', async () => {
    const { client, network } = open([{ body: '{"Contacts":[]}' }])
    await client.call(READ)
    expect(network.requests[0]).toMatchObject({
      url: 'https://api.xero.com/api.xro/2.0/Contacts?page=1',
      headers: { accept: 'application/json', authorization: 'Bearer secret-old', 'xero-tenant-id': 'tenant-1' },
    })
    expect(network.requests[0]?.headers['content-type']).toBeUndefined()
  })

  it('refreshes an expired token once and silently, even for a write: a 401 executed nothing', async () => {
    const { client, network } = open([EXPIRED, { body: '{"Contacts":[]}' }])
    expect((await client.call(WRITE)).type).toBe('ok')
    expect(network.requests.map((request) => request.headers.authorization)).toEqual([
      'Bearer secret-old',
      'Bearer secret-new',
    ])
    expect(network.requests[1]?.body).toBe('{}')
  })

  it('does not loop when even a fresh token is refused', async () => {
    const { client, network } = open([EXPIRED, EXPIRED])
    expect(await client.call(READ)).toMatchObject({ type: 'disconnected', code: 'reconnectNeeded' })
    expect(network.requests.length).toBe(2)
  })

  it('hands on why no token could be had', async () => {
    const revoked = { type: 'disconnected', code: 'reconnectNeeded', message: 'gone' } as const
    expect(await open([EXPIRED], revoked).client.call(READ)).toEqual(revoked)
  })

  it('calls a lost write unknown, a lost read or a write that never left unavailable', async () => {
    const arrived = new NetworkFailure('reset', true)
    const refused = new NetworkFailure('refused', false)
    const late = new NetworkFailure('late', true, 'timedOut')
    expect(await open([arrived]).client.call(WRITE)).toMatchObject({ type: 'unknown', code: 'connectionLost' })
    expect(await open([late]).client.call(WRITE)).toMatchObject({ type: 'unknown', code: 'remoteTimedOut' })
    expect(await open([arrived]).client.call(READ)).toMatchObject({ type: 'unavailable' })
    expect(await open([refused]).client.call(WRITE)).toMatchObject({ type: 'unavailable', code: 'connectionLost' })
  })

  it('gives the place in the minute back for a call that never left, and only then', async () => {
    const { client, limiter } = open([new NetworkFailure('refused', false), new NetworkFailure('reset', true)])
    await client.call(READ)
    expect(limiter.snapshot()).toMatchObject({ running: 0, ended: [] })
    await client.call(READ)
    expect(limiter.snapshot().ended.length).toBe(1)
  })

  it('frees its place when the network breaks in a way nobody foresaw: a leak would stop the connection', async () => {
    const { client, limiter } = open([new TypeError('bug')])
    await expect(client.call(READ)).rejects.toThrow('bug')
    expect(limiter.snapshot().running).toBe(0)
  })

  it('never shows the token in a message', async () => {
    const { client } = open([new NetworkFailure('failed with Bearer secret-old', true)])
    expect(JSON.stringify(await client.call(WRITE))).not.toContain('secret-old')
  })

  it('obeys the remaining calls that Xero names, and waits out a Retry-After', async () => {
    const headers = { 'x-minlimit-remaining': '0', 'x-rate-limit-problem': 'minute', 'retry-after': '20' }
    const { client, network, clock } = open([{ status: 429, headers }, { body: '{}' }])
    expect(await client.call(READ)).toEqual({ type: 'throttled', scope: 'minute', retryAfterMs: 20_000 })
    const next = client.call(READ)
    await clock.advance(59_000)
    expect(network.requests.length).toBe(1)
    await clock.advance(2000)
    expect((await next).type).toBe('ok')
  })

  it('counts calls by purpose, and those that were throttled', async () => {
    const { client } = open([EXPIRED, { status: 429, headers: { 'retry-after': '0' } }, { body: '{}' }])
    await client.call(READ)
    await client.call(WRITE)
    expect(client.usage()).toEqual({
      calls: 3,
      throttled: 1,
      byPurpose: { 'Contacts.list': 2, 'Contacts.write': 1 },
    })
  })
})
