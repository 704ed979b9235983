import type { Chance } from '../../core/chance.ts'
import type { VirtualClock } from '../../core/clock.ts'
import { accessToken, idToken, opaque } from './jwt.ts'

const MINUTE = 60_000
export const ACCESS_LIFE_MS = 30 * MINUTE
export const REFRESH_GRACE_MS = 30 * MINUTE
export const REFRESH_LIFE_MS = 60 * 24 * 60 * MINUTE
export const CODE_LIFE_MS = 5 * MINUTE

/** What one consent gave: tokens belong to a Xero user and an app, not to an organisation (xero.md 1.3). */
export interface Grant {
  readonly userId: string
  readonly authEventId: string
  readonly scopes: readonly string[]
  /** A grant without a user: client credentials, for /connections only (xero.md 1.4). */
  readonly isAppOnly: boolean
}

export interface AccessEntry {
  readonly grant: Grant
  readonly expiresMs: number
}

interface RefreshEntry {
  readonly grant: Grant
  readonly issuedMs: number
  /** When it was first exchanged: it works for 30 minutes more. */
  usedMs: number | undefined
}

interface CodeEntry {
  readonly grant: Grant
  readonly redirectUri: string
  readonly challenge: string
  readonly issuedMs: number
}

export interface TokenAnswer {
  readonly access_token: string
  readonly expires_in: number
  readonly token_type: 'Bearer'
  readonly refresh_token?: string
  readonly id_token?: string
  readonly scope?: string
}

export interface GrantStore {
  issueCode(entry: Omit<CodeEntry, 'issuedMs'>): string
  /** A code works once, for five minutes. */
  redeemCode(code: string): CodeEntry | undefined
  issueTokens(grant: Grant): TokenAnswer
  /** The new pair, or undefined for invalid_grant. */
  refresh(token: string): TokenAnswer | undefined
  /** Kills every token of the user; false when the token is unknown. */
  revoke(token: string): string | undefined
  access(token: string): AccessEntry | undefined
  /** Makes every access token expired from now on (fault `tokenExpiry`, act `expireTokens`). */
  expireAccessTokens(): number
  counts(): { readonly accessTokens: number; readonly refreshTokens: number }
}

export function createGrants(parts: { clock: VirtualClock; chance: Chance; clientId: string }): GrantStore {
  const { clock, chance } = parts
  const codes = new Map<string, CodeEntry>()
  const accessTokens = new Map<string, AccessEntry>()
  const refreshTokens = new Map<string, RefreshEntry>()

  function issueTokens(grant: Grant): TokenAnswer {
    const claims = { clientId: parts.clientId, grant, nowMs: clock.now(), jti: chance.guid() }
    const access = accessToken(claims, ACCESS_LIFE_MS)
    for (const [token, entry] of accessTokens) {
      if (entry.expiresMs < clock.now() - ACCESS_LIFE_MS) accessTokens.delete(token)
    }
    accessTokens.set(access, { grant, expiresMs: clock.now() + ACCESS_LIFE_MS })
    return {
      access_token: access,
      expires_in: ACCESS_LIFE_MS / 1000,
      token_type: 'Bearer',
      scope: grant.scopes.join(' '),
      ...(grant.scopes.includes('openid') ? { id_token: idToken(claims) } : {}),
      ...(grant.scopes.includes('offline_access') ? { refresh_token: issueRefresh(grant) } : {}),
    }
  }

  function issueRefresh(grant: Grant): string {
    const token = opaque(chance)
    refreshTokens.set(token, { grant, issuedMs: clock.now(), usedMs: undefined })
    return token
  }

  function refresh(token: string): TokenAnswer | undefined {
    const entry = refreshTokens.get(token)
    if (entry === undefined) return undefined
    const isLapsed = clock.now() - entry.issuedMs > REFRESH_LIFE_MS
    const isPastGrace = entry.usedMs !== undefined && clock.now() - entry.usedMs > REFRESH_GRACE_MS
    if (isLapsed || isPastGrace) {
      refreshTokens.delete(token)
      return undefined
    }
    entry.usedMs ??= clock.now()
    return issueTokens(entry.grant)
  }

  return {
    issueCode(entry) {
      const code = opaque(chance)
      codes.set(code, { ...entry, issuedMs: clock.now() })
      return code
    },
    redeemCode(code) {
      const entry = codes.get(code)
      codes.delete(code)
      return entry !== undefined && clock.now() - entry.issuedMs <= CODE_LIFE_MS ? entry : undefined
    },
    issueTokens,
    refresh,
    revoke(token) {
      const userId = refreshTokens.get(token)?.grant.userId
      if (userId === undefined) return undefined
      for (const [key, entry] of refreshTokens) if (entry.grant.userId === userId) refreshTokens.delete(key)
      for (const [key, entry] of accessTokens) if (entry.grant.userId === userId) accessTokens.delete(key)
      return userId
    },
    access: (token) => accessTokens.get(token),
    expireAccessTokens() {
      for (const [token, entry] of accessTokens) {
        accessTokens.set(token, { ...entry, expiresMs: Math.min(entry.expiresMs, clock.now()) })
      }
      return accessTokens.size
    },
    counts: () => ({ accessTokens: accessTokens.size, refreshTokens: refreshTokens.size }),
  }
}
