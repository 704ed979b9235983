import { describe, expect, test } from 'vitest'
import { createChance } from '../../core/chance.ts'
import { createClock } from '../../core/clock.ts'
import { createXeroSandbox } from '../index.ts'
import { at, BASE, connect, consent, REDIRECT, SCOPES, startSandbox, tokenCall } from '../testing.ts'
import { isAllowedRedirect } from './consent.ts'

const MINUTE = 60_000

describe('consent', () => {
  test('a denied consent comes back as an error, not as a code', async () => {
    const { sandbox } = await startSandbox()
    sandbox.control.switches.set('consent', 'deny')
    const back = await consent(sandbox, SCOPES)
    expect(back.searchParams.get('error')).toBe('access_denied')
    expect(back.searchParams.get('state')).toBe('abc')
  })

  test('the old broad scopes are refused, as for every app made after March 2026', async () => {
    const { sandbox } = await startSandbox()
    expect((await consent(sandbox, 'accounting.transactions')).searchParams.get('error')).toBe('invalid_scope')
  })

  test('a 127.0.0.1 callback would pass here and fail at Xero', () => {
    expect(isAllowedRedirect('http://127.0.0.1:4000/callback')).toBe(false)
    expect(isAllowedRedirect('http://localhost:4000/callback')).toBe(true)
    expect(isAllowedRedirect('https://app.example/callback')).toBe(true)
  })

  test('the consent page offers both decisions when the switch asks for a person', async () => {
    const { sandbox, app } = await startSandbox()
    sandbox.control.switches.set('consent', 'page')
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: sandbox.credentials.clientId,
      redirect_uri: REDIRECT,
      scope: SCOPES,
    })
    const page = await app.fetch(new Request(`${BASE}/identity/connect/authorize?${query}`))
    expect(await page.text()).toContain('Allow access')
    const decided = await app.fetch(
      new Request(`${BASE}/identity/connect/authorize/decision?${query}&decision=allow`, { method: 'POST' }),
    )
    expect(decided.headers.get('location')).toContain('code=')
  })
})

describe('tokens', () => {
  test('a code works once and for five minutes only', async () => {
    const { sandbox, clock } = await startSandbox()
    const form = async () => ({
      grant_type: 'authorization_code',
      code: (await consent(sandbox, SCOPES)).searchParams.get('code') ?? '',
      redirect_uri: REDIRECT,
    })
    const once = await form()
    expect((await tokenCall(sandbox, once)).status).toBe(200)
    expect(await tokenCall(sandbox, once)).toEqual({ status: 400, body: { error: 'invalid_grant' } })
    const late = await form()
    await clock.advance(5 * MINUTE + 1)
    expect((await tokenCall(sandbox, late)).status).toBe(400)
  })

  test('refresh tokens rotate; the old one works for 30 minutes more, then never', async () => {
    const { sandbox, clock, tokens } = await startSandbox()
    const refresh = (token: string) => tokenCall(sandbox, { grant_type: 'refresh_token', refresh_token: token })
    const first = await refresh(tokens.refresh_token)
    expect(at(first.body, 'refresh_token')).not.toBe(tokens.refresh_token)
    await clock.advance(29 * MINUTE)
    expect((await refresh(tokens.refresh_token)).status).toBe(200)
    await clock.advance(2 * MINUTE)
    expect(await refresh(tokens.refresh_token)).toEqual({ status: 400, body: { error: 'invalid_grant' } })
    expect((await refresh(String(at(first.body, 'refresh_token')))).status).toBe(200)
  })

  test('an access token dies after 30 minutes with the text that clients look for', async () => {
    const { call, clock } = await startSandbox()
    expect((await call('GET', 'Organisation')).status).toBe(200)
    await clock.advance(30 * MINUTE)
    const late = await call('GET', 'Organisation')
    expect(late.status).toBe(401)
    expect(at(late.json, 'Detail')).toBe('TokenExpired: token expired at 10/06/2026 03:45:20')
  })

  test('the access token is a JWT that carries the scopes and the authEventId of its connection', async () => {
    const { app, tokens } = await startSandbox()
    const payload: unknown = JSON.parse(Buffer.from(tokens.access_token.split('.')[1] ?? '', 'base64url').toString())
    const list = await app.fetch(
      new Request(`${BASE}/Connections`, { headers: { authorization: `Bearer ${tokens.access_token}` } }),
    )
    expect(at(await list.json(), 0, 'authEventId')).toBe(at(payload, 'authentication_event_id'))
    expect(at(payload, 'scope')).toContain('accounting.contacts')
  })

  test('revoking ends the tokens and every connection', async () => {
    const { sandbox, app, tokens, call } = await startSandbox()
    const { clientId, clientSecret } = sandbox.credentials
    const form = new URLSearchParams({ token: tokens.refresh_token, client_id: clientId, client_secret: clientSecret })
    expect((await app.fetch(new Request(`${BASE}/connect/revocation`, { method: 'POST', body: form }))).status).toBe(
      200,
    )
    expect((await call('GET', 'Organisation')).status).toBe(401)
  })

  test('secrets stay out of the request log', async () => {
    const { sandbox, tokens } = await startSandbox()
    const log = JSON.stringify(sandbox.control.log.list())
    expect(log).not.toContain(tokens.refresh_token)
    expect(log).not.toContain(sandbox.credentials.clientSecret)
  })
})

describe('connections and access', () => {
  test('after a disconnect the tokens refresh, but the organisation answers 403', async () => {
    const { sandbox, app, call, tokens } = await startSandbox()
    const authorization = { authorization: `Bearer ${tokens.access_token}` }
    const list: unknown = await (await app.fetch(new Request(`${BASE}/connections`, { headers: authorization }))).json()
    const gone = await app.fetch(
      new Request(`${BASE}/connections/${at(list, 0, 'id')}`, { method: 'DELETE', headers: authorization }),
    )
    expect(gone.status).toBe(204)
    expect((await call('GET', 'Contacts')).status).toBe(403)
    const refreshed = await tokenCall(sandbox, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
    expect(refreshed.status).toBe(200)
  })

  test('connecting again keeps the connection id and moves updatedDateUtc', async () => {
    const { sandbox, app, clock, act } = await startSandbox()
    await act({ action: 'disconnectApp' })
    await clock.advance(MINUTE)
    const tokens = await connect(sandbox, SCOPES)
    const list: unknown = await (
      await app.fetch(
        new Request(`${BASE}/connections`, { headers: { authorization: `Bearer ${tokens.access_token}` } }),
      )
    ).json()
    expect(at(list, 0, 'createdDateUtc')).toBe('2026-10-06T03:15:20.1230000')
    expect(at(list, 0, 'updatedDateUtc')).toBe('2026-10-06T03:16:20.1230000')
  })

  test('a missing or foreign tenant is 403', async () => {
    const { call } = await startSandbox()
    expect((await call('GET', 'Contacts', { headers: { 'xero-tenant-id': '' } })).status).toBe(403)
  })

  test('a call without its scope is 401 insufficient_scope, which a refresh cannot cure', async () => {
    const { call } = await startSandbox({ scopes: 'accounting.contacts.read offline_access' })
    expect((await call('GET', 'Contacts?page=1')).status).toBe(200)
    const write = await call('PUT', 'Contacts', { body: { Contacts: [{ Name: 'A' }] } })
    expect(write.status).toBe(401)
    expect(write.headers.get('www-authenticate')).toContain('insufficient_scope')
    expect((await call('GET', 'Payments')).status).toBe(401)
  })

  test('the wrong client secret is refused with the switched status', async () => {
    const sandbox = createXeroSandbox({ clock: createClock({ rate: 0 }), chance: createChance(1) })
    const ask = () =>
      sandbox.app.fetch(new Request(`${BASE}/connect/token`, { method: 'POST', body: 'grant_type=refresh_token' }))
    expect((await ask()).status).toBe(400)
    sandbox.control.switches.set('invalidClientStatus', '401')
    expect((await ask()).status).toBe(401)
  })
})
