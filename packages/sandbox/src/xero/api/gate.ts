import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bearer, toResponse } from '../identity/routes.ts'
import { covers } from '../identity/scopes.ts'
import type { LimitProblem, LimitVerdict } from '../limits/limiter.ts'
import type { XeroWorld } from '../world.ts'
import { type ApiCall, Query } from './call.ts'
import { dispatch } from './dispatch.ts'
import { type ApiAnswer, ApiProblem, accessDenied, notFound, simulatorGap } from './problem.ts'

const PREFIX = '/api.xro/2.0/'

interface Arrival {
  readonly world: XeroWorld
  readonly method: string
  readonly url: URL
  readonly resource: string
  readonly path: readonly string[]
  readonly headers: Headers
  readonly body: string
}

/** The Accounting API behind its checks, in the order of xero.md 9. */
export function accountingRoutes(world: XeroWorld): Hono {
  const app = new Hono()
  app.all(`${PREFIX}*`, (c) => answerCall(world, c))
  return app
}

async function answerCall(world: XeroWorld, c: Context): Promise<Response> {
  const url = new URL(c.req.url)
  const [resource = '', ...path] = url.pathname
    .slice(PREFIX.length)
    .split('/')
    .filter((part) => part !== '')
    .map(decode)
  const arrival: Arrival = {
    world,
    method: c.req.method,
    url,
    resource: resource.toLowerCase(),
    path,
    headers: c.req.raw.headers,
    body: await c.req.text(),
  }
  await delay(Number(world.switches.get('responseDelayMs')))
  const limits: { verdict: LimitVerdict | undefined } = { verdict: undefined }
  const answer = await settled(() => checked(arrival, limits))
  const isBareMiss = answer.status === 404 && answer.body === '' && world.switches.is('notFoundBody', 'text')
  const response = toResponse(isBareMiss ? { ...answer, body: NOT_FOUND_TEXT } : answer)
  for (const [name, value] of limitHeaders(limits.verdict ?? world.limiter.peek())) response.headers.set(name, value)
  return response
}

const NOT_FOUND_TEXT = "The resource you're looking for cannot be found"

const delay = (ms: number) => (ms === 0 ? undefined : new Promise((resolve) => setTimeout(resolve, ms)))

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

async function settled(work: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ApiProblem) return error.answer
    throw error
  }
}

async function checked(arrival: Arrival, limits: { verdict: LimitVerdict | undefined }): Promise<ApiAnswer> {
  const { world } = arrival
  if (takeFault(arrival, 'tokenExpiry') !== undefined) world.grants.expireAccessTokens()
  const access = bearer(world, arrival.headers.get('authorization') ?? '')
  if (access instanceof ApiProblem) throw access
  const tenantId = arrival.headers.get('xero-tenant-id')?.toLowerCase() ?? ''
  if (tenantId !== world.books.tenantId || !world.connections.isConnected(access.grant.userId, tenantId)) {
    throw accessDenied(403, 'AuthenticationUnsuccessful')
  }
  const isScopeFirst = world.switches.is('scopeCheckOrder', 'beforeRateLimit')
  if (isScopeFirst) requireScope(arrival, access.grant.scopes)
  limits.verdict = pretended(arrival) ?? world.limiter.admit()
  if (limits.verdict.problem !== undefined) throw tooMany(world, limits.verdict)
  if (!isScopeFirst) requireScope(arrival, access.grant.scopes)
  if (takeFault(arrival, 'offline') !== undefined) {
    throw new ApiProblem({ status: 503, contentType: 'text/plain', body: 'The Organisation is offline' })
  }
  const key = arrival.headers.get('idempotency-key') ?? undefined
  const { method, body } = arrival
  return world.idempotency.once({ key, method, url: arrival.url.pathname + arrival.url.search, body }, () =>
    execute(arrival),
  )
}

/** 401, not 403: a token refresh does not help (xero.md 1.6). */
function requireScope(arrival: Arrival, granted: readonly string[]): void {
  if (covers(granted, arrival.resource, arrival.method)) return
  const spelling = arrival.world.switches.get('insufficientScopeSpelling')
  throw accessDenied(401, 'AuthorizationUnsuccessful', { 'www-authenticate': `Bearer error="${spelling}"` })
}

const LIMIT_FAULTS: readonly [string, LimitProblem][] = [
  ['rateLimitMinute', 'minute'],
  ['rateLimitDay', 'day'],
  ['rateLimitConcurrent', 'concurrent'],
  ['rateLimitApp', 'appminute'],
]

function pretended(arrival: Arrival): LimitVerdict | undefined {
  const wanted = LIMIT_FAULTS.find(([name]) => takeFault(arrival, name) !== undefined)
  return wanted === undefined ? undefined : arrival.world.limiter.pretend(wanted[1])
}

function tooMany(world: XeroWorld, verdict: LimitVerdict): ApiProblem {
  const problem = verdict.problem === 'appminute' ? world.switches.get('appMinuteSpelling') : (verdict.problem ?? '')
  const retryAfter: Record<string, string> =
    verdict.retryAfter === undefined ? {} : { 'retry-after': String(verdict.retryAfter) }
  const body = world.switches.is('rateLimitBody', 'text') ? 'Too many requests' : ''
  return new ApiProblem({
    status: 429,
    contentType: 'text/plain',
    body,
    headers: { 'x-rate-limit-problem': problem, ...retryAfter },
  })
}

/** Runs the call once; whatever it answers, errors too, is what a replay of its key gets (xero.md 3). */
async function execute(arrival: Arrival): Promise<ApiAnswer> {
  const { world } = arrival
  const internal = takeFault(arrival, 'internalError')
  if (internal?.when === 'before') return INTERNAL_ERROR
  const answer = await settled(async () => route(arrival))
  world.webhooks.enqueue(world.books.takeEvents())
  return internal === undefined ? answer : INTERNAL_ERROR
}

const INTERNAL_ERROR: ApiAnswer = {
  status: 500,
  contentType: 'text/html',
  body: '<html><body>Internal Server Error</body></html>',
}

function route(arrival: Arrival): ApiAnswer {
  const { world, headers } = arrival
  // Xero would answer XML, which no client of ours can mean (xero.md 2.5, 9).
  if (!/application\/json/i.test(headers.get('accept') ?? '')) {
    throw simulatorGap(406, 'send Accept: application/json; without it Xero answers XML')
  }
  const isWrite = ['PUT', 'POST', 'PATCH'].includes(arrival.method)
  if (isWrite && arrival.body !== '' && !/application\/json/i.test(headers.get('content-type') ?? '')) {
    throw simulatorGap(415, 'send Content-Type: application/json on writes')
  }
  if (arrival.resource === '') throw notFound()
  const call: ApiCall = {
    method: arrival.method,
    resource: arrival.resource,
    path: arrival.path,
    query: new Query(arrival.url.searchParams),
    ifModifiedSince: headers.get('if-modified-since') ?? undefined,
    body: arrival.body,
    books: world.books,
    providerName: world.credentials.appName,
    takeFault: (name) => takeFault(arrival, name),
  }
  return world.books.journal.attempt(() => dispatch(call))
}

const takeFault = (arrival: Arrival, name: string) =>
  arrival.world.faults.takeNamed(name, arrival.method, arrival.url.pathname + arrival.url.search)

function limitHeaders(verdict: LimitVerdict): readonly [string, string][] {
  return [
    ['Xero-Correlation-Id', randomUUID()],
    ['X-DayLimit-Remaining', String(verdict.dayRemaining)],
    ['X-MinLimit-Remaining', String(verdict.minuteRemaining)],
    ['X-AppMinLimit-Remaining', String(verdict.appMinuteRemaining)],
  ]
}
