import type { KindMapping, SideView } from '../mapping/contract.ts'
import { mainPart } from '../model/link.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import { SIDES } from '../model/side.ts'
import type { LinkSubject, PoolEntry, Survivor } from '../plan/input.ts'
import type { Walk } from '../walk.ts'
import { readFresh } from './read-fresh.ts'
import { otherwiseFound } from './successors.ts'
import { type ViewSource, viewOf } from './view-source.ts'
import { plainView } from './views.ts'

/** A chain of merges longer than this is no chain that people make. */
const LONGEST_CHAIN = 5

/** These records and whoever took their place, read as far as the chain goes. */
export async function withSurvivors(
  walk: Walk,
  mapping: KindMapping,
  records: readonly RemoteRecord[],
): Promise<readonly RemoteRecord[]> {
  const known = new Map(records.map((record) => [refKey(refOfRecord(record)), record]))
  let last = records
  for (let step = 0; step < LONGEST_CHAIN && last.length > 0; step += 1) {
    const next = last.flatMap((record) => survivorOf(mapping, record) ?? []).filter((ref) => !known.has(refKey(ref)))
    if (next.length === 0) break
    await readFresh(walk, next, () => false)
    last = next.flatMap((ref) => walk.cache.get(ref)?.record ?? [])
    for (const record of last) known.set(refKey(refOfRecord(record)), record)
  }
  return [...known.values()]
}

/** Each subject with whoever took the place of one of its main records, and the link that this one has already. */
export async function withSurvivingMains(
  walk: Walk,
  mapping: KindMapping,
  of: { readonly subjects: readonly LinkSubject[]; readonly source: ViewSource },
): Promise<readonly LinkSubject[]> {
  const { subjects, source } = of
  const lasts = await successorsOf(walk, mapping, of)
  if (lasts.size === 0) return subjects
  const records = [...lasts.values()]
  const zohoIds = records.flatMap(({ side, id }) => (side === 'zoho' ? [id] : []))
  await source.loadPersons(zohoIds, 'zoho')
  const views = new Map(records.map((record) => [record.id, viewOf(record, source)] as const))
  const people = [...views.values()].flatMap(({ primary, persons }) => (primary === null ? [] : [primary, ...persons]))
  const holders = await holdersOf(walk, [...records, ...people])
  const survivorFor = (subject: LinkSubject): Survivor | null => {
    const record = lasts.get(subject.link.id)
    if (record === undefined) return null
    const key = refKey(refOfRecord(record))
    const holder = holders.get(key) ?? subject.link.id
    // Of several in one chunk that find the same one, the first has it.
    holders.set(key, holder)
    const lost = subject[record.side].main
    return {
      record,
      view: withoutHeld(views.get(record.id) ?? plainView(record.side, record), (person) => {
        const other = holders.get(refKey(refOfRecord(person)))
        return other !== undefined && other !== subject.link.id
      }),
      heldBy: holder === subject.link.id ? null : holder,
      keepsBase: lost !== null && (mapping.continues?.(lost, record) ?? false),
    }
  }
  const byLink = new Map(inOrder(subjects).map((subject) => [subject.link.id, survivorFor(subject)] as const))
  return subjects.map((subject) => {
    const survivor = byLink.get(subject.link.id) ?? null
    return survivor === null ? subject : { ...subject, survivor }
  })
}

/** Whoever is a customer alone still, by another link, is nobody's person before that one has moved. */
function withoutHeld(view: SideView, isHeld: (person: RemoteRecord) => boolean): SideView {
  const people = [view.primary, ...view.persons].filter((person) => person !== null)
  const [primary = null, ...persons] = people.filter((person) => !isHeld(person))
  return { ...view, primary, persons }
}

function inOrder(subjects: readonly LinkSubject[]): readonly LinkSubject[] {
  return [...subjects].sort((left, right) => (left.link.id < right.link.id ? -1 : 1))
}

/** By link: the record that has taken the place of one of its main records, as it is now. */
async function successorsOf(
  walk: Walk,
  mapping: KindMapping,
  { subjects, source }: { readonly subjects: readonly LinkSubject[]; readonly source: ViewSource },
): Promise<ReadonlyMap<string, RemoteRecord>> {
  if (mapping.successor === undefined) return new Map()
  const found = new Map<string, RemoteRecord>()
  const losers = subjects.flatMap((subject) => loserOf(mapping, subject) ?? [])
  const read = losers.length === 0 ? [] : await withSurvivors(walk, mapping, losers)
  const known = new Map(read.map((record) => [refKey(refOfRecord(record)), record]))
  for (const subject of subjects) {
    const loser = loserOf(mapping, subject)
    const last = loser === null ? null : lastLive(mapping, known, loser)
    if (last !== null) found.set(subject.link.id, last)
  }
  const rest = subjects.filter(({ link }) => !found.has(link.id))
  for (const [linkId, record] of await otherwiseFound(walk, mapping, { subjects: rest, source }))
    found.set(linkId, record)
  return found
}

/**
 * Links that have these records already, by record. One that waits for its own partner gives way, as to any match; one that
 * a person keeps apart does not.
 */
async function holdersOf(walk: Walk, records: readonly RemoteRecord[]): Promise<Map<string, string>> {
  const links = await walk.lane.linksByRefs(records.map(refOfRecord))
  const holding = links.filter(
    (link) => link.state === 'detached' || SIDES.every((side) => (mainPart(link, side)?.remoteId ?? null) !== null),
  )
  return new Map(
    holding.flatMap((link) =>
      link.parts.flatMap(({ side, collection, remoteId }) =>
        remoteId === null ? [] : [[refKey({ side, collection, remoteId }), link.id] as const],
      ),
    ),
  )
}

function loserOf(mapping: KindMapping, subject: LinkSubject): RemoteRecord | null {
  const mains = SIDES.flatMap((side) => subject[side].main ?? [])
  return mains.find((main) => survivorOf(mapping, main) !== null) ?? null
}

/** The end of the chain; null where it was never read, or is archived itself. */
function lastLive(
  mapping: KindMapping,
  known: ReadonlyMap<string, RemoteRecord>,
  loser: RemoteRecord,
): RemoteRecord | null {
  let last = loser
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const ref = survivorOf(mapping, last)
    const next = ref === null ? undefined : known.get(refKey(ref))
    if (next === undefined) break
    last = next
  }
  return last !== loser && last.life === 'live' ? last : null
}

function survivorOf(mapping: KindMapping, record: RemoteRecord): RecordRef | null {
  return mapping.successor?.(record) ?? null
}

function refOfRecord({ side, collection, id }: RemoteRecord): RecordRef {
  return { side, collection, remoteId: id }
}

/** Whoever lost a merge is looked up as the one that took its place: under its id, and under all that it was known by. */
export function standInForMerged(mapping: KindMapping, byId: Map<string, PoolEntry>): void {
  if (mapping.successor === undefined) return
  const losersOf = new Map<string, PoolEntry[]>()
  for (const entry of byId.values()) {
    const survivor = lastOfChain(mapping, byId, entry)
    if (survivor !== undefined) losersOf.set(survivor.remoteId, [...(losersOf.get(survivor.remoteId) ?? []), entry])
  }
  for (const [id, losers] of losersOf) {
    const survivor = byId.get(id)
    if (survivor === undefined) continue
    const poolKeys = [...new Set([survivor, ...losers].flatMap((entry) => entry.poolKeys))]
    const stand = { ...survivor, poolKeys, standsFor: losers.map((entry) => entry.remoteId) }
    byId.set(id, stand)
    for (const loser of losers) byId.set(loser.remoteId, { ...stand, crossReference: loser.crossReference })
  }
}

function lastOfChain(
  mapping: KindMapping,
  byId: ReadonlyMap<string, PoolEntry>,
  entry: PoolEntry,
): PoolEntry | undefined {
  let found: PoolEntry | undefined
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const { main } = (found ?? entry).view
    const next = main === null ? null : survivorOf(mapping, main)
    const survivor = next === null ? undefined : byId.get(next.remoteId)
    if (survivor === undefined) return found
    found = survivor
  }
  return found
}
