import type { Value, ValueObject } from '@tandem/sync/model/value.ts'

/** A sample as the engine reads records: numbers as texts. */
export function sampleFields(record: Readonly<Record<string, unknown>>): ValueObject {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, sampleValue(value)]))
}

function sampleValue(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(sampleValue)
  return typeof value === 'object' && value !== null ? sampleFields({ ...value }) : null
}
