import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { ZohoClient } from './client.ts'
import { COQL_IN, chunksOf, coqlAll, inList } from './coql.ts'
import { refuseProblem, type ZohoProblem } from './problem.ts'
import { isZohoId, textOf } from './wire.ts'

/** Records of a module that name others by a lookup. */
export interface LookupPlace<T> {
  /** A module's own name in queries. */
  readonly module: string
  readonly lookup: string
  readonly purpose: string
  /** The records themselves; what is gone is left out. */
  read(ids: readonly string[]): Promise<RemoteOutcome<readonly T[]>>
  /** Whom a record names: compared in code, whatever the query took for equal. */
  named(record: T): string
}

export interface LookupReader<T> {
  /** All records that name one of these. */
  read(ids: readonly string[]): Promise<RemoteOutcome<readonly T[]>>
}

/**
 * The sources do not say how COQL compares a lookup by id (zoho-crm.md 3.9): `Account_Name in (...)` or
 * `Account_Name.id in (...)`. Both are tried until one has answered with rows; that one is kept.
 */
export function createLookupReader<T>(client: ZohoClient, place: LookupPlace<T>): LookupReader<T> {
  const { module, lookup, purpose } = place
  const spellings = [lookup, `${lookup}.id`]
  let proven: string | undefined

  async function readChunk(wanted: readonly string[]): Promise<RemoteOutcome<readonly T[]>> {
    let refusal: ZohoProblem | undefined
    let isAccepted = false
    for (const spelling of proven === undefined ? spellings : [proven]) {
      const outcome = await coqlAll(client, { module, fields: [], where: `${spelling} ${inList(wanted)}`, purpose })
      if (outcome.type !== 'ok') return outcome
      if (outcome.value.type === 'problem') {
        refusal ??= outcome.value
        continue
      }
      isAccepted = true
      const read = await place.read(outcome.value.value.rows.map((row) => textOf(row.id)))
      if (read.type !== 'ok') return read
      const own = read.value.filter((record) => wanted.includes(place.named(record)))
      if (own.length === 0) continue
      proven = spelling
      return ok(own)
    }
    return isAccepted || refusal === undefined ? ok([]) : refuseProblem(refusal, module)
  }

  return {
    async read(ids) {
      const records: T[] = []
      for (const wanted of chunksOf([...new Set(ids)].filter(isZohoId), COQL_IN)) {
        const found = await readChunk(wanted)
        if (found.type !== 'ok') return found
        records.push(...found.value)
      }
      return ok(records)
    },
  }
}
