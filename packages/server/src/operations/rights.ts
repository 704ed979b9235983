import { missingScopes } from '@tandem/sync/remotes/zoho/granted.ts'
import { type ScopeRequest, scopesFor, scopeWishOf } from '@tandem/sync/remotes/zoho/scopes.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import type { Tandem } from '../tandem.ts'

/**
 * Rights that the settings of a connection need and its Zoho sign-in was not given: it is older than what needs them.
 * None where Zoho does not say what it gave.
 */
export async function missingRights(
  { gateway }: Pick<Tandem, 'gateway'>,
  connection: Connection,
): Promise<readonly ScopeRequest[]> {
  return missingScopes(scopesFor(scopeWishOf(connection.settings)), await gateway.grantedScopes(connection.zoho))
}

/** What they are for, each once, for a person. */
export function toldRights(missing: readonly ScopeRequest[]): string {
  return [...new Set(missing.map(({ reason, scope }) => `${reason} (${scope})`))].join('; ')
}
