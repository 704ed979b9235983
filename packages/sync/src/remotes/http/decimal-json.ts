import { isValueList, isValueObject, type Value } from '../../model/value.ts'

declare global {
  interface JSON {
    /** ECMAScript "JSON.parse source text access": the text is written to the output as it is. */
    rawJSON(text: string): object
  }
}

type SourceReviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

/** The library's own type does not know the third argument of a reviver yet. */
const parseWithSource: (text: string, reviver: SourceReviver) => unknown = JSON.parse

const PLAIN_DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/

/**
 * Parses JSON with every number as its SOURCE TEXT (`40.00` stays `40.00`): no float ever touches money (design
 * section 8). Throws SyntaxError like JSON.parse.
 */
export function parseDecimalJson(text: string): unknown {
  return parseWithSource(text, (_key, value, context) =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value,
  )
}

/** Encodes a value; `{ $decimal: "12.50" }` becomes the JSON number `12.50`. Throws on a decimal that is none: a bug. */
export function encodeDecimalJson(value: Value): string {
  return JSON.stringify(withRawNumbers(value))
}

function withRawNumbers(value: Value): unknown {
  if (isValueList(value)) return value.map(withRawNumbers)
  if (!isValueObject(value)) return value
  const decimal = value.$decimal
  if (decimal !== undefined) return rawNumber(decimal, Object.keys(value).length)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withRawNumbers(inner)]))
}

function rawNumber(decimal: Value, keys: number): object {
  if (typeof decimal !== 'string' || keys !== 1 || !PLAIN_DECIMAL.test(decimal)) {
    throw new Error(`Not a plain decimal: ${JSON.stringify(decimal)}`)
  }
  return JSON.rawJSON(decimal)
}
