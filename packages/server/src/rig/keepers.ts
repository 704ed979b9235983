import type { XeroSandbox } from '@tandem/sandbox/xero/index.ts'
import type { ZohoSandbox } from '@tandem/sandbox/zoho/index.ts'
import { ok, type RemoteOutcome } from '@tandem/sync/model/outcome.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import type { Network } from '@tandem/sync/ports/network.ts'
import type { AccessToken, TokenKeeper } from '@tandem/sync/remotes/http/token-keeper.ts'
import type { TokenGrant } from '@tandem/sync/remotes/http/tokens.ts'
import { createXeroLogin } from '@tandem/sync/remotes/xero/oauth.ts'
import { refreshGrant } from '@tandem/sync/remotes/zoho/oauth.ts'

/** Refreshed this long before expiry. */
const MARGIN_MS = 60_000

/** A keeper in memory: a rig has one process, so that the vault's single flight has nothing to guard. */
function keeperOf(clock: Clock, refresh: () => Promise<RemoteOutcome<TokenGrant>>): TokenKeeper {
  let held: AccessToken | undefined
  let underWay: Promise<RemoteOutcome<AccessToken>> | undefined
  const renew = async (): Promise<RemoteOutcome<AccessToken>> => {
    const grant = await refresh()
    if (grant.type !== 'ok') return grant
    const expiresAt = clock.now() + grant.value.expiresInSeconds * 1000
    held = {
      accessToken: grant.value.accessToken,
      expiresAt,
      rotation: (held?.rotation ?? 0) + 1,
      scopes: grant.value.scopes,
    }
    return ok(held)
  }
  const renewOnce = () => {
    underWay ??= renew().finally(() => {
      underWay = undefined
    })
    return underWay
  }
  return {
    current: async () => (held !== undefined && held.expiresAt - clock.now() > MARGIN_MS ? ok(held) : renewOnce()),
    refreshed: async (stale) => (held !== undefined && held.accessToken !== stale.accessToken ? ok(held) : renewOnce()),
  }
}

export function zohoKeeper(parts: {
  readonly network: Network
  readonly clock: Clock
  readonly origin: string
  readonly credentials: ZohoSandbox['credentials']
}): TokenKeeper {
  const { clientId, clientSecret, refreshToken } = parts.credentials
  const app = { network: parts.network, clientId, clientSecret, accountsUrl: parts.origin, redirectUri: REDIRECT }
  return keeperOf(parts.clock, () => refreshGrant(app, { accountsServer: parts.origin, refreshToken }))
}

const REDIRECT = 'http://localhost:4000/oauth/callback'

interface XeroParts {
  readonly network: Network
  readonly clock: Clock
  readonly origin: string
  readonly credentials: XeroSandbox['credentials']
  readonly app: XeroSandbox['app']
}

/** Consents once (the sandbox needs no page), then rotates. */
export async function xeroKeeper(parts: XeroParts): Promise<TokenKeeper> {
  const { clientId, clientSecret } = parts.credentials
  const urls = { login: parts.origin, identity: parts.origin, api: parts.origin }
  const login = createXeroLogin({ network: parts.network, urls, app: { clientId, clientSecret } })
  const answer = await parts.app.fetch(
    new Request(login.authorizationUrl({ redirectUri: REDIRECT, state: 'rig', organisations: 'one' })),
  )
  const code = new URL(answer.headers.get('location') ?? REDIRECT).searchParams.get('code') ?? ''
  const consent = await login.exchangeCode({ code, redirectUri: REDIRECT })
  if (consent.type !== 'ok') throw new Error(`The rig cannot sign in to Xero: ${consent.type}`)
  let refreshToken = consent.value.grant.refreshToken ?? ''
  return keeperOf(parts.clock, async () => {
    const grant = await login.refresh(refreshToken)
    if (grant.type === 'ok' && grant.value.refreshToken !== null) refreshToken = grant.value.refreshToken
    return grant
  })
}
