import type { Located } from './documents.ts'
import { isObject, type JsonObject } from './json-node.ts'
import { AMOUNTS, LOOKUPS, NAME_FIELDS } from './zoho-record-names.ts'

/** Where a member stands: in a record of a module, or in a row of one of its line-item subforms. */
export interface Place {
  readonly module: string
  readonly kind: 'record' | 'row'
  readonly direction: 'request' | 'response'
}

const TEXT = { type: 'string' } as const

/** Parts of a record that the file describes without saying where they stand; the sheet says it (sections 3.14, 4, 4.1). */
const PARTS: Readonly<Record<Place['kind'], Readonly<Record<string, Located>>>> = {
  record: {
    Owner: vendorSchema('users', 'Minified_User'),
    Created_By: vendorSchema('users', 'Minified_User'),
    Modified_By: vendorSchema('users', 'Minified_User'),
    $line_tax: vendorList('record', 'Line_Tax'),
    Layout: sheetSchema({ id: TEXT, name: TEXT, display_label: TEXT }),
    Tag: sheetList({ id: TEXT, name: TEXT, color_code: TEXT }),
  },
  row: {
    Product_Name: vendorSchema('record', 'LineItemProduct'),
    Line_Tax: vendorList('record', 'Line_Tax'),
  },
}
/** 4: on a product `Tax` lists taxes; on a document it is an amount. */
const PRODUCT_TAX = vendorList('record', 'Tax')
const LOOKUP = sheetSchema({ id: TEXT, name: TEXT, email: TEXT })
/** 3.4: many fields take a bare id. */
const WRITTEN_LOOKUP: Located = { file: 'sheet', node: { oneOf: [LOOKUP.node, TEXT] } }
const NUMBER: Located = { file: 'sheet', node: { type: 'number' } }

/** What the sheet and the file say of one member; undefined when nothing. */
export function schemaOfMember(place: Place, name: string, value: unknown): Located | undefined {
  const known = PARTS[place.kind][name]
  if (known !== undefined) return known
  if (NAME_FIELDS.get(place.module) === name && place.kind === 'record') return { file: 'sheet', node: TEXT }
  if (name === 'Tax' && place.module === 'Products') return PRODUCT_TAX
  if (AMOUNTS.has(name)) return NUMBER
  if (LOOKUPS.has(name) && place.direction === 'request') return WRITTEN_LOOKUP
  return LOOKUPS.has(name) || (isObject(value) && !name.startsWith('$')) ? LOOKUP : undefined
}

function vendorSchema(file: string, name: string): Located {
  return { file: 'zoho-crm-v8/sheet', node: { $ref: `${file}.json#/components/schemas/${name}` } }
}

function vendorList(file: string, name: string): Located {
  return { file: 'zoho-crm-v8/sheet', node: { type: 'array', items: vendorSchema(file, name).node } }
}

function sheetSchema(properties: JsonObject): Located {
  return { file: 'sheet', node: { type: 'object', properties } }
}

function sheetList(properties: JsonObject): Located {
  return { file: 'sheet', node: { type: 'array', items: sheetSchema(properties).node } }
}
