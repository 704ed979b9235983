import type { Side } from '@tandem/sync/model/side.ts'
import { deleteXeroConnection } from '@tandem/sync/remotes/xero/connections.ts'
import { authorizationUrl } from '@tandem/sync/remotes/zoho/oauth.ts'
import { type ScopeWish, scopesFor } from '@tandem/sync/remotes/zoho/scopes.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Gateway } from './contract.ts'
import { createKeepers } from './keepers.ts'
import { xeroLogin, zohoApp } from './logins.ts'
import { type GatewayParts, redirectUri } from './parts.ts'
import { prepareConnection } from './prepare.ts'
import { remoteProblem } from './remote-problem.ts'
import { createRemoteOpener } from './remotes.ts'
import { finishXero, finishZoho } from './sign-in.ts'

export function createGateway(parts: GatewayParts): Gateway {
  const keepers = createKeepers(parts)
  const openRemotes = createRemoteOpener(parts, keepers)
  return {
    openRemotes,
    authorizeUrl: (system, state, wish) => authorizeUrl(parts, { system, state, wish }),
    async grantedScopes(end) {
      const token = await keepers.zoho(end).current()
      return token.type === 'ok' ? token.value.scopes : []
    },
    finishZoho: (callback) => finishZoho(parts, keepers, callback),
    finishXero: (code) => finishXero(parts, keepers, code),
    prepare: async (draft) => prepareConnection(draft, await openRemotes(draft, 'interactive')),
    async disconnectXero(end) {
      const { network, config } = parts
      const tokens = keepers.xero(end.credentialId)
      const gone = await deleteXeroConnection({ network, tokens, apiUrl: config.xero.apiUrl }, end.xeroConnectionId)
      // A login that is dead already has nothing left to give back.
      return gone.type === 'ok' || gone.type === 'disconnected' ? answer(null) : remoteProblem('xero', gone)
    },
  }
}

interface Visit {
  readonly system: Side
  readonly state: string
  readonly wish: ScopeWish
}

function authorizeUrl(parts: GatewayParts, { system, state, wish }: Visit): Answer<string> {
  const { clientId, clientSecret } = parts.config[system]
  const missing = [clientId === '' ? 'CLIENT_ID' : '', clientSecret === '' ? 'CLIENT_SECRET' : '']
    .filter((name) => name !== '')
    .map((name) => `${system.toUpperCase()}_${name}`)
  if (missing.length > 0) {
    return problem(
      'badConfiguration',
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set.`,
      `Register an app with the redirect URI ${redirectUri(parts.config, system)} and copy its credentials (see .env.example).`,
    )
  }
  if (system === 'xero') {
    return answer(
      xeroLogin(parts).authorizationUrl({
        redirectUri: redirectUri(parts.config, 'xero'),
        state,
        organisations: 'any',
      }),
    )
  }
  return answer(authorizationUrl(zohoApp(parts), { state, scopes: scopesFor(wish) }))
}
