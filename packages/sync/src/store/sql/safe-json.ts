/**
 * JSON text that a jsonb parameter accepts: PostgreSQL refuses NUL and lone surrogates, which remote records do
 * contain; they become U+FFFD. The fast path is one regular expression over the text.
 */
export function safeJson(value: unknown): string {
  const text = JSON.stringify(value)
  return SUSPECT.test(text) ? JSON.stringify(value, repair) : text
}

/** Escapes that JSON.stringify writes only for NUL and lone surrogates; an escaped backslash before `u` only costs a second pass. */
const SUSPECT = /\\u(?:0000|d[89a-f])/i

function repair(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return safeText(value)
  return value
}

export function safeText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd')
}
