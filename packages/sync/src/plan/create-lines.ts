import type { Fault, LineValue, SideView } from '../mapping/contract.ts'
import type { FieldChange, ShadowAdvance } from '../model/op.ts'
import type { ValueObject } from '../model/value.ts'
import type { GatherAt } from './create-fields.ts'
import { LINES_FIELD, lineAdvances } from './plan-lines.ts'

export interface GatheredLines {
  readonly payload: ValueObject
  readonly after: readonly LineValue[] | null
  readonly change: readonly FieldChange[]
  readonly sourceShadow: readonly ShadowAdvance[]
  /** Every line that cannot be said on the other side, the same fault once. */
  readonly faults: readonly Fault[]
}

const NO_LINES: GatheredLines = { payload: {}, after: null, change: [], sourceShadow: [], faults: [] }

/** The lines of a new document, all of them new there. */
export function gatherLines(view: SideView, at: GatherAt): GatheredLines {
  const rules = at.input.mapping.lines
  if (rules === null) return NO_LINES
  const lines = rules.read(view, at.context)
  const after = []
  const faults = new Map<string, Fault>()
  for (const line of lines) {
    const accepted = rules.accept(at.target, line.value, at.context)
    if (accepted.type === 'mapped') after.push(accepted.value)
    else faults.set(accepted.detail, { code: accepted.code, detail: accepted.detail })
  }
  if (faults.size > 0) return { ...NO_LINES, faults: [...faults.values()] }
  const desired = after.map((value) => ({ existing: null, value }))
  return {
    payload: rules.write(at.target, { desired, removed: [], source: view }, at.context),
    after,
    change: [{ field: LINES_FIELD, before: [], after: after.map((line) => rules.toValue(line)), reason: 'create' }],
    sourceShadow: lineAdvances(
      { target: at.target, desired, sources: lines, elsewhere: new Set(), removed: [], after },
      view,
      at.input,
    ),
    faults: [],
  }
}
