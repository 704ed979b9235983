import type { ZohoCollection } from '../../model/kind.ts'
import type { NaturalKey } from '../../model/op.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { COQL_IN, chunksOf, coqlAll, inList, isCoqlName, rowsOrRefusal } from './coql.ts'
import { type ReadParts, readByIds } from './read.ts'
import { withField } from './wanted-fields.ts'
import { textOf } from './wire.ts'

/**
 * Records that carry one of these keys: COQL finds the ids, the records are read whole, and the key is compared in code,
 * because COQL may ignore letter case (zoho-crm.md 3.9). Never search: its `equals` means contains and it lags (0.7).
 */
export async function findByKeys(
  parts: ReadParts,
  collection: ZohoCollection,
  keys: readonly NaturalKey[],
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const records: RemoteRecord[] = []
  for (const field of new Set(keys.map((key) => key.field))) {
    const values = new Set(keys.filter((key) => key.field === field).map((key) => key.value))
    const outcome = await findByField(parts, collection, { field, values: [...values].filter((value) => value !== '') })
    if (outcome.type !== 'ok') return outcome
    records.push(...outcome.value)
  }
  return ok([...new Map(records.map((record) => [record.id, record])).values()])
}

interface FieldValues {
  readonly field: string
  readonly values: readonly string[]
}

async function findByField(
  parts: ReadParts,
  collection: ZohoCollection,
  wanted: FieldValues,
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  if (!isCoqlName(wanted.field)) {
    return { type: 'refused', code: 'fieldMissing', message: `"${wanted.field}" is no field of ${collection}` }
  }
  const ids: string[] = []
  for (const values of chunksOf(wanted.values, COQL_IN)) {
    const select = {
      module: collection,
      fields: [],
      where: `${wanted.field} ${inList(values)}`,
      purpose: `${collection}.find`,
    }
    const outcome = await coqlAll(parts.client, select)
    if (outcome.type !== 'ok') return outcome
    const found = rowsOrRefusal(outcome.value, `${collection}.${wanted.field}`)
    if (found.type !== 'ok') return found
    ids.push(...found.value.rows.map((row) => textOf(row.id)))
  }
  const withKey = { ...parts, fields: withField(parts.fields, collection, wanted.field) }
  const read = await readByIds(withKey, collection, ids)
  if (read.type !== 'ok') return read
  return ok(read.value.filter((record) => wanted.values.includes(textOf(record.fields[wanted.field]))))
}
