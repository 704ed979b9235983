import type { ZohoCollection } from '../../model/kind.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ZohoClient } from './client.ts'
import { decodeRows, unreadableAnswer } from './codec.ts'
import { chunksOf } from './coql.ts'
import { refuseProblem, type ZohoProblem } from './problem.ts'
import { type FieldsByModule, listFields, needsSingleReads } from './wanted-fields.ts'
import { isZohoId, textOf } from './wire.ts'

export interface ReadParts {
  readonly client: ZohoClient
  readonly fields: FieldsByModule
}

/** Ids of one `ids=` list (zoho-crm.md 2.2). */
export const IDS_PER_CALL = 100
/** GETs of single records beside each other; the limits of the org hold back what is too many. */
const SINGLE_READS = 8

/** Complete records by id; ids that are gone are left out. */
export function readByIds(
  parts: ReadParts,
  collection: ZohoCollection,
  ids: readonly string[],
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const wanted = [...new Set(ids)].filter(isZohoId)
  return needsSingleReads(parts.fields, collection)
    ? readSingles(parts.client, collection, wanted)
    : readListed(parts, collection, wanted)
}

/** By `ids=` lists: every wanted field, but never lines. A list that Zoho finds too long is halved. */
export async function readListed(
  parts: ReadParts,
  collection: ZohoCollection,
  ids: readonly string[],
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const records: RemoteRecord[] = []
  for (const chunk of chunksOf(ids, IDS_PER_CALL)) {
    const outcome = await readChunk(parts, collection, chunk)
    if (outcome.type !== 'ok') return outcome
    records.push(...outcome.value)
  }
  return ok(records)
}

async function readChunk(
  parts: ReadParts,
  collection: ZohoCollection,
  ids: readonly string[],
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const fields = listFields(parts.fields, collection).join(',')
  const path = `/${collection}?ids=${ids.join(',')}&fields=${fields}&per_page=200${withConverted(collection)}`
  const outcome = await parts.client.call({ method: 'GET', path, effect: 'read', purpose: `${collection}.read` })
  if (outcome.type !== 'ok') return outcome
  const { body, problem } = outcome.value
  if (problem !== null) {
    return isTooLong(problem) && ids.length > 1
      ? readHalves(parts, collection, ids)
      : refuseProblem(problem, collection)
  }
  const rows = decodeRows(collection, body, 'list')
  return rows === undefined ? unreadableAnswer(collection) : ok(rows.filter((row) => ids.includes(row.id)))
}

/** Converted leads are in no list that does not ask for them, and they are no deleted ones (zoho-crm.md 3.1, 3.7). */
export function withConverted(collection: ZohoCollection): string {
  return collection === 'Leads' ? '&converted=both' : ''
}

/** How many ids fit is not documented: about a hundred, in an address of two kilobytes (zoho-crm.md 2.2). */
function isTooLong(problem: ZohoProblem): boolean {
  return ['REQUEST_TOO_LARGE', 'LIMIT_EXCEEDED'].includes(problem.code) || textOf(problem.details.param_name) === 'ids'
}

async function readHalves(
  parts: ReadParts,
  collection: ZohoCollection,
  ids: readonly string[],
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const middle = Math.ceil(ids.length / 2)
  const first = await readChunk(parts, collection, ids.slice(0, middle))
  if (first.type !== 'ok') return first
  const second = await readChunk(parts, collection, ids.slice(middle))
  return second.type === 'ok' ? ok([...first.value, ...second.value]) : second
}

/** One GET per id, several in flight; the first failure ends it. */
export async function readSingles(
  client: ZohoClient,
  collection: ZohoCollection,
  ids: readonly string[],
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const found: (RemoteRecord | null)[] = ids.map(() => null)
  let failure: Exclude<RemoteOutcome<never>, { readonly type: 'ok' }> | undefined
  const rest = ids.entries()
  async function worker() {
    for (const [index, id] of rest) {
      const outcome = await readOne(client, collection, id)
      if (outcome.type !== 'ok') failure ??= outcome
      else found[index] = outcome.value
      if (failure !== undefined) return
    }
  }
  await Promise.all(Array.from({ length: Math.min(SINGLE_READS, ids.length) }, worker))
  return failure ?? ok(found.filter((record) => record !== null))
}

/** null: gone. An unknown, a deleted and a malformed id answer 204 or 400 (zoho-crm.md 3.2, both are survived). */
export async function readOne(
  client: ZohoClient,
  collection: ZohoCollection,
  id: string,
): Promise<RemoteOutcome<RemoteRecord | null>> {
  const path = `/${collection}/${id}`
  const outcome = await client.call({ method: 'GET', path, effect: 'read', purpose: `${collection}.read` })
  if (outcome.type !== 'ok') return outcome
  const { body, problem } = outcome.value
  if (problem !== null) return problem.code === 'INVALID_DATA' ? ok(null) : refuseProblem(problem, collection)
  const rows = decodeRows(collection, body, 'single')
  if (rows === undefined) return unreadableAnswer(`record ${id} of ${collection}`)
  return ok(rows.find((row) => row.id === id) ?? null)
}
