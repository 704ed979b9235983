import type { Value, ValueObject } from '../model/value.ts'
import { isValueList, isValueObject } from '../model/value.ts'

/**
 * Joins the payloads of several fields into one record patch: objects merge, lists (phones, addresses, lines) join,
 * the later text wins.
 */
export function mergePayload(left: ValueObject, right: ValueObject): ValueObject {
  const merged: Record<string, Value> = { ...left }
  for (const [key, value] of Object.entries(right)) {
    const present = merged[key]
    merged[key] = present === undefined ? value : mergeValue(present, value)
  }
  return merged
}

function mergeValue(left: Value, right: Value): Value {
  if (isValueList(left) && isValueList(right)) return [...left, ...right]
  if (isValueObject(left) && isValueObject(right) && !('$decimal' in right)) return mergePayload(left, right)
  return right
}
