import type { Kind } from '../model/kind.ts'
import type { RecordRef } from '../model/record.ts'
import type { Candidate } from '../plan/input.ts'
import type { Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { baseContext, NO_ITEMS } from './context.ts'

/**
 * Xero invoices of deals whose create had no answer, by the link in their Url: a bookkeeper may have given one another
 * number since, and by its number alone it would not be found, and be made a second time (I2).
 */
export async function sentForDeals(
  walk: Walk,
  kind: Kind,
  candidates: readonly Candidate[],
): Promise<readonly RecordRef[]> {
  const { deals } = walk.mapping(kind)
  const context = baseContext(walk, NO_ITEMS)
  const lookups = candidates.flatMap(({ linkId, mayExist, deals: facts }) => {
    const isOpen = linkId !== null && mayExist && (facts?.own ?? null) !== null
    return isOpen ? (deals?.identity(linkId, context) ?? []) : []
  })
  const [first] = lookups
  if (first === undefined) return []
  const sentAt = walk.ports.clock.monotonic()
  const keys = lookups.map((lookup) => lookup.key)
  const found = await readOrStop(walk, () => walk.remotes.xero.findByKey(first.collection, keys))
  walk.cache.add(found, sentAt)
  return found.map(({ side, collection, id }) => ({ side, collection, remoteId: id }))
}
