import { z } from 'zod'
import type { Code } from '../../model/codes.ts'
import { ok, type RemoteFailure, type RemoteOutcome } from '../../model/outcome.ts'
import { type HttpResponse, NetworkFailure } from '../../ports/network.ts'
import type { TokenGrant } from '../http/tokens.ts'

const grantSchema = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
  scope: z.string().optional(),
})
const errorSchema = z.looseObject({ error: z.string() })

/** What a person has to put right, by OAuth error (xero.md 1.3). */
const ERRORS: Readonly<Record<string, Code>> = {
  invalid_grant: 'reconnectNeeded',
  invalid_client: 'credentialsWrong',
  unauthorized_client: 'credentialsWrong',
  invalid_scope: 'scopeMissing',
}

/** Judges an answer of `POST /connect/token` by its content; statuses vary (xero.md 1.3). */
export function readTokenAnswer(response: HttpResponse): RemoteOutcome<TokenGrant> {
  const grant = grantSchema.safeParse(parse(response.body))
  if (response.status !== 200 || !grant.success) return tokenFailure(response)
  const { access_token: accessToken, expires_in: expiresInSeconds, refresh_token, scope } = grant.data
  return ok({
    accessToken,
    expiresInSeconds,
    refreshToken: refresh_token ?? null,
    scopes: scope === undefined ? [] : scope.split(' ').filter((one) => one !== ''),
  })
}

/** Names the OAuth error only: descriptions and bodies can repeat what was sent. */
export function tokenFailure(response: HttpResponse): RemoteFailure {
  const error = errorSchema.safeParse(parse(response.body))
  if (response.status === 429) return { type: 'throttled', scope: 'token', retryAfterMs: retryAfterMs(response) }
  const code = error.success ? ERRORS[error.data.error] : undefined
  if (error.success && code !== undefined) {
    return { type: 'disconnected', code, message: `Xero's login server answered ${error.data.error}` }
  }
  // A 5xx may come after the token was rotated: the caller asks again with the old one.
  if (response.status >= 500) return lost(`Xero's login server answered ${response.status}`)
  return unreadable(`Xero's login server answered ${response.status} without a token`)
}

export function tokenNetworkFailure(error: unknown): RemoteFailure {
  if (!(error instanceof NetworkFailure)) throw error
  if (error.mayHaveArrived) return lost("The connection to Xero's login server was lost")
  return { ...unreadable("Xero's login server cannot be reached"), code: 'connectionLost' }
}

function lost(message: string): RemoteFailure {
  return { type: 'unknown', code: 'connectionLost', message }
}

function unreadable(message: string): Extract<RemoteFailure, { type: 'unavailable' }> {
  return { type: 'unavailable', code: 'remoteAnswerUnreadable', message, retryAfterMs: null }
}

function retryAfterMs(response: HttpResponse): number | null {
  const seconds = Number(response.headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
