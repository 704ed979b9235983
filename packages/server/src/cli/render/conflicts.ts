import type { ConflictView } from '../../views/report.ts'
import { type Change, differingParts } from './changes.ts'
import { table } from './table.ts'
import { KIND_NAME, SIDE_NAMES, shown, when } from './words.ts'

/** One row a conflict; a value of several parts has one for each part that differs. */
export function conflictLines(conflicts: readonly ConflictView[]): readonly string[] {
  if (conflicts.length === 0) return []
  const head = ['when', 'kind', 'title', 'field', SIDE_NAMES.zoho, SIDE_NAMES.xero, '']
  return table([head, ...conflicts.flatMap(rowsOf)])
}

function rowsOf(conflict: ConflictView): readonly (readonly string[])[] {
  const whole: Change = { field: conflict.field, before: conflict.zoho, after: conflict.xero }
  const [first = whole, ...rest] = differingParts(whole)
  const subject = [when(conflict.openedAt), KIND_NAME[conflict.kind], conflict.title]
  return [
    [...subject, ...valuesOf(first), decision(conflict)],
    ...rest.map((part) => ['', '', '', ...valuesOf(part), '']),
  ]
}

function valuesOf({ field, before, after }: Change): readonly string[] {
  return [field, shown(before), shown(after)]
}

function decision({ state, winner, policy }: ConflictView): string {
  if (state === 'open') return 'waits for you'
  if (winner === null) return 'settled without a choice'
  if (policy === 'ask') return `you chose ${SIDE_NAMES[winner]}`
  return `kept: ${SIDE_NAMES[winner]} (${SPOKEN.get(policy) ?? `policy ${policy}`})`
}

const SPOKEN: ReadonlyMap<string, string> = new Map([
  ['person', 'your choice'],
  ['firstLink', 'at first link'],
])
