import type { Collection } from '../../src/model/kind.ts'
import type { LinkPart, Shadow } from '../../src/model/link.ts'
import type { RemoteRecord } from '../../src/model/record.ts'
import type { Side } from '../../src/model/side.ts'
import type { Value, ValueObject } from '../../src/model/value.ts'
import { shadowField } from '../../src/plan/settle.ts'

export const ZOHO_USER = 'u-1'

/** A fingerprint that a failing test can read. */
export const print = (text: string): string => `print:${text}`

export function recordOf(
  side: Side,
  id: string,
  fields: ValueObject,
  values: Partial<RemoteRecord> & { readonly collection?: Collection } = {},
): RemoteRecord {
  return {
    side,
    collection: side === 'zoho' ? 'Products' : 'Items',
    id,
    version: '2026-11-01T00:00:00.000Z',
    createdAt: '2026-10-01T00:00:00.000Z',
    modifiedBy: 'u-human',
    life: 'live',
    hasLines: false,
    fields,
    ...values,
  }
}

export function shadowOf(values: Readonly<Record<string, Value>>): Shadow {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, shadowField(value, print)]))
}

export function mainOf(record: RemoteRecord, values: Partial<LinkPart> = {}): LinkPart {
  const { side, collection, id } = record
  return { side, collection, role: 'main', remoteId: id, version: null, shadow: {}, ...values }
}

/** Whole seconds from a fixed start, as both remotes write instants. */
export function second(at: number): string {
  return new Date(Date.UTC(2026, 10, 1) + Math.floor(at) * 1000).toISOString()
}

export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** A text that does not change with the order of keys, for comparing two plans byte by byte. */
export function bytesOf(value: unknown): string {
  return JSON.stringify(value)
}
