import { CARRIER_COLLECTIONS, type CarrierCollection, carrierOf, isCarrierId } from '../../model/allocation.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ListPage } from '../contract.ts'
import { allocationsIn, removedAllocation } from './allocation-rows.ts'
import type { XeroClient } from './client.ts'
import { modifiedSinceHeader } from './codec.ts'
import { listPath, OLDEST_FIRST } from './paths.ts'
import { readNumberedPage } from './read.ts'
import { readByPages } from './read-quotes.ts'
import { shapeOf } from './shapes.ts'

type Read = RemoteOutcome<readonly RemoteRecord[]>

const CARRIERS: readonly CarrierCollection[] = ['CreditNotes', 'Prepayments', 'Overpayments']

/** All allocations of credits that were modified since then, in one page: they have no list of their own (xero.md 4.5). */
export async function listAllocations(client: XeroClient, since: string | null): Promise<RemoteOutcome<ListPage>> {
  const rows: RemoteRecord[] = []
  for (const collection of CARRIERS) {
    const answer = await listWhole(client, collection, since)
    if (answer.type !== 'ok') return answer
    rows.push(...answer.value.flatMap(allocationsIn))
  }
  return ok({ rows: rows.sort(byVersion), hasMore: false })
}

async function listWhole(client: XeroClient, collection: CarrierCollection, since: string | null): Promise<Read> {
  const shape = shapeOf(collection)
  const filter = collection === 'CreditNotes' ? { where: SALES_CREDITS } : {}
  const rows = new Map<string, RemoteRecord>()
  for (let page = 1; ; page += 1) {
    const answer = await readNumberedPage(client, shape, {
      path: listPath(shape, page, { ...OLDEST_FIRST, ...filter }),
      purpose: 'Allocations.list',
      headers: since === null ? {} : { 'if-modified-since': modifiedSinceHeader(since) },
      page,
    })
    if (answer.type !== 'ok') return answer
    for (const row of answer.value.rows) rows.set(row.id, row)
    if (!answer.value.hasMore) return ok([...rows.values()])
  }
}

/** Optimised by Xero (xero.md 2.4). */
export const SALES_CREDITS = 'Type=="ACCRECCREDIT"'

/**
 * Allocations by id, each read with its credit. One that its credit no longer carries comes with Status DELETED: that
 * somebody took it back is a state, not an absence. The id of a credit alone asks for all that it carries.
 */
export async function readAllocations(client: XeroClient, ids: readonly string[]): Promise<Read> {
  const found: RemoteRecord[] = []
  for (const collection of CARRIERS) {
    const own = ids.filter((id) => collectionOf(id) === collection)
    const credits = new Set(own.flatMap((id) => carrierOf(id)?.id ?? []))
    const answer = await readByPages(client, shapeOf(collection), { ids: credits, purpose: 'Allocations.read' })
    if (answer.type !== 'ok') return answer
    for (const credit of answer.value) found.push(...pickedFrom(credit, own))
  }
  return ok(found)
}

function pickedFrom(credit: RemoteRecord, ids: readonly string[]): readonly RemoteRecord[] {
  const asked = ids.filter((id) => carrierOf(id)?.id === credit.id)
  const present = allocationsIn(credit)
  const wanted = asked.filter((id) => !isCarrierId(id))
  const removed = wanted
    .filter((id) => !present.some((one) => one.id === id))
    .map((id) => removedAllocation(credit, id))
  return [...(wanted.length < asked.length ? present : present.filter(({ id }) => wanted.includes(id))), ...removed]
}

function collectionOf(id: string): CarrierCollection | null {
  const carrier = carrierOf(id)
  return carrier === null ? null : CARRIER_COLLECTIONS[carrier.type]
}

function byVersion(left: RemoteRecord, right: RemoteRecord): number {
  return left.version === right.version ? (left.id < right.id ? -1 : 1) : left.version < right.version ? -1 : 1
}
