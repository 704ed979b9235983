import type { MappingContext, SideView } from '../mapping/contract.ts'
import { collectionsOf, type Kind } from '../model/kind.ts'
import type { RemoteRecord } from '../model/record.ts'
import { otherSide, SIDES, type Side } from '../model/side.ts'
import type { Walk } from '../walk.ts'
import { plainView } from './views.ts'

/**
 * Linked records whose name is like that of a new one ("Acme" beside "Acme Pty Ltd"), from what their shadows remember:
 * no question to a remote finds them, and the new one would become a second customer.
 */
export async function likeNamedRecords(
  walk: Walk,
  kind: Kind,
  of: { readonly asking: readonly SideView[]; readonly context: MappingContext },
): Promise<readonly SideView[]> {
  if (kind !== 'contact') return []
  const found = await Promise.all(SIDES.map((side) => likeNamedOn(walk, side, of)))
  return found.flat()
}

async function likeNamedOn(
  walk: Walk,
  side: Side,
  of: { readonly asking: readonly SideView[]; readonly context: MappingContext },
): Promise<readonly SideView[]> {
  const mapping = walk.mapping('contact')
  const namesOf = (view: SideView) => mapping.suggestKeys(view, of.context).filter((key) => key.startsWith('name:'))
  const wanted = new Set(of.asking.filter((view) => view.side === otherSide(side)).flatMap(namesOf))
  const rule = mapping.fields.find((field) => field.field === 'name')
  if (wanted.size === 0 || rule === undefined) return []
  const parts = await walk.lane.mainParts('contact', side)
  // Only whole links: what is still free is read for real, so that it may be matched.
  const partnered = new Set((await walk.lane.mainParts('contact', otherSide(side))).map((part) => part.linkId))
  return parts.flatMap((part) => {
    if (!partnered.has(part.linkId)) return []
    const name = part.shadow.name?.value
    if (typeof name !== 'string' || name === '') return []
    const fields = rule[side].write(name, plainView(side, null), { ...of.context, linkId: part.linkId })
    const view = plainView(side, remembered(walk, { side, remoteId: part.remoteId, fields }))
    return namesOf(view).some((key) => wanted.has(key)) ? [view] : []
  })
}

/** As much of a record as its shadow tells: enough to be named to a person, never to be written. */
function remembered(
  walk: Walk,
  of: Pick<RemoteRecord, 'side' | 'fields'> & { readonly remoteId: string },
): RemoteRecord {
  const [collection] = collectionsOf('contact', of.side, walk.connection.settings.customerModel)
  return {
    side: of.side,
    collection,
    id: of.remoteId,
    version: '',
    createdAt: null,
    modifiedBy: null,
    life: 'live',
    hasLines: false,
    fields: of.fields,
  }
}
