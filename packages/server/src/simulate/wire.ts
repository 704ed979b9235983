import type { FaultBoard } from '@tandem/sandbox/core/faults.ts'
import type { Side } from '@tandem/sync/model/side.ts'
import { type HttpRequest, type HttpResponse, type Network, NetworkFailure } from '@tandem/sync/ports/network.ts'
import type { EventClock } from './event-clock.ts'
import { lostRow, PRETENDED_HTML, pretend } from './pretend.ts'
import type { Trouble } from './trouble.ts'

/** One call of the engine on its way. */
export interface Call {
  /** 1 for the first call of the simulation. */
  readonly number: number
  readonly side: Side
  readonly request: HttpRequest
  /** Path and query. */
  readonly target: string
  readonly isWrite: boolean
  readonly sentAtMs: number
}

export interface Remote {
  readonly side: Side
  readonly app: { fetch(request: Request): Response | Promise<Response> }
  readonly faults: FaultBoard
}

export interface WireParts {
  readonly clock: EventClock
  readonly nextNumber: () => number
  /** By origin. */
  readonly remotes: Readonly<Record<string, Remote>>
  /** Virtual milliseconds of one way. */
  readonly latencyMs: () => number
  readonly troubleFor: (call: Call) => Trouble | undefined
  /** Between the call's leaving and its arrival, and again on its way back. */
  readonly onWay: (call: Call, leg: 'there' | 'back') => Promise<void>
  readonly watch: WireWatch
}

/** Sees what really happens at the remote, and what the engine gets to know of it. */
export interface WireWatch {
  arrived(call: Call): void
  left(call: Call): void
  beforeApply(call: Call, isLate: boolean): Promise<void>
  afterApply(call: Call, isLate: boolean): Promise<void>
  /** The remote's own answer, whether or not it reaches the engine. */
  served(call: Call, answer: HttpResponse): void
  answered(call: Call, answer: HttpResponse): void
  struck(call: Call, trouble: Trouble): void
}

/** The engine's network in the simulation: real request and response bodies, virtual latency, troubles on the way. */
export function createWire(parts: WireParts): Network {
  return {
    async exchange(request) {
      const url = new URL(request.url)
      const remote = parts.remotes[url.origin]
      if (remote === undefined) throw new NetworkFailure(`Nothing listens at ${url.origin}`, false)
      const target = url.pathname + url.search
      const call: Call = {
        number: parts.nextNumber(),
        side: remote.side,
        request,
        target,
        isWrite: isWrite(request, target),
        sentAtMs: parts.clock.now(),
      }
      return exchange(parts, remote, call)
    },
  }
}

/** Token requests and Zoho's queries by POST change no record. */
function isWrite({ method }: HttpRequest, target: string): boolean {
  return method !== 'GET' && !/\/(coql|token)(\?|$)|\/actions\/|\/settings\//.test(target)
}

async function exchange(parts: WireParts, remote: Remote, call: Call): Promise<HttpResponse> {
  const trouble = parts.troubleFor(call)
  if (trouble !== undefined) parts.watch.struck(call, trouble)
  await sleep(parts, parts.latencyMs())
  await parts.onWay(call, 'there')
  if (trouble?.type === 'refusedConnection') throw new NetworkFailure('Connection refused', false)
  const answer = await answerOf(parts, remote, { call, trouble })
  await sleep(parts, parts.latencyMs())
  await parts.onWay(call, 'back')
  if (answer === 'silence') {
    await sleep(parts, Math.max(0, call.sentAtMs + call.request.timeoutMs - parts.clock.now()))
    throw new NetworkFailure('No answer within the time-out', true, 'timedOut')
  }
  if (answer === 'reset') throw new NetworkFailure('Connection reset', true)
  parts.watch.answered(call, answer)
  return answer
}

interface Struck {
  readonly call: Call
  readonly trouble: Trouble | undefined
}

async function answerOf(
  parts: WireParts,
  remote: Remote,
  { call, trouble }: Struck,
): Promise<HttpResponse | 'silence' | 'reset'> {
  const apply = () => applied(parts, remote, { call, isLate: false })
  switch (trouble?.type) {
    case undefined:
    case 'refusedConnection':
      return apply()
    case 'lostBefore':
      return 'silence'
    case 'lostAfter':
      await apply()
      return 'silence'
    case 'resetAfter':
      await apply()
      return 'reset'
    case 'late':
      parts.clock.schedule(call.request.timeoutMs + trouble.delayMs, async () => {
        await applied(parts, remote, { call, isLate: true })
      })
      return 'silence'
    case 'serverError':
      if (trouble.when === 'after') await apply()
      return { status: trouble.status, headers: { 'content-type': 'text/html' }, body: PRETENDED_HTML }
    case 'html':
      if (trouble.when === 'after') await apply()
      return { status: 200, headers: { 'content-type': 'text/html' }, body: PRETENDED_HTML }
    case 'truncated': {
      const whole = await apply()
      return { ...whole, body: whole.body.slice(0, Math.floor(whole.body.length / 2)) }
    }
    case 'throttled':
    case 'tokenRefused':
      return pretend(trouble, call)
    case 'rowMissing':
      return lostRow(await apply(), call)
    case 'rowsReordered':
      if (call.side === 'xero' && call.isWrite)
        remote.faults.add({ effect: { type: 'named', name: 'rowsReordered', options: {} }, skip: 0, times: 1 })
      return apply()
  }
}

async function applied(
  parts: WireParts,
  remote: Remote,
  of: { readonly call: Call; readonly isLate: boolean },
): Promise<HttpResponse> {
  const { call, isLate } = of
  const { method, url, headers, body } = call.request
  parts.watch.arrived(call)
  try {
    await parts.watch.beforeApply(call, isLate)
    const request = new Request(url, { method, headers: { ...headers }, ...(body === undefined ? {} : { body }) })
    const answer = await parts.clock.busyWhile(fetched(remote, request))
    parts.watch.served(call, answer)
    await parts.watch.afterApply(call, isLate)
    return answer
  } finally {
    parts.watch.left(call)
  }
}

async function fetched(remote: Remote, request: Request): Promise<HttpResponse> {
  const response = await remote.app.fetch(request)
  const headers: Record<string, string> = {}
  response.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value
  })
  return { status: response.status, headers, body: await response.text() }
}

function sleep(parts: WireParts, milliseconds: number): Promise<void> {
  return new Promise((resolve) => parts.clock.schedule(milliseconds, resolve))
}
