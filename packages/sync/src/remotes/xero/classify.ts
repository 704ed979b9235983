import type { Code } from '../../model/codes.ts'
import type { RemoteFailure, ThrottleScope } from '../../model/outcome.ts'
import type { HttpResponse } from '../../ports/network.ts'
import { parseDecimalJson } from '../http/decimal-json.ts'

/** A write that may have arrived is `unknown`; a read can always be asked again. */
export type Effect = 'read' | 'write'

/** An answer that says something about the request's content: 2xx, 400 or 404. What it means is up to the endpoint. */
export interface XeroAnswer {
  readonly status: number
  /** Decimals as source text. null: empty. undefined: not JSON (only on 400 and 404). */
  readonly json: unknown
  readonly text: string
}

export type Classified =
  | { readonly type: 'answer'; readonly answer: XeroAnswer }
  /** The token is expired or no longer known: nothing was executed, a fresh one may help. */
  | { readonly type: 'staleToken'; readonly message: string }
  | RemoteFailure

/** Every status that Xero is known to answer (xero.md 5.3); nothing outside 2xx is taken to be JSON. */
export function classify(response: HttpResponse, effect: Effect): Classified {
  const { status } = response
  if (status >= 200 && status < 300) return readSuccess(response, effect)
  switch (status) {
    case 400:
    case 404:
      return { type: 'answer', answer: { status, json: parse(response.body), text: response.body } }
    case 401:
      return unauthorised(response)
    case 403:
      return forbidden(response)
    case 429:
      return { type: 'throttled', scope: throttleScope(response), retryAfterMs: retryAfterMs(response) }
    case 503:
      return serviceUnavailable(response, effect)
    default:
      return otherStatus(response, effect)
  }
}

/** Xero's own words for an organisation under maintenance: nothing was done (xero.md 1.9). */
const OFFLINE = /offline/i

/** A gateway says 503 of what it has passed on, too. */
function serviceUnavailable(response: HttpResponse, effect: Effect): RemoteFailure {
  const message = `Xero answered 503: ${excerpt(response.body)}`
  if (effect === 'write' && !OFFLINE.test(response.body)) return uncertain(effect, 'remoteUnavailable', message)
  return unavailable('remoteUnavailable', message, retryAfterMs(response))
}

/** The remote may have acted on a write; a read simply did not come. */
export function uncertain(effect: Effect, code: Code, message: string): RemoteFailure {
  return effect === 'write' ? { type: 'unknown', code, message } : unavailable(code, message, null)
}

function readSuccess(response: HttpResponse, effect: Effect): Classified {
  const { status, body } = response
  if (body === '') return { type: 'answer', answer: { status, json: null, text: '' } }
  const json = parse(body)
  if (typeof json === 'object' && json !== null) return { type: 'answer', answer: { status, json, text: body } }
  // A gateway's HTML page, or JSON that was cut off.
  return uncertain(effect, 'remoteAnswerUnreadable', `Xero answered ${status} with something that is not JSON`)
}

function otherStatus(response: HttpResponse, effect: Effect): Classified {
  const message = `Xero answered ${response.status}`
  if (response.status >= 500) return uncertain(effect, 'remoteUnavailable', message)
  // A redirect is a gateway's doing; other 4xx are about our request.
  if (response.status < 400) return uncertain(effect, 'remoteAnswerUnreadable', message)
  return { type: 'refused', code: 'contentRefused', message: `${message}: ${excerpt(response.body)}` }
}

/** Xero has spelt it both ways (xero.md 1.6). */
const SCOPE_MISSING = /insuffici?ent_scope/i

function unauthorised(response: HttpResponse): Classified {
  const detail = detailOf(response.body)
  if (SCOPE_MISSING.test(response.headers['www-authenticate'] ?? '') || /AuthorizationUnsuccessful/i.test(detail)) {
    return {
      type: 'disconnected',
      code: 'scopeMissing',
      message: 'The connection lacks a permission that this call needs',
    }
  }
  return { type: 'staleToken', message: `Xero refuses the token: ${detail}` }
}

/** Also what a disconnect inside Xero, a lost role, or a lapsed organisation look like (xero.md 1.4). */
function forbidden(response: HttpResponse): Classified {
  // HTML is an edge server's page, and no word of Xero's about this organisation.
  if (response.body.trimStart().startsWith('<'))
    return unavailable('remoteUnavailable', 'Xero answered 403 with a page', null)
  return {
    type: 'disconnected',
    code: 'organisationUnreachable',
    message: `Xero no longer lets this connection into the organisation: ${detailOf(response.body)}`,
  }
}

const SCOPES: Readonly<Record<string, ThrottleScope>> = {
  minute: 'minute',
  day: 'day',
  daily: 'day',
  concurrent: 'concurrent',
  appminute: 'app',
}

/** Spelling varies in case and punctuation (xero.md 2.1); an unknown one waits like the minute limit. */
function throttleScope(response: HttpResponse): ThrottleScope {
  const problem = response.headers['x-rate-limit-problem'] ?? ''
  return SCOPES[problem.toLowerCase().replaceAll(/[^a-z]/g, '')] ?? 'minute'
}

/** Seconds, on minute and day limits only (xero.md 2.1). */
export function retryAfterMs(response: HttpResponse): number | null {
  const header = response.headers['retry-after'] ?? ''
  return /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1000 : null
}

function unavailable(code: Code, message: string, retryAfter: number | null): RemoteFailure {
  return { type: 'unavailable', code, message, retryAfterMs: retryAfter }
}

/** `Detail` of the error shape, whose casing varies (xero.md 5.3). */
function detailOf(body: string): string {
  const json = parse(body)
  if (typeof json !== 'object' || json === null) return 'no detail'
  const entry = Object.entries(json).find(([key]) => key.toLowerCase() === 'detail')
  return typeof entry?.[1] === 'string' ? entry[1].slice(0, 200) : 'no detail'
}

const excerpt = (text: string) =>
  text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200)

function parse(text: string): unknown {
  try {
    return parseDecimalJson(text)
  } catch {
    return undefined
  }
}
