import { type Context, Hono } from 'hono'
import { fullName } from '../model/org.ts'
import type { World } from '../world.ts'
import { consentPage, errorPage } from './consent-page.ts'
import { ACCESS_LIFE_S, type Consent, type Grants, type Issued } from './grants.ts'
import { isScopeText } from './scopes.ts'

export interface Client {
  readonly clientId: string
  readonly clientSecret: string
  /** Registered redirect URIs; a local one is accepted on every port. */
  readonly redirectUris: readonly string[]
}

export interface AccountsParts {
  readonly world: World
  readonly grants: Grants
  readonly client: Client
  /** The data centre that this server serves. */
  readonly location: string
  /** Base URL of a data centre on the sandbox's one port. */
  urlOf(location: string): string
  readonly locations: readonly string[]
  onRevoked(userId: string): void
}

/** The accounts server of one data centre (zoho-crm.md 1.1 - 1.6). */
export function accountsServer(parts: AccountsParts): Hono {
  const app = new Hono()
  app.get('/oauth/serverinfo', (c) =>
    c.json({
      result: 'success',
      locations: Object.fromEntries(parts.locations.map((name) => [name, parts.urlOf(name)])),
    }),
  )
  app.get('/oauth/v2/auth', (c) => authorize(parts, c))
  app.post('/oauth/v2/token', (c) => token(parts, c))
  app.post('/oauth/v2/token/revoke', async (c) => {
    const owner = parts.grants.revoke((await parameters(c)).get('token') ?? '')
    if (owner === undefined) return oauthError(parts, 'invalid_token')
    parts.onRevoked(owner)
    return c.json({ status: 'success' })
  })
  return app
}

const LOCAL_REDIRECT = /^http:\/\/localhost(:\d+)?\/[^\s]*$/

function authorize(parts: AccountsParts, c: Context): Response | Promise<Response> {
  const query = new URL(c.req.url).searchParams
  const redirectUri = query.get('redirect_uri') ?? ''
  if (query.get('client_id') !== parts.client.clientId) return c.html(errorPage('invalid_client'), 400)
  if (!isRegistered(parts.client, redirectUri)) return c.html(errorPage('invalid_redirect_uri'), 400)
  if (query.get('response_type') !== 'code') return c.html(errorPage('invalid_response_type'), 400)
  const scopes = (query.get('scope') ?? '').split(',').map((scope) => scope.trim())
  if (!scopes.every(isScopeText)) return c.html(errorPage('invalid_scope'), 400)
  const decision = query.get('__auto') ?? c.req.header('x-sandbox-auto')
  const isAuto = parts.world.switches.is('consent', 'auto')
  if (decision === 'deny') return c.redirect(denial(redirectUri, query))
  if (decision === 'approve' || isAuto) return c.redirect(approval(parts, query, scopes))
  const org = parts.world.org()
  return c.html(consentPage({ query, scopes, orgName: org.name, userName: fullName(org.users[0]) }))
}

export function isRegistered(client: Client, redirectUri: string): boolean {
  return client.redirectUris.includes(redirectUri) || LOCAL_REDIRECT.test(redirectUri)
}

function denial(redirectUri: string, query: URLSearchParams): string {
  const target = new URL(redirectUri)
  target.searchParams.set('error', 'access_denied')
  target.searchParams.set('state', query.get('state') ?? '')
  return target.href
}

/** The user's own data centre comes back, whichever server the flow began at (zoho-crm.md 1.3). */
function approval(parts: AccountsParts, query: URLSearchParams, scopes: readonly string[]): string {
  const { world, grants, client } = parts
  const user = world.org().users[0]
  const location = world.switches.get('userLocation')
  const isOffline = query.get('access_type') === 'offline'
  const isFirst = !grants.hasRefresh(client.clientId, user.id)
  const challenge = query.get('code_challenge')
  const consent: Consent = {
    clientId: client.clientId,
    userId: user.id,
    scopes,
    redirectUri: query.get('redirect_uri') ?? '',
    location,
    wantsRefresh: isOffline && (isFirst || query.get('prompt') === 'consent'),
    challenge:
      challenge === null ? undefined : { value: challenge, method: query.get('code_challenge_method') ?? 'plain' },
  }
  const target = new URL(consent.redirectUri)
  const state = query.get('state')
  if (state !== null) target.searchParams.set('state', state)
  target.searchParams.set('code', grants.createCode(consent))
  target.searchParams.set('location', location)
  target.searchParams.set('accounts-server', parts.urlOf(location))
  return target.href
}

/** Parameters may stand in the query or in a form body (zoho-crm.md 1.4). */
async function parameters(c: Context): Promise<URLSearchParams> {
  const merged = new URLSearchParams(new URL(c.req.url).search)
  for (const [name, value] of new URLSearchParams(await c.req.text())) merged.set(name, value)
  return merged
}

async function token(parts: AccountsParts, c: Context): Promise<Response> {
  const sent = await parameters(c)
  if (sent.get('client_id') !== parts.client.clientId) return oauthError(parts, 'invalid_client')
  if (sent.get('client_secret') !== parts.client.clientSecret) return oauthError(parts, 'invalid_client_secret')
  const { clientId } = parts.client
  switch (sent.get('grant_type')) {
    case 'authorization_code':
      return issued(
        parts,
        parts.grants.redeem(sent.get('code') ?? '', {
          clientId,
          redirectUri: sent.get('redirect_uri') ?? '',
          location: parts.location,
          verifier: sent.get('code_verifier') ?? '',
        }),
      )
    case 'refresh_token':
      return issued(
        parts,
        parts.grants.refresh(sent.get('refresh_token') ?? '', { clientId, location: parts.location }),
      )
    default:
      return oauthError(parts, 'invalid_request')
  }
}

function issued(parts: AccountsParts, outcome: Issued | string): Response {
  if (outcome === 'throttled') {
    const text = 'You have made too many requests continuously. Please try again after some time.'
    return Response.json({ error: 'Access Denied', error_description: text, status: 'failure' }, { status: 400 })
  }
  if (typeof outcome === 'string') return oauthError(parts, outcome)
  return Response.json({
    access_token: outcome.access.token,
    ...(outcome.refreshToken === undefined ? {} : { refresh_token: outcome.refreshToken }),
    scope: outcome.access.scopes.join(' '),
    api_domain: parts.urlOf(outcome.access.location),
    token_type: 'Bearer',
    expires_in: ACCESS_LIFE_S,
  })
}

/** HTTP 200 with an `error` member, unless a switch says 400 (zoho-crm.md 1.6). */
function oauthError(parts: AccountsParts, error: string): Response {
  return Response.json({ error }, { status: Number(parts.world.switches.get('oauthErrorStatus')) })
}
