import { describe, expect, test } from 'vitest'
import { must, type ZohoBench, zohoBench } from '../../../test/zoho-sandbox.ts'
import { type HttpResponse, NetworkFailure } from '../../ports/network.ts'
import { authorizationUrl, exchangeCode, refreshGrant, revokeGrant, type ZohoApp } from './oauth.ts'
import { readCallback } from './oauth-callback.ts'
import { scopesFor } from './scopes.ts'

const WISH = { collections: ['Accounts', 'Invoices'], deletesIn: ['Accounts'] } as const

async function consent(bench: ZohoBench, query = ''): Promise<URLSearchParams> {
  const url = authorizationUrl(bench.app, { state: 'the state', scopes: scopesFor(WISH) })
  const response = await bench.sandbox.app.fetch(new Request(`${url}${query}`))
  return new URL(response.headers.get('location') ?? 'http://no.redirect').searchParams
}

const answering = (app: ZohoApp, answer: HttpResponse | NetworkFailure): ZohoApp => ({
  ...app,
  network: { exchange: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)) },
})

const json = (status: number, body: object): HttpResponse => ({ status, headers: {}, body: JSON.stringify(body) })

describe('connecting', () => {
  test('consent, code and tokens give a connection to the right data centre', async () => {
    const bench = zohoBench()
    const callback = must(readCallback(await consent(bench), 'the state'))
    const granted = must(await exchangeCode(bench.app, callback))
    expect(granted).toMatchObject({
      dataCentre: 'au',
      apiDomain: 'http://localhost:4010',
      accountsServer: 'http://localhost:4010',
    })
    expect(granted.grant.refreshToken).not.toBeNull()
    expect(granted.grant.scopes).toContain('ZohoCRM.modules.accounts.DELETE')
    const again = await exchangeCode(bench.app, callback)
    expect(again).toMatchObject({ type: 'refused', code: 'reconnectNeeded' })
  })

  test('a second consent still brings a refresh token: without prompt=consent it would not', async () => {
    const bench = zohoBench()
    for (const _round of [1, 2]) {
      const callback = must(readCallback(await consent(bench), 'the state'))
      expect(must(await exchangeCode(bench.app, callback)).grant.refreshToken).not.toBeNull()
    }
  })

  test('the secret is not posted to a server that a forged callback names', async () => {
    const bench = zohoBench()
    const network = { exchange: () => Promise.reject(new Error('must not be called')) }
    const forged = { code: 'c', location: 'eu', accountsServer: 'https://accounts.zoho.eu.evil.example' }
    expect(await exchangeCode({ ...bench.app, network }, forged)).toMatchObject({ type: 'refused' })
  })

  test('a foreign state and a denial are refused before any call', async () => {
    const bench = zohoBench()
    expect(readCallback(await consent(bench), 'another state')).toMatchObject({ type: 'refused' })
    expect(readCallback(await consent(bench, '&__auto=deny'), 'the state')).toMatchObject({
      type: 'refused',
      message: expect.stringContaining('declined'),
    })
  })

  test('secrets travel in the body: an address ends up in logs', async () => {
    const bench = zohoBench()
    const urls: string[] = []
    const network = {
      exchange: async (request: { url: string }) => {
        urls.push(request.url)
        return json(200, { error: 'invalid_code' })
      },
    }
    await exchangeCode({ ...bench.app, network }, { code: 'the-code', location: '', accountsServer: '' })
    await revokeGrant({ ...bench.app, network }, { accountsServer: 'http://localhost:4010', refreshToken: 'secret' })
    expect(urls.join()).not.toMatch(/secret|the-code/)
  })
})

describe('refreshing', () => {
  const HELD = { accountsServer: 'http://localhost:4010', refreshToken: '1000.aaaaaaaa.bbbbbbbb' }

  test.each(['200', '400'] as const)('a dead refresh token asks for a person, told with HTTP %s', async (status) => {
    const bench = zohoBench()
    bench.sandbox.control.switches.set('oauthErrorStatus', status)
    expect(await refreshGrant(bench.app, HELD)).toMatchObject({ type: 'disconnected', code: 'reconnectNeeded' })
  })

  test('the eleventh token in ten minutes waits ten minutes instead of breaking the connection', async () => {
    const bench = zohoBench()
    const held = { ...HELD, refreshToken: bench.sandbox.credentials.refreshToken }
    const outcomes = []
    for (let round = 0; round < 11; round += 1) outcomes.push(await refreshGrant(bench.app, held))
    expect(outcomes[0]?.type).toBe('ok')
    expect(outcomes.at(-1)).toEqual({ type: 'throttled', scope: 'token', retryAfterMs: 600_000 })
  })

  test.each([
    ['an HTML page', { status: 200, headers: {}, body: '<html>maintenance</html>' }],
    ['a 503', { status: 503, headers: {}, body: '' }],
    ['an unheard-of error', json(400, { error: 'general_error' })],
    ['a lost answer', new NetworkFailure('reset', true)],
  ])('%s is an outage, not a lost connection', async (_name, answer) => {
    const app = answering(zohoBench().app, answer)
    expect(await refreshGrant(app, HELD)).toMatchObject({ type: 'unavailable', code: 'remoteUnavailable' })
  })

  test.each(['invalid_client', 'invalid_client_secret'])('%s blames the configuration', async (error) => {
    const app = answering(zohoBench().app, json(200, { error }))
    expect(await refreshGrant(app, HELD)).toMatchObject({ type: 'disconnected', code: 'credentialsWrong' })
  })

  test('a revoked token no longer refreshes, and revoking twice is fine', async () => {
    const bench = zohoBench()
    const held = { ...HELD, refreshToken: bench.sandbox.credentials.refreshToken }
    must(await revokeGrant(bench.app, held))
    must(await revokeGrant(bench.app, held))
    expect(await refreshGrant(bench.app, held)).toMatchObject({ type: 'disconnected' })
  })
})

test('scopes follow the modules that are on: a right that is not needed must not be asked for', () => {
  const scopes = scopesFor({ collections: ['Accounts'], deletesIn: [] }).map((request) => request.scope)
  expect(scopes.filter((scope) => scope.startsWith('ZohoCRM.modules.'))).toEqual([
    'ZohoCRM.modules.accounts.READ',
    'ZohoCRM.modules.accounts.CREATE',
    'ZohoCRM.modules.accounts.UPDATE',
  ])
  expect(scopesFor(WISH).every((request) => request.reason.length > 10)).toBe(true)
})
