/** A parsed JSON object whose members are not yet known. */
export interface JsonObject {
  readonly [key: string]: unknown
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/** A list of strings, from an array or one comma list; undefined when it is neither. */
export function stringList(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return value.split(',').map((part) => part.trim())
  if (!isArray(value)) return undefined
  const texts = value.filter((part) => typeof part === 'string')
  return texts.length === value.length ? texts : undefined
}

/** Ids arrive as strings or as numbers (channel ids); both read as text. */
export function idText(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number' && Number.isInteger(value)) return String(value)
  return undefined
}
