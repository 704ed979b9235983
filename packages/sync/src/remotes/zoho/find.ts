import type { ZohoCollection } from '../../model/kind.ts'
import { EMAIL_DOMAIN, type NaturalKey, WEBSITE_DOMAIN } from '../../model/op.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { COQL_IN, chunksOf, coqlAll, inList, isCoqlName, quoted, rowsOrRefusal } from './coql.ts'
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

/** How a look-up is asked, and compared. */
interface Question {
  readonly field: string
  readonly conditions: readonly string[]
  fits(shown: string): boolean
}

function questionOf({ field, values }: FieldValues): Question {
  switch (field) {
    case EMAIL_DOMAIN:
      return {
        field: 'Email',
        conditions: values.map((value) => `Email like ${quoted(`%@${likeText(value)}`)}`),
        fits: (shown) => values.some((value) => shown.toLowerCase().endsWith(`@${value}`)),
      }
    case WEBSITE_DOMAIN:
      return {
        field: 'Website',
        conditions: values.map((value) => `Website like ${quoted(`%${likeText(value)}%`)}`),
        fits: (shown) => values.some((value) => shown.toLowerCase().includes(value)),
      }
    case 'Email': {
      // A mailbox is one however it is written.
      const cases = [...new Set(values.flatMap((value) => [value, value.toLowerCase()]))]
      const folded = new Set(cases.map((value) => value.toLowerCase()))
      return { field, conditions: isOneOf(field, cases), fits: (shown) => folded.has(shown.trim().toLowerCase()) }
    }
    case 'Product_Code': {
      // Whether letter case makes two codes is the mapping's rule; whether COQL minds it is not known.
      const cases = [...new Set(values.flatMap((value) => [value, value.toUpperCase(), value.toLowerCase()]))]
      const folded = new Set(cases.map((value) => value.toLowerCase()))
      return { field, conditions: isOneOf(field, cases), fits: (shown) => folded.has(shown.trim().toLowerCase()) }
    }
    default:
      return { field, conditions: isOneOf(field, values), fits: (shown) => values.includes(shown) }
  }
}

function isOneOf(field: string, values: readonly string[]): readonly string[] {
  return chunksOf(values, COQL_IN).map((chunk) => `${field} ${inList(chunk)}`)
}

/** Nothing in a domain may stand for any text. */
function likeText(value: string): string {
  return value.replaceAll('%', '')
}

async function findByField(
  parts: ReadParts,
  collection: ZohoCollection,
  wanted: FieldValues,
): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
  const { field, conditions, fits } = questionOf(wanted)
  if (!isCoqlName(field)) {
    return { type: 'refused', code: 'fieldMissing', message: `"${field}" is no field of ${collection}` }
  }
  const ids: string[] = []
  for (const where of conditions) {
    const select = { module: collection, fields: [], where, purpose: `${collection}.find` }
    const outcome = await coqlAll(parts.client, select)
    if (outcome.type !== 'ok') return outcome
    const found = rowsOrRefusal(outcome.value, `${collection}.${field}`)
    if (found.type !== 'ok') return found
    ids.push(...found.value.rows.map((row) => textOf(row.id)))
  }
  const withKey = { ...parts, fields: withField(parts.fields, collection, field) }
  const read = await readByIds(withKey, collection, ids)
  if (read.type !== 'ok') return read
  return ok(read.value.filter((record) => fits(textOf(record.fields[field]))))
}
