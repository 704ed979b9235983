import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { XeroClient } from './client.ts'
import { listPath, NEWEST_FIRST, singlePath } from './paths.ts'
import { readNumberedPage, readSingle } from './read.ts'
import type { XeroShape } from './shape.ts'

/** So many records are asked for one by one; more are looked for in pages of the list. */
const FEW = 5

/**
 * Quotes, and credits, by id. Their endpoints have no IDs filter (xero.md 2.4, 4.4): what was modified last comes first,
 * since that is what is mostly asked for, and what the pages have not shown is asked for by itself. A record that moves
 * to the front while the list is read is passed over by it, so no absence is concluded from a page.
 */
export async function readByPages(
  client: XeroClient,
  shape: XeroShape,
  { ids, purpose }: { readonly ids: ReadonlySet<string>; readonly purpose: string },
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const found = new Map<string, RemoteRecord>()
  const missing = () => [...ids].filter((id) => !found.has(id))
  let hasMore = true
  for (let page = 1; hasMore && missing().length > FEW; page += 1) {
    const path = listPath(shape, page, NEWEST_FIRST)
    const answer = await readNumberedPage(client, shape, { path, purpose, page })
    if (answer.type !== 'ok') return answer
    for (const record of answer.value.rows) if (ids.has(record.id)) found.set(record.id, record)
    hasMore = answer.value.hasMore
  }
  for (const id of missing()) {
    const answer = await readSingle(client, shape, { path: singlePath(shape, id), purpose })
    if (answer.type !== 'ok') return answer
    for (const record of answer.value) found.set(record.id, record)
  }
  return ok([...found.values()])
}
