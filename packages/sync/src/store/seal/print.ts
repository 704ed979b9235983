import { hash, hkdfSync } from 'node:crypto'
import type { MasterKey } from './master-key.ts'

/** A field's fingerprint: 22 characters of base64url. Equal text, equal print; without the key it says nothing. */
export type KeyedPrint = (canonicalText: string) => string

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32
const PRINT_LENGTH = 22

/**
 * HMAC-SHA256, cut to 132 bits, under a key of its own derived from the master key: a print that leaks helps nobody
 * against the vault. Written out as its two hashes, because createHmac costs five times as much as both of them.
 */
export function keyedPrint({ key }: MasterKey): KeyedPrint {
  const printKey = Buffer.from(hkdfSync('sha256', key, '', 'tandem shadow print v1', DIGEST_BYTES))
  const innerPad = padded(printKey, 0x36)
  const outer = Buffer.concat([padded(printKey, 0x5c), Buffer.alloc(DIGEST_BYTES)])
  let inner = Buffer.concat([innerPad, Buffer.alloc(1024)])
  return (text) => {
    const longest = text.length * 3
    if (inner.length < BLOCK_BYTES + longest) inner = Buffer.concat([innerPad, Buffer.alloc(longest)])
    const written = inner.write(text, BLOCK_BYTES, 'utf8')
    outer.write(hash('sha256', inner.subarray(0, BLOCK_BYTES + written), 'binary'), BLOCK_BYTES, 'binary')
    return hash('sha256', outer, 'base64url').slice(0, PRINT_LENGTH)
  }
}

/** The key filled up to a block and masked, as RFC 2104 has it. */
function padded(key: Buffer, mask: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES, mask)
  for (const [index, byte] of key.entries()) block[index] = byte ^ mask
  return block
}
