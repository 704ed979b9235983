import type { Fault, FieldRule, LinkContext, Mapped, SideView } from '../mapping/contract.ts'
import type { FieldChange, ShadowAdvance } from '../model/op.ts'
import { otherSide, type Side } from '../model/side.ts'
import { isBlank, type Value, type ValueObject } from '../model/value.ts'
import { refOf } from './draft.ts'
import type { PlanInput } from './input.ts'
import { PRIMARY_FIELD } from './plan-fields.ts'
import { reachOf } from './steps.ts'

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
    const note = (said: Value) => {
      if (record !== null && !isOwnRecord && (!rule.isCrossReference || source === 'xero'))
        baseline.push({ ...refOf(record), field: rule.field, value: said })
    }
    if (rule.direction !== 'both' && rule.direction !== flow) {
      note(value)
      continue
    }
    const taken = takenOver(rule, value, at)
    if (taken.type === 'hold') {
      faults.push({ code: taken.code, detail: `${rule.field}: ${taken.detail}` })
      continue
    }
    const { written, said, reason } = taken
    note(said)
    if (isBlank(written)) continue
    after[rule.field] = written
    const field = {
      rule,
      change: { field: rule.field, before: null, after: written, reason },
      payload: rule[at.target].write(written, emptyView(at.target), at.context),
      sourceShadow: record === null ? [] : [{ ...refOf(record), field: rule.field, value: said }],
    }
    switch (rule[at.target].role) {
      case 'main':
        main.push(field)
        break
      case 'primary':
        primary.push(field)
        break
      case 'person':
        persons = written
        group.push(...field.sourceShadow)
        break
    }
  }
  return { main, primary, persons, group, after, baseline, faults }
}

type TakenOver =
  | {
      readonly type: 'taken'
      readonly written: Value
      /** What the source is remembered to have said. */
      readonly said: Value
      readonly reason: 'create' | 'step'
    }
  | Extract<Mapped<Value>, { readonly type: 'hold' }>

function takenOver(rule: FieldRule, value: Value, { target, context }: GatherAt): TakenOver {
  const accepted = rule[target].accept(value, context)
  if (accepted.type === 'hold') return accepted
  const reach = reachOf(rule, { target, wanted: accepted.value, present: null }, context)
  switch (reach.type) {
    case 'whole':
      return { type: 'taken', written: accepted.value, said: value, reason: 'create' }
    case 'part':
      return { type: 'taken', written: reach.value, said: reach.base, reason: 'step' }
    case 'locked':
      return { type: 'hold', code: reach.code, detail: reach.detail }
  }
}

/** What the target has before the create: nothing. */
export function emptyView(side: Side): SideView {
  return { side, main: null, primary: null, persons: [] }
}
