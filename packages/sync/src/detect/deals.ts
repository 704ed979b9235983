import { isReminder, isSource, type Kind, kindOf } from '../model/kind.ts'
import type { Link } from '../model/link.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import type { BilledDeal, DealFacts } from '../plan/deal-facts.ts'
import type { Walk } from '../walk.ts'
import { baseContext, NO_ITEMS } from './context.ts'
import { billedDeals, invoicesOf, keyOf, otherLinks } from './deal-links.ts'
import { sourcesOf } from './deal-sources.ts'
import { heldForDeals } from './held-deals.ts'

/** What the things of a chunk have to do with deals (R37). */
export interface Deals {
  /** The record as the rules see it: a deal as the invoice that it becomes. */
  asSource(record: RemoteRecord): RemoteRecord
  billedBy(link: Link): readonly BilledDeal[]
  /** undefined: nothing. */
  factsOf(record: RemoteRecord, link: Link | null): DealFacts | undefined
  /** Links of deals that candidates belong to. */
  readonly linkIds: readonly string[]
}

const NO_DEALS: Deals = {
  asSource: (record) => record,
  billedBy: () => [],
  factsOf: () => undefined,
  linkIds: [],
}

/** Reads what decides whether a sale has its invoice already: who names the deals, and what bills them. */
export async function readDeals(walk: Walk, kind: Kind, founding: readonly RecordRef[]): Promise<Deals> {
  const rules = walk.mapping(kind).deals
  if (rules === undefined) return NO_DEALS
  const ownRefs = founding.filter((ref) => isSource(ref.collection))
  const sources = await sourcesOf(walk, kind, ownRefs)
  const won = ownRefs.filter((ref) => isWon(walk, kind, sources.get(refKey(ref))))
  const invoices = await invoicesOf(walk, kind, won)
  const records = founding
    .filter((ref) => !isSource(ref.collection))
    .flatMap((ref) => walk.cache.get(ref)?.record ?? [])
  const nameless = records.filter((record) => rules.dealOf(record, baseContext(walk, NO_ITEMS)) === null)
  const others = await otherLinks(walk, kind, { records, held: await heldForDeals(walk, kind, nameless) })
  return {
    asSource: (record) => sources.get(keyOf(record)) ?? record,
    billedBy: (link) => billedDeals(walk, link),
    factsOf(record, link) {
      const isOwn = isSource(record.collection)
      const billed = link === null ? [] : billedDeals(walk, link)
      const found = others.get(keyOf(record))
      const other = found === undefined || found.link.id === link?.id ? null : found
      if (!isOwn && billed.length === 0 && other === null) return undefined
      const own = isOwn ? { record, invoices: invoices.get(record.id) ?? [] } : null
      return { billed, other, own }
    },
    linkIds: [...others.values()].map(({ link }) => link.id),
  }
}

function isWon(walk: Walk, kind: Kind, source: RemoteRecord | undefined): boolean {
  return source !== undefined && walk.mapping(kind).skip(source, baseContext(walk, NO_ITEMS)) === null
}

/** Parts of a link that are read with it: deals and tasks only while they are looked at at all. */
export function isLookedAt(walk: Walk, ref: RecordRef): boolean {
  if (isReminder(ref.collection)) return walk.mapping(kindOf(ref.collection)).tasks !== undefined
  return !isSource(ref.collection) || walk.mapping(kindOf(ref.collection)).deals !== undefined
}
