import type { KindMapping } from '../mapping/contract.ts'
import { mainPart } from '../model/link.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import { SIDES } from '../model/side.ts'
import type { LinkSubject, PoolEntry } from '../plan/input.ts'
import type { Walk } from '../walk.ts'
import { readFresh } from './read-fresh.ts'

/** A chain of merges longer than this is no chain that people make. */
const LONGEST_CHAIN = 5

/** These records and whoever took their place in a merge, read as far as the chain goes. */
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
  subjects: readonly LinkSubject[],
): Promise<readonly LinkSubject[]> {
  const losers = subjects.flatMap((subject) => loserOf(mapping, subject) ?? [])
  if (losers.length === 0) return subjects
  const known = new Map((await withSurvivors(walk, mapping, losers)).map((record) => [record.id, record]))
  const lasts = new Map(losers.map((loser) => [loser.id, lastLive(mapping, known, loser)]))
  const refs = [...lasts.values()].flatMap((record) => (record === null ? [] : refOfRecord(record)))
  const holders = new Map(
    (await walk.lane.linksByRefs(refs)).flatMap((link) =>
      // One that waits for its own partner gives way, as it does to any match.
      SIDES.every((side) => (mainPart(link, side)?.remoteId ?? null) !== null)
        ? link.parts.map((part) => [part.remoteId, link.id] as const)
        : [],
    ),
  )
  return subjects.map((subject) => {
    const record = lasts.get(loserOf(mapping, subject)?.id ?? '') ?? null
    return record === null ? subject : { ...subject, survivor: { record, heldBy: holders.get(record.id) ?? null } }
  })
}

function loserOf(mapping: KindMapping, subject: LinkSubject): RemoteRecord | null {
  const mains = SIDES.flatMap((side) => subject[side].main ?? [])
  return mains.find((main) => (mapping.mergedInto?.(main) ?? null) !== null) ?? null
}

/** The end of the chain; null where it was never read, or is archived itself. */
function lastLive(
  mapping: KindMapping,
  known: ReadonlyMap<string, RemoteRecord>,
  loser: RemoteRecord,
): RemoteRecord | null {
  let last = loser
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const next = known.get(mapping.mergedInto?.(last) ?? '')
    if (next === undefined) break
    last = next
  }
  return last !== loser && last.life === 'live' ? last : null
}

function survivorOf(mapping: KindMapping, record: RemoteRecord): RecordRef | null {
  const remoteId = mapping.mergedInto?.(record) ?? null
  return remoteId === null ? null : { side: record.side, collection: record.collection, remoteId }
}

function refOfRecord({ side, collection, id }: RemoteRecord): RecordRef {
  return { side, collection, remoteId: id }
}

/** Whoever lost a merge is looked up as the one that took its place: under its id, and under all that it was known by. */
export function standInForMerged(mapping: KindMapping, byId: Map<string, PoolEntry>): void {
  if (mapping.mergedInto === undefined) return
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
