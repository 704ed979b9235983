import type { Located } from './documents.ts'
import { isObject, type JsonObject, listAt } from './json-node.ts'
import { type Shape, shapesOf } from './schema.ts'

/** `undeclared`: a name that the schema does not have. `value`: of the right type but outside enum or format. */
export type Problem = 'undeclared' | 'type' | 'value'

export interface Fault {
  /** Dotted, list positions as `[]`: `Invoices[].LineItems[].TaxType`. */
  readonly field: string
  readonly problem: Problem
  readonly detail: string
  /** What stands there, so that an allowance can say what it must look like. */
  readonly value: unknown
}

/** Which way the value travels, and what the API's fact sheet says of null. */
export interface ValueRules {
  readonly direction: 'request' | 'response'
  /** Zoho answers null for every empty value and clears a field by it; Xero leaves absent values out. */
  readonly areNullsFine: boolean
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const MS_DATE = /^\/Date\(-?\d+([+-]\d{4})?\)\/$/
const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/

/** Compares a value with a schema, all the way down. Of several allowed shapes the one with the fewest faults counts. */
export function checkValue(schema: Located, value: unknown, rules: ValueRules): Fault[] {
  return checkAt(schema, { value, field: '' }, rules)
}

interface Spot {
  readonly value: unknown
  readonly field: string
}

function checkAt(schema: Located, spot: Spot, rules: ValueRules): Fault[] {
  let fewest: Fault[] | undefined
  for (const shape of shapesOf(schema)) {
    const faults = checkShape(shape, spot, rules)
    if (faults.length === 0) return []
    if (fewest === undefined || compareFaults(faults, fewest) < 0) fewest = faults
  }
  return fewest ?? []
}

/** Fewer first; of as many, the ones that lie deeper, because more of the shape around them fits. */
export function compareFaults(one: readonly Fault[], other: readonly Fault[]): number {
  const depth = (faults: readonly Fault[]) => faults.reduce((sum, { field }) => sum + field.split('.').length, 0)
  return one.length - other.length || depth(other) - depth(one)
}

function checkShape(shape: Shape, { value, field }: Spot, rules: ValueRules): Fault[] {
  if (value === undefined || shape.type === undefined) return []
  if (value === null) {
    return shape.isNullable || rules.areNullsFine
      ? []
      : [{ field, problem: 'type', detail: `null for ${shape.type}`, value }]
  }
  if (!hasType(value, shape.type)) {
    return [{ field, problem: 'type', detail: `${describe(value)} for ${shape.type}`, value }]
  }
  if (isObject(value)) return checkMembers(shape, { value, field }, rules)
  if (Array.isArray(value)) return checkItems(shape, { value, field }, rules)
  return checkScalar(shape, { value, field }, rules)
}

function checkMembers(shape: Shape, spot: { value: JsonObject; field: string }, outer: ValueRules): Fault[] {
  const rules = isRefusedElement(spot.value) ? ({ ...outer, direction: 'request' } as const) : outer
  return Object.entries(spot.value).flatMap(([name, value]): Fault[] => {
    const field = spot.field === '' ? name : `${spot.field}.${name}`
    const schema = shape.properties.get(name)
    if (schema !== undefined) return checkAt(schema, { value, field }, rules)
    return shape.isOpen
      ? []
      : [{ field, problem: 'undeclared', detail: `${describe(value)} under an undeclared name`, value }]
  })
}

/** Xero echoes a refused element as it was sent, dates included (fact sheet Xero, section 5.2). */
function isRefusedElement(value: JsonObject): boolean {
  return listAt(value, 'ValidationErrors').length > 0
}

function checkItems(shape: Shape, spot: { value: readonly unknown[]; field: string }, rules: ValueRules): Fault[] {
  const { items } = shape
  if (items === undefined) return []
  return spot.value.flatMap((value) => checkAt(items, { value, field: `${spot.field}[]` }, rules))
}

function checkScalar(shape: Shape, { value, field }: Spot, rules: ValueRules): Fault[] {
  if (shape.values !== undefined && !shape.values.includes(value)) {
    const known = shape.values.join(', ').slice(0, 120)
    return [{ field, problem: 'value', detail: `${describe(value)} is none of ${known}`, value }]
  }
  if (typeof value === 'string' && shape.format !== undefined && !hasFormat(value, shape.format, rules)) {
    return [{ field, problem: 'value', detail: `${describe(value)} is no ${shape.format}`, value }]
  }
  return []
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

function hasFormat(value: string, format: string, rules: ValueRules): boolean {
  switch (format) {
    case 'uuid':
      return GUID.test(value)
    case 'ms-date':
      // Requests write dates as YYYY-MM-DD (fact sheet Xero, section 2.5).
      return MS_DATE.test(value) || (rules.direction === 'request' && PLAIN_DATE.test(value))
    case 'date':
      return PLAIN_DATE.test(value)
    case 'date-time':
      return INSTANT.test(value)
    default:
      return true
  }
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
