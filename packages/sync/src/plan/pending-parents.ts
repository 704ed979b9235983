import type { SideView } from '../mapping/contract.ts'
import { parseLinkReference } from '../model/link.ts'
import type { PlanInput } from './input.ts'

/**
 * References of the parents that are yet to be created. A line names its item by a code that somebody typed: nothing
 * in the payload tells that the item is not there yet (I8).
 */
export function pendingParents(view: SideView, input: PlanInput): readonly string[] {
  const partners = input.mapping
    .parents(view, input.context)
    .flatMap(({ side, collection, remoteId }) => input.context.partnerOf(side, collection, remoteId) ?? [])
  return [...new Set(partners.filter((partner) => parseLinkReference(partner) !== undefined))]
}
