import { SIDES, type Side } from '@tandem/sync/model/side.ts'
import { z } from 'zod'
import { changeSchema, type EventView, kindSchema, sideSchema, type TimesView } from '../../views/report.ts'
import { opLines } from './report.ts'
import { cell } from './table.ts'
import { SIDE_NAMES } from './words.ts'

const written = z.object({
  side: sideSchema,
  kind: kindSchema,
  verb: z.enum(['create', 'update', 'delete']),
  title: z.string(),
  changes: z.array(changeSchema),
})

/** One line of the audit log: what and when, and below it what changed and when both systems say so (R21h). */
export function auditLines({ type, times, detail }: EventView): readonly string[] {
  const op = written.safeParse(detail)
  if (!op.success) return [`${times.tandem}  ${cell(type)}`]
  const [what = '', ...changes] = opLines(op.data)
  const state = type.replace(/^op\./, '')
  return [`${times.tandem}  ${state.padEnd(10)}  ${what}`, ...SIDES.map((side) => sideLine(side, times)), ...changes]
}

function sideLine(side: Side, times: TimesView): string {
  const known = times[side]
  if (known === null) return `    ${SIDE_NAMES[side].padEnd(8)}  not there`
  const { created, modified } = known
  return `    ${SIDE_NAMES[side].padEnd(8)}  modified ${modified ?? 'unknown'}, created ${created ?? 'unknown'}`
}
