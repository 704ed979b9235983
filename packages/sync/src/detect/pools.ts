import type { KindMapping, MappingContext, SideView } from '../mapping/contract.ts'
import { collectionsOf, isCarried, isSource, type Kind } from '../model/kind.ts'
import { dealParts, type Link, mainPart, memberParts } from '../model/link.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import { otherSide, SIDES, type Side } from '../model/side.ts'
import type { Candidate, MatchPools, PoolEntry } from '../plan/input.ts'
import { formerPartners } from '../plan/removals.ts'
import type { Walk } from '../walk.ts'
import { linkedContext } from './context.ts'
import { heldLikeNames, likeNamedRecords } from './like-named.ts'
import { identitiesOf, lookFurther, lookUp } from './look-up.ts'
import { readFresh } from './read-fresh.ts'
import { rememberedLikenesses } from './remembered.ts'
import { sentForDeals } from './sent-for-deals.ts'
import { standInForMerged } from './survivors.ts'
import { type ViewSource, viewOf } from './view-source.ts'
import { plainView } from './views.ts'

/** The pools over everything that this pass has read of a kind, on both sides. */
export async function wholePools(walk: Walk, kind: Kind, source: ViewSource): Promise<MatchPools> {
  const views = SIDES.flatMap((side) => {
    const [main, ...others] = collectionsOf(kind, side, walk.connection.settings.customerModel)
    const leads = side === 'zoho' && walk.mapping(kind).lead !== undefined ? (['Leads'] as const) : []
    return [main, ...others.filter(isCarried), ...leads].flatMap((collection) =>
      [...walk.cache.ofCollection(side, collection)].map(({ record }) => viewOf(record, source)),
    )
  })
  return poolsOf(walk, kind, { views, context: await linkedContext(walk, kind, { views, base: source.context }) })
}

/** The pools of a few records: themselves and whatever the other side (and their own) answers about their keys. */
export async function lookedUpPools(
  walk: Walk,
  kind: Kind,
  of: { readonly candidates: readonly Candidate[]; readonly source: ViewSource },
): Promise<MatchPools> {
  const own = of.candidates.map((candidate) => candidate.view)
  const context = await linkedContext(walk, kind, { views: own, base: of.source.context })
  // What takes no part needs no partner looked for, unless a create without an answer may have made it one before.
  const asking = of.candidates
    .filter(
      ({ isPulledIn, mayExist, main }) => isPulledIn || mayExist || walk.mapping(kind).skip(main, context) === null,
    )
    .map((candidate) => candidate.view)
  const likenesses = [
    ...(await rememberedLikenesses(walk, kind, of.candidates)),
    ...(await heldLikeNames(walk, kind, { asking, context })),
    ...(await sentForDeals(walk, kind, of.candidates)),
  ]
  const identities = identitiesOf(walk, kind, { candidates: of.candidates, context })
  const given = { views: asking, likenesses, source: of.source, context, identities }
  const found = await Promise.all(SIDES.map((target) => lookUp(walk, kind, { ...given, target })))
  const likeNamed = await likeNamedRecords(walk, kind, { asking, context })
  const views = [...own, ...found.flat(), ...likeNamed]
  const base = of.source.context
  const pools = await poolsOf(walk, kind, { views, context: await linkedContext(walk, kind, { views, base }) })
  const more = await lookFurther(walk, kind, { views: asking, source: of.source, context, pools })
  if (more.length === 0) return pools
  const all = [...views, ...more]
  return poolsOf(walk, kind, { views: all, context: await linkedContext(walk, kind, { views: all, base }) })
}

async function poolsOf(
  walk: Walk,
  kind: Kind,
  of: { readonly views: readonly SideView[]; readonly context: MappingContext },
): Promise<MatchPools> {
  const mapping = walk.mapping(kind)
  const { linkIds, dealLinkIds, former } = await linkIdsOf(walk, of.views)
  const keys: Record<Side, Map<string, PoolEntry[]>> = { zoho: new Map(), xero: new Map() }
  const byId: Record<Side, Map<string, PoolEntry>> = { zoho: new Map(), xero: new Map() }
  for (const view of of.views) {
    const { main } = view
    // A deal is nobody's partner: its own link says what bills it.
    if (main === null || isSource(main.collection)) continue
    if (main.life === 'gone' || byId[main.side].has(main.id)) continue
    const ownKey = refKey(refOf(main))
    const dealLinkId = dealLinkIds.get(ownKey)
    byId[main.side].set(main.id, {
      poolKeys: keysOf(mapping, view, of.context),
      remoteId: main.id,
      title: mapping.title(main),
      linkId: linkIds.get(ownKey) ?? null,
      ...(dealLinkId === undefined ? {} : { dealLinkId }),
      former: former.get(ownKey) ?? [],
      crossReference: mapping.crossReference(main, of.context),
      view,
    })
  }
  for (const side of SIDES) {
    standInForMerged(mapping, byId[side])
    for (const [id, entry] of byId[side]) {
      if (entry.remoteId !== id) continue
      for (const key of entry.poolKeys) {
        const entries = keys[side].get(key) ?? []
        entries.push(entry)
        keys[side].set(key, entries)
      }
    }
  }
  return {
    keys,
    byId,
    join: (side, remoteId, linkId) => changeEntry({ keys, byId }, { side, remoteId, change: { linkId } }),
    complete: (view) => {
      if (view.main !== null)
        changeEntry({ keys, byId }, { side: view.main.side, remoteId: view.main.id, change: { view } })
    },
  }
}

function keysOf(mapping: KindMapping, view: SideView, context: MappingContext): readonly string[] {
  const { lastKeys = () => [] } = mapping
  const keys = [mapping.matchKeys, mapping.suggestKeys, lastKeys].flatMap((read) => read(view, context))
  return [...new Set(keys)]
}

/** Replaces the entry wherever it stands. */
function changeEntry(
  pools: { readonly keys: Record<Side, Map<string, PoolEntry[]>>; readonly byId: Record<Side, Map<string, PoolEntry>> },
  of: { readonly side: Side; readonly remoteId: string; readonly change: Partial<Pick<PoolEntry, 'linkId' | 'view'>> },
): void {
  const entry = pools.byId[of.side].get(of.remoteId)
  if (entry === undefined) return
  const changed = { ...entry, ...of.change }
  pools.byId[of.side].set(of.remoteId, changed)
  for (const id of entry.standsFor ?? []) {
    const other = pools.byId[of.side].get(id)
    if (other !== undefined) pools.byId[of.side].set(id, { ...other, ...of.change })
  }
  for (const key of entry.poolKeys) {
    const entries = pools.keys[of.side].get(key) ?? []
    entries.splice(entries.indexOf(entry), 1, changed)
  }
}

/** References per statement. */
const REFS_PAGE = 5_000

interface LinkIds {
  readonly linkIds: ReadonlyMap<string, string>
  /** Half links that bill a deal. */
  readonly dealLinkIds: ReadonlyMap<string, string>
  /** What we have deleted for a record of the CRM. */
  readonly former: ReadonlyMap<string, readonly string[]>
}

async function linkIdsOf(walk: Walk, views: readonly SideView[]): Promise<LinkIds> {
  const refs = views.flatMap((view) =>
    view.main === null ? [] : [{ side: view.main.side, collection: view.main.collection, remoteId: view.main.id }],
  )
  const linkIds = new Map<string, string>()
  const dealLinkIds = new Map<string, string>()
  const former = new Map<string, readonly string[]>()
  for (let at = 0; at < refs.length; at += REFS_PAGE) {
    for (const link of await walk.lane.linksByRefs(refs.slice(at, at + REFS_PAGE))) {
      const isOfDeal = dealParts(link).length > 0
      const own = mainPart(link, 'zoho')
      if (own !== undefined && own.remoteId !== null)
        former.set(refKey({ side: 'zoho', collection: own.collection, remoteId: own.remoteId }), formerPartners(link))
      if (!isWhole(link) && !isOfDeal) continue
      const ids = isWhole(link) ? linkIds : dealLinkIds
      for (const part of link.parts) {
        if (part.remoteId !== null)
          ids.set(refKey({ side: part.side, collection: part.collection, remoteId: part.remoteId }), link.id)
      }
    }
  }
  return { linkIds, dealLinkIds, former }
}

function refOf({ side, collection, id }: RemoteRecord): RecordRef {
  return { side, collection, remoteId: id }
}

/** A half link that waits for a person or a retry leaves its record free to be matched; a summary has all that it shall have. */
function isWhole(link: Link): boolean {
  if (memberParts(link).length > 0) return true
  if (link.state === 'creating' || link.state === 'detached') return true
  return SIDES.every((side) => (mainPart(link, side)?.remoteId ?? null) !== null)
}

/**
 * Views of every free record that one of these candidates may be matched with; with lines, since a match is merged at
 * once and a list row of Zoho has none.
 */
export async function possiblePartners(
  walk: Walk,
  kind: Kind,
  of: { readonly candidates: readonly Candidate[]; readonly pools: MatchPools },
): Promise<readonly SideView[]> {
  const refs = partnerRefs(of.candidates, of.pools)
  if (walk.mapping(kind).lines !== null) {
    await readFresh(walk, refs, () => true)
    for (const ref of refs) {
      const record = walk.cache.get(ref)?.record
      if (record !== undefined) of.pools.complete(plainView(record.side, record))
    }
  }
  return refs.flatMap((ref) => of.pools.byId[ref.side].get(ref.remoteId)?.view ?? [])
}

function partnerRefs(candidates: readonly Candidate[], pools: MatchPools): readonly RecordRef[] {
  const partners = new Map<string, RecordRef>()
  for (const candidate of candidates) {
    const side = otherSide(candidate.main.side)
    const own = pools.byId[candidate.main.side].get(candidate.main.id)
    for (const entry of (own?.poolKeys ?? []).flatMap((key) => pools.keys[side].get(key) ?? [])) {
      const { main } = entry.view
      if (entry.linkId === null && main !== null)
        partners.set(main.id, { side, collection: main.collection, remoteId: main.id })
    }
    for (const entry of crossReferenced(candidate, pools))
      partners.set(entry.remoteId, {
        side,
        collection: entry.view.main?.collection ?? candidate.main.collection,
        remoteId: entry.remoteId,
      })
  }
  return [...partners.values()]
}

/** The record that the candidate names as its partner. */
function crossReferenced(candidate: Candidate, pools: MatchPools): readonly PoolEntry[] {
  const own = pools.byId[candidate.main.side].get(candidate.main.id)?.crossReference
  if (own?.type !== 'partner') return []
  const entry = pools.byId[otherSide(candidate.main.side)].get(own.remoteId)
  return entry === undefined ? [] : [entry]
}
