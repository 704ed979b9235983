import type { LinkPlan } from './outcome.ts'

/**
 * Would this plan put a second record of one side into a link that this chunk has given one already, as two CRM invoices
 * of one deal that were typed in one moment? Notes what the plan puts there. `mains`: by link and side.
 */
export function isSecondMain({ newLink }: LinkPlan, mains: Map<string, string>): boolean {
  if (newLink === undefined || newLink === null) return false
  const placed = newLink.parts.flatMap(({ role, side, remoteId }) =>
    role !== 'main' || remoteId === null ? [] : [{ place: `${newLink.id}.${side}`, remoteId }],
  )
  if (placed.some(({ place, remoteId }) => (mains.get(place) ?? remoteId) !== remoteId)) return true
  for (const { place, remoteId } of placed) mains.set(place, remoteId)
  return false
}
