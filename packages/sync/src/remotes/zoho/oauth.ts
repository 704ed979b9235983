import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import { type HttpResponse, type Network, NetworkFailure } from '../../ports/network.ts'
import type { TokenGrant } from '../http/tokens.ts'
import { locationOf, trustAccountsServer, trustApiDomain } from './data-centres.ts'
import { failureOf, type TokenAnswer, tokenAnswer } from './oauth-answer.ts'
import type { ScopeRequest } from './scopes.ts'

/** The operator's registration in Zoho's API console (zoho-crm.md 1.2). */
export interface ZohoApp {
  readonly network: Network
  readonly clientId: string
  readonly clientSecret: string
  /** ZOHO_ACCOUNTS_URL: where consent begins. The callback names the user's own accounts server. */
  readonly accountsUrl: string
  /** Exactly as registered. */
  readonly redirectUri: string
}

/** Where the browser goes for consent (zoho-crm.md 1.3). `prompt=consent`: without it a second grant has no refresh token. */
export function authorizationUrl(
  app: Pick<ZohoApp, 'clientId' | 'accountsUrl' | 'redirectUri'>,
  wish: { readonly state: string; readonly scopes: readonly ScopeRequest[] },
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    scope: wish.scopes.map((request) => request.scope).join(','),
    redirect_uri: app.redirectUri,
    access_type: 'offline',
    prompt: 'consent',
    state: wish.state,
  })
  return `${app.accountsUrl.replace(/\/+$/, '')}/oauth/v2/auth?${query}`
}

/** What Zoho appends to the redirect URI, its state already checked. */
export interface ZohoCallback {
  readonly code: string
  readonly location: string
  readonly accountsServer: string
}

export interface ZohoConsent {
  readonly grant: TokenGrant
  readonly accountsServer: string
  /** `us`, `eu`, ...: part of the connection's identity. */
  readonly dataCentre: string
  readonly apiDomain: string
}

/**
 * The code of a callback for tokens. The servers that the callback and the answer name are checked before anything
 * secret goes there (zoho-crm.md 1.3). A code works once: a lost answer means connecting again.
 */
export async function exchangeCode(app: ZohoApp, callback: ZohoCallback): Promise<RemoteOutcome<ZohoConsent>> {
  const server = trustAccountsServer({ ...callback, configured: app.accountsUrl })
  if (server.type !== 'ok') return server
  const answered = await postToken(app, server.value, {
    grant_type: 'authorization_code',
    redirect_uri: app.redirectUri,
    code: callback.code,
  })
  if (answered.type !== 'ok') return asConnecting(answered)
  const apiDomain = trustApiDomain(answered.value.apiDomain, server.value)
  if (apiDomain.type !== 'ok') return apiDomain
  if (answered.value.refreshToken === null) {
    return { type: 'refused', code: 'reconnectNeeded', message: 'Zoho granted no lasting access. Connect once more' }
  }
  return ok({
    grant: grantOf(answered.value),
    accountsServer: server.value,
    dataCentre: locationOf(server.value) ?? (callback.location || 'us'),
    apiDomain: apiDomain.value,
  })
}

/** A new access token. The refresh token stays the same (zoho-crm.md 1.4), so a lost answer can simply be asked again. */
export async function refreshGrant(
  app: ZohoApp,
  held: { readonly accountsServer: string; readonly refreshToken: string },
): Promise<RemoteOutcome<TokenGrant>> {
  const answered = await postToken(app, held.accountsServer, {
    grant_type: 'refresh_token',
    refresh_token: held.refreshToken,
  })
  return answered.type === 'ok' ? ok({ ...grantOf(answered.value), refreshToken: null }) : answered
}

/** Ends the grant for every org it was given for: only when the last connection of this user goes. */
export async function revokeGrant(
  app: ZohoApp,
  held: { readonly accountsServer: string; readonly refreshToken: string },
): Promise<RemoteOutcome<null>> {
  const posted = await post(app.network, `${held.accountsServer}/oauth/v2/token/revoke`, { token: held.refreshToken })
  if (posted.type !== 'ok') return posted
  if (posted.value.status >= 500) return outage(`Zoho's login server answered ${posted.value.status}`)
  // An unknown token is as good as a revoked one.
  return ok(null)
}

async function postToken(
  app: ZohoApp,
  accountsServer: string,
  parameters: Readonly<Record<string, string>>,
): Promise<RemoteOutcome<TokenAnswer>> {
  const posted = await post(app.network, `${accountsServer}/oauth/v2/token`, {
    client_id: app.clientId,
    client_secret: app.clientSecret,
    ...parameters,
  })
  if (posted.type !== 'ok') return posted
  const answer = tokenAnswer(posted.value)
  return 'accessToken' in answer ? ok(answer) : failureOf(answer)
}

/** Secrets go into the body: addresses end up in logs. */
async function post(
  network: Network,
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<RemoteOutcome<HttpResponse>> {
  try {
    return ok(
      await network.exchange({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams(parameters).toString(),
        timeoutMs: 20_000,
      }),
    )
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error
    return outage(`Zoho's login server could not be reached: ${error.message}`)
  }
}

/** While connecting there is no connection yet that could be called broken. */
function asConnecting<T>(outcome: RemoteOutcome<T>): RemoteOutcome<T> {
  if (outcome.type !== 'disconnected' || outcome.code !== 'reconnectNeeded') return outcome
  return {
    type: 'refused',
    code: 'reconnectNeeded',
    message: 'The sign-in took too long or was used twice. Connect again',
  }
}

function grantOf(answer: TokenAnswer): TokenGrant {
  const { accessToken, expiresInSeconds, refreshToken, scopes } = answer
  return { accessToken, expiresInSeconds, refreshToken, scopes }
}

function outage(message: string): RemoteOutcome<never> {
  return { type: 'unavailable', code: 'remoteUnavailable', message, retryAfterMs: null }
}
