import { isValueList, isValueObject, type Value, type ValueObject } from '../../model/value.ts'
import { parseDecimalJson } from '../http/decimal-json.ts'

/** A parsed answer as plain values, numbers as their source text; undefined when it is no JSON object (HTML, cut off). */
export function parseWire(text: string): ValueObject | undefined {
  try {
    const value = plain(parseDecimalJson(text))
    return isValueObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function plain(wire: unknown): Value {
  if (typeof wire === 'string' || typeof wire === 'boolean') return wire
  if (Array.isArray(wire)) return wire.map(plain)
  if (typeof wire !== 'object' || wire === null) return null
  return Object.fromEntries(Object.entries(wire).map(([key, value]) => [key, plain(value)]))
}

/** The members of a list that are objects; none when it is no list. */
export function objectsOf(value: Value | undefined): readonly ValueObject[] {
  return isValueList(value) ? value.filter(isValueObject) : []
}

/** A text member, or '' when it is missing or something else. */
export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** The `id` of a lookup or owner `{id, name}`, or of a bare id; '' when there is none. */
export function idOf(value: Value | undefined): string {
  return isValueObject(value) ? textOf(value.id) : textOf(value)
}

/** Record ids are digits (zoho-crm.md 0.3). Anything else must not get into a path or a query. */
export function isZohoId(text: string): boolean {
  return /^\d{1,20}$/.test(text)
}
