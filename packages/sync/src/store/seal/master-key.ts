import { createHash, scryptSync } from 'node:crypto'

/** The key that wraps data keys. Its id stands in every envelope, so that a wrong key is named and not guessed at. */
export interface MasterKey {
  readonly id: string
  readonly key: Buffer
}

const KEY_BYTES = 32
/** OWASP's floor for scrypt: 128 MB for a moment at start. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const
/** Fixed, so that the same passphrase opens the same vault on another machine; the passphrase carries the secrecy. */
const SALT = 'tandem master key v1'

/** 32 bytes in base64, else a passphrase of at least 16 characters. Throws on anything shorter. */
export function parseMasterKey(secret: string): MasterKey {
  const text = secret.trim()
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length === KEY_BYTES && isBase64Of(bytes, text)) return withId(bytes)
  if (text.length < 16) {
    throw new Error('TANDEM_SECRET_KEY is too short: give 32 random bytes in base64, or a passphrase of 16 characters')
  }
  return withId(scryptSync(text.normalize('NFKC'), SALT, KEY_BYTES, SCRYPT))
}

function isBase64Of(bytes: Buffer, text: string): boolean {
  const bare = (value: string) => value.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '')
  return bare(bytes.toString('base64')) === bare(text)
}

function withId(key: Buffer): MasterKey {
  const id = createHash('sha256').update('tandem key id').update(key).digest('base64url').slice(0, 8)
  return { id, key }
}
