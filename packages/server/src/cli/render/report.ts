import { KINDS } from '@tandem/sync/model/kind.ts'
import { SIDES } from '@tandem/sync/model/side.ts'
import { isBlank, isValueObject, sameValue } from '@tandem/sync/model/value.ts'
import type { ChangeView, InboxItemView, OpView, PlanView, ReportView } from '../../views/report.ts'
import type { PassResultView } from '../../views/task.ts'
import { table } from './table.ts'
import { KIND_NAME, KIND_NAMES, plural, SIDE_NAMES, shown } from './words.ts'

/** How a pass ended, with what it did. */
export function resultLines(result: PassResultView): readonly string[] {
  return [headline(result), ...(result.report === null ? [] : reportLines(result.report))]
}

function headline(result: PassResultView): string {
  switch (result.type) {
    case 'done':
      return 'Done.'
    case 'held':
      return `Plan ${result.planId} waits for a person (${result.code}): nothing of it was written.`
    case 'stopped':
      return `Stopped (${result.code}): ${result.message}`
    case 'interrupted':
      return `Interrupted (${result.code}): ${result.message} What is left is done by the next run.`
  }
}

/** Counts are keyed `kind` or `side.kind`, whatever the engine counted; shown as they are, aligned. */
export function reportLines(report: ReportView): readonly string[] {
  const rows = [
    ...countRows('created', report.created),
    ...countRows('updated', report.updated),
    ...countRows('skipped', report.skipped),
    ['refused', '', String(report.refused)],
    ['dropped', 'changed meanwhile', String(report.dropped)],
    ['conflicts', '', String(report.conflicts)],
    ['held', 'wait for a person', String(report.holds)],
    ...SIDES.map((side) => ['writes', SIDE_NAMES[side], String(report.writes[side])]),
    ...countRows('calls', totals(report.calls)),
  ]
  return table(rows, '  ')
}

function countRows(name: string, counts: Readonly<Record<string, number>>): string[][] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => [name, counted(key), String(count)])
}

/** `contact.xero` as `contacts in Xero`; anything else as the engine names it. */
function counted(key: string): string {
  const [first, second] = key.split('.')
  const kind = KINDS.find((one) => one === first)
  const side = SIDES.find((one) => one === (second ?? first))
  if (side === undefined) return key
  return kind === undefined ? SIDE_NAMES[side] : `${KIND_NAMES[kind]} in ${SIDE_NAMES[side]}`
}

/** Calls per system; those per purpose (`xero.Contacts.list`) are for `--json`. */
function totals(calls: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(calls).filter(([key]) => !key.includes('.')))
}

export function planLines(plan: PlanView): readonly string[] {
  const rows = KINDS.flatMap((kind) =>
    plan.counts
      .filter((count) => count.kind === kind)
      .map(({ side, verb, count }) => [`${verb} in ${SIDE_NAMES[side]}`, KIND_NAMES[kind], String(count)]),
  )
  const total = plan.counts.reduce((sum, { count }) => sum + count, 0)
  const state = plan.holdCode === null ? plan.state : `${plan.state}, ${plan.holdCode}`
  return [`Plan ${plan.id} (${state}): ${plural(total, 'write')}`, ...table(rows, '  ')]
}

/** One op with its fields, before -> after. */
export function opLines(op: Pick<OpView, 'verb' | 'side' | 'kind' | 'title' | 'changes'>): readonly string[] {
  const fields = op.changes.flatMap(changeRows)
  return [`${op.verb} ${KIND_NAME[op.kind]} "${op.title}" in ${SIDE_NAMES[op.side]}`, ...table(fields, '    ')]
}

/** A value of several parts (an address, a phone) shows the parts that differ. */
function changeRows({ field, before, after }: ChangeView): string[][] {
  if (!isValueObject(after) || !(isValueObject(before) || isBlank(before))) {
    return [[field, `${shown(before)} -> ${shown(after)}`]]
  }
  const old = isValueObject(before) ? before : {}
  return [...new Set([...Object.keys(old), ...Object.keys(after)])]
    .filter((key) => !sameValue(old[key] ?? '', after[key] ?? ''))
    .map((key) => [`${field}.${key}`, `${shown(old[key] ?? '')} -> ${shown(after[key] ?? '')}`])
}

/** Grouped by cause, as the inbox is. */
export function causeLines(items: readonly InboxItemView[]): readonly string[] {
  const byCause = Map.groupBy(items, (item) => `${item.code} ${KIND_NAMES[item.kind]}`)
  const rows = [...byCause].map(([cause, group]) => {
    const some = group.slice(0, 3).map((item) => item.title)
    return [String(group.length), cause, some.join(', ') + (group.length > some.length ? ', …' : '')]
  })
  return table(rows, '  ')
}
