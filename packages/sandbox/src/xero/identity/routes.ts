import { Hono } from 'hono'
import { type ApiAnswer, ApiProblem, accessDenied } from '../api/problem.ts'
import { isoSevenDecimals } from '../wire/dates.ts'
import type { XeroWorld } from '../world.ts'
import { authorize, decide } from './consent.ts'
import type { AccessEntry } from './grants.ts'
import { ISSUER } from './jwt.ts'
import { revocation, token } from './token.ts'

/** Identity and /connections (xero.md 1). */
export function identityRoutes(world: XeroWorld): Hono {
  const app = new Hono()
  app.get('/identity/connect/authorize', (c) => authorize(world, c))
  app.post('/identity/connect/authorize/decision', (c) => decide(world, c))
  app.post('/connect/token', (c) => token(world, c))
  app.post('/connect/revocation', (c) => revocation(world, c))
  app.get('/.well-known/openid-configuration', (c) => c.json(discovery(world)))
  // The path matches in any case (xero.md 1.1).
  app.get('/:resource{[cC]onnections}', (c) => listConnections(world, c.req.raw))
  app.delete('/:resource{[cC]onnections}/:id', (c) => {
    const refused = connectionAccess(world, c.req.raw)
    if (refused instanceof ApiProblem) return toResponse(refused.answer)
    return new Response(null, { status: world.connections.disconnect(c.req.param('id')) ? 204 : 404 })
  })
  return app
}

function discovery(world: XeroWorld) {
  const base = world.baseUrl
  return {
    issuer: ISSUER,
    authorization_endpoint: `${base}/identity/connect/authorize`,
    token_endpoint: `${base}/connect/token`,
    revocation_endpoint: `${base}/connect/revocation`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  }
}

function listConnections(world: XeroWorld, request: Request): Response {
  const access = connectionAccess(world, request)
  if (access instanceof ApiProblem) return toResponse(access.answer)
  const authEventId = new URL(request.url).searchParams.get('authEventId')
  const shown = world.connections
    .list()
    .filter((one) => access.grant.isAppOnly || one.userId === access.grant.userId)
    .filter((one) => authEventId === null || one.authEventId === authEventId)
  return Response.json(
    shown.map((one) => ({
      id: one.id,
      authEventId: one.authEventId,
      tenantId: one.tenantId,
      tenantType: 'ORGANISATION',
      tenantName: one.tenantName,
      createdDateUtc: isoSevenDecimals(one.createdMs),
      updatedDateUtc: isoSevenDecimals(one.updatedMs),
    })),
  )
}

function connectionAccess(world: XeroWorld, request: Request): AccessEntry | ApiProblem {
  return bearer(world, request.headers.get('authorization') ?? '')
}

/** The access token of a request, or the 401 it deserves (xero.md 5.3). */
export function bearer(world: XeroWorld, header: string): AccessEntry | ApiProblem {
  const entry = world.grants.access(/^Bearer (.+)$/i.exec(header)?.[1] ?? '')
  if (entry === undefined) return accessDenied(401, 'AuthenticationUnsuccessful')
  if (entry.expiresMs > world.clock.now()) return entry
  const [date, time] = new Date(entry.expiresMs).toISOString().split('T')
  const [year, month, day] = (date ?? '').split('-')
  return accessDenied(401, `TokenExpired: token expired at ${month}/${day}/${year} ${time?.slice(0, 8)}`)
}

export function toResponse(answer: ApiAnswer): Response {
  const headers = new Headers(answer.headers)
  if (answer.status !== 204) headers.set('content-type', answer.contentType)
  return new Response(answer.status === 204 ? null : answer.body, { status: answer.status, headers })
}
