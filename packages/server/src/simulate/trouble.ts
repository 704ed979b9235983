/** What may go wrong with one call. `before`: the remote did nothing. `after`: it did, and the answer tells otherwise. */
export type Trouble =
  | { readonly type: 'refusedConnection' }
  /** Nothing arrives, and the caller waits until its own time-out. */
  | { readonly type: 'lostBefore' }
  /** Done, and the answer never comes. */
  | { readonly type: 'lostAfter' }
  | { readonly type: 'resetAfter' }
  /** Done this much after the caller gave up. */
  | { readonly type: 'late'; readonly delayMs: number }
  | { readonly type: 'serverError'; readonly status: 500 | 502 | 503 | 504; readonly when: 'before' | 'after' }
  | { readonly type: 'truncated' }
  | { readonly type: 'html'; readonly when: 'before' | 'after' }
  | { readonly type: 'throttled'; readonly limit: ThrottleKind }
  | { readonly type: 'tokenRefused' }
  | { readonly type: 'rowMissing' }
  | { readonly type: 'rowsReordered' }

export type ThrottleKind = 'minute' | 'day' | 'concurrent' | 'app'
export type TroubleType = Trouble['type']

/** One of each, for whoever tries them in turn (the n-th failure). */
export const EVERY_TROUBLE: readonly Trouble[] = [
  { type: 'refusedConnection' },
  { type: 'lostBefore' },
  { type: 'lostAfter' },
  { type: 'resetAfter' },
  { type: 'late', delayMs: 120_000 },
  { type: 'serverError', status: 500, when: 'before' },
  { type: 'serverError', status: 502, when: 'after' },
  { type: 'serverError', status: 503, when: 'before' },
  { type: 'serverError', status: 504, when: 'after' },
  { type: 'truncated' },
  { type: 'html', when: 'before' },
  { type: 'html', when: 'after' },
  { type: 'throttled', limit: 'minute' },
  { type: 'throttled', limit: 'concurrent' },
  { type: 'throttled', limit: 'app' },
  { type: 'throttled', limit: 'day' },
  { type: 'tokenRefused' },
  { type: 'rowMissing' },
  { type: 'rowsReordered' },
]

export function describeTrouble(trouble: Trouble): string {
  switch (trouble.type) {
    case 'late':
      return `late by ${Math.round(trouble.delayMs / 1000)} s`
    case 'serverError':
      return `${trouble.status} ${trouble.when}`
    case 'html':
      return `html ${trouble.when}`
    case 'throttled':
      return `429 ${trouble.limit}`
    case 'refusedConnection':
    case 'lostBefore':
    case 'lostAfter':
    case 'resetAfter':
    case 'truncated':
    case 'tokenRefused':
    case 'rowMissing':
    case 'rowsReordered':
      return trouble.type
  }
}
