import type { Link, LinkPart } from '../../model/link.ts'
import type { PlanChunk } from '../../model/plan.ts'
import { type RecordRef, refKey } from '../../model/record.ts'
import type { TakenPart } from '../contract.ts'

export interface PartClaim {
  readonly linkId: string
  readonly part: LinkPart
}

/** Every part that a chunk wants to add to a link. */
export function claimsOf(chunk: PlanChunk): readonly PartClaim[] {
  return [
    ...chunk.newLinks.flatMap((link) => link.parts.map((part) => ({ linkId: link.id, part }))),
    ...chunk.linkChanges.flatMap((change) => change.addParts.map((part) => ({ linkId: change.linkId, part }))),
  ]
}

export function refOf(part: LinkPart): RecordRef | undefined {
  const { side, collection, remoteId } = part
  return remoteId === null ? undefined : { side, collection, remoteId }
}

/**
 * Claims on records that another link has (`holders`: refKey to link id), or that an earlier claim of the same batch
 * takes. The first comer keeps it (I2).
 */
export function takenParts(claims: readonly PartClaim[], holders: ReadonlyMap<string, string>): readonly TakenPart[] {
  const taken: TakenPart[] = []
  const claimed = new Map<string, string>()
  for (const { linkId, part } of claims) {
    const ref = refOf(part)
    if (ref === undefined) continue
    const key = refKey(ref)
    const by = holders.get(key) ?? claimed.get(key)
    if (by !== undefined && by !== linkId) taken.push({ linkId, ref, by })
    else claimed.set(key, linkId)
  }
  return taken
}

/** Is this stored part the empty place that a claimed part fills? */
export function isPlaceFor(stored: LinkPart, incoming: LinkPart): boolean {
  return (
    stored.remoteId === null &&
    incoming.remoteId !== null &&
    stored.side === incoming.side &&
    stored.collection === incoming.collection &&
    stored.role === incoming.role
  )
}

/** The link's parts after one more: fills its empty place, renews a part already there, or joins at the end. */
export function withPart(parts: Link['parts'], incoming: LinkPart): Link['parts'] {
  const same = parts.find(
    (part) =>
      part.side === incoming.side &&
      part.collection === incoming.collection &&
      part.remoteId === incoming.remoteId &&
      (incoming.remoteId !== null || part.role === incoming.role),
  )
  if (same !== undefined) {
    if (incoming.remoteId === null) return parts
    const renewed = { ...incoming, shadow: { ...same.shadow, ...incoming.shadow } }
    return parts.map((part) => (part === same ? renewed : part)).filter((part) => !isPlaceFor(part, incoming))
  }
  return [...parts.filter((part) => !isPlaceFor(part, incoming)), incoming]
}
