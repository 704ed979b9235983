import type { ZohoCollection } from '../../model/kind.ts'
import { subformOf } from './codec.ts'

/** Mapped fields per module, and optionally the line fields under `Invoiced_Items`. */
export type FieldsByModule = Readonly<Record<string, readonly string[]>>

/** At most this many names fit a list (zoho-crm.md 2.2). */
const MOST_FIELDS = 50

/** Whatever the mapping wants, these decide about versions and echoes. */
const ALWAYS = ['Modified_Time', 'Created_Time', 'Modified_By']

/** What a list can carry: no lines, no `$` system keys; `id` comes by itself. */
export function listFields(fields: FieldsByModule, collection: ZohoCollection): readonly string[] {
  return listable(fields, collection).slice(0, MOST_FIELDS)
}

/** True where a list cannot carry every wanted field, so that each record needs a GET of its own. */
export function needsSingleReads(fields: FieldsByModule, collection: ZohoCollection): boolean {
  return subformOf(collection) !== null || listable(fields, collection).length > MOST_FIELDS
}

function listable(fields: FieldsByModule, collection: ZohoCollection): readonly string[] {
  const subform = subformOf(collection)
  const mapped = (fields[collection] ?? []).filter((name) => name !== 'id' && name !== subform && !name.startsWith('$'))
  return [...new Set([...ALWAYS, ...mapped])]
}

/** One more field, which is about to be compared. First, so that no cut drops it. */
export function withField(fields: FieldsByModule, collection: ZohoCollection, field: string): FieldsByModule {
  return { ...fields, [collection]: [field, ...(fields[collection] ?? [])] }
}
