import { type Context, Hono } from 'hono'
import type { RequestLog } from '../../core/request-log.ts'
import { type Credits, concurrencyLimit, HEAVY_LIMIT } from '../limits/credits.ts'
import type { Load } from '../limits/in-flight.ts'
import { userById } from '../model/org.ts'
import type { Access, Grants } from '../oauth/grants.ts'
import { isGranted } from '../oauth/scopes.ts'
import { type ApiAnswer, invalidData, refuse } from '../problem.ts'
import type { World } from '../world.ts'
import type { ApiCall, Route } from './route.ts'

export interface ApiParts {
  readonly world: World
  readonly grants: Grants
  readonly credits: Credits
  readonly log: RequestLog
  readonly load: Load
  readonly location: string
  urlOf(location: string): string
}

/** Mounts routes under `/crm/v8` behind authentication, limits and scope checks (zoho-crm.md 2, 7). */
export function apiServer(parts: ApiParts, routes: readonly Route[]): Hono {
  const app = new Hono()
  for (const route of routes) {
    app.on(route.method, `/crm/v8${route.path}`, (c) => serve(parts, route, c))
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    app.all(`/crm/v8${path}`, () => respond(refuse(400, WRONG_METHOD)))
  }
  app.all('/crm/*', () => respond(refuse(404, WRONG_URL)))
  return app
}

const WRONG_METHOD = {
  code: 'INVALID_REQUEST_METHOD',
  message: 'The http request method type is not a valid one',
  details: {},
}
const WRONG_URL = {
  code: 'INVALID_URL_PATTERN',
  message: 'Please check if the URL trying to access is a correct one',
  details: {},
}

async function serve(parts: ApiParts, route: Route, c: Context): Promise<Response> {
  const access = authenticate(parts, c)
  if ('status' in access) return respond(access)
  const text = await c.req.text()
  const body = parseBody(text)
  if (body === MALFORMED) return respond(refuse(400, invalidData({}, 'body')))
  const user = userById(parts.world.org(), access.userId)
  if (user === undefined) return respond(authFailure('AUTHENTICATION_FAILURE'))
  const call: ApiCall = {
    world: parts.world,
    user,
    access,
    baseUrl: parts.urlOf(access.location),
    params: c.req.param(),
    query: new URL(c.req.url).searchParams,
    headers: c.req.raw.headers,
    body,
  }
  return withinLimits(parts, { route, call, request: c.req.raw })
}

const MALFORMED = Symbol('malformed')

function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return parsed
  } catch {
    return MALFORMED
  }
}

/** `Zoho-oauthtoken`, not `Bearer` (zoho-crm.md 0.2); the host of another data centre is INVALID_HOST (0.1). */
function authenticate(parts: ApiParts, c: Context): Access | ApiAnswer {
  const header = /^Zoho-oauthtoken\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')
  if (header?.[1] === undefined) return authFailure('AUTHENTICATION_FAILURE')
  const access = parts.grants.find(header[1])
  if (access === undefined) return authFailure('INVALID_TOKEN')
  if (access.expiresMs <= parts.world.clock.now()) return authFailure(parts.world.switches.get('expiredToken'))
  const isStrict = parts.world.switches.is('strictHost', 'on')
  const host = c.req.header('host') ?? new URL(c.req.url).host
  const isOtherHost = isStrict && host !== new URL(parts.urlOf(access.location)).host
  if (access.location !== parts.location || isOtherHost) {
    const message = 'The request has been sent to an invalid host'
    return refuse(400, { code: 'INVALID_HOST', message, details: {} })
  }
  return access
}

function authFailure(code: string): ApiAnswer {
  const message = code === 'INVALID_TOKEN' ? 'invalid oauth token' : 'Authentication failed'
  return refuse(401, { code, message, details: {} })
}

interface Admitted {
  readonly route: Route
  readonly call: ApiCall
  readonly request: Request
}

async function withinLimits(parts: ApiParts, admitted: Admitted): Promise<Response> {
  const { world, credits, load } = parts
  const { route, call } = admitted
  const cost = route.cost?.(call) ?? 1
  const isHeavy = route.isHeavy?.(call) ?? false
  const isFull =
    load.placeOf(admitted.request) > concurrencyLimit(world.switches.get('edition')) ||
    (isHeavy && load.heavy >= HEAVY_LIMIT)
  if (isFull || credits.remaining() < cost) return respond(tooMany(world, admitted.request), credits)
  credits.charge(cost)
  if (isHeavy) load.heavy += 1
  try {
    const wait = Number(world.switches.get('latency'))
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    return respond(scoped(world, route, call), credits)
  } finally {
    if (isHeavy) load.heavy -= 1
  }
}

function scoped(world: World, route: Route, call: ApiCall): ApiAnswer {
  if (route.needs(call).every((need) => isGranted(call.access.scopes, need))) return route.handle(call)
  const status = Number(world.switches.get('scopeMismatchStatus'))
  return refuse(status, { code: 'OAUTH_SCOPE_MISMATCH', message: 'Unauthorized', details: {} })
}

/** Credits and concurrency are not told apart (zoho-crm.md 2.1). */
function tooMany(world: World, request: Request): ApiAnswer {
  const code = new URL(request.url).pathname.endsWith('/actions/watch')
    ? world.switches.get('watch429')
    : 'TOO_MANY_REQUESTS'
  return refuse(429, { code, message: 'Too many requests. Please try again later.', details: {} })
}

/** `X-API-CREDITS-REMAINING` appears once half of the day's credits are used. */
function respond(answer: ApiAnswer, credits?: Credits): Response {
  const headers = new Headers()
  if (credits !== undefined && credits.used() * 2 >= credits.budget()) {
    headers.set('X-API-CREDITS-REMAINING', String(credits.remaining()))
  }
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers })
  return Response.json(answer.body, { status: answer.status, headers })
}
