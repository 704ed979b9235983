import { isBlank, isValueObject, sameValue, type Value } from '@tandem/sync/model/value.ts'
import { shown } from './words.ts'

export interface Change {
  readonly field: string
  readonly before: Value
  readonly after: Value
}

/** A field before and after; a value of several parts (an address, a phone) shows the parts that differ. */
export function changeRows(change: Change): string[][] {
  return differingParts(change).map(({ field, before, after }) => [field, `${shown(before)} -> ${shown(after)}`])
}

export function differingParts({ field, before, after }: Change): readonly Change[] {
  const isPlain = !isValueObject(after) || !(isValueObject(before) || isBlank(before))
  if (isPlain && !(isValueObject(before) && isBlank(after))) return [{ field, before, after }]
  const [old, next] = [isValueObject(before) ? before : {}, isValueObject(after) ? after : {}]
  return [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .filter((key) => !sameValue(old[key] ?? '', next[key] ?? ''))
    .map((key) => ({ field: `${field}.${key}`, before: old[key] ?? '', after: next[key] ?? '' }))
}
