import type { Context } from 'hono'
import { html } from 'hono/html'
import type { XeroWorld } from '../world.ts'
import type { Grant } from './grants.ts'
import { isKnownScope } from './scopes.ts'

interface ConsentRequest {
  readonly redirectUri: string
  readonly state: string
  readonly scopes: readonly string[]
  readonly challenge: string
}

/** `GET /identity/connect/authorize` (xero.md 1.2); what the person does there is the switch `consent`. */
export function authorize(world: XeroWorld, c: Context): Response | Promise<Response> {
  const request = readRequest(world, c)
  if (typeof request === 'string') return errorPage(c, request)
  if (c.req.query('response_type') !== 'code') return redirectBack(c, request, { error: 'unsupported_response_type' })
  if (request.scopes.length === 0 || !request.scopes.every(isKnownScope)) {
    return redirectBack(c, request, { error: 'invalid_scope' })
  }
  const isDenied = world.faults.takeNamed('denyConsent', 'GET', '/identity/connect/authorize') !== undefined
  if (isDenied || world.switches.is('consent', 'deny')) return redirectBack(c, request, { error: 'access_denied' })
  if (world.switches.is('consent', 'auto')) return approve(world, c, request)
  return consentPage(world, c, request)
}

/** What the consent page posts back. */
export function decide(world: XeroWorld, c: Context): Response | Promise<Response> {
  const request = readRequest(world, c)
  if (typeof request === 'string') return errorPage(c, request)
  if (c.req.query('decision') !== 'allow') return redirectBack(c, request, { error: 'access_denied' })
  return approve(world, c, request)
}

function approve(world: XeroWorld, c: Context, request: ConsentRequest): Response {
  const authEventId = world.chance.guid()
  const grant: Grant = {
    userId: world.userId,
    authEventId,
    scopes: accumulated(world, request.scopes),
    isAppOnly: false,
  }
  const { tenantId, organisation } = world.books
  world.connections.connect({ tenantId, tenantName: organisation.name }, { userId: world.userId, authEventId })
  const { redirectUri, challenge } = request
  return redirectBack(c, request, { code: world.grants.issueCode({ grant, redirectUri, challenge }) })
}

/** Scopes add up over consents and shrink only by revoking (xero.md 1.6). */
function accumulated(world: XeroWorld, asked: readonly string[]): readonly string[] {
  for (const scope of asked) world.consentedScopes.add(scope)
  return [...world.consentedScopes]
}

function readRequest(world: XeroWorld, c: Context): ConsentRequest | string {
  if (c.req.query('client_id') !== world.credentials.clientId)
    return 'unauthorized_client: Unknown client or client not enabled'
  const redirectUri = c.req.query('redirect_uri') ?? ''
  if (!isAllowedRedirect(redirectUri)) return 'invalid_request: Invalid redirect_uri'
  return {
    redirectUri,
    state: c.req.query('state') ?? '',
    scopes: (c.req.query('scope') ?? '').split(' ').filter((scope) => scope !== ''),
    challenge: c.req.query('code_challenge') ?? '',
  }
}

/** https anywhere, http only on `localhost`; `127.0.0.1` is refused (xero.md 1.2). */
export function isAllowedRedirect(uri: string): boolean {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname } = new URL(uri)
  return protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost')
}

function redirectBack(c: Context, request: ConsentRequest, answer: Readonly<Record<string, string>>): Response {
  const target = new URL(request.redirectUri)
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
  if (request.state !== '') target.searchParams.set('state', request.state)
  return c.redirect(target.toString(), 302)
}

function errorPage(c: Context, message: string): Response | Promise<Response> {
  return c.html(
    html`<!doctype html><title>Error</title><h1>Sorry, something went wrong</h1><p>Error: ${message}</p>`,
    400,
  )
}

function consentPage(world: XeroWorld, c: Context, request: ConsentRequest): Response | Promise<Response> {
  const query = new URL(c.req.url).search
  return c.html(html`<!doctype html>
    <html lang="en">
      <head><meta charset="utf-8"><title>Xero sandbox: allow access</title>
        <style>body{font:16px system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem;margin-right:.5rem}</style>
      </head>
      <body>
        <h1>${world.credentials.appName} wants access to</h1>
        <p><strong>${world.books.organisation.name}</strong></p>
        <ul>${request.scopes.map((scope) => html`<li>${scope}</li>`)}</ul>
        <form method="post" action="/identity/connect/authorize/decision${query}&decision=allow" style="display:inline">
          <button>Allow access</button>
        </form>
        <form method="post" action="/identity/connect/authorize/decision${query}&decision=deny" style="display:inline">
          <button>Cancel</button>
        </form>
      </body>
    </html>`)
}
