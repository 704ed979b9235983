/** Zoho's tokens and codes: `1000.<hex>.<hex>`. */
const TOKEN = /1000\.[0-9a-z]{6,}\.[0-9a-z]{6,}/gi

/** A message that can be stored and shown: without the token at hand and anything that looks like one (R78). */
export function scrub(message: string, secret: string): string {
  const known = secret === '' ? message : message.replaceAll(secret, '[token]')
  return known.replace(TOKEN, '[token]')
}
