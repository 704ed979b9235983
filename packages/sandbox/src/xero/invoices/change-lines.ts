import { ElementRefused } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import type { LineAmountTypes, LineRow } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'
import type { LineRules } from './line-draft.ts'
import { type BuiltLines, lineFaults, recomputeLines, replaceLines } from './lines.ts'

export const NO_LINES = 'One or more line items must be specified'

export interface LineChange {
  /** The document as it stands. */
  readonly before: { readonly lines: readonly LineRow[]; readonly lineAmountTypes: LineAmountTypes }
  /** `LineItems` as sent; undefined leaves the lines as they are. */
  readonly sent: readonly Fields[] | undefined
  readonly rules: LineRules
  /** `check` when the document moves on: stored lines must be fit for the new stage too (xero.md 4.3). */
  readonly stored: 'check' | 'trust'
}

/** The lines after a write: replaced, computed anew under other LineAmountTypes, or left alone. */
export function changeLines(books: Books, { before, sent, rules, stored }: LineChange): BuiltLines {
  if (sent !== undefined) return replaceLines(books, sent, { before: before.lines, rules })
  if (rules.lineAmountTypes !== before.lineAmountTypes) return recomputeLines(books, before.lines, rules)
  const faults = stored === 'check' ? before.lines.flatMap((line) => lineFaults(books, line, rules)) : []
  if (faults.length > 0) throw new ElementRefused(...faults)
  return { lines: before.lines, warnings: [] }
}
