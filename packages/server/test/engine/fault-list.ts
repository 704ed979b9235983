import type { Fault, FaultEffect } from '@tandem/sandbox/core/faults.ts'

/** A trouble of one side, as it strikes one write. */
export interface Trouble {
  readonly name: string
  readonly side: 'zoho' | 'xero'
  readonly effect: FaultEffect
  readonly times?: number
}

const NO_OPTIONS: Readonly<Record<string, string | number | boolean>> = {}

function named(name: string, options = NO_OPTIONS): FaultEffect {
  return { type: 'named', name, options }
}

const HTML = '<html><body>We will be right back</body></html>'
const HTML_HEADERS = { 'content-type': 'text/html' }

const ANYWHERE: readonly { readonly name: string; readonly effect: FaultEffect; readonly times?: number }[] = [
  { name: 'answer lost after commit', effect: { type: 'dropAfter' } },
  { name: 'answer lost after commit, three times', effect: { type: 'dropAfter' }, times: 3 },
  { name: 'connection lost before commit', effect: { type: 'dropBefore' } },
  { name: 'answer cut in half', effect: { type: 'truncate' } },
  { name: '500 before commit', effect: { type: 'respond', status: 500, body: 'no', headers: {} } },
  { name: '500 after commit', effect: { type: 'respondAfter', status: 500, body: 'no', headers: {} } },
  { name: '503', effect: { type: 'respond', status: 503, body: 'offline', headers: {} }, times: 2 },
  { name: 'HTML in a 200 before commit', effect: { type: 'respond', status: 200, body: HTML, headers: HTML_HEADERS } },
  {
    name: 'HTML in a 200 after commit',
    effect: { type: 'respondAfter', status: 200, body: HTML, headers: HTML_HEADERS },
  },
]

const ZOHO_ONLY: readonly { readonly name: string; readonly effect: FaultEffect; readonly times?: number }[] = [
  {
    name: '429',
    effect: { type: 'respond', status: 429, body: '{"code":"TOO_MANY_REQUESTS","status":"error"}', headers: {} },
  },
  {
    name: 'token refused',
    effect: {
      type: 'respond',
      status: 401,
      body: '{"code":"INVALID_TOKEN","message":"invalid oauth token","status":"error"}',
      headers: {},
    },
  },
]

const XERO_ONLY: readonly { readonly name: string; readonly effect: FaultEffect; readonly times?: number }[] = [
  { name: '429 minute', effect: named('rateLimitMinute') },
  { name: '429 concurrent', effect: named('rateLimitConcurrent') },
  { name: '429 of the app', effect: named('rateLimitApp') },
  { name: 'token expired', effect: named('tokenExpiry') },
  { name: 'organisation offline', effect: named('offline') },
  { name: 'internal error before', effect: named('internalError', { when: 'before' }) },
  { name: 'internal error after', effect: named('internalError', { when: 'after' }) },
  { name: 'one row missing in the answer', effect: named('rowMissing', { index: 1 }) },
  { name: 'rows in another order', effect: named('rowsReordered') },
]

export const TROUBLES: readonly Trouble[] = [
  ...[...ANYWHERE, ...ZOHO_ONLY].map((trouble) => ({ ...trouble, side: 'zoho' as const })),
  ...[...ANYWHERE, ...XERO_ONLY].map((trouble) => ({ ...trouble, side: 'xero' as const })),
]

/** The trouble on the first creates of one collection. */
export function faultOn(trouble: Trouble, collection: string): Fault {
  const path = trouble.side === 'zoho' ? `/crm/v8/${collection}$` : `/api.xro/2.0/${collection}(\\?|$)`
  const method = trouble.side === 'zoho' ? 'POST' : 'PUT'
  return { effect: trouble.effect, method, path, skip: 0, times: trouble.times ?? 1 }
}
