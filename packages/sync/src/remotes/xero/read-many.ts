import type { Collection } from '../../model/kind.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { XeroClient } from './client.ts'
import { readWhole } from './list.ts'
import { hasNoPages, listPath } from './paths.ts'
import { readNumberedPage } from './read.ts'
import { readQuotes } from './read-quotes.ts'
import type { XeroShape } from './shape.ts'
import { BATCH_READ_SIZE, shapeOf } from './shapes.ts'

/** Complete records by id; ids that are gone are left out. */
export async function readMany(
  client: XeroClient,
  collection: Collection,
  ids: readonly string[],
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const shape = shapeOf(collection)
  if (ids.length === 0) return ok([])
  const wanted = new Set(ids)
  if (hasNoPages(shape)) {
    const all = await readWhole(client, shape, 'read')
    return all.type === 'ok' ? ok(all.value.filter((record) => wanted.has(record.id))) : all
  }
  if (shape.resource === 'Quotes') return readQuotes(client, shape, wanted)
  const records: RemoteRecord[] = []
  for (const chunk of chunksOf([...wanted], BATCH_READ_SIZE)) {
    const path = listPath(shape, 1, idFilter(shape, chunk))
    const answer = await readNumberedPage(client, shape, { path, purpose: `${collection}.read`, page: 1 })
    if (answer.type !== 'ok') return answer
    records.push(...answer.value.rows)
  }
  return ok(records)
}

/** `IDs` exists for contacts and invoices; OR is optimised for the ids of payments (xero.md 2.4). */
function idFilter(shape: XeroShape, ids: readonly string[]): Readonly<Record<string, string>> {
  if (shape.resource !== 'Payments') return { IDs: ids.join(',') }
  return { where: ids.map((id) => `${shape.idField}==guid("${id}")`).join(' OR ') }
}

export function chunksOf<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  )
}
