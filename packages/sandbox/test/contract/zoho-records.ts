import { checkValue, type Fault } from './check-value.ts'
import type { Located } from './documents.ts'
import { type Finding, type FindingContext, findingsOf } from './finding.ts'
import { isObject, type JsonObject, listAt } from './json-node.ts'
import { isKnownRecordName, isKnownRowName, LINE_SUBFORMS } from './zoho-record-names.ts'

const RULES = { direction: 'response', areNullsFine: true } as const

/** Parts of a record that the file describes without saying where they stand; the sheet says it (sections 3.14, 4, 4.1). */
const RECORD_PARTS: Readonly<Record<string, Located>> = {
  Owner: schemaOf('users', 'Minified_User'),
  $line_tax: listSchemaOf('record', 'Line_Tax'),
}
const ROW_PARTS: Readonly<Record<string, Located>> = {
  Product_Name: schemaOf('record', 'LineItemProduct'),
  Line_Tax: listSchemaOf('record', 'Line_Tax'),
}

/**
 * The vendor's file lets a record have any name, and Zoho ignores unknown ones silently (fact sheet Zoho, section 3.3),
 * so names are held against the sheet's lists instead. Bodies without records give nothing.
 */
export function checkZohoRecords(context: FindingContext, path: string, body: JsonObject): Finding[] {
  const module = moduleOf(path)
  if (module === undefined) return []
  const records = listAt(body, 'data').filter(isObject)
  return records
    .filter((record) => record.code === undefined || record.status === undefined)
    .flatMap((record) => findingsOf(context, checkRecord(module, record)))
}

/** `/crm/v8/Invoices`, `/crm/v8/Invoices/upsert`, `/search` and `/{id}` carry records of the module in the path. */
function moduleOf(path: string): string | undefined {
  const [, module, rest] = /^\/crm\/v8\/([A-Z][A-Za-z_]*)(?:\/([^/]+))?$/.exec(path) ?? []
  return rest === 'deleted' ? undefined : module
}

function checkRecord(module: string, record: JsonObject): Fault[] {
  return Object.entries(record).flatMap(([name, value]): Fault[] => {
    const field = `data[].${name}`
    if (LINE_SUBFORMS.has(name) && Array.isArray(value))
      return value.filter(isObject).flatMap((row) => checkRow(field, row))
    const part = RECORD_PARTS[name]
    if (part !== undefined) return under(field, checkValue(part, value, RULES))
    return isKnownRecordName(module, name) ? [] : [undeclared(field, `no field of ${module}`)]
  })
}

function checkRow(subform: string, row: JsonObject): Fault[] {
  return Object.entries(row).flatMap(([name, value]): Fault[] => {
    const field = `${subform}[].${name}`
    const part = ROW_PARTS[name]
    if (part !== undefined) return under(field, checkValue(part, value, RULES))
    return isKnownRowName(name) ? [] : [undeclared(field, 'no column of the subform')]
  })
}

function under(field: string, faults: readonly Fault[]): Fault[] {
  const join = (inner: string) => (inner === '' || inner.startsWith('[') ? `${field}${inner}` : `${field}.${inner}`)
  return faults.map((fault) => ({ ...fault, field: join(fault.field) }))
}

function undeclared(field: string, detail: string): Fault {
  return { field, problem: 'undeclared', detail }
}

function schemaOf(file: string, name: string): Located {
  return { file: 'zoho-crm-v8/sheet', node: { $ref: `${file}.json#/components/schemas/${name}` } }
}

function listSchemaOf(file: string, name: string): Located {
  return { file: 'zoho-crm-v8/sheet', node: { type: 'array', items: schemaOf(file, name).node } }
}
