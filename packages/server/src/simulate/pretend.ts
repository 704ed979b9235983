import type { HttpResponse } from '@tandem/sync/ports/network.ts'
import type { ThrottleKind, Trouble } from './trouble.ts'
import type { Call } from './wire.ts'

export const PRETENDED_HTML = '<html><body>We will be right back</body></html>'

const DAY_SECONDS = 3_600
const MINUTE_SECONDS = 20
const XERO_PROBLEM: Readonly<Record<ThrottleKind, string>> = {
  minute: 'minute',
  day: 'day',
  concurrent: 'concurrent',
  app: 'appminute',
}

/** Answers of a remote that did not look at the request, in its own words (xero.md 2.1 and 1.6; zoho-crm.md 2.1 and 7). */
export function pretend(trouble: Extract<Trouble, { type: 'throttled' | 'tokenRefused' }>, call: Call): HttpResponse {
  switch (trouble.type) {
    case 'tokenRefused':
      return call.side === 'zoho'
        ? json(401, { code: 'INVALID_TOKEN', message: 'invalid oauth token', details: {}, status: 'error' })
        : json(401, { Title: 'Unauthorized', Status: 401, Detail: 'TokenExpired: token expired at some time' })
    case 'throttled':
      return call.side === 'zoho'
        ? json(429, { code: 'TOO_MANY_REQUESTS', message: 'Too many requests.', details: {}, status: 'error' })
        : xeroThrottled(trouble.limit)
  }
}

function xeroThrottled(limit: ThrottleKind): HttpResponse {
  const retryAfter: Record<string, string> =
    limit === 'minute'
      ? { 'retry-after': String(MINUTE_SECONDS) }
      : limit === 'day'
        ? { 'retry-after': String(DAY_SECONDS) }
        : {}
  return { status: 429, headers: { 'x-rate-limit-problem': XERO_PROBLEM[limit], ...retryAfter }, body: '' }
}

function json(status: number, body: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** The first row of a write's answer is not there (R9 of the reliability goals). */
export function lostRow(answer: HttpResponse, call: Call): HttpResponse {
  if (!call.isWrite || answer.body === '') return answer
  const parsed: unknown = JSON.parse(answer.body)
  if (typeof parsed !== 'object' || parsed === null) return answer
  const without = Object.entries(parsed).map(([name, value]) => [name, Array.isArray(value) ? value.slice(1) : value])
  return { ...answer, body: JSON.stringify(Object.fromEntries(without)) }
}
