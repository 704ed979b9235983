import { ok, type RemoteOutcome } from '@tandem/sync/model/outcome.ts'
import type { Side } from '@tandem/sync/model/side.ts'
import type { TokenKeeper } from '@tandem/sync/remotes/http/token-keeper.ts'
import { firstTokens, sealTokens, type TokenGrant } from '@tandem/sync/remotes/http/tokens.ts'
import { listXeroConnections } from '@tandem/sync/remotes/xero/connections.ts'
import { missingScopes } from '@tandem/sync/remotes/xero/scopes.ts'
import { exchangeCode, type ZohoConsent } from '@tandem/sync/remotes/zoho/oauth.ts'
import { createZohoRemote } from '@tandem/sync/remotes/zoho/remote.ts'
import type { ZohoEnd } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { XeroGrant, ZohoCallback } from './contract.ts'
import type { Keepers } from './keepers.ts'
import { xeroLogin, zohoApp } from './logins.ts'
import { type GatewayParts, redirectUri } from './parts.ts'
import { remoteProblem } from './remote-problem.ts'
import { ZOHO_EDITION } from './zoho-edition.ts'

/** Code for tokens, and whose they are; the tokens are sealed and stored before anything else is done with them. */
export async function finishZoho(
  parts: GatewayParts,
  keepers: Keepers,
  callback: ZohoCallback,
): Promise<Answer<ZohoEnd>> {
  const consent = await exchangeCode(zohoApp(parts), callback)
  if (consent.type !== 'ok') return remoteProblem('zoho', consent)
  const org = await askWhose(parts, consent.value)
  if (org.type !== 'ok') return remoteProblem('zoho', org)
  const { dataCentre, apiDomain } = consent.value
  const owner = { system: 'zoho', remoteUserId: `${dataCentre}:${org.value.zgid}:${org.value.userId}` } as const
  const stored = await storeTokens(parts, keepers, { ...owner, grant: consent.value.grant })
  if (stored.type === 'problem') return stored
  return answer({
    credentialId: stored.value,
    dataCentre,
    apiDomain,
    zgid: org.value.zgid,
    orgName: org.value.companyName,
  })
}

function askWhose(parts: GatewayParts, consent: ZohoConsent) {
  const { network, clock, chance, log } = parts
  return createZohoRemote({
    network,
    clock,
    chance,
    log,
    tokens: oneToken(consent.grant, clock.now()),
    apiDomain: consent.apiDomain,
    fields: {},
    priority: 'interactive',
    edition: ZOHO_EDITION,
    provisionedXeroId: {},
  }).fetchReference([])
}

/** For the few calls before the tokens have a place in the vault. */
function oneToken(grant: TokenGrant, now: number): TokenKeeper {
  const expiresAt = now + grant.expiresInSeconds * 1000
  const token = { accessToken: grant.accessToken, expiresAt, rotation: 0, scopes: grant.scopes }
  const refused = { type: 'refused', code: 'reconnectNeeded', message: 'A fresh token was refused' } as const
  return { current: async () => ok(token), refreshed: async (): Promise<RemoteOutcome<never>> => refused }
}

export async function finishXero(parts: GatewayParts, keepers: Keepers, code: string): Promise<Answer<XeroGrant>> {
  const { config, network } = parts
  const consent = await xeroLogin(parts).exchangeCode({ code, redirectUri: redirectUri(config, 'xero') })
  if (consent.type !== 'ok') return remoteProblem('xero', consent)
  const missing = missingScopes(consent.value.grant.scopes)
  if (missing.length > 0) {
    return problem(
      'remoteRefused',
      `Xero did not grant all that is needed: ${missing.join(', ')} is missing.`,
      'Sign in again and allow all that is asked: tandem connect xero.',
    )
  }
  const { userId, authEventId, grant } = consent.value
  const stored = await storeTokens(parts, keepers, { system: 'xero', remoteUserId: userId, grant })
  if (stored.type === 'problem') return stored
  const tokens = keepers.xero(stored.value)
  const listed = await listXeroConnections({ network, tokens, apiUrl: config.xero.apiUrl }, null)
  if (listed.type !== 'ok') return remoteProblem('xero', listed)
  const organisations = listed.value.filter((one) => one.tenantType === 'ORGANISATION')
  const now = organisations.filter((one) => one.authEventId === authEventId)
  const tenants = (now.length > 0 ? now : organisations).map(({ id, tenantId, tenantName }) => {
    return { xeroConnectionId: id, tenantId, name: tenantName }
  })
  if (tenants.length > 0) return answer({ credentialId: stored.value, tenants })
  return problem('remoteRefused', 'Xero connected no organisation.', 'Sign in again and pick one: tandem connect xero.')
}

interface FreshTokens {
  readonly system: Side
  readonly remoteUserId: string
  readonly grant: TokenGrant
}

async function storeTokens(parts: GatewayParts, keepers: Keepers, fresh: FreshTokens): Promise<Answer<string>> {
  const tokens = firstTokens(fresh.grant, parts.clock.now())
  if (tokens === undefined) {
    return problem('remoteRefused', 'No lasting access was granted.', `Sign in again: tandem connect ${fresh.system}.`)
  }
  const owner = { system: fresh.system, appId: parts.config[fresh.system].clientId, remoteUserId: fresh.remoteUserId }
  const sealed = sealTokens(parts.sealer, owner, tokens)
  const id = await parts.store.vault.save({ id: parts.chance.uuid(), ...owner, sealed, rotation: 0 })
  keepers.forget(id)
  return answer(id)
}
