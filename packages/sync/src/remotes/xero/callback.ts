import { createHash, timingSafeEqual } from 'node:crypto'

/** What came back to the redirect URI (xero.md 1.2). */
export type XeroCallback =
  | { readonly type: 'code'; readonly code: string }
  | { readonly type: 'denied'; readonly error: string }
  /** Not the answer to our own request: a forged or stale one. Nothing may be done with it. */
  | { readonly type: 'foreign' }

export function readXeroCallback(query: URLSearchParams, expectedState: string): XeroCallback {
  const state = query.get('state') ?? ''
  if (expectedState === '' || !sameSecret(state, expectedState)) return { type: 'foreign' }
  const error = query.get('error')
  if (error !== null) return { type: 'denied', error }
  const code = query.get('code') ?? ''
  return code === '' ? { type: 'foreign' } : { type: 'code', code }
}

/** Over digests, so that neither content nor length shows in the time it takes. */
function sameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
