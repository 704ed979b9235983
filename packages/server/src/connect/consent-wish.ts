import { isReminder, ZOHO_COLLECTIONS, type ZohoCollection } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { type ScopeWish, scopeWishOf } from '@tandem/sync/remotes/zoho/scopes.ts'
import type { ConsentRequest } from '../operations/contract.ts'

/**
 * What a Zoho sign-in asks for. Every kind may be switched on at any time, and a new consent for it would stop the sync
 * until somebody gives it: so all of them. Tasks and deletes are rights of another sort, asked for where somebody wants
 * them, by this request or by the settings of a connection (R77).
 */
export function consentWish(
  { tasks = false }: Pick<ConsentRequest, 'tasks'>,
  connected: readonly ConnectionSettings[],
): ScopeWish {
  const wishes = connected.map(scopeWishOf)
  const wanted = new Set<ZohoCollection>(wishes.flatMap(({ collections }) => collections))
  return {
    collections: ZOHO_COLLECTIONS.filter((one) => !isReminder(one) || tasks || wanted.has(one)),
    deletesIn: [...new Set(wishes.flatMap(({ deletesIn }) => deletesIn))],
  }
}
