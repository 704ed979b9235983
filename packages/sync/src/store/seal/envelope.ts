import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { MasterKey } from './master-key.ts'

/** The vault was sealed under another key: nothing is lost, the right TANDEM_SECRET_KEY opens it. */
export class WrongSecretKey extends Error {
  readonly code = 'wrongSecretKey'
  constructor(sealedWith: string, given: string) {
    super(`Wrong secret key: sealed with key ${sealedWith}, TANDEM_SECRET_KEY is key ${given}`)
    this.name = 'WrongSecretKey'
  }
}

/** The sealed text was changed, cut, or belongs to another credential. */
export class SealBroken extends Error {
  readonly code = 'sealBroken'
  constructor(options?: ErrorOptions) {
    super('A sealed secret does not open: it was changed or belongs to another credential', options)
    this.name = 'SealBroken'
  }
}

/** Whose secret it is. Bound to the ciphertext, so that no row can be copied over another's. */
export interface SealIdentity {
  readonly system: string
  readonly appId: string
  readonly remoteUserId: string
}

export interface Sealer {
  seal(plain: string, identity: SealIdentity): string
  /** Throws WrongSecretKey or SealBroken. */
  open(sealed: string, identity: SealIdentity): string
}

const CIPHER = 'aes-256-gcm'
const VERSION = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/**
 * AES-256-GCM envelopes: every secret has a data key of its own, wrapped by the master key. Text form
 * `v1.<master key id>.<wrapped data key>.<secret>`, both base64url of nonce, tag and ciphertext.
 */
export function createSealer(master: MasterKey): Sealer {
  return {
    seal: (plain, identity) => {
      const binding = bindingOf(identity)
      const dataKey = randomBytes(KEY_BYTES)
      const wrapped = encrypt(master.key, dataKey, binding)
      const body = encrypt(dataKey, Buffer.from(plain, 'utf8'), binding)
      return [VERSION, master.id, wrapped, body].join('.')
    },
    open: (sealed, identity) => {
      const [version, keyId, wrapped, body] = sealed.split('.')
      if (version !== VERSION || keyId === undefined || wrapped === undefined || body === undefined) {
        throw new SealBroken()
      }
      if (keyId !== master.id) throw new WrongSecretKey(keyId, master.id)
      const binding = bindingOf(identity)
      return decrypt(decrypt(master.key, wrapped, binding), body, binding).toString('utf8')
    },
  }
}

function bindingOf({ system, appId, remoteUserId }: SealIdentity): Buffer {
  return Buffer.from(JSON.stringify([VERSION, system, appId, remoteUserId]), 'utf8')
}

function encrypt(key: Buffer, plain: Buffer, binding: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(binding)
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
}

function decrypt(key: Buffer, packed: string, binding: Buffer): Buffer {
  const bytes = Buffer.from(packed, 'base64url')
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(binding).setAuthTag(tag)
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
  } catch (error) {
    throw new SealBroken({ cause: error })
  }
}
