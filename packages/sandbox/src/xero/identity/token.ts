import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { XeroWorld } from '../world.ts'
import type { TokenAnswer } from './grants.ts'

type ErrorStatus = 400 | 401

/** `POST /connect/token` (xero.md 1.2, 1.3). */
export async function token(world: XeroWorld, c: Context): Promise<Response> {
  const form = new URLSearchParams(await c.req.text())
  if (!isClient(world, c, form)) return refuseClient(world, c)
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return exchangeCode(world, c, form)
    case 'refresh_token': {
      const answer = world.grants.refresh(form.get('refresh_token') ?? '')
      return answer === undefined ? refuse(c, 'invalid_grant') : c.json(answer)
    }
    case 'client_credentials':
      return clientCredentials(world, c, form)
    default:
      return refuse(c, 'unsupported_grant_type')
  }
}

function exchangeCode(world: XeroWorld, c: Context, form: URLSearchParams): Response {
  const entry = world.grants.redeemCode(form.get('code') ?? '')
  if (entry === undefined || entry.redirectUri !== form.get('redirect_uri')) return refuse(c, 'invalid_grant')
  const verifier = form.get('code_verifier') ?? ''
  const isVerified = createHash('sha256').update(verifier).digest('base64url') === entry.challenge
  if (entry.challenge !== '' && !isVerified) return refuse(c, 'invalid_grant')
  return c.json(withoutScope(world, world.grants.issueTokens(entry.grant)))
}

/** Switch `scopeInTokenAnswer`. */
function withoutScope(world: XeroWorld, answer: TokenAnswer): Partial<TokenAnswer> {
  if (world.switches.is('scopeInTokenAnswer', 'present')) return answer
  const { scope: _scope, ...rest } = answer
  return rest
}

/** Without a user: only for listing and deleting connections (xero.md 1.4). This app is no custom connection (1.5). */
function clientCredentials(world: XeroWorld, c: Context, form: URLSearchParams): Response {
  if (form.get('scope') !== 'app.connections') return refuse(c, 'unauthorized_client')
  const grant = { userId: '', authEventId: '', scopes: ['app.connections'], isAppOnly: true }
  return c.json(world.grants.issueTokens(grant))
}

/** `POST /connect/revocation`: removes all connections of that user to the app; unknown tokens are fine too (RFC 7009). */
export async function revocation(world: XeroWorld, c: Context): Promise<Response> {
  const form = new URLSearchParams(await c.req.text())
  if (!isClient(world, c, form)) return refuseClient(world, c)
  const userId = world.grants.revoke(form.get('token') ?? '')
  if (userId !== undefined) {
    world.connections.disconnectUser(userId)
    world.consentedScopes.clear()
  }
  return c.body(null, 200)
}

function isClient(world: XeroWorld, c: Context, form: URLSearchParams): boolean {
  const { clientId, clientSecret } = world.credentials
  const basic = /^Basic (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString() === `${clientId}:${clientSecret}`
  return form.get('client_id') === clientId && form.get('client_secret') === clientSecret
}

/** Switch `invalidClientStatus`. */
const refuseClient = (world: XeroWorld, c: Context) =>
  refuse(c, 'invalid_client', world.switches.is('invalidClientStatus', '401') ? 401 : 400)

const refuse = (c: Context, error: string, status: ErrorStatus = 400) => c.json({ error }, status)
