import { COLLECTIONS, type Collection, collectionsOf, type Kind } from '../model/kind.ts'
import type { RecordRef } from '../model/record.ts'
import { SIDES, type Side } from '../model/side.ts'
import { isValueList, isValueObject, type Value } from '../model/value.ts'
import type { Candidate } from '../plan/input.ts'
import type { Walk } from '../walk.ts'

/**
 * The records for which these candidates are held: a whole first sync sees likenesses that no question to a remote
 * would find again (names but for their legal form). Planning one of them anew must not forget them, or it would be
 * created beside its likeness.
 */
export async function rememberedLikenesses(
  walk: Walk,
  kind: Kind,
  candidates: readonly Candidate[],
): Promise<readonly RecordRef[]> {
  const linkIds = new Set(candidates.flatMap((candidate) => candidate.linkId ?? []))
  if (linkIds.size === 0) return []
  const inbox = await walk.ports.store.reports.inbox(walk.connection.id)
  return inbox
    .filter((item) => item.type === 'hold' && item.kind === kind && item.linkId !== null && linkIds.has(item.linkId))
    .flatMap((item) => namedRefs(walk, kind, item.detail))
}

/** The records that a hold's detail names. */
export function namedRefs(walk: Walk, kind: Kind, detail: Value): readonly RecordRef[] {
  return namedIn(detail).map(({ side, collection, remoteId }) => {
    const [mains] = collectionsOf(kind, side, walk.connection.settings.customerModel)
    // An allocation that is asked for as a payment is no GUID: Xero refuses the whole question (xero.md 2.4).
    const place = side === 'xero' ? walk.mapping(kind).placeOf?.(remoteId) : null
    return { side, collection: collection ?? place ?? mains, remoteId }
  })
}

/** Every `{side, remoteId}` of a hold's detail, however deep. */
function namedIn(
  detail: Value,
): readonly { readonly side: Side; readonly collection: Collection | undefined; readonly remoteId: string }[] {
  if (isValueList(detail)) return detail.flatMap(namedIn)
  if (!isValueObject(detail)) return []
  const side = SIDES.find((one) => one === detail.side)
  const collection = COLLECTIONS.find((one) => one === detail.collection)
  if (side !== undefined && typeof detail.remoteId === 'string')
    return [{ side, collection, remoteId: detail.remoteId }]
  return Object.values(detail).flatMap((value) => (value === undefined ? [] : namedIn(value)))
}
