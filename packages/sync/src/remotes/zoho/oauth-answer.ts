import { z } from 'zod'
import type { RemoteFailure } from '../../model/outcome.ts'
import type { HttpResponse } from '../../ports/network.ts'

export interface TokenAnswer {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly expiresInSeconds: number
  readonly scopes: readonly string[]
  readonly apiDomain: string
}

/** `error`: Zoho's word; '' when the answer was no JSON at all (an HTML page, a gateway). */
export interface TokenRefusal {
  readonly error: string
  readonly status: number
}

const granted = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().int().positive().catch(3600),
  scope: z.string().catch(''),
  api_domain: z.string().catch(''),
})

const refused = z.object({ error: z.string().min(1) })

/** Errors come with 200 or 400 (zoho-crm.md 1.6): the body decides, never the status. */
export function tokenAnswer(response: HttpResponse): TokenAnswer | TokenRefusal {
  const body = parsed(response.body)
  const tokens = granted.safeParse(body)
  if (!tokens.success || refused.safeParse(body).success) {
    return { error: refused.safeParse(body).data?.error ?? '', status: response.status }
  }
  return {
    accessToken: tokens.data.access_token,
    refreshToken: tokens.data.refresh_token ?? null,
    expiresInSeconds: tokens.data.expires_in,
    scopes: tokens.data.scope.split(/[\s,]+/).filter((scope) => scope !== ''),
    apiDomain: tokens.data.api_domain,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Ten tokens in ten minutes; then none for the rest of them (zoho-crm.md 1.5). */
const THROTTLE_MS = 10 * 60 * 1000

export function failureOf(refusal: TokenRefusal): RemoteFailure {
  switch (refusal.error.toLowerCase()) {
    case 'invalid_code':
    case 'invalid_grant':
    case 'invalid_token':
    case 'access_denied':
      return disconnected('reconnectNeeded', 'Zoho no longer accepts this sign-in. Connect Zoho again')
    case 'invalid_client':
    case 'invalid_client_secret':
      return disconnected(
        'credentialsWrong',
        `Zoho does not know this client (${refusal.error}): check the client id and secret, and that the client is enabled for this data centre`,
      )
    case 'invalid_redirect_uri':
      return disconnected('credentialsWrong', "The redirect address is not registered in Zoho's API console")
    case 'invalid_scope':
      return disconnected('scopeMissing', 'Zoho does not know one of the requested scopes')
    case 'access denied':
      return { type: 'throttled', scope: 'token', retryAfterMs: THROTTLE_MS }
    default:
      return {
        type: 'unavailable',
        code: 'remoteUnavailable',
        message: `Zoho's login server answered ${refusal.status}${/^[\w .-]{1,60}$/.test(refusal.error) ? `: ${refusal.error}` : ''}`,
        retryAfterMs: null,
      }
  }
}

function disconnected(code: 'reconnectNeeded' | 'credentialsWrong' | 'scopeMissing', message: string): RemoteFailure {
  return { type: 'disconnected', code, message }
}
