import type { LinkContext, MappingContext, SideView } from '../mapping/contract.ts'
import { formFor } from '../mapping/form.ts'
import { collectionsOf, isParty, type Kind, otherPartyOf, type PartyKind } from '../model/kind.ts'
import type { RecordRef, RemoteRecord } from '../model/record.ts'
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
  if (!isParty(kind)) return []
  const found = await Promise.all(SIDES.map((side) => likeNamedOn(walk, side, { ...of, kind })))
  return [...found.flat(), ...(await inOtherRole(walk, { ...of, kind }))]
}

/** Xero contacts of the other role: a company may be a supplier by now whose vendor has no legal form in its name. */
async function inOtherRole(walk: Walk, of: OfParty): Promise<readonly SideView[]> {
  const other = otherPartyOf(of.kind)
  const wanted = wantedNames(walk, 'xero', of)
  if (wanted.size === 0 || !walk.connection.settings.kinds[other].isOn) return []
  const [collection] = collectionsOf(of.kind, 'xero', walk.connection.settings.customerModel)
  return (await walk.lane.mainParts(other, 'xero')).flatMap(({ remoteId, shadow }) => {
    const name = shadow.name?.value
    if (typeof name !== 'string' || name === '') return []
    const view = namedView(
      walk,
      { kind: of.kind, side: 'xero', collection, remoteId, name },
      { ...of.context, linkId: '' },
    )
    return namesOf(walk, view, of).some((key) => wanted.has(key)) ? [view] : []
  })
}

/** New records of one kind of contact. */
interface OfParty {
  readonly kind: PartyKind
  readonly asking: readonly SideView[]
  readonly context: MappingContext
}

async function likeNamedOn(walk: Walk, side: Side, of: OfParty): Promise<readonly SideView[]> {
  const wanted = wantedNames(walk, side, of)
  if (wanted.size === 0) return []
  const parts = await walk.lane.mainParts(of.kind, side)
  // Only whole links: what is still free is read for real, so that it may be matched.
  const partnered = new Set((await walk.lane.mainParts(of.kind, otherSide(side))).map((part) => part.linkId))
  return parts.flatMap((part) => {
    if (!partnered.has(part.linkId)) return []
    const name = part.shadow.name?.value
    if (typeof name !== 'string' || name === '') return []
    const { collection, remoteId } = part
    const view = namedView(
      walk,
      { kind: of.kind, side, collection, remoteId, name },
      { ...of.context, linkId: part.linkId },
    )
    return namesOf(walk, view, of).some((key) => wanted.has(key)) ? [view] : []
  })
}

/**
 * Records that wait for a person and whose name is like that of a new one: a half link has no shadow, and whether Zoho
 * finds a name written in other letters is not known (zoho-crm.md, COQL: case-insensitive is unverified).
 */
export async function heldLikeNames(
  walk: Walk,
  kind: Kind,
  of: { readonly asking: readonly SideView[]; readonly context: MappingContext },
): Promise<readonly RecordRef[]> {
  if (!isParty(kind)) return []
  const wanted = {
    zoho: wantedNames(walk, 'zoho', { ...of, kind }),
    xero: wantedNames(walk, 'xero', { ...of, kind }),
  } satisfies Record<Side, ReadonlySet<string>>
  if (wanted.zoho.size === 0 && wanted.xero.size === 0) return []
  const inbox = await walk.ports.store.reports.inbox(walk.connection.id)
  return inbox
    .filter((item) => item.type === 'hold' && item.kind === kind)
    .flatMap((item) => item.refs.map((ref) => ({ ref, name: item.title })))
    .flatMap(({ ref: { side, collection, remoteId }, name }) => {
      const [mains] = collectionsOf(kind, side, walk.connection.settings.customerModel)
      const named = { kind, side, collection: mains, remoteId, name }
      const view = namedView(walk, named, { ...of.context, linkId: '' })
      const isLike = namesOf(walk, view, { ...of, kind }).some((key) => wanted[side].has(key))
      return collection === mains && isLike ? [{ side, collection, remoteId }] : []
    })
}

/** The names of the new records of the other side. */
function wantedNames(walk: Walk, side: Side, of: OfParty): ReadonlySet<string> {
  const asking = of.asking.filter((view) => view.side === otherSide(side))
  return new Set(asking.flatMap((view) => namesOf(walk, view, of)))
}

function namesOf(walk: Walk, view: SideView, { kind, context }: Pick<OfParty, 'kind' | 'context'>): readonly string[] {
  return walk
    .mapping(kind)
    .suggestKeys(view, context)
    .filter((key) => key.startsWith('name:'))
}

function namedView(
  walk: Walk,
  of: RecordRef & { readonly kind: PartyKind; readonly name: string },
  context: LinkContext,
): SideView {
  const { kind, side, collection, remoteId, name } = of
  const rule = formFor(walk.mapping(kind), collection).fields.find((field) => field.field === 'name')
  const fields = rule?.[side].write(name, plainView(side, null), context) ?? {}
  return plainView(side, remembered({ side, collection, remoteId, fields }))
}

/** As much of a record as its shadow tells: enough to be named to a person, never to be written. */
function remembered(of: RecordRef & Pick<RemoteRecord, 'fields'>): RemoteRecord {
  return {
    side: of.side,
    collection: of.collection,
    id: of.remoteId,
    version: '',
    createdAt: null,
    modifiedBy: null,
    life: 'live',
    hasLines: false,
    fields: of.fields,
  }
}
