import type { CheckVerdict, SideView } from '../mapping/contract.ts'
import type { ShadowAdvance } from '../model/op.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { Value, ValueObject } from '../model/value.ts'
import { type OpDraft, refOf } from './draft.ts'
import { lineShadowField } from './merge-lines.ts'
import { mergePayload } from './merge-payload.ts'
import { LINES_FIELD, TOTAL_FIELD } from './plan-lines.ts'
import type { SummaryAt } from './summary-at.ts'
import type { SummaryLines } from './summary-lines.ts'
import { type SharedMember, shareAdvances } from './summary-shares.ts'

/** What Xero would refuse of the new lines, or compute otherwise (I11, R34). */
export function summaryVerdict(
  { input, context }: SummaryAt,
  of: { readonly source: SideView; readonly xero: SideView; readonly lines: SummaryLines },
): CheckVerdict {
  const after: Record<string, Value> = {}
  for (const rule of input.mapping.fields) after[rule.field] = rule.xero.read(of.xero, context)
  const linesAfter = of.lines.lines.map((line) => line.after)
  return input.mapping.check({ target: 'xero', source: of.source, targetView: of.xero, after, linesAfter }, context)
}

export interface SummaryUpdate {
  /** The members of today as one source. */
  readonly source: RemoteRecord
  readonly xero: RemoteRecord
  readonly changed: readonly SharedMember[]
  readonly lines: SummaryLines
  /** A rounding line, where there must be one. */
  readonly adjusted: ValueObject
}

/** One op for the complete list of lines; confirmed, it is what the books have of each member. */
export function draftSummary({ subject, input, context, rules: { title } }: SummaryAt, of: SummaryUpdate): OpDraft {
  const { source, xero, changed, adjusted } = of
  const { lines, removed } = of.lines
  const { lines: rules, total } = input.mapping
  const shown = (line: SummaryLines['lines'][number]) => rules?.toValue(line.after) ?? null
  const before = rules?.read({ side: 'xero', main: xero, primary: null, persons: [] }, context) ?? []
  const desired = lines.map((line) => line.desired)
  const payload = rules?.write('xero', { desired, removed }, context) ?? {}
  const read = changed.flatMap(({ member: { record } }) => record ?? [])
  const proven = lines.map(
    (line): ShadowAdvance => ({ ...refOf(source), field: lineShadowField(line.key), value: shown(line) }),
  )
  return {
    linkId: subject.linkId,
    ...refOf(xero),
    role: 'main',
    verb: 'update',
    title: title(subject.of),
    changes: [
      {
        field: LINES_FIELD,
        before: before.map((line) => rules?.toValue(line.value) ?? null),
        after: lines.map(shown),
        reason: 'changed',
      },
      { field: TOTAL_FIELD, before: total?.(xero) ?? null, after: total?.(source) ?? null, reason: 'changed' },
    ],
    payload: mergePayload(payload, adjusted),
    sourceShadow: [...shareAdvances(changed, input), ...proven],
    naturalKey: null,
    beforeVersion: xero.version,
    basis: [xero, ...read].map((record) => ({ ...refOf(record), version: record.version })),
    afterDrafts: [],
    phase: 'write',
  }
}
