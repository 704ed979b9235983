import { z } from 'zod'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { type Effect, uncertain, type XeroAnswer } from './classify.ts'
import { readRow, type XeroShape } from './shape.ts'

export interface XeroPage {
  readonly rows: readonly RemoteRecord[]
  /** null: the answer had no `pagination`. */
  readonly pageCount: number | null
  readonly itemCount: number | null
}

const countSchema = z.string().regex(/^\d+$/).transform(Number)
const paginationSchema = z.looseObject({ pageCount: countSchema, itemCount: countSchema.optional() })

/** The rows under the plural name; every list, single read and write answer has the same form (xero.md 2.5). */
export function elementsOf(json: unknown, plural: string): readonly unknown[] | undefined {
  if (typeof json !== 'object' || json === null || !(plural in json)) return undefined
  const elements = Object.entries(json).find(([key]) => key === plural)?.[1]
  return Array.isArray(elements) ? elements : undefined
}

/**
 * A list answer as records. One row that cannot be read makes the whole answer unreadable, and names the field: a row
 * left out silently would look like a deleted record.
 */
export function readPage(shape: XeroShape, answer: XeroAnswer): RemoteOutcome<XeroPage> {
  const elements = elementsOf(answer.json, shape.resource)
  if (elements === undefined) return unreadable('read', `the answer has no ${shape.resource}`)
  const rows: RemoteRecord[] = []
  for (const [index, element] of elements.entries()) {
    const row = readRow(shape, element)
    if (row.type === 'unreadable')
      return unreadable('read', `${shape.resource}[${index}].${row.path} is not as expected`)
    if (shape.isOne?.(row.record.fields) ?? true) rows.push(row.record)
  }
  const pagination = paginationOf(answer.json)
  return ok({ rows, pageCount: pagination?.pageCount ?? null, itemCount: pagination?.itemCount ?? null })
}

export function unreadable(effect: Effect, detail: string) {
  return uncertain(effect, 'remoteAnswerUnreadable', `Xero's answer cannot be read: ${detail}`)
}

function paginationOf(json: unknown) {
  if (typeof json !== 'object' || json === null || !('pagination' in json)) return null
  const parsed = paginationSchema.safeParse(json.pagination)
  return parsed.success ? parsed.data : null
}
