import type { Link } from '../../model/link.ts'
import { dealParts, mainPart, memberParts } from '../../model/link.ts'
import type { TakenPart } from '../contract.ts'
import type { PartClaim } from './taken.ts'

/**
 * A link with one side only that waits for a person or a retry. When its record turns out to be the partner of another
 * link's record, nothing is lost by dissolving it: it holds no shadow and no op of it is under way. With a deal it is the
 * memory that the deal is billed, unless the deal is all that it has (R37). One that sums up invoices is never dissolved:
 * it is the memory that they are in the books (R26).
 */
export function isDissolvable(link: Link): boolean {
  if (link.state !== 'held' && link.state !== 'failed' && link.state !== 'pendingMatch') return false
  if (memberParts(link).length > 0) return false
  const zoho = mainPart(link, 'zoho')?.remoteId ?? null
  const xero = mainPart(link, 'xero')?.remoteId ?? null
  const isBare = zoho === null && xero === null
  return dealParts(link).length > 0 ? isBare : (zoho === null) !== (xero === null)
}

/** The half links that stand in the way of these claims. One that claims a record itself is about to be whole: it stays. */
export function inTheWay(
  of: { readonly taken: readonly TakenPart[]; readonly claims: readonly PartClaim[] },
  linkOf: (id: string) => Link | undefined,
): readonly string[] {
  const claiming = new Set(of.claims.map(({ linkId }) => linkId))
  const ids = new Set(of.taken.map(({ by }) => by).filter((by) => !claiming.has(by)))
  return [...ids].filter((id) => {
    const link = linkOf(id)
    return link !== undefined && isDissolvable(link)
  })
}
