import { linkReference } from '../model/link.ts'
import type { Op } from '../model/op.ts'
import { isValueList, isValueObject, type Value, type ValueObject } from '../model/value.ts'
import type { MainId } from '../store/contract.ts'

/** A reference may stand alone or inside a longer text, such as a URL. */
const REFERENCE = /@link:([0-9A-Za-z_-]+)\.(zoho|xero)/g

/** Remote ids by reference text, for every main record that exists. */
export function referenceTable(ids: readonly MainId[]): ReadonlyMap<string, string> {
  return new Map(ids.map(({ linkId, side, remoteId }) => [linkReference(linkId, side), remoteId]))
}

/** The links that an op names, or needs. */
export function namedLinks(op: Op): readonly string[] {
  return [
    ...new Set(
      [...JSON.stringify([op.payload, op.changes, op.after]).matchAll(REFERENCE)].flatMap((match) => match[1] ?? []),
    ),
  ]
}

export type Resolved =
  | { readonly type: 'resolved'; readonly op: Op }
  | { readonly type: 'missing'; readonly reference: string }

/** Stands in the table for the instant of sending, whole seconds with an offset (zoho-crm.md 3.14). */
export const NOW_REFERENCE = '@now'

export function sendingInstant(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}+00:00`
}

/** The op with every reference replaced by the id it stands for; `missing` when a partner does not exist (I8). */
export function resolveOp(op: Op, table: ReadonlyMap<string, string>): Resolved {
  const missing: string[] = []
  const resolve = (value: Value): Value => {
    if (typeof value === 'string') {
      return value.replace(REFERENCE, (reference) => {
        const id = table.get(reference)
        if (id === undefined) missing.push(reference)
        return id ?? reference
      })
    }
    if (isValueList(value)) return value.map(resolve)
    if (!isValueObject(value)) return value
    return value.$now === true ? (table.get(NOW_REFERENCE) ?? null) : resolveObject(value)
  }
  const resolveObject = (object: ValueObject): ValueObject =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, resolve(value)]))
  const resolved: Op = {
    ...op,
    payload: resolveObject(op.payload),
    after: op.after.map((needed) => textOf(resolve(needed))),
    changes: op.changes.map((change) => ({ ...change, after: resolve(change.after) })),
    sourceShadow: op.sourceShadow.map((advance) => ({
      ...advance,
      remoteId: textOf(resolve(advance.remoteId)),
      value: resolve(advance.value),
    })),
    naturalKey: op.naturalKey === null ? null : { ...op.naturalKey, value: textOf(resolve(op.naturalKey.value)) },
  }
  const [first] = missing
  return first === undefined ? { type: 'resolved', op: resolved } : { type: 'missing', reference: first }
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : ''
}
