import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

const REDIRECT = 'http://localhost:3000/oauth/zoho/callback'

function authQuery(org: TestOrg, more: Record<string, string> = {}): string {
  return new URLSearchParams({
    response_type: 'code',
    client_id: org.sandbox.credentials.clientId,
    scope: 'ZohoCRM.modules.accounts.READ,ZohoCRM.org.READ',
    redirect_uri: REDIRECT,
    access_type: 'offline',
    prompt: 'consent',
    state: 'xyz',
    __auto: 'approve',
    ...more,
  }).toString()
}

async function codeFor(org: TestOrg, more: Record<string, string> = {}) {
  const answer = await org.raw('GET', `/oauth/v2/auth?${authQuery(org, more)}`)
  return new URL(answer.headers.get('location') ?? 'http://none')
}

function exchange(org: TestOrg, code: string, more: Record<string, string> = {}, prefix = '') {
  const { clientId, clientSecret } = org.sandbox.credentials
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: REDIRECT,
    code,
    ...more,
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return org.raw('POST', `${prefix}/oauth/v2/token`, { body: form.toString(), headers })
}

describe('authorization', () => {
  it('shows a consent page, and comes back with code, state, location and accounts server', async () => {
    const org = await openOrg()
    const shown = await org.raw('GET', `/oauth/v2/auth?${authQuery(org, { __auto: '' })}`)
    expect([shown.status, shown.text.includes('Accept')]).toEqual([200, true])
    const back = await codeFor(org)
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      state: 'xyz',
      location: 'au',
      'accounts-server': 'http://localhost:4010',
    })
    const token = await exchange(org, back.searchParams.get('code') ?? '')
    expect(token.json.at('api_domain')).toBe('http://localhost:4010')
    expect(token.json.at('refresh_token')).toBeTypeOf('string')
  })

  it('refuses a redirect URI that is not registered, and tells of a denial', async () => {
    const org = await openOrg()
    const bad = await org.raw('GET', `/oauth/v2/auth?${authQuery(org, { redirect_uri: 'https://evil.example/x' })}`)
    expect(bad.status).toBe(400)
    expect((await codeFor(org, { __auto: 'deny' })).searchParams.get('error')).toBe('access_denied')
  })

  it('gives no refresh token on a second grant without prompt=consent', async () => {
    const org = await openOrg()
    await exchange(org, (await codeFor(org)).searchParams.get('code') ?? '')
    const again = await codeFor(org, { prompt: '' })
    const token = await exchange(org, again.searchParams.get('code') ?? '')
    expect([token.json.at('refresh_token'), token.json.at('expires_in')]).toEqual([undefined, 3600])
  })

  it('answers errors with HTTP 200 by default: used code, wrong data centre, wrong secret', async () => {
    const org = await openOrg()
    const code = (await codeFor(org)).searchParams.get('code') ?? ''
    const elsewhere = await exchange(org, code, {}, '/dc/us')
    expect([elsewhere.status, elsewhere.json.at('error')]).toEqual([200, 'invalid_code'])
    expect((await exchange(org, code, { client_secret: 'x' })).json.at('error')).toBe('invalid_client_secret')
    await exchange(org, code)
    org.set('oauthErrorStatus', '400')
    const used = await exchange(org, code)
    expect([used.status, used.json.at('error')]).toEqual([400, 'invalid_code'])
  })

  it('checks the PKCE verifier', async () => {
    const org = await openOrg()
    const challenge = createHash('sha256').update('secret-verifier').digest('base64url')
    const back = await codeFor(org, { code_challenge: challenge, code_challenge_method: 'S256' })
    const code = back.searchParams.get('code') ?? ''
    expect((await exchange(org, code)).json.at('error')).toBe('invalid_code')
    expect((await exchange(org, code, { code_verifier: 'secret-verifier' })).json.at('error')).toBeUndefined()
  })

  it('of a user in another data centre, comes back with that one, whose API is another host', async () => {
    const org = await openOrg()
    org.set('userLocation', 'us')
    const back = await codeFor(org)
    expect(back.searchParams.get('accounts-server')).toBe('http://localhost:4010/dc/us')
    const token = (await exchange(org, back.searchParams.get('code') ?? '', {}, '/dc/us')).json.text('access_token')
    const headers = { authorization: `Zoho-oauthtoken ${token}` }
    const wrong = await org.raw('GET', '/crm/v8/org', { headers })
    expect([wrong.status, wrong.json.at('code')]).toEqual([400, 'INVALID_HOST'])
    expect((await org.raw('GET', '/dc/us/crm/v8/org', { headers })).status).toBe(200)
  })
})

describe('token limits', () => {
  it('gives 10 access tokens per refresh token in 10 minutes, then Access Denied', async () => {
    const org = await openOrg()
    const { clientId, clientSecret, refreshToken } = org.sandbox.credentials
    const query = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
    })
    const refresh = () => org.raw('POST', `/oauth/v2/token?${query}`)
    let last = await refresh()
    for (let count = 0; count < 9; count += 1) last = await refresh()
    expect([last.status, last.json.at('error')]).toEqual([400, 'Access Denied'])
    await org.clock.advance(10 * 60_000)
    expect((await refresh()).json.at('access_token')).toBeTypeOf('string')
  })

  it('the 21st refresh token of a user displaces the oldest (a test app kills the production token)', async () => {
    const org = await openOrg()
    const refreshToken = org.sandbox.credentials.refreshToken
    for (let count = 0; count < 20; count += 1) {
      await exchange(org, (await codeFor(org)).searchParams.get('code') ?? '')
    }
    await org.authorize(refreshToken)
    expect((await org.call('GET', '/org')).json.at('code')).toBe('INVALID_TOKEN')
  })
})

describe('authentication', () => {
  it('tells expired, missing and Bearer tokens and missing scopes apart', async () => {
    const org = await openOrg()
    const bearer = await org.raw('GET', '/crm/v8/org', { headers: { authorization: 'Bearer x' } })
    expect([bearer.status, bearer.json.at('code')]).toEqual([401, 'AUTHENTICATION_FAILURE'])
    await org.act({ action: 'removeScope', scope: 'ZohoCRM.coql.READ' })
    const scope = await org.call('POST', '/coql', {
      body: { select_query: 'select id from Accounts where id is null' },
    })
    expect([scope.status, scope.json.at('code')]).toEqual([401, 'OAUTH_SCOPE_MISMATCH'])
    await org.clock.advance(3600_000)
    expect((await org.call('GET', '/org')).json.at('code')).toBe('INVALID_TOKEN')
    org.set('expiredToken', 'AUTHENTICATION_FAILURE')
    expect((await org.call('GET', '/org')).json.at('code')).toBe('AUTHENTICATION_FAILURE')
  })

  it('a module scope covers its module only', async () => {
    const org = await openOrg()
    const token = (await exchange(org, (await codeFor(org)).searchParams.get('code') ?? '')).json.text('access_token')
    const headers = { authorization: `Zoho-oauthtoken ${token}` }
    expect((await org.raw('GET', '/crm/v8/Accounts?fields=id', { headers })).status).toBe(204)
    expect((await org.raw('GET', '/crm/v8/Contacts?fields=id', { headers })).status).toBe(401)
    expect((await org.raw('DELETE', '/crm/v8/Accounts?ids=1', { headers })).status).toBe(401)
  })

  it('dies with its refresh token when that is revoked', async () => {
    const org = await openOrg()
    const answer = await org.raw('POST', `/oauth/v2/token/revoke?token=${org.sandbox.credentials.refreshToken}`)
    expect(answer.json.at('status')).toBe('success')
    expect((await org.call('GET', '/org')).json.at('code')).toBe('INVALID_TOKEN')
  })
})
