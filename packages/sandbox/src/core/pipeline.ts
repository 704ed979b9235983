import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler } from 'hono'
import type { VirtualClock } from './clock.ts'
import type { FaultBoard, FaultEffect } from './faults.ts'
import { LOGGED_BODY_LIMIT, type LoggedRequest, type RequestLog } from './request-log.ts'

/** Thrown to an in-process caller in place of a connection reset; over HTTP the socket is destroyed instead. */
export class DroppedConnection extends Error {
  constructor() {
    super('The sandbox dropped the connection on demand')
    this.name = 'DroppedConnection'
  }
}

export interface PipelineParts {
  readonly clock: VirtualClock
  readonly faults: FaultBoard
  readonly log: RequestLog
  /** Paths whose bodies carry secrets (token endpoints) and stay out of the log. */
  readonly secretPaths: RegExp
}

/** Logs every call but the control ones and lets the fault board strike before or after the handler. */
export function requestPipeline(parts: PipelineParts): MiddlewareHandler {
  return async (c, next) => {
    const url = new URL(c.req.url)
    if (url.pathname === '/' || url.pathname.startsWith('/__sandbox')) return next()
    const isSecret = parts.secretPaths.test(url.pathname)
    const entry = parts.log.open({
      atMs: parts.clock.now(),
      method: c.req.method,
      path: url.pathname,
      query: isSecret ? '' : url.search,
      headers: c.req.header(),
      body: isSecret ? '[secret]' : await c.req.raw.clone().text(),
    })
    const effect = parts.faults.strike(c.req.method, url.pathname + url.search)
    const early = await strikeBefore(c, effect)
    if (early !== undefined) {
      finish(parts, entry, early)
      return early
    }
    await next()
    const late = await strikeAfter(c, effect)
    if (late !== undefined) c.res = late
    await record(parts, entry, c.res, isSecret)
    return undefined
  }
}

async function strikeBefore(c: Context, effect: FaultEffect | undefined): Promise<Response | undefined> {
  switch (effect?.type) {
    case 'respond':
      return answerOf(effect)
    case 'dropBefore':
      return dropConnection(c)
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, effect.delayMs))
      return undefined
    case undefined:
    case 'respondAfter':
    case 'dropAfter':
    case 'truncate':
    case 'named':
      return undefined
  }
}

async function strikeAfter(c: Context, effect: FaultEffect | undefined): Promise<Response | undefined> {
  switch (effect?.type) {
    case 'respondAfter':
      return answerOf(effect)
    case 'dropAfter':
      return dropConnection(c)
    case 'truncate': {
      const text = await c.res.text()
      const headers = new Headers(c.res.headers)
      headers.delete('content-length')
      return new Response(text.slice(0, Math.floor(text.length / 2)), { status: c.res.status, headers })
    }
    case undefined:
    case 'respond':
    case 'dropBefore':
    case 'slow':
    case 'named':
      return undefined
  }
}

/** 204 and 304 have no body at all: an empty one is refused by the platform. */
function answerOf(effect: Extract<FaultEffect, { readonly type: 'respond' | 'respondAfter' }>): Response {
  const isBodiless = effect.status === 204 || effect.status === 304
  return new Response(isBodiless ? null : effect.body, { status: effect.status, headers: effect.headers })
}

function dropConnection(c: Context): Response {
  const incoming: unknown = c.env?.incoming
  if (typeof incoming === 'object' && incoming !== null && 'socket' in incoming) {
    const { socket } = incoming
    if (typeof socket === 'object' && socket !== null && 'destroy' in socket && typeof socket.destroy === 'function') {
      socket.destroy()
      return RESPONSE_ALREADY_SENT
    }
  }
  throw new DroppedConnection()
}

function finish(parts: PipelineParts, entry: LoggedRequest, response: Response) {
  entry.status = response === RESPONSE_ALREADY_SENT ? 'dropped' : response.status
  entry.durationMs = parts.clock.now() - entry.atMs
}

async function record(parts: PipelineParts, entry: LoggedRequest, response: Response, isSecret: boolean) {
  finish(parts, entry, response)
  if (entry.status === 'dropped') return
  entry.responseBody = isSecret ? '[secret]' : (await response.clone().text()).slice(0, LOGGED_BODY_LIMIT)
}
