import type { Big } from 'big.js'

/**
 * What goes over the wire (xero.md 2.5). Plain JSON cannot carry it: Xero keeps trailing zeros on numbers (`40.00`) and
 * escapes the slashes of dates, and both are visible to a client that reads raw bytes.
 */
export type Wire = string | boolean | null | number | WireNumber | WireDate | readonly Wire[] | WireObject
export interface WireObject {
  readonly [key: string]: Wire | undefined
}

/** A JSON number written exactly as given. */
export class WireNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** `"\/Date(ms+0000)\/"`, with or without the zone suffix. */
export class WireDate {
  readonly text: string
  constructor(epochMs: number, suffix: '+0000' | '') {
    this.text = `"\\/Date(${epochMs}${suffix})\\/"`
  }
}

export const money = (amount: Big): WireNumber => new WireNumber(amount.toFixed(2))
export const decimal = (amount: Big, places: number): WireNumber => new WireNumber(amount.toFixed(places))
/** A true instant such as `UpdatedDateUTC`. */
export const instant = (epochMs: number): WireDate => new WireDate(epochMs, '+0000')
/** `DateTimeUTC` and quote dates carry no suffix. */
export const bareInstant = (epochMs: number): WireDate => new WireDate(epochMs, '')

export function render(value: Wire): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (value instanceof WireNumber || value instanceof WireDate) return value.text
  if (isList(value)) return renderList(value)
  return renderObject(value)
}

function renderList(values: readonly Wire[]): string {
  let text = '['
  for (const [index, value] of values.entries()) text += index === 0 ? render(value) : `,${render(value)}`
  return `${text}]`
}

function renderObject(fields: WireObject): string {
  let text = '{'
  for (const key in fields) {
    const value = fields[key]
    if (value === undefined) continue
    text += `${text.length === 1 ? '"' : ',"'}${key}":${render(value)}`
  }
  return `${text}}`
}

function isList(value: readonly Wire[] | WireObject): value is readonly Wire[] {
  return Array.isArray(value)
}

/** A parsed request value as it came, for the echo of refused elements. */
export function echo(value: unknown): Wire {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' || value === null) {
    return value
  }
  if (Array.isArray(value)) return value.map(echo)
  return typeof value === 'object' ? echoObject(value) : null
}

export function echoObject(value: object): WireObject {
  // JSON.stringify guards odd keys: only names that need no escaping are echoed.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => /^[\w. -]+$/.test(key))
      .map(([key, inner]) => [key, echo(inner)]),
  )
}
