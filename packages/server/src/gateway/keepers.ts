import { createTokenKeeper, type TokenKeeper } from '@tandem/sync/remotes/http/token-keeper.ts'
import { refreshGrant } from '@tandem/sync/remotes/zoho/oauth.ts'
import type { ZohoEnd } from '@tandem/sync/store/contract.ts'
import { accountsServerOf, xeroLogin, zohoApp } from './logins.ts'
import type { GatewayParts } from './parts.ts'

/** One token keeper per credential in this process, shared by all connections of that login (R78). */
export interface Keepers {
  zoho(end: ZohoEnd): TokenKeeper
  xero(credentialId: string): TokenKeeper
  /** After a new consent: what is held of the old one is out of date. */
  forget(credentialId: string): void
}

export function createKeepers(parts: GatewayParts): Keepers {
  const kept = new Map<string, TokenKeeper>()
  const common = {
    vault: parts.store.vault,
    sealer: parts.sealer,
    clock: parts.clock,
    chance: parts.chance,
    crash: parts.crash,
  }
  const once = (credentialId: string, make: () => TokenKeeper) => {
    const keeper = kept.get(credentialId) ?? make()
    kept.set(credentialId, keeper)
    return keeper
  }
  return {
    zoho: (end) =>
      once(end.credentialId, () => {
        const accountsServer = accountsServerOf(end, parts.config)
        const refresh = (refreshToken: string) => refreshGrant(zohoApp(parts), { accountsServer, refreshToken })
        return createTokenKeeper({ ...common, credentialId: end.credentialId, refresh })
      }),
    xero: (credentialId) =>
      once(credentialId, () => createTokenKeeper({ ...common, credentialId, refresh: xeroLogin(parts).refresh })),
    forget: (credentialId) => void kept.delete(credentialId),
  }
}
