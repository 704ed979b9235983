import { isValueList, isValueObject, type Value, type ValueObject } from '../model/value.ts'

/** Reading a remote's fields: every absent, null or oddly shaped value is blank, never an exception. */
export function textAt(fields: ValueObject | null | undefined, key: string): string {
  return asText(fields?.[key])
}

export function asText(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

export function objectAt(fields: ValueObject | null | undefined, key: string): ValueObject | null {
  const value = fields?.[key]
  return isValueObject(value) ? value : null
}

export function rowsAt(fields: ValueObject | null | undefined, key: string): readonly ValueObject[] {
  return asRows(fields?.[key])
}

export function asRows(value: Value | undefined): readonly ValueObject[] {
  return isValueList(value) ? value.filter((one) => isValueObject(one)) : []
}

/** A Zoho lookup's id; `{id,name}` on read. */
export function lookupIdAt(fields: ValueObject | null | undefined, key: string): string {
  return textAt(objectAt(fields, key), 'id')
}

export function isTicked(fields: ValueObject | null | undefined, key: string): boolean {
  const value = fields?.[key]
  return value === true || value === 'true'
}

/** An object of texts by its keys, as groups (address, phone) are kept. */
export function textsOf<Key extends string>(value: Value, keys: readonly Key[]): Record<Key, string> {
  const source = isValueObject(value) ? value : null
  const isComplete = (made: object): made is Record<Key, string> => keys.every((key) => key in made)
  const made: object = Object.fromEntries(keys.map((key) => [key, textAt(source, key)]))
  if (!isComplete(made)) throw new Error('unreachable: every key was just made')
  return made
}
