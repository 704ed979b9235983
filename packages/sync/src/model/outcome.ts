import type { Code } from './codes.ts'
import type { RemoteRecord } from './record.ts'

/**
 * How a call to a remote ended. Closed: expected failures are values, throws are bugs (design section 7). `unknown`
 * means that the remote may have acted: it is settled by reading, never by blind repetition.
 */
export type RemoteOutcome<T> =
  | { readonly type: 'ok'; readonly value: T }
  | { readonly type: 'refused'; readonly code: Code; readonly message: string }
  /** Nothing was executed. `retryAfterMs` null: the remote did not say. */
  | { readonly type: 'throttled'; readonly scope: ThrottleScope; readonly retryAfterMs: number | null }
  /** The remote answered that it cannot serve, before doing anything. */
  | {
      readonly type: 'unavailable'
      readonly code: Code
      readonly message: string
      readonly retryAfterMs: number | null
    }
  | { readonly type: 'unknown'; readonly code: Code; readonly message: string }
  /** The connection itself is broken until a person acts: revoked, scope missing, organisation gone. */
  | { readonly type: 'disconnected'; readonly code: Code; readonly message: string }

export type ThrottleScope = 'minute' | 'day' | 'concurrent' | 'app' | 'token'

export type RemoteFailure = Exclude<RemoteOutcome<never>, { readonly type: 'ok' }>

export function ok<T>(value: T): { readonly type: 'ok'; readonly value: T } {
  return { type: 'ok', value }
}

/** How one row of a write ended. */
export type RowOutcome =
  | {
      readonly type: 'ok'
      readonly remoteId: string
      readonly version: string | null
      readonly record: RemoteRecord | null
      readonly warnings: readonly string[]
    }
  /** A unique key is taken. `field` is the remote's field name; `remoteId` the holder where the remote names it. */
  | { readonly type: 'duplicate'; readonly field: string; readonly remoteId: string | null; readonly message: string }
  /** Somebody changed it after we read it (Zoho's 412). */
  | { readonly type: 'moved'; readonly message: string }
  | { readonly type: 'refused'; readonly code: Code; readonly message: string }
  | { readonly type: 'unknown'; readonly code: Code; readonly message: string }
