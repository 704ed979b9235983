import { firstTokens, sealTokens, type TokenGrant } from '@tandem/sync/remotes/http/tokens.ts'
import { createXeroLogin } from '@tandem/sync/remotes/xero/oauth.ts'
import { createInProcessNetwork } from '../rig/in-process-network.ts'
import { XERO_ORIGIN } from '../rig/origins.ts'
import { CREDENTIAL_IDS, type Durable, REDIRECT } from './engine-process.ts'

/** Both logins go into the vault, as a person's consent leaves them. */
export async function signIn(durable: Durable): Promise<void> {
  const { zoho, xero } = durable.company
  const now = durable.wallClock()
  const zohoGrant = {
    accessToken: '',
    expiresInSeconds: 0,
    refreshToken: zoho.credentials.refreshToken,
    scopes: [],
  }
  await keep(durable, { side: 'zoho', grant: zohoGrant, now })
  const network = createInProcessNetwork({ [XERO_ORIGIN]: xero.app })
  const urls = { login: XERO_ORIGIN, identity: XERO_ORIGIN, api: XERO_ORIGIN }
  const login = createXeroLogin({ network, urls, app: xero.credentials })
  const page = await xero.app.fetch(
    new Request(login.authorizationUrl({ redirectUri: REDIRECT, state: 'simulation', organisations: 'one' })),
  )
  const code = new URL(page.headers.get('location') ?? REDIRECT).searchParams.get('code') ?? ''
  const consent = await login.exchangeCode({ code, redirectUri: REDIRECT })
  if (consent.type !== 'ok') throw new Error(`No consent: ${JSON.stringify(consent)}`)
  await keep(durable, { side: 'xero', grant: consent.value.grant, now })
}

interface Fresh {
  readonly side: 'zoho' | 'xero'
  readonly grant: TokenGrant
  readonly now: number
}

async function keep(durable: Durable, { side, grant, now }: Fresh): Promise<void> {
  const tokens = firstTokens(grant, now)
  if (tokens === undefined) throw new Error(`No lasting access to ${side}`)
  const owner = { system: side, appId: 'simulation', remoteUserId: 'integration user' } as const
  const sealed = sealTokens(durable.sealer, owner, tokens)
  await durable.store.vault.save({ id: CREDENTIAL_IDS[side], ...owner, sealed, rotation: 0 })
}
