import type { Lookup, MappingContext, SideView } from '../mapping/contract.ts'
import { type Collection, collectionsOf, isCarried, isForerunner, type Kind } from '../model/kind.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import { otherSide, SIDES, type Side } from '../model/side.ts'
import type { Candidate, MatchPools } from '../plan/input.ts'
import { remoteOf, type Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { readFresh } from './read-fresh.ts'
import { withSurvivors } from './survivors.ts'
import { type ViewSource, viewOf } from './view-source.ts'
import { plainView } from './views.ts'

/** Which records of the target carry a key of these, are named by them, or were made for them by a lost create. */
export async function lookUp(
  walk: Walk,
  kind: Kind,
  of: {
    readonly views: readonly SideView[]
    readonly likenesses: readonly RecordRef[]
    readonly source: ViewSource
    readonly context: MappingContext
    readonly identities: readonly (Lookup & { readonly target: Side })[]
    readonly target: Side
  },
): Promise<readonly SideView[]> {
  const mapping = walk.mapping(kind)
  const { target, source } = of
  const asking = of.views.filter((view) => view.side === otherSide(target))
  const lookups = [
    ...asking.flatMap((view) => mapping.lookups(target, view, of.context)),
    ...of.identities.filter((identity) => identity.target === target),
  ]
  const mainCollection = mainOf(walk, kind, target)
  const placeOf = (remoteId: string) => (target === 'xero' ? mapping.placeOf?.(remoteId) : undefined) ?? mainCollection
  const wanted = new Map(of.likenesses.filter((ref) => ref.side === target).map((ref) => [refKey(ref), ref]))
  for (const ref of await findMains(walk, kind, { target, lookups })) wanted.set(refKey(ref), ref)
  for (const view of asking) {
    const reference = view.main === null ? null : mapping.crossReference(view.main, of.context)
    if (reference?.type !== 'partner') continue
    const ref = { side: target, collection: placeOf(reference.remoteId), remoteId: reference.remoteId }
    wanted.set(refKey(ref), ref)
  }
  const refs = [...wanted.values()]
  await readFresh(walk, refs, () => false)
  const mains = await withSurvivors(
    walk,
    mapping,
    refs.flatMap((ref) => walk.cache.get(ref)?.record ?? []),
  )
  await source.loadPersons(
    mains.flatMap((record) => (record.collection === mainCollection ? [record.id] : [])),
    target,
  )
  return mains.map((record) => (target === 'xero' ? plainView('xero', record) : viewOf(record, source)))
}

/** Main records, and leads, that carry one of these keys, or whose persons do; read into the cache. */
async function findMains(
  walk: Walk,
  kind: Kind,
  of: { readonly target: Side; readonly lookups: readonly Lookup[] },
): Promise<readonly RecordRef[]> {
  const mainCollection = mainOf(walk, kind, of.target)
  const refs: RecordRef[] = []
  for (const collection of new Set(of.lookups.map((lookup) => lookup.collection))) {
    const keys = of.lookups.filter((lookup) => lookup.collection === collection).map((lookup) => lookup.key)
    const sentAt = walk.ports.clock.monotonic()
    const records = await readOrStop(walk, () => remoteOf(walk, of.target).findByKey(collection, keys))
    walk.cache.add(records, sentAt)
    for (const record of records) {
      const company = () => walk.mapping(kind).persons?.companyOf(record) ?? null
      const isMain = collection === mainCollection || isCarried(collection) || isForerunner(collection)
      const remoteId = isMain ? record.id : company()
      const place = isMain ? collection : mainCollection
      if (remoteId !== null) refs.push({ side: of.target, collection: place, remoteId })
    }
  }
  return refs
}

function mainOf(walk: Walk, kind: Kind, side: Side): Collection {
  return collectionsOf(kind, side, walk.connection.settings.customerModel)[0]
}

/** How the creates of these links are found whose fate no answer has told. */
export function identitiesOf(
  walk: Walk,
  kind: Kind,
  of: { readonly candidates: readonly Candidate[]; readonly context: MappingContext },
): readonly (Lookup & { readonly target: Side })[] {
  const { identityLookup, lostLookups } = walk.mapping(kind)
  return of.candidates.flatMap(({ linkId, view, main, mayExist }) => {
    const target = otherSide(main.side)
    if (linkId === null) return []
    const lookup = mayExist ? (identityLookup?.(target, linkId, of.context) ?? null) : null
    const others = target === 'xero' ? (lostLookups?.(view, of.context) ?? []) : []
    return [...(lookup === null ? [] : [lookup]), ...others].map((one) => ({ ...one, target }))
  })
}

/** What to ask once more where a key is taken. */
export async function lookFurther(
  walk: Walk,
  kind: Kind,
  of: {
    readonly views: readonly SideView[]
    readonly source: ViewSource
    readonly context: MappingContext
    readonly pools: MatchPools
  },
): Promise<readonly SideView[]> {
  const { furtherLookups } = walk.mapping(kind)
  if (furtherLookups === undefined) return []
  const found = await Promise.all(
    SIDES.map(async (target) => {
      const isTaken = (key: string) => (of.pools.keys[target].get(key) ?? []).length > 0
      const asking = of.views.filter((view) => view.side === otherSide(target))
      const lookups = asking.flatMap((view) => furtherLookups(view, isTaken, of.context))
      const unique = new Map((await findMains(walk, kind, { target, lookups })).map((ref) => [refKey(ref), ref]))
      return [...unique.values()]
        .flatMap((ref) => walk.cache.get(ref) ?? [])
        .map(({ record }) => plainView(target, record))
    }),
  )
  return found.flat()
}
