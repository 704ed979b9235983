import type { Fault, FieldRule, LinkContext, SideView } from '../mapping/contract.ts'
import type { FieldChange, ShadowAdvance } from '../model/op.ts'
import { otherSide, type Side } from '../model/side.ts'
import { isBlank, type Value, type ValueObject } from '../model/value.ts'
import { refOf } from './draft.ts'
import type { PlanInput } from './input.ts'
import { PRIMARY_FIELD } from './plan-fields.ts'

interface GatheredField {
  readonly rule: FieldRule
  readonly change: FieldChange
  readonly payload: ValueObject
  readonly sourceShadow: readonly ShadowAdvance[]
}

export interface GatheredFields {
  readonly main: readonly GatheredField[]
  readonly primary: readonly GatheredField[]
  /** The persons group in the target's form, where the target keeps persons as records. */
  readonly persons: Value
  /** What the last of the persons proves. */
  readonly group: readonly ShadowAdvance[]
  readonly after: Readonly<Record<string, Value>>
  /** Source values of every rule, blank ones too: they are the base from now on. */
  readonly baseline: readonly ShadowAdvance[]
  /** Every field that cannot be said on the other side: a person is told of all at once. */
  readonly faults: readonly Fault[]
}

/** Where the fields and lines of a new partner go. */
export interface GatherAt {
  readonly input: PlanInput
  readonly context: LinkContext
  readonly target: Side
}

/** The fields of a new partner, by the record that each goes to there. */
export function gatherFields(view: SideView, at: GatherAt): GatheredFields {
  const main: GatheredField[] = []
  const primary: GatheredField[] = []
  const after: Record<string, Value> = {}
  const baseline: ShadowAdvance[] = []
  const group: ShadowAdvance[] = []
  const faults: Fault[] = []
  let persons: Value = []
  const source = otherSide(at.target)
  const flow = source === 'zoho' ? 'zohoToXero' : 'xeroToZoho'
  if (view.main !== null && view.primary !== null)
    baseline.push({ ...refOf(view.main), field: PRIMARY_FIELD, value: view.primary.id })
  for (const rule of at.input.mapping.fields) {
    const value = rule[source].read(view, at.context)
    const record = view.main
    // Cross-references get their base from their own write-back.
    // What becomes a record of its own there (a person) gets its base from that record's op.
    const isOwnRecord = rule[at.target].role !== 'main' && !isBlank(value)
    if (record !== null && !isOwnRecord && (!rule.isCrossReference || source === 'xero'))
      baseline.push({ ...refOf(record), field: rule.field, value })
    if (rule.direction !== 'both' && rule.direction !== flow) continue
    const accepted = rule[at.target].accept(value, at.context)
    if (accepted.type === 'hold') {
      faults.push({ code: accepted.code, detail: `${rule.field}: ${accepted.detail}` })
      continue
    }
    if (isBlank(accepted.value)) continue
    after[rule.field] = accepted.value
    const field = {
      rule,
      change: { field: rule.field, before: null, after: accepted.value, reason: 'create' as const },
      payload: rule[at.target].write(accepted.value, emptyView(at.target), at.context),
      sourceShadow: record === null ? [] : [{ ...refOf(record), field: rule.field, value }],
    }
    switch (rule[at.target].role) {
      case 'main':
        main.push(field)
        break
      case 'primary':
        primary.push(field)
        break
      case 'person':
        persons = accepted.value
        group.push(...field.sourceShadow)
        break
    }
  }
  return { main, primary, persons, group, after, baseline, faults }
}

/** What the target has before the create: nothing. */
export function emptyView(side: Side): SideView {
  return { side, main: null, primary: null, persons: [] }
}
