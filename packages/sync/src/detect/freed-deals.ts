import type { Kind } from '../model/kind.ts'
import { dealParts, type Link, mainPart } from '../model/link.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import type { Walk } from '../walk.ts'

/** What leaves a link that has one side only. */
export interface Leaver {
  readonly linkId: string
  readonly refs: readonly RecordRef[]
}

/**
 * Deals of links whose CRM invoice was deleted or cancelled before it ever reached Xero. It bills nothing, so that they
 * are free: each is planned anew by itself, and a sale that is won is billed whichever came first (R37, I13).
 */
export async function freedDeals(
  walk: Walk,
  kind: Kind,
  of: { readonly links: readonly Link[]; readonly gone: ReadonlySet<string> },
): Promise<readonly Leaver[]> {
  const free = of.links.filter((link) => dealParts(link).length > 0 && isGivenUp(walk, kind, { link, gone: of.gone }))
  if (free.length === 0) return []
  // A create that is under way may bill it yet.
  const unsettled = await walk.lane.unsettledLinks(free.map((link) => link.id))
  return free
    .filter((link) => !unsettled.has(link.id))
    .map((link) => ({
      linkId: link.id,
      refs: dealParts(link).map(({ side, collection, remoteId }) => ({ side, collection, remoteId })),
    }))
}

function isGivenUp(walk: Walk, kind: Kind, of: { readonly link: Link; readonly gone: ReadonlySet<string> }): boolean {
  const rules = walk.mapping(kind).deals
  const part = mainPart(of.link, 'zoho')
  const isInXero = (mainPart(of.link, 'xero')?.remoteId ?? null) !== null
  if (rules === undefined || isInXero || part === undefined || part.remoteId === null) return false
  if (of.link.state === 'detached' || of.link.state === 'tombstoned') return false
  const ref: RecordRef = { side: part.side, collection: part.collection, remoteId: part.remoteId }
  const record = walk.cache.get(ref)?.record
  return of.gone.has(refKey(ref)) || (record !== undefined && rules.isCancelled(record))
}
