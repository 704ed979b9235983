import type { z } from 'zod'
import type { XeroCollection } from '../../model/kind.ts'
import type { RecordLife, RemoteRecord } from '../../model/record.ts'
import type { Value, ValueObject } from '../../model/value.ts'
import { instantOf, toFields } from './codec.ts'

/** What one collection's rows look like, and what we rely on in them. */
export interface XeroShape {
  readonly collection: XeroCollection
  /** Where they are in Xero's own terms: its URLs and envelopes. Suppliers are Contacts there, bills Invoices, ledger accounts Accounts. */
  readonly resource: XeroResource
  readonly idField: string
  /** Our identity in creates, which Xero enforces as unique; null where it enforces none. */
  readonly keyField: string | null
  /** Tolerant of what it does not know; strict about what we use. */
  readonly schema: z.ZodType
  /** Text fields that read as '' where Xero says nothing: absent, null and '' are the same to it (xero.md 2.5). */
  readonly texts: readonly string[]
  /** Lists that read as empty where Xero says nothing. */
  readonly lists: readonly string[]
  /** Tells rows of an answer apart where Xero enforces no key: said back, though not unique by any rule of Xero's. */
  readonly pairField?: string
  /** Is a row of the resource one of this collection at all? Absent: every one is. */
  isOne?(fields: ValueObject): boolean
  life(fields: ValueObject): RecordLife
  hasLines(fields: ValueObject): boolean
}

export type XeroResource = Exclude<XeroCollection, 'Suppliers' | 'Bills' | 'LedgerAccounts'> | 'Accounts'

export type ReadRow =
  | { readonly type: 'record'; readonly record: RemoteRecord }
  /** Where it does not parse, e.g. `LineItems.0.LineItemID`. */
  | { readonly type: 'unreadable'; readonly path: string }

/** Parses one row of a list, a single read or a write answer. */
export function readRow(shape: XeroShape, row: unknown): ReadRow {
  const parsed = shape.schema.safeParse(row)
  if (!parsed.success) return { type: 'unreadable', path: parsed.error.issues[0]?.path.join('.') ?? '' }
  if (typeof row !== 'object' || row === null) return { type: 'unreadable', path: '' }
  const fields = withBlanks(shape, toFields(row))
  const version = textOf(fields.UpdatedDateUTC)
  return {
    type: 'record',
    record: {
      side: 'xero',
      collection: shape.collection,
      id: textOf(fields[shape.idField]),
      version,
      createdAt: instantOf(textOf(fields.CreatedDateUTC)) ?? null,
      modifiedBy: null,
      life: shape.life(fields),
      hasLines: shape.hasLines(fields),
      fields,
    },
  }
}

function withBlanks(shape: XeroShape, fields: ValueObject): ValueObject {
  const blanks = new Map<string, Value>()
  for (const name of shape.texts) if ((fields[name] ?? null) === null) blanks.set(name, '')
  for (const name of shape.lists) if ((fields[name] ?? null) === null) blanks.set(name, [])
  return { ...fields, ...Object.fromEntries(blanks) }
}

export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}
