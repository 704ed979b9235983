import { describe, expect, it } from 'vitest'
import { BASE, openXeroBench, REDIRECT, unwrap } from '../../../test/xero-sandbox.ts'
import { type HttpResponse, NetworkFailure } from '../../ports/network.ts'
import { createScriptedNetwork } from '../http/testing.ts'
import { readXeroCallback } from './callback.ts'
import { readAccessClaims } from './claims.ts'
import { deleteXeroConnection, listXeroConnections } from './connections.ts'
import { createXeroLogin } from './oauth.ts'
import { missingScopes, XERO_SCOPES } from './scopes.ts'
import { xeroUrls } from './urls.ts'

const URLS = xeroUrls({})
const login = (answers: readonly (Partial<HttpResponse> | Error)[]) => {
  const network = createScriptedNetwork(answers)
  return { network, login: createXeroLogin({ network, urls: URLS, app: { clientId: 'id', clientSecret: 'se cret' } }) }
}

describe('login', () => {
  it('asks for least scopes, and for one organisation where the product is one to one', () => {
    const url = new URL(login([]).login.authorizationUrl({ redirectUri: REDIRECT, state: 's', organisations: 'one' }))
    expect(url.origin + url.pathname).toBe('https://login.xero.com/identity/connect/authorize')
    expect(url.searchParams.get('scope')?.split(' ')).toEqual(Object.keys(XERO_SCOPES))
    expect(url.searchParams.get('scope')).not.toMatch(/transactions|settings( |$)|attachments/)
    expect(url.searchParams.get('acr_values')).toBe('bulk_connect:false')
  })

  it('judges token answers by their content', async () => {
    const ends = async (answer: Partial<HttpResponse> | Error) => {
      const outcome = await login([answer]).login.refresh('r')
      return 'code' in outcome ? `${outcome.type} ${outcome.code}` : outcome.type
    }
    expect(await ends({ status: 400, body: '{"error":"invalid_grant"}' })).toBe('disconnected reconnectNeeded')
    expect(await ends({ status: 401, body: '{"error":"invalid_client"}' })).toBe('disconnected credentialsWrong')
    expect(await ends({ status: 400, body: '{"error":"invalid_scope"}' })).toBe('disconnected scopeMissing')
    expect(await ends({ status: 429 })).toBe('throttled')
    expect(await ends({ status: 500, body: '<html>' })).toBe('unknown connectionLost')
    expect(await ends({ status: 200, body: '<html>' })).toBe('unavailable remoteAnswerUnreadable')
    expect(await ends(new NetworkFailure('reset', true))).toBe('unknown connectionLost')
    expect(await ends(new NetworkFailure('refused', false))).toBe('unavailable connectionLost')
  })

  it('names neither secret nor token in a failure', async () => {
    const body = '{"error":"invalid_grant","error_description":"token top-secret is used"}'
    const outcome = await login([{ status: 400, body }]).login.refresh('top-secret')
    expect(JSON.stringify(outcome)).not.toContain('top-secret')
  })

  it('refuses to speak plain http to anybody but this machine', () => {
    expect(() => xeroUrls({ XERO_IDENTITY_URL: 'http://identity.xero.com' })).toThrow('XERO_IDENTITY_URL')
    expect(xeroUrls({ XERO_API_URL: 'http://localhost:4020/' }).api).toBe('http://localhost:4020')
  })
})

describe('callback', () => {
  const read = (query: string) => readXeroCallback(new URLSearchParams(query), 'state-1')
  it("takes a code only for our own state: a forged callback would connect a stranger's books", () => {
    expect(read('code=c&state=state-1')).toEqual({ type: 'code', code: 'c' })
    expect(read('code=c&state=state-2')).toEqual({ type: 'foreign' })
    expect(read('code=c')).toEqual({ type: 'foreign' })
    expect(read('error=access_denied&state=state-1')).toEqual({ type: 'denied', error: 'access_denied' })
    expect(readXeroCallback(new URLSearchParams('code=c&state='), '')).toEqual({ type: 'foreign' })
  })
})

describe('claims', () => {
  it('are undefined for what is no such token, instead of throwing in the callback', () => {
    for (const bad of ['', 'a.b.c', 'opaque', `x.${Buffer.from('{"sub":1}').toString('base64url')}.y`]) {
      expect(readAccessClaims(bad)).toBeUndefined()
    }
  })

  it('tell which permissions are missing', () => {
    expect(missingScopes(['offline_access', 'accounting.contacts', 'accounting.settings.read'])).toEqual([
      'accounting.invoices',
    ])
    expect(missingScopes([])).toEqual([])
  })
})

describe('against the sandbox', () => {
  it('connects, finds the organisation of this very consent, and disconnects only it', async () => {
    const bench = await openXeroBench({
      prepare: (sandbox) => sandbox.control.switches.set('scopeInTokenAnswer', 'absent'),
    })
    const token = unwrap(await bench.tokens.current())
    expect(token.scopes).toContain('accounting.invoices')
    const authEventId = readAccessClaims(token.accessToken)?.authEventId ?? ''
    const [connection] = unwrap(await listXeroConnections({ ...bench, apiUrl: BASE }, authEventId))
    expect(connection?.tenantId).toBe(bench.sandbox.credentials.tenantId)
    expect(unwrap(await listXeroConnections({ ...bench, apiUrl: BASE }, 'another-consent'))).toEqual([])
    expect(await deleteXeroConnection({ ...bench, apiUrl: BASE }, connection?.id ?? '')).toMatchObject({ type: 'ok' })
    expect(await deleteXeroConnection({ ...bench, apiUrl: BASE }, connection?.id ?? '')).toMatchObject({ type: 'ok' })
    expect(await bench.remote.fetchReference()).toMatchObject({
      type: 'disconnected',
      code: 'organisationUnreachable',
    })
  })

  it('survives a token that expires in the middle, by one silent refresh', async () => {
    const bench = await openXeroBench()
    await bench.act({ action: 'expireTokens' })
    expect((await bench.remote.fetchReference()).type).toBe('ok')
    const second = await bench.remote.fetchReference()
    expect(second.type).toBe('ok')
  })

  it('survives a refresh whose answer is lost: the old refresh token is asked again within its grace', async () => {
    const bench = await openXeroBench()
    bench.sandbox.control.faults.add({ effect: { type: 'dropAfter' }, path: '/connect/token', skip: 0, times: 1 })
    await bench.clock.advance(31 * 60_000)
    expect((await bench.remote.fetchReference()).type).toBe('ok')
  })

  it('revokes, after which a person must reconnect', async () => {
    const bench = await openXeroBench()
    const consent = new URL(
      (
        await bench.sandbox.app.fetch(
          new Request(bench.login.authorizationUrl({ redirectUri: REDIRECT, state: 'x', organisations: 'any' })),
        )
      ).headers.get('location') ?? '',
    )
    const again = unwrap(
      await bench.login.exchangeCode({ code: consent.searchParams.get('code') ?? '', redirectUri: REDIRECT }),
    )
    expect(await bench.login.revoke(again.grant.refreshToken ?? '')).toEqual({ type: 'ok', value: null })
    expect(await bench.login.refresh(again.grant.refreshToken ?? '')).toMatchObject({ code: 'reconnectNeeded' })
    expect(await bench.remote.fetchReference()).toMatchObject({ type: 'disconnected', code: 'reconnectNeeded' })
  })
})
