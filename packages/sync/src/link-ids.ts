import { mainPart } from './model/link.ts'
import { type RecordRef, refKey } from './model/record.ts'
import type { Candidate } from './plan/input.ts'
import type { Walk } from './walk.ts'

/** Links that may have gone over from one record to other ones, one after the other; more is a bug. */
const FORMER_LIMIT = 8

/** The same founding record always founds the same link, also for a database that starts anew (I14, R18c). */
export function linkIdFor(walk: Walk, ref: RecordRef, former = 0): string {
  const { zgid } = walk.reference.zoho
  const { tenantId } = walk.reference.xero
  return walk.ports.linkId(`${zgid}/${tenantId}/${refKey(ref)}${former === 0 ? '' : `/${former}`}`)
}

/**
 * Ids that differ from that, by `refKey`: a record that was merged away leaves its link to the survivor, and once it is
 * restored it begins another one (I2).
 */
export async function furtherLinkIds(
  walk: Walk,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>()
  let open = candidates.map(({ main, linkId }) => ({
    ref: { side: main.side, collection: main.collection, remoteId: main.id },
    linkId,
  }))
  for (let former = 0; open.length > 0; former += 1) {
    if (former > FORMER_LIMIT) throw new Error(`More than ${FORMER_LIMIT} links have left one record`)
    const wanted = open.map((one) => ({ ...one, id: linkIdFor(walk, one.ref, former) }))
    const links = await walk.lane.linksByIds(wanted.map(({ id }) => id))
    const others = new Map(links.map((link) => [link.id, link]))
    open = wanted.filter(({ ref, id, linkId }) => {
      const holder = others.get(id)
      const held = holder === undefined ? null : (mainPart(holder, ref.side)?.remoteId ?? null)
      const isFree = linkId === id || held === null || held === ref.remoteId
      if (isFree && former > 0) ids.set(refKey(ref), id)
      return !isFree
    })
  }
  return ids
}
