import { z } from 'zod'
import type { Sealer } from '../../ports/sealer.ts'
import type { SealedCredential } from '../../store/contract.ts'

/** What a token endpoint grants. Lifetimes in seconds, as OAuth writes them. */
export interface TokenGrant {
  readonly accessToken: string
  readonly expiresInSeconds: number
  /** null: the old one stays valid (Zoho). */
  readonly refreshToken: string | null
  readonly scopes: readonly string[]
}

const tokensSchema = z.object({
  accessToken: z.string(),
  /** Epoch milliseconds. */
  accessExpiresAt: z.number(),
  refreshToken: z.string(),
  /** When the refresh token was last used: Xero's dies after 60 idle days (xero.md 1.3). */
  refreshedAt: z.number(),
  scopes: z.array(z.string()).readonly(),
})

/** The clear content of a credential. */
export type Tokens = Readonly<z.infer<typeof tokensSchema>>

type CredentialOwner = Pick<SealedCredential, 'system' | 'appId' | 'remoteUserId'>

/** Tokens of a first consent. undefined: the answer had no refresh token (offline access was not granted). */
export function firstTokens(grant: TokenGrant, nowMs: number): Tokens | undefined {
  return grant.refreshToken === null ? undefined : { ...accessPart(grant, nowMs), refreshToken: grant.refreshToken }
}

export function tokensAfter(old: Tokens, grant: TokenGrant, nowMs: number): Tokens {
  const scopes = grant.scopes.length === 0 ? old.scopes : grant.scopes
  return { ...accessPart(grant, nowMs), scopes, refreshToken: grant.refreshToken ?? old.refreshToken }
}

function accessPart(grant: TokenGrant, nowMs: number) {
  return {
    accessToken: grant.accessToken,
    accessExpiresAt: nowMs + grant.expiresInSeconds * 1000,
    refreshedAt: nowMs,
    scopes: grant.scopes,
  }
}

/** Sealed to its owner, so that a ciphertext copied to another row does not open. */
export function sealTokens(sealer: Sealer, owner: CredentialOwner, tokens: Tokens): string {
  return sealer.seal(JSON.stringify(tokens), credentialAad(owner))
}

export function openTokens(sealer: Sealer, credential: SealedCredential): Tokens | undefined {
  const text = sealer.open(credential.sealed, credentialAad(credential))
  if (text === undefined) return undefined
  const parsed = tokensSchema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : undefined
}

function credentialAad(owner: CredentialOwner): string {
  return JSON.stringify(['credential', owner.system, owner.appId, owner.remoteUserId])
}
