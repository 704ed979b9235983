/**
 * Plain JSON without numbers: decimals travel as strings so that no float ever touches money (design section 8).
 * What a remote wants as a JSON number is written `{ $decimal: "12.50" }` and encoded raw at the border.
 */
export type Value = string | boolean | null | readonly Value[] | { readonly [key: string]: Value }

/** A mapped patch or record in the remote's own field names. */
export type ValueObject = { readonly [key: string]: Value }

export function decimalValue(text: string): ValueObject {
  return { $decimal: text }
}

/** The instant at which the write is sent, filled in then: a plan says the same whenever it is made (I12). */
export const NOW: ValueObject = { $now: true }

export function isValueObject(value: Value | undefined): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isValueList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

/** One text per value whatever the order of its keys: equality, fingerprints and byte-equal plans (I12) rest on it. */
export function canonicalText(value: Value): string {
  if (isValueList(value)) return `[${value.map(canonicalText).join(',')}]`
  if (isValueObject(value)) {
    const keys = Object.keys(value).sort()
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

export function sameValue(left: Value, right: Value): boolean {
  return left === right || canonicalText(left) === canonicalText(right)
}

/** Blank: what never erases the other side's value unless the field says so. */
export function isBlank(value: Value): boolean {
  if (value === null || value === '') return true
  if (isValueList(value)) return value.length === 0
  return isValueObject(value) && Object.values(value).every(isBlank)
}
