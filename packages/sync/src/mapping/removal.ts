import type { Code } from '../model/codes.ts'
import type { ValueObject } from '../model/value.ts'

/** How a record of Xero ends. ARCHIVED comes back by a person's hand, in Xero; of the others only a new one can be made. */
export type EndState = 'ARCHIVED' | 'VOIDED' | 'DELETED'

/** What deleting a CRM record comes to for its partner in Xero (R12c). */
export type Removal =
  | {
      readonly type: 'remove'
      /** Its status now, and the one that it gets. */
      readonly from: string
      readonly to: EndState
      /** What goes along with it. */
      readonly payload: ValueObject
      /** What a person must agree to first; null where nothing that anybody has seen goes. */
      readonly consent: string | null
    }
  /** It has ended already. */
  | { readonly type: 'ended' }
  /** It stays, and a person is told why, and what to do. */
  | { readonly type: 'refused'; readonly code: Code; readonly detail: string }

export const ENDED: Removal = { type: 'ended' }

export function keepFor(code: Code, detail: string): Removal {
  return { type: 'refused', code, detail }
}

/**
 * A number that gives the document's own free again: whether Xero lets the number of a deleted one be used again is not
 * known, and a CRM record that is restored gets a new document under its old number (xero.md 4.3).
 */
export function freedNumber(number: string, suffix: string): string {
  const end = freedEnd(suffix)
  return `${number.slice(0, 255 - end.length)}${end}`
}

/** The number as it was before it was freed; any other stays as it is. */
export function numberBefore(number: string, suffix: string): string {
  const end = freedEnd(suffix)
  return number.endsWith(end) ? number.slice(0, -end.length) : number
}

function freedEnd(suffix: string): string {
  return ` deleted ${suffix}`
}

/** What tells freed numbers apart: a record's own, so that a number can be freed more than once. */
export function freedSuffix(remoteId: string): string {
  return remoteId.replaceAll('-', '').slice(0, 8)
}
