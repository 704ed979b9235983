import { codeText, type Language } from '@tandem/sync/model/code-texts.ts'
import type { Code } from '@tandem/sync/model/codes.ts'
import { KINDS } from '@tandem/sync/model/kind.ts'
import type { InboxItemView } from '../../views/report.ts'
import { cell } from './table.ts'
import { KIND_NAME, plural } from './words.ts'

export interface CauseGroup {
  readonly code: Code
  readonly cause: string
  readonly fix: string
  /** By kind, parents first, then as they came. */
  readonly items: readonly InboxItemView[]
}

/** Items of the same cause together, those first that others may wait for. */
export function byCause(items: readonly InboxItemView[], language: Language): readonly CauseGroup[] {
  const sorted = KINDS.flatMap((kind) => items.filter((item) => item.kind === kind))
  return [...Map.groupBy(sorted, (item) => item.code)].map(([code, group]) => ({
    code,
    ...codeText(code, language),
    items: group,
  }))
}

const SHOWN_TITLES = 3

/** The overview: each cause with its fix and a few of the titles. */
export function causeLines(items: readonly InboxItemView[], language: Language): readonly string[] {
  return byCause(items, language).flatMap(({ cause, fix, items: group }) => {
    const kinds = KINDS.flatMap((kind) => {
      const count = group.filter((item) => item.kind === kind).length
      return count === 0 ? [] : [plural(count, KIND_NAME[kind])]
    })
    const some = group.slice(0, SHOWN_TITLES).map((item) => cell(item.title))
    const more = group.length > some.length ? ', …' : ''
    return [`  ${cause} (${kinds.join(', ')})`, `      ${some.join(', ')}${more}`, `      ${fix}`]
  })
}
