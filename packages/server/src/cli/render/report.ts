import { codeText, type Language } from '@tandem/sync/model/code-texts.ts'
import { KINDS } from '@tandem/sync/model/kind.ts'
import { SIDES } from '@tandem/sync/model/side.ts'
import type { OpView, PlanView, ReportView } from '../../views/report.ts'
import type { PassResultView } from '../../views/task.ts'
import { changeRows } from './changes.ts'
import { table } from './table.ts'
import { KIND_NAME, KIND_NAMES, plural, SIDE_NAMES, SKIP_NAMES } from './words.ts'

/** How a pass ended, with what it did. */
export function resultLines(result: PassResultView, language: Language): readonly string[] {
  return [...headline(result, language), ...(result.report === null ? [] : reportLines(result.report))]
}

function headline(result: PassResultView, language: Language): readonly string[] {
  if (result.type === 'done' || result.code === null) return [result.message === '' ? 'Done.' : result.message]
  const { cause, fix } = codeText(result.code, language)
  switch (result.type) {
    case 'held':
      return [`Plan ${result.planId} waits for a person, nothing of it was written: ${cause}`]
    case 'stopped':
      return [`Stopped: ${cause} (${result.code}: ${result.message})`, fix]
    case 'interrupted':
      return [`Interrupted: ${cause} (${result.code}: ${result.message})`, 'What is left is done by the next run.', fix]
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
    ['inbox', 'new', String(report.opened)],
    ['inbox', 'wait for a person', String(report.waiting)],
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
  if (side === undefined) return SKIP_NAMES_BY_KEY.get(key) ?? key
  return kind === undefined ? SIDE_NAMES[side] : `${KIND_NAMES[kind]} in ${SIDE_NAMES[side]}`
}

const SKIP_NAMES_BY_KEY: ReadonlyMap<string, string> = new Map(Object.entries(SKIP_NAMES))

/** Calls per system; those per purpose (`xero.Contacts.list`) are for `--json`. */
function totals(calls: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(calls).filter(([key]) => !key.includes('.')))
}

export function planLines(plan: PlanView, language: Language): readonly string[] {
  const rows = KINDS.flatMap((kind) =>
    plan.counts
      .filter((count) => count.kind === kind)
      .map(({ side, verb, count }) => [`${verb} in ${SIDE_NAMES[side]}`, KIND_NAMES[kind], String(count)]),
  )
  const total = plan.counts.reduce((sum, { count }) => sum + count, 0)
  const cause = plan.holdCode === null || plan.state !== 'held' ? '' : `. ${codeText(plan.holdCode, language).cause}`
  return [`Plan ${plan.id} (${plan.state}): ${plural(total, 'write')}${cause}`, ...table(rows, '  ')]
}

/** One op with its fields, before -> after. */
export function opLines(op: Pick<OpView, 'verb' | 'side' | 'kind' | 'title' | 'changes'>): readonly string[] {
  const fields = op.changes.flatMap((change) => changeRows(change))
  return [`${op.verb} ${KIND_NAME[op.kind]} "${op.title}" in ${SIDE_NAMES[op.side]}`, ...table(fields, '    ')]
}
