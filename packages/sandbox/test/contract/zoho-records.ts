import { checkValue, type Fault } from './check-value.ts'
import { type Finding, type FindingContext, findingsOf } from './finding.ts'
import { isObject, type JsonObject, listAt } from './json-node.ts'
import { isKnownRecordName, isKnownRowName, LINE_SUBFORMS } from './zoho-record-names.ts'
import { type Place, schemaOfMember } from './zoho-record-parts.ts'

/**
 * The vendor's file lets a record have any name, and Zoho ignores unknown ones silently (fact sheet Zoho, section 3.3),
 * so names are held against the sheet's lists instead. Bodies without records give nothing.
 */
export function checkZohoRecords(context: FindingContext, path: string, body: JsonObject): Finding[] {
  const module = moduleOf(path)
  if (module === undefined) return []
  const place: Place = { module, kind: 'record', direction: context.direction }
  return listAt(body, 'data')
    .filter(isObject)
    .filter((record) => !isVerdict(record))
    .flatMap((record) => findingsOf(context, checkMembers(place, 'data[]', record)))
}

/** `/crm/v8/Invoices`, `/crm/v8/Invoices/upsert`, `/search` and `/{id}` carry records of the module in the path. */
function moduleOf(path: string): string | undefined {
  const [, module, rest] = /^\/crm\/v8\/([A-Z][A-Za-z_]*)(?:\/([^/]+))?$/.exec(path) ?? []
  return rest === 'deleted' ? undefined : module
}

/** What a write answers about one record, instead of the record. */
function isVerdict(value: JsonObject): boolean {
  return value.code !== undefined && value.status !== undefined
}

function checkMembers(place: Place, parent: string, record: JsonObject): Fault[] {
  return Object.entries(record).flatMap(([name, value]): Fault[] => {
    const field = `${parent}.${name}`
    if (!isKnown(place, name)) {
      return [{ field, problem: 'undeclared', detail: `no field of a ${place.kind} of ${place.module}`, value }]
    }
    if (LINE_SUBFORMS.has(name)) return checkRows(place, field, value)
    const schema = schemaOfMember(place, name, value)
    return schema === undefined ? [] : under(field, checkValue(schema, value, { ...place, areNullsFine: true }))
  })
}

function checkRows(place: Place, field: string, rows: unknown): Fault[] {
  if (!Array.isArray(rows)) return [{ field, problem: 'type', detail: 'no list of rows', value: rows }]
  return rows.filter(isObject).flatMap((row) => checkMembers({ ...place, kind: 'row' }, `${field}[]`, row))
}

function isKnown(place: Place, name: string): boolean {
  return place.kind === 'row' ? isKnownRowName(name) : isKnownRecordName(place.module, name)
}

function under(field: string, faults: readonly Fault[]): Fault[] {
  const join = (inner: string) => (inner === '' || inner.startsWith('[') ? `${field}${inner}` : `${field}.${inner}`)
  return faults.map((fault) => ({ ...fault, field: join(fault.field) }))
}
