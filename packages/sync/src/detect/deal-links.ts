import type { Kind } from '../model/kind.ts'
import { dealParts, type Link, mainPart } from '../model/link.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import type { BilledDeal, DealInvoice, DealLink } from '../plan/deal-facts.ts'
import type { Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { baseContext, NO_ITEMS } from './context.ts'
import { readFresh } from './read-fresh.ts'
import { plainView } from './views.ts'

/** CRM invoices that name these deals, oldest first, each with its link and that one's Xero invoice. */
export async function invoicesOf(
  walk: Walk,
  kind: Kind,
  deals: readonly RecordRef[],
): Promise<ReadonlyMap<string, readonly DealInvoice[]>> {
  const { deals: rules } = walk.mapping(kind)
  const lookup = rules?.lookupField(walk.reference) ?? ''
  if (rules === undefined || lookup === '' || deals.length === 0) return new Map()
  const ids = deals.map((ref) => ref.remoteId)
  const sentAt = walk.ports.clock.monotonic()
  const records = await readOrStop(walk, () => walk.remotes.zoho.readInvoicesOfDeals(ids, lookup))
  walk.cache.add(records, sentAt)
  const links = await linksOf(walk, records.map(refOf))
  const context = baseContext(walk, NO_ITEMS)
  const found = new Map<string, DealInvoice[]>()
  for (const record of records.toSorted(byAge)) {
    const link = links.get(keyOf(record)) ?? null
    const dealId = rules.dealOf(record, context)
    // Cancelled before it ever reached Xero: it bills nothing.
    if (dealId === null || (!mayBeInXero(link) && rules.isCancelled(record))) continue
    found.set(dealId, [...(found.get(dealId) ?? []), { record, link }])
  }
  return found
}

function mayBeInXero(link: Link | null): boolean {
  if (link === null) return false
  return link.state === 'creating' || (mainPart(link, 'xero')?.remoteId ?? null) !== null
}

/**
 * Links of deals: by the deal that a CRM invoice names, or for which one that names none is `held` and which is gone; by the link that a Xero
 * invoice carries in its Url.
 */
export async function otherLinks(
  walk: Walk,
  kind: Kind,
  { records, held }: { readonly records: readonly RemoteRecord[]; readonly held: ReadonlyMap<string, Link> },
): Promise<ReadonlyMap<string, DealLink>> {
  const { deals: rules, crossReference } = walk.mapping(kind)
  const context = baseContext(walk, NO_ITEMS)
  if (rules === undefined) return new Map()
  const dealRef = (record: RemoteRecord): RecordRef | null => {
    const remoteId = rules.dealOf(record, context)
    return remoteId === null ? null : { side: 'zoho', collection: rules.collection, remoteId }
  }
  const byDeal = await linksOf(
    walk,
    records.flatMap((record) => dealRef(record) ?? []),
  )
  const quoted = records.flatMap((record) => {
    const reference = crossReference(record, context)
    return reference?.type === 'link' ? [{ record, linkId: reference.linkId }] : []
  })
  const byId = quoted.length === 0 ? [] : await walk.lane.linksByIds([...new Set(quoted.map((one) => one.linkId))])
  const found = new Map(held)
  for (const record of records) {
    const ref = dealRef(record)
    const link = ref === null ? undefined : byDeal.get(refKey(ref))
    if (link !== undefined) found.set(keyOf(record), link)
  }
  for (const { record, linkId } of quoted) {
    const link = byId.find((one) => one.id === linkId)
    if (link !== undefined && dealParts(link).length > 0) found.set(keyOf(record), link)
  }
  // With its lines: a CRM invoice that joins it is merged at once.
  await readFresh(
    walk,
    [...found.values()]
      .flatMap((link) => [mainRef(link), ...dealParts(link).map(refOfPart)])
      .filter((ref) => ref !== null),
    () => true,
  )
  // Its deal is still there: a person has taken it out of the invoice.
  const isTakenOut = ([key, link]: readonly [string, Link]) =>
    held.get(key) === link && billedDeals(walk, link).length === dealParts(link).length
  return new Map([...found].filter((one) => !isTakenOut(one)).map(([key, link]) => [key, dealLink(walk, link)]))
}

function dealLink(walk: Walk, link: Link): DealLink {
  const ref = mainRef(link)
  const record = ref === null ? undefined : walk.cache.get(ref)?.record
  return { link, xero: record === undefined ? null : plainView('xero', record), billed: billedDeals(walk, link) }
}

/** A deal that is gone shows nothing any more. */
export function billedDeals(walk: Walk, link: Link): readonly BilledDeal[] {
  return dealParts(link).flatMap((part) => {
    const record = walk.cache.get(refOfPart(part))?.record
    return record === undefined ? [] : [{ part, record }]
  })
}

function refOfPart({ side, collection, remoteId }: RecordRef): RecordRef {
  return { side, collection, remoteId }
}

/** The Xero invoice of a link. */
function mainRef(link: Link): RecordRef | null {
  const part = mainPart(link, 'xero')
  if (part === undefined || part.remoteId === null) return null
  return { side: part.side, collection: part.collection, remoteId: part.remoteId }
}

/** By every record that is a part of them. */
export async function linksOf(walk: Walk, refs: readonly RecordRef[]): Promise<ReadonlyMap<string, Link>> {
  const links = refs.length === 0 ? [] : await walk.lane.linksByRefs(refs)
  return new Map(
    links.flatMap((link) =>
      link.parts.flatMap(({ side, collection, remoteId }) =>
        remoteId === null ? [] : [[refKey({ side, collection, remoteId }), link] as const],
      ),
    ),
  )
}

function byAge(left: RemoteRecord, right: RemoteRecord): number {
  const key = (record: RemoteRecord) => `${record.createdAt ?? ''}/${record.id.padStart(20, '0')}`
  return key(left) < key(right) ? -1 : 1
}

export function refOf({ side, collection, id }: RemoteRecord): RecordRef {
  return { side, collection, remoteId: id }
}

export function keyOf(record: RemoteRecord): string {
  return refKey(refOf(record))
}
