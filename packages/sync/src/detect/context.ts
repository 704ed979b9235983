import type { MappingContext, SideView } from '../mapping/contract.ts'
import { type Collection, isForerunner, type Kind } from '../model/kind.ts'
import { type Link, linkReference, mainPart } from '../model/link.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import { otherSide } from '../model/side.ts'
import type { Walk } from '../walk.ts'

/** Codes of Xero items by id and by code, over records read in this pass and links' shadows. */
export interface ItemCodes {
  readonly byId: ReadonlyMap<string, string>
  readonly byCode: ReadonlyMap<string, string>
}

export const NO_ITEMS: ItemCodes = { byId: new Map(), byCode: new Map() }

/** A context that knows no links yet: enough for reading keys and parents. */
export function baseContext(walk: Walk, items: ItemCodes): MappingContext {
  return {
    settings: walk.connection.settings,
    reference: walk.reference,
    today: todayIn(walk.reference.xero.timeZone, walk.ports.clock.now()),
    partnerOf: () => null,
    xeroItemIdByCode: (code) => items.byCode.get(code.trim().toLowerCase()) ?? null,
    xeroItemCodeById: (id) => items.byId.get(id) ?? null,
    answer: () => null,
  }
}

/** The plain date of now in a zone. */
export function todayIn(timeZone: string, epochMs: number): string {
  const format = FORMATS.get(timeZone) ?? dateFormat(timeZone)
  FORMATS.set(timeZone, format)
  return format.format(epochMs)
}

/** Making one costs a tenth of a millisecond, and every record asks. */
const FORMATS = new Map<string, Intl.DateTimeFormat>()

function dateFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
}

/** The context with the partners of everything that these views name. */
export async function linkedContext(
  walk: Walk,
  kind: Kind,
  of: { readonly views: readonly SideView[]; readonly base: MappingContext },
): Promise<MappingContext> {
  const mapping = walk.mapping(kind)
  const refs = of.views.flatMap((view) =>
    mapping
      .parents(view, of.base)
      .map((parent) => ({ side: parent.side, collection: parent.collection, remoteId: parent.remoteId })),
  )
  const unique = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()]
  const links = unique.length === 0 ? [] : await walk.lane.linksByRefs(unique)
  const partners = partnersOf(links)
  return {
    ...of.base,
    leads: leadsOf(links),
    partnerOf: (side, collection, remoteId) => partners.get(`${side}/${collection}/${remoteId}`) ?? null,
  }
}

/** Partners of the main records of these links by `refKey`, known or about to be created. A lead is nobody's customer. */
export function partnersOf(links: readonly Link[]): ReadonlyMap<string, string> {
  const partners = new Map<string, string>()
  for (const link of links) {
    if (isLeadLink(link)) continue
    for (const part of link.parts) {
      if (part.role !== 'main' || part.remoteId === null) continue
      const target = otherSide(part.side)
      const partner =
        mainPart(link, target)?.remoteId ?? (link.state === 'creating' ? linkReference(link.id, target) : null)
      if (partner !== null)
        partners.set(refKey({ side: part.side, collection: part.collection, remoteId: part.remoteId }), partner)
    }
  }
  return partners
}

function isLeadLink(link: Link): boolean {
  const collection = mainPart(link, 'zoho')?.collection
  return collection !== undefined && isForerunner(collection)
}

/** Xero records whose link has a lead in the CRM. */
function leadsOf(links: readonly Link[]): ReadonlySet<string> {
  return new Set(links.filter(isLeadLink).flatMap((link) => mainPart(link, 'xero')?.remoteId ?? []))
}

/** Which of these parents have no link at all: they are pulled in before the document is planned (R49d). */
export async function missingParents(
  walk: Walk,
  kind: Kind,
  of: { readonly views: readonly SideView[]; readonly base: MappingContext },
): Promise<readonly { readonly kind: Kind; readonly ref: RecordRef }[]> {
  const mapping = walk.mapping(kind)
  const parents = of.views.flatMap((view) => mapping.parents(view, of.base))
  const byKey = new Map(
    parents.map((parent) => [
      refKey(parent),
      { kind: parent.kind, ref: { side: parent.side, collection: parent.collection, remoteId: parent.remoteId } },
    ]),
  )
  const links = byKey.size === 0 ? [] : await walk.lane.linksByRefs([...byKey.values()].map((parent) => parent.ref))
  for (const link of links) {
    for (const part of link.parts) {
      if (part.remoteId !== null)
        byKey.delete(refKey({ side: part.side, collection: part.collection, remoteId: part.remoteId }))
    }
  }
  return [...byKey.values()]
}

/** Codes of all Xero items that are known: read in this pass, else remembered in shadows, and those about to be created. */
export async function itemCodes(walk: Walk, planned: ReadonlyMap<string, string>): Promise<ItemCodes> {
  const byId = new Map<string, string>(planned)
  const byCode = new Map<string, string>()
  const context = { ...baseContext(walk, NO_ITEMS), linkId: '' }
  const rule = walk.mapping('item').fields.find((field) => field.field === 'code')
  const collection: Collection = 'Items'
  for (const part of await walk.lane.mainParts('item', 'xero')) {
    const code = part.shadow.code?.value
    if (typeof code === 'string' && code !== '') byId.set(part.remoteId, code)
  }
  for (const { record } of walk.cache.ofCollection('xero', collection)) {
    const code = rule?.xero.read({ side: 'xero', main: record, primary: null, persons: [] }, context)
    if (typeof code === 'string' && code !== '') byId.set(record.id, code)
  }
  for (const [id, code] of byId) byCode.set(code.trim().toLowerCase(), id)
  return { byId, byCode }
}
