import type { Link } from '../../model/link.ts'
import { mainPart } from '../../model/link.ts'
import type { TakenPart } from '../contract.ts'

/**
 * A link with one side only that waits for a person or a retry. When its record turns out to be the partner of another
 * link's record, nothing is lost by dissolving it: it holds no shadow and no op of it is under way.
 */
export function isDissolvable(link: Link): boolean {
  if (link.state !== 'held' && link.state !== 'failed' && link.state !== 'pendingMatch') return false
  const zoho = mainPart(link, 'zoho')?.remoteId ?? null
  const xero = mainPart(link, 'xero')?.remoteId ?? null
  return (zoho === null) !== (xero === null)
}

/** The half links that stand in the way of these claims. */
export function inTheWay(taken: readonly TakenPart[], linkOf: (id: string) => Link | undefined): readonly string[] {
  const ids = new Set(taken.map(({ by }) => by))
  return [...ids].filter((id) => {
    const link = linkOf(id)
    return link !== undefined && isDissolvable(link)
  })
}
