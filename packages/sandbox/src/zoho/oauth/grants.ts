import { createHash } from 'node:crypto'
import type { Chance } from '../../core/chance.ts'
import type { VirtualClock } from '../../core/clock.ts'

const MINUTE_MS = 60_000
const CODE_LIFE_MS = 2 * MINUTE_MS
export const ACCESS_LIFE_S = 3600
const THROTTLE_WINDOW_MS = 10 * MINUTE_MS
const ACCESS_PER_WINDOW = 10
const REFRESH_PER_USER = 20

/** What a user consented to (zoho-crm.md 1.3). */
export interface Consent {
  readonly clientId: string
  readonly userId: string
  readonly scopes: readonly string[]
  readonly redirectUri: string
  readonly location: string
  readonly wantsRefresh: boolean
  readonly challenge: { readonly value: string; readonly method: string } | undefined
}

interface Refresh {
  readonly token: string
  readonly consent: Consent
  scopes: readonly string[]
  issuedMs: number[]
}

export interface Access {
  readonly token: string
  readonly refreshToken: string | undefined
  readonly userId: string
  readonly clientId: string
  readonly location: string
  readonly scopes: readonly string[]
  readonly expiresMs: number
}

export interface Issued {
  readonly access: Access
  readonly refreshToken: string | undefined
}

/** Codes, refresh tokens and access tokens with their limits (zoho-crm.md 1.4, 1.5). */
export interface Grants {
  createCode(consent: Consent): string
  redeem(
    code: string,
    ask: { clientId: string; redirectUri: string; location: string; verifier: string },
  ): Issued | 'invalid_code' | 'invalid_redirect_uri'
  refresh(token: string, ask: { clientId: string; location: string }): Issued | 'invalid_code' | 'throttled'
  /** Grants without a browser, for tests and for what a console's self client does. */
  grant(consent: Consent): Issued
  find(accessToken: string): Access | undefined
  /** A refresh token dies with its access tokens; an access token alone. Tells whose it was. */
  revoke(token: string): string | undefined
  revokeAll(): void
  removeScope(scope: string): void
  hasRefresh(clientId: string, userId: string): boolean
}

export function createGrants(clock: VirtualClock, chance: Chance): Grants {
  const codes = new Map<string, { consent: Consent; expiresMs: number }>()
  const refreshes = new Map<string, Refresh>()
  const accesses = new Map<string, Access>()
  const secret = () => `1000.${chance.guid().replaceAll('-', '')}.${chance.guid().replaceAll('-', '')}`

  function issueAccess(consent: Consent, refresh: Refresh | undefined): Access {
    const access: Access = {
      token: secret(),
      refreshToken: refresh?.token,
      userId: consent.userId,
      clientId: consent.clientId,
      location: consent.location,
      scopes: refresh?.scopes ?? consent.scopes,
      expiresMs: clock.now() + ACCESS_LIFE_S * 1000,
    }
    accesses.set(access.token, access)
    refresh?.issuedMs.push(clock.now())
    return access
  }

  /** The 21st refresh token of a user silently displaces the oldest (zoho-crm.md 1.5). */
  function issueRefresh(consent: Consent): Refresh {
    const mine = [...refreshes.values()].filter((one) => isSameParty(one.consent, consent))
    for (const old of mine.slice(0, Math.max(0, mine.length - REFRESH_PER_USER + 1))) drop(old.token)
    const refresh: Refresh = { token: secret(), consent, scopes: consent.scopes, issuedMs: [] }
    refreshes.set(refresh.token, refresh)
    return refresh
  }

  function drop(refreshToken: string) {
    refreshes.delete(refreshToken)
    for (const access of accesses.values()) if (access.refreshToken === refreshToken) accesses.delete(access.token)
  }

  function grant(consent: Consent): Issued {
    const refresh = consent.wantsRefresh ? issueRefresh(consent) : undefined
    return { access: issueAccess(consent, refresh), refreshToken: refresh?.token }
  }

  return {
    grant,
    createCode(consent) {
      const code = secret()
      codes.set(code, { consent, expiresMs: clock.now() + CODE_LIFE_MS })
      return code
    },
    redeem(code, ask) {
      const found = codes.get(code)
      if (found === undefined || found.expiresMs < clock.now()) return 'invalid_code'
      const { consent } = found
      if (consent.location !== ask.location || consent.clientId !== ask.clientId) return 'invalid_code'
      if (consent.redirectUri !== ask.redirectUri) return 'invalid_redirect_uri'
      if (!isVerified(consent, ask.verifier)) return 'invalid_code'
      codes.delete(code)
      return grant(consent)
    },
    refresh(token, ask) {
      const refresh = refreshes.get(token)
      if (refresh === undefined || refresh.consent.clientId !== ask.clientId) return 'invalid_code'
      if (refresh.consent.location !== ask.location) return 'invalid_code'
      refresh.issuedMs = refresh.issuedMs.filter((at) => at > clock.now() - THROTTLE_WINDOW_MS)
      if (refresh.issuedMs.length >= ACCESS_PER_WINDOW) return 'throttled'
      return { access: issueAccess(refresh.consent, refresh), refreshToken: undefined }
    },
    find: (token) => accesses.get(token),
    revoke(token) {
      const owner = refreshes.get(token)?.consent.userId ?? accesses.get(token)?.userId
      drop(token)
      accesses.delete(token)
      return owner
    },
    revokeAll() {
      codes.clear()
      refreshes.clear()
      accesses.clear()
    },
    removeScope(scope) {
      const without = (scopes: readonly string[]) => scopes.filter((one) => one.toLowerCase() !== scope.toLowerCase())
      for (const refresh of refreshes.values()) refresh.scopes = without(refresh.scopes)
      for (const access of accesses.values()) accesses.set(access.token, { ...access, scopes: without(access.scopes) })
    },
    hasRefresh: (clientId, userId) =>
      [...refreshes.values()].some((one) => one.consent.clientId === clientId && one.consent.userId === userId),
  }
}

function isSameParty(a: Consent, b: Consent): boolean {
  return a.clientId === b.clientId && a.userId === b.userId
}

function isVerified(consent: Consent, verifier: string): boolean {
  if (consent.challenge === undefined) return true
  if (consent.challenge.method !== 'S256') return verifier === consent.challenge.value
  return createHash('sha256').update(verifier).digest('base64url') === consent.challenge.value
}
