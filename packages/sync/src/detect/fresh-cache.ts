import type { Collection } from '../model/kind.ts'
import { type FreshRecord, type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import type { Side } from '../model/side.ts'

/** Records kept in one pass; beyond it the oldest are dropped and read again when planned. */
export const FRESH_RECORDS_LIMIT = 150_000
/** A read must have been sent this long after the version was first seen for its second to be over (VERSION RULE). */
export const VERSION_SETTLES_MS = 2_000
/** First sightings kept between passes; an older one only costs one more comparison. */
export const SIGHTINGS_LIMIT = 200_000

/** How far a walk came, when it began, and how late a row may show itself in the remote's lists. */
export interface WalkedTo {
  readonly highWater: string
  readonly startedAtMonotonicMs: number
  readonly overlapMs: number
}

/** What a sighting is of. */
export type Sighted = Pick<RemoteRecord, 'side' | 'collection' | 'id' | 'version'>

/** When each version was first seen by this process, per record. Lives as long as the process. */
export interface Sightings {
  firstSeen(record: Sighted, monotonicMs: number): number
  /**
   * Was this version marked by a read that was sent when its second was over? Then every later edit shows another
   * version, and the mark is on record: marking it again would only repeat work.
   */
  wasMarked(record: Sighted): boolean
  noteMarked(record: Sighted, sentAtMonotonicMs: number): void
  /** Has a collection been walked whole, long enough after its high water was first seen for late rows to have shown? */
  isDrained(collection: string, highWater: string): boolean
  noteWalk(collection: string, walked: WalkedTo): void
}

export function createSightings(): Sightings {
  const seen = new Map<string, number>()
  const marked = new Set<string>()
  const waters = new Map<string, { readonly highWater: string; readonly seenAt: number; readonly isDrained: boolean }>()
  const keyOf = (record: Sighted) =>
    `${refKey({ side: record.side, collection: record.collection, remoteId: record.id })}@${record.version}`
  return {
    isDrained: (collection, highWater) => {
      const water = waters.get(collection)
      return water?.highWater === highWater && water.isDrained
    },
    noteWalk(collection, { highWater, startedAtMonotonicMs, overlapMs }) {
      const water = waters.get(collection)
      if (water?.highWater !== highWater)
        waters.set(collection, { highWater, seenAt: startedAtMonotonicMs, isDrained: false })
      else if (startedAtMonotonicMs - water.seenAt >= overlapMs) waters.set(collection, { ...water, isDrained: true })
    },
    wasMarked: (record) => marked.has(keyOf(record)),
    noteMarked(record, sentAtMonotonicMs) {
      const since = seen.get(keyOf(record))
      if (since === undefined || sentAtMonotonicMs - since < VERSION_SETTLES_MS) return
      if (marked.size >= SIGHTINGS_LIMIT) marked.clear()
      marked.add(keyOf(record))
    },
    firstSeen(record, monotonicMs) {
      const key = keyOf(record)
      const known = seen.get(key)
      if (known !== undefined) return known
      if (seen.size >= SIGHTINGS_LIMIT)
        for (const old of [...seen.keys()].slice(0, SIGHTINGS_LIMIT / 2)) seen.delete(old)
      seen.set(key, monotonicMs)
      return monotonicMs
    },
  }
}

/** What this pass has read, newest read of each record. */
export interface FreshCache {
  add(records: readonly RemoteRecord[], sentAtMonotonicMs: number): void
  get(ref: RecordRef): FreshRecord | undefined
  drop(ref: RecordRef): void
  ofCollection(side: Side, collection: Collection): Iterable<FreshRecord>
  isSettledVersion(record: RemoteRecord): boolean
  readonly sightings: Sightings
}

/** `monotonic`: a version is seen when its answer came, however long before that the read was sent. */
export function createFreshCache(sightings: Sightings, monotonic: () => number): FreshCache {
  const byCollection = new Map<string, Map<string, FreshRecord>>()
  let size = 0
  const mapOf = (side: Side, collection: Collection) => {
    const key = `${side}/${collection}`
    const map = byCollection.get(key) ?? new Map<string, FreshRecord>()
    byCollection.set(key, map)
    return map
  }
  function put(record: RemoteRecord, sentAtMonotonicMs: number) {
    sightings.firstSeen(record, monotonic())
    const map = mapOf(record.side, record.collection)
    const present = map.get(record.id)
    // A list row without lines never hides a full read of the same version.
    if (present?.record.hasLines && !record.hasLines && present.record.version === record.version) return
    if (present === undefined) size += 1
    map.delete(record.id)
    map.set(record.id, { record, sentAtMonotonicMs })
    if (size > FRESH_RECORDS_LIMIT) {
      const [oldest] = map.keys()
      if (oldest !== undefined && map.delete(oldest)) size -= 1
    }
  }
  return {
    sightings,
    add: (records, sentAt) => {
      for (const record of records) put(record, sentAt)
    },
    get: (ref) => mapOf(ref.side, ref.collection).get(ref.remoteId),
    drop(ref) {
      if (mapOf(ref.side, ref.collection).delete(ref.remoteId)) size -= 1
    },
    ofCollection: (side, collection) => mapOf(side, collection).values(),
    isSettledVersion(record) {
      const fresh = mapOf(record.side, record.collection).get(record.id)
      if (fresh === undefined || fresh.record.version !== record.version) return false
      return fresh.sentAtMonotonicMs - sightings.firstSeen(record, monotonic()) >= VERSION_SETTLES_MS
    },
  }
}
