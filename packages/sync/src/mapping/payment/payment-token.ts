import { tidy } from '../clean-text.ts'

const REFERENCE_LENGTH = 255
const TOKEN = /\s*\[T:([0-9A-Za-z_-]+)\]$/

/**
 * Ends the Reference of each payment that we make. Nothing of a payment is unique in Xero, and none can be edited
 * (xero.md 4.6): by this alone a create whose answer was lost is found again, whatever was changed in the CRM since.
 */
export function paymentToken(linkId: string): string {
  return `[T:${linkId}]`
}

export function tokenOf(reference: string): string | null {
  const found = TOKEN.exec(reference)
  return found === null ? null : paymentToken(found[1] ?? '')
}

/** The link that a payment of ours was made for; null for somebody else's. */
export function linkIdIn(reference: string): string | null {
  return TOKEN.exec(reference)?.[1] ?? null
}

/** What a person typed, and the token. */
export function signedReference(reference: string, linkId: string): string {
  const token = paymentToken(linkId)
  const typed = tidy(reference).slice(0, REFERENCE_LENGTH - token.length - 1)
  return tidy(`${typed} ${token}`)
}

/** What a person reads. */
export function withoutToken(reference: string): string {
  return reference.replace(TOKEN, '')
}
