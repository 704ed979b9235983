import type { Kind } from '../model/kind.ts'
import { dealParts, type Link } from '../model/link.ts'
import { type RemoteRecord, refKey } from '../model/record.ts'
import type { Walk } from '../walk.ts'
import { keyOf, linksOf } from './deal-links.ts'
import { namedRefs } from './remembered.ts'

/**
 * CRM invoices that wait for a person because their deal has its invoice, and that name no deal any more, with the link
 * of that deal. Where a deal is deleted, lookups to it read empty (unverified): nobody has said that this is another sale.
 */
export async function heldForDeals(
  walk: Walk,
  kind: Kind,
  records: readonly RemoteRecord[],
): Promise<ReadonlyMap<string, Link>> {
  const wanted = new Set(records.map(keyOf))
  if (wanted.size === 0) return new Map()
  const holds = (await walk.lane.holdsOf(['dealHasInvoice'])).flatMap(({ refs, detail }) => {
    const key = refs.map(refKey).find((one) => wanted.has(one))
    return key === undefined ? [] : [{ key, bills: namedRefs(walk, kind, detail) }]
  })
  const links = await linksOf(
    walk,
    holds.flatMap(({ bills }) => bills),
  )
  return new Map(
    holds.flatMap(({ key, bills }) => {
      const link = bills.map((ref) => links.get(refKey(ref))).find((one) => one !== undefined)
      return link === undefined || dealParts(link).length === 0 ? [] : [[key, link] as const]
    }),
  )
}
