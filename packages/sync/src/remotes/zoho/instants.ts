/**
 * Zoho writes instants in whole seconds with the offset of the token's user (zoho-crm.md 3.14). Inside, an instant is
 * ISO 8601 UTC with milliseconds, so that versions compare as text.
 */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/

/** `2026-03-02T09:15:04+11:00` to `2026-03-01T22:15:04.000Z`; undefined when it is no instant with an offset. */
export function readInstant(text: unknown): string | undefined {
  if (typeof text !== 'string' || !INSTANT.test(text)) return undefined
  const parsed = Date.parse(text)
  return Number.isNaN(parsed) ? undefined : new Date(parsed).toISOString()
}

/** Any ISO instant to `2026-03-01T22:15:04+00:00`: an explicit offset, because `Z` is not accepted everywhere. */
export function writeInstant(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19)}+00:00`
}
