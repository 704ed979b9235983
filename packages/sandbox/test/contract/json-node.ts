/** A JSON object of unknown content, as parsed. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object under a key, or an empty one. */
export function objectAt(node: JsonObject, key: string): JsonObject {
  const value = node[key]
  return isObject(value) ? value : {}
}

/** The list under a key, or an empty one. */
export function listAt(node: JsonObject, key: string): readonly unknown[] {
  const value = node[key]
  return Array.isArray(value) ? value : []
}

export function textAt(node: JsonObject, key: string): string | undefined {
  const value = node[key]
  return typeof value === 'string' ? value : undefined
}
