import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { Network } from '../../ports/network.ts'
import type { TokenGrant } from '../http/tokens.ts'
import { type ConsentClaims, readAccessClaims } from './claims.ts'
import { XERO_SCOPES } from './scopes.ts'
import { readTokenAnswer, tokenFailure, tokenNetworkFailure } from './token-answer.ts'
import type { XeroUrls } from './urls.ts'

/**
 * Authorization-code flow of a confidential web app (xero.md 1.2, 1.3). Written on the Network port instead of
 * oauth4webapi: that library checks the id_token against the machine's own clock, and hides whether a lost refresh may
 * have reached Xero, which decides whether the old refresh token is asked again.
 */
export interface XeroLogin {
  /** Where to send the browser. `one` asks Xero to let the person pick exactly one organisation. */
  authorizationUrl(request: { redirectUri: string; state: string; organisations: 'one' | 'any' }): string
  /** The code lives 5 minutes and works once. */
  exchangeCode(callback: { readonly code: string; readonly redirectUri: string }): Promise<RemoteOutcome<XeroConsent>>
  /** `unknown`: the answer was lost; the old refresh token works for 30 more minutes. */
  refresh(refreshToken: string): Promise<RemoteOutcome<TokenGrant>>
  /** Ends ALL connections of that user to the app; to disconnect one organisation, delete its connection. */
  revoke(refreshToken: string): Promise<RemoteOutcome<null>>
}

export interface XeroConsent extends ConsentClaims {
  readonly grant: TokenGrant
}

export interface XeroApp {
  readonly clientId: string
  readonly clientSecret: string
}

export interface XeroLoginPorts {
  readonly network: Network
  readonly urls: XeroUrls
  readonly app: XeroApp
}

const TIMEOUT_MS = 30_000

export function createXeroLogin(ports: XeroLoginPorts): XeroLogin {
  const token = (form: Readonly<Record<string, string>>) => askForToken(ports, form)
  return {
    authorizationUrl: (request) => authorizationUrl(ports, request),
    refresh: (refreshToken) => token({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    revoke: (refreshToken) => revoke(ports, refreshToken),
    async exchangeCode({ code, redirectUri }) {
      const grant = await token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri })
      if (grant.type !== 'ok') return grant
      const claims = readAccessClaims(grant.value.accessToken)
      if (claims !== undefined) return ok({ ...claims, grant: withScopes(grant.value, claims.scopes) })
      return {
        type: 'unavailable',
        code: 'remoteAnswerUnreadable',
        message: 'Xero granted a token without its user',
        retryAfterMs: null,
      }
    },
  }
}

/** The JWT says what was granted even where the answer does not (xero.md 1.2). */
function withScopes(grant: TokenGrant, scopes: readonly string[]): TokenGrant {
  return grant.scopes.length > 0 ? grant : { ...grant, scopes }
}

function authorizationUrl(ports: XeroLoginPorts, request: Parameters<XeroLogin['authorizationUrl']>[0]): string {
  const url = new URL(`${ports.urls.login}/identity/connect/authorize`)
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('client_id', ports.app.clientId)
  url.searchParams.set('redirect_uri', request.redirectUri)
  url.searchParams.set('scope', Object.keys(XERO_SCOPES).join(' '))
  url.searchParams.set('state', request.state)
  if (request.organisations === 'one') url.searchParams.set('acr_values', 'bulk_connect:false')
  return url.toString()
}

async function askForToken(
  ports: XeroLoginPorts,
  form: Readonly<Record<string, string>>,
): Promise<RemoteOutcome<TokenGrant>> {
  try {
    return readTokenAnswer(await postForm(ports, '/connect/token', form))
  } catch (error) {
    return tokenNetworkFailure(error)
  }
}

async function revoke(ports: XeroLoginPorts, refreshToken: string): Promise<RemoteOutcome<null>> {
  try {
    const response = await postForm(ports, '/connect/revocation', { token: refreshToken })
    return response.status === 200 ? ok(null) : tokenFailure(response)
  } catch (error) {
    return tokenNetworkFailure(error)
  }
}

function postForm(ports: XeroLoginPorts, path: string, form: Readonly<Record<string, string>>) {
  const { clientId, clientSecret } = ports.app
  return ports.network.exchange({
    method: 'POST',
    url: ports.urls.identity + path,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams(form).toString(),
    timeoutMs: TIMEOUT_MS,
  })
}
