import type { Kind } from '../model/kind.ts'
import { type Link, mainPart } from '../model/link.ts'
import { refKey } from '../model/record.ts'
import type { Candidate } from '../plan/input.ts'
import type { Walk } from '../walk.ts'
import { baseContext, NO_ITEMS } from './context.ts'

/**
 * Payments whose invoice somebody has deleted in the CRM: Zoho refuses a record that names it, each time anew. Once it is
 * restored, it marks them. By `refKey`.
 */
export async function withGoneParents(
  walk: Walk,
  kind: Kind,
  candidates: readonly Candidate[],
): Promise<ReadonlySet<string>> {
  if (kind !== 'payment') return new Set()
  const context = baseContext(walk, NO_ITEMS)
  const parents = candidates
    .filter(({ main }) => main.side === 'xero')
    .map(({ main, view }) => ({
      main,
      refs: walk
        .mapping(kind)
        .parents(view, context)
        .filter((parent) => parent.kind === 'invoice'),
    }))
  const links = await walk.lane.linksByRefs(parents.flatMap(({ refs }) => refs.map(refOf)))
  const gone = new Set(links.filter(isGone).flatMap(xeroKeys))
  const orphans = parents.filter(({ refs }) => refs.some((ref) => gone.has(refKey(ref))))
  return new Set(orphans.map(({ main: { side, collection, id: remoteId } }) => refKey({ side, collection, remoteId })))
}

const refOf = ({ side, collection, remoteId }: Parameters<typeof refKey>[0]) => ({ side, collection, remoteId })

/** A person has been told that its CRM record is not there any more. */
function isGone({ state, lastCode }: Link): boolean {
  return state === 'tombstoned' || (state === 'held' && lastCode === 'recordGone')
}

function xeroKeys(link: Link): readonly string[] {
  const part = mainPart(link, 'xero')
  if (part === undefined || part.remoteId === null) return []
  return [refKey({ side: 'xero', collection: part.collection, remoteId: part.remoteId })]
}
