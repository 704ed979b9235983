import type { FieldRule, LinkContext, WriteVerdict } from '../mapping/contract.ts'
import { otherSide, type Side } from '../model/side.ts'
import { sameValue, type Value } from '../model/value.ts'

/** How far one write may bring a field. */
export type Reach =
  | { readonly type: 'whole' }
  /** `value` is written now; `base` is what the source is remembered to have said, so that the rest is still a change. */
  | { readonly type: 'part'; readonly value: Value; readonly base: Value }
  | Extract<WriteVerdict, { readonly type: 'locked' }>

/** A status that the target reaches by steps (a quote: DRAFT, SENT, ACCEPTED): each plan takes the next one. */
export function reachOf(
  rule: FieldRule,
  to: { readonly target: Side; readonly wanted: Value; readonly present: Value },
  context: LinkContext,
): Reach {
  const step = rule[to.target].step?.(to.wanted, to.present)
  if (step === undefined) return { type: 'whole' }
  if (step.type === 'locked') return step
  if (sameValue(step.value, to.wanted)) return { type: 'whole' }
  const base = rule[otherSide(to.target)].accept(step.value, context)
  return { type: 'part', value: step.value, base: base.type === 'mapped' ? base.value : null }
}
