import type { RemoteFailure } from '../../model/outcome.ts'
import type { ValueObject } from '../../model/value.ts'
import type { HttpResponse } from '../../ports/network.ts'
import { problemOf, problemText, rowsOf, type ZohoProblem } from './problem.ts'
import { parseWire } from './wire.ts'

/** A read may be repeated; a write that may have arrived may not (zoho-crm.md 0.4: there is no idempotency key). */
export type Effect = 'read' | 'write'

/** An answer that says something about the request itself: rows, or a refusal for the endpoint to judge. */
export interface ZohoAnswer {
  readonly status: number
  /** null: empty (204, 304). */
  readonly body: ValueObject | null
  /** Set when the answer is, or may be, a refusal; a write's rows are judged from `body` first. */
  readonly problem: ZohoProblem | null
}

export type Classified =
  | { readonly type: 'answer'; readonly answer: ZohoAnswer }
  | { readonly type: 'staleToken'; readonly message: string }
  | { readonly type: 'tooMany' }
  | RemoteFailure

export interface Asked {
  readonly effect: Effect
  /** For messages: method and path without the query. */
  readonly label: string
}

/** Every HTTP answer of the API as one of a closed set (zoho-crm.md 7). */
export function classify(response: HttpResponse, asked: Asked): Classified {
  if (response.status === 429) return { type: 'tooMany' }
  if (response.status === 204 || response.status === 304) return answer(response.status, null)
  const body = parseWire(response.body)
  if (response.status >= 500)
    return uncertain(asked, { code: 'remoteUnavailable', message: said(response, body, asked) })
  if (body === undefined) return unreadable(response, asked)
  const problem = problemOf(body)
  // Accepted rows beside refused ones come with any status: each is judged by itself (zoho-crm.md 0.8).
  const hasRows = response.status < 300 || rowsOf(body).length > 0
  if (problem === undefined) return hasRows ? answer(response.status, body) : unreadable(response, asked)
  return classifyProblem({ status: response.status, body, problem })
}

const STALE = ['INVALID_TOKEN', 'AUTHENTICATION_FAILURE', 'INVALID_OAUTHTOKEN']
const TOO_MANY = ['TOO_MANY_REQUESTS', 'RATE_LIMIT_EXCEEDED']

interface Refusal {
  readonly status: number
  readonly body: ValueObject
  readonly problem: ZohoProblem
}

function classifyProblem(refusal: Refusal): Classified {
  const { problem, status } = refusal
  const message = problemText(problem)
  if (STALE.includes(problem.code)) return { type: 'staleToken', message }
  if (TOO_MANY.includes(problem.code)) return { type: 'tooMany' }
  if (problem.code === 'OAUTH_SCOPE_MISMATCH') {
    return { type: 'disconnected', code: 'scopeMissing', message: `${message}. Reconnect Zoho to grant it` }
  }
  if (problem.code === 'INVALID_HOST' || /^(ORG|LICENSE)_/.test(problem.code)) {
    return { type: 'disconnected', code: 'organisationUnreachable', message }
  }
  if (status === 401) return { type: 'staleToken', message }
  return { type: 'answer', answer: { status, body: refusal.body, problem } }
}

function answer(status: number, body: ValueObject | null): Classified {
  return { type: 'answer', answer: { status, body, problem: null } }
}

/** HTML, cut-off JSON, a redirect: a gateway spoke, or a connection broke; what happened behind it is not known. */
function unreadable(response: HttpResponse, asked: Asked): Classified {
  if (response.status === 401) return { type: 'staleToken', message: `Zoho answered 401 to ${asked.label}` }
  // A gateway's own "too long", before Zoho saw the request; a plain 400 is that only for an address.
  if ([413, 414].includes(response.status) || (response.status === 400 && asked.effect === 'read')) {
    const problem = { code: 'REQUEST_TOO_LARGE', message: `Zoho answered ${response.status}`, details: {} }
    return { type: 'answer', answer: { status: response.status, body: {}, problem } }
  }
  const message = `Zoho answered ${response.status} to ${asked.label} with something that is no JSON`
  return uncertain(asked, { code: 'remoteAnswerUnreadable', message })
}

function said(response: HttpResponse, body: ValueObject | undefined, asked: Asked): string {
  const problem = body === undefined ? undefined : problemOf(body)
  const own = problem === undefined ? '' : `: ${problemText(problem)}`
  return `Zoho answered ${response.status} to ${asked.label}${own}`
}

export interface Trouble {
  readonly code: 'remoteUnavailable' | 'remoteAnswerUnreadable' | 'remoteTimedOut' | 'connectionLost'
  readonly message: string
}

/** The same trouble is a pause for a read and a question for a write. */
export function uncertain(asked: Asked, trouble: Trouble): RemoteFailure {
  return asked.effect === 'read'
    ? { type: 'unavailable', ...trouble, retryAfterMs: null }
    : { type: 'unknown', ...trouble }
}
