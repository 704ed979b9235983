import type { Collection } from '../model/kind.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import { remoteOf, type Walk } from '../walk.ts'
import { readOrStop } from './call.ts'

/**
 * Makes sure that these records are in the cache, complete with lines where the kind has any, with as few calls as the
 * remote allows. What was asked for and did not come is gone: a direct read says so (design section 4, sweep).
 */
export async function readFresh(
  walk: Walk,
  refs: readonly RecordRef[],
  needsLines: (record: RemoteRecord) => boolean,
): Promise<readonly RecordRef[]> {
  const missing = new Map<string, { side: Side; collection: Collection; ids: Set<string> }>()
  for (const ref of refs) {
    const fresh = walk.cache.get(ref)
    if (fresh !== undefined && (fresh.record.hasLines || !needsLines(fresh.record))) continue
    const key = `${ref.side}/${ref.collection}`
    const group = missing.get(key) ?? { side: ref.side, collection: ref.collection, ids: new Set<string>() }
    group.ids.add(ref.remoteId)
    missing.set(key, group)
  }
  const gone: RecordRef[] = []
  await Promise.all(
    [...missing.values()].map(async ({ side, collection, ids }) => {
      const found = await readIds(walk, { side, collection, ids: [...ids] })
      for (const id of ids) if (!found.has(id)) gone.push({ side, collection, remoteId: id })
    }),
  )
  for (const ref of gone) walk.cache.drop(ref)
  return gone.sort((a, b) => (refKey(a) < refKey(b) ? -1 : 1))
}

async function readIds(
  walk: Walk,
  of: { readonly side: Side; readonly collection: Collection; readonly ids: readonly string[] },
): Promise<ReadonlySet<string>> {
  const sentAt = walk.ports.clock.monotonic()
  const records = await readOrStop(walk, () => remoteOf(walk, of.side).readMany(of.collection, of.ids))
  walk.cache.add(records, sentAt)
  return new Set(records.map((record) => record.id))
}

/** The same as list rows, which lack lines: a hundred in a call. What is gone is simply not there. */
export async function readFreshRows(walk: Walk, refs: readonly RecordRef[]): Promise<void> {
  const missing = Map.groupBy(
    refs.filter((ref) => walk.cache.get(ref) === undefined),
    ({ side, collection }) => `${side}/${collection}`,
  )
  for (const group of missing.values()) {
    const [first] = group
    if (first === undefined) continue
    const ids = [...new Set(group.map((ref) => ref.remoteId))]
    const sentAt = walk.ports.clock.monotonic()
    walk.cache.add(await readOrStop(walk, () => remoteOf(walk, first.side).readRows(first.collection, ids)), sentAt)
  }
}
