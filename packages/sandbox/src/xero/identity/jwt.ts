import { createHash } from 'node:crypto'
import type { Chance } from '../../core/chance.ts'
import type { Grant } from './grants.ts'

export const ISSUER = 'https://identity.xero.com'

export interface TokenClaims {
  readonly clientId: string
  readonly grant: Grant
  readonly nowMs: number
  readonly jti: string
}

const seconds = (ms: number) => Math.floor(ms / 1000)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token of the right shape and size; its signature verifies nothing. */
function sign(payload: object): string {
  const head = `${encode({ alg: 'RS256', kid: '1CAF8E66772D6DC028D6726FD0261581570EFC19', typ: 'JWT' })}.${encode(payload)}`
  const digest = createHash('sha512').update(head).digest()
  return `${head}.${Buffer.concat([digest, digest, digest, digest]).toString('base64url')}`
}

/** Claims of xero.md 1.2. */
export function accessToken({ clientId, grant, nowMs, jti }: TokenClaims, lifeMs: number): string {
  return sign({
    nbf: seconds(nowMs),
    exp: seconds(nowMs + lifeMs),
    iss: ISSUER,
    aud: `${ISSUER}/resources`,
    client_id: clientId,
    ...(grant.isAppOnly
      ? {}
      : {
          sub: grant.userId.replaceAll('-', ''),
          auth_time: seconds(nowMs),
          idp: 'local',
          xero_userid: grant.userId,
          global_session_id: grant.authEventId.replaceAll('-', ''),
          authentication_event_id: grant.authEventId,
          amr: ['pwd'],
        }),
    jti,
    scope: grant.scopes,
  })
}

export function idToken({ clientId, grant, nowMs }: TokenClaims): string {
  return sign({
    nbf: seconds(nowMs),
    exp: seconds(nowMs + 5 * 60_000),
    iss: ISSUER,
    aud: clientId,
    iat: seconds(nowMs),
    sub: grant.userId.replaceAll('-', ''),
    xero_userid: grant.userId,
    email: 'owner@harbour.example',
    given_name: 'Mia',
    family_name: 'Tran',
  })
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

/** An authorisation code or refresh token: 43 characters without structure. */
export function opaque(chance: Chance): string {
  return Array.from({ length: 43 }, () => ALPHABET[chance.int(0, ALPHABET.length - 1)]).join('')
}
