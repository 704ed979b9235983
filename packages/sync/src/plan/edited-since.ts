import type { FieldRule, LinkContext, SideView } from '../mapping/contract.ts'
import { type Link, mainPart, type ShadowField } from '../model/link.ts'
import { otherSide, type Side } from '../model/side.ts'
import { canonicalText, isBlank } from '../model/value.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { corresponds } from './merge-field.ts'
import { lineShadowField } from './merge-lines.ts'
import { LINES_FIELD } from './plan-lines.ts'
import { isBase } from './settle.ts'

/** Names of what was changed there since both sides were last in step: the other side has not seen it (R12c). */
export function editedSince(subject: LinkSubject, side: Side, input: PlanInput): readonly string[] {
  const context: LinkContext = { ...input.context, linkId: subject.link.id }
  return [
    ...editedFields(subject, side, { input, context }),
    ...(hasEditedLines({ link: subject.link, view: subject[side], input, context }) ? [LINES_FIELD] : []),
  ]
}

/** What is needed to tell a record from what it said at the last sync. */
export interface Base {
  readonly link: Link
  readonly view: SideView
  readonly input: Pick<PlanInput, 'mapping' | 'fingerprint'>
  readonly context: LinkContext
}

/** Does it still say all that it said when both sides were last in step? What was never compared is not asked for. */
export function saysAsBefore(base: Base): boolean {
  const { input, view, context } = base
  const shadow = mainPart(base.link, view.side)?.shadow ?? {}
  const isChanged = input.mapping.fields.some((rule) => {
    if (!isWritten(rule, view.side) || rule[view.side].role !== 'main') return false
    const known = shadow[rule.field]
    if (known === undefined || !isBase(known)) return false
    return !isSaid(known, input.fingerprint(canonicalText(rule[view.side].read(view, context))))
  })
  return !isChanged && !hasEditedLines(base)
}

interface At {
  readonly input: PlanInput
  readonly context: LinkContext
}

/**
 * Fields that do not say what they said at the last sync. What has no base, because it was never compared or the mapping
 * has changed since, may be anybody's edit: unless it says what the other side says, a person has to look.
 */
function editedFields(subject: LinkSubject, side: Side, { input, context }: At): readonly string[] {
  const shadow = mainPart(subject.link, side)?.shadow ?? {}
  return input.mapping.fields.flatMap((rule) => {
    if (!isWritten(rule, side) || rule[side].role !== 'main') return []
    const value = rule[side].read(subject[side], context)
    const base = shadow[rule.field]
    if (base !== undefined && isBase(base))
      return input.fingerprint(canonicalText(value)) === base.print ? [] : [rule.field]
    if (rule.direction !== 'both' || isBlank(value)) return []
    const other = otherSide(side)
    const partner = subject[other].main === null ? null : rule[other].read(subject[other], context)
    const values = side === 'zoho' ? { zoho: value, xero: partner } : { zoho: partner, xero: value }
    return partner !== null && corresponds(rule, { ...values, context }) ? [] : [rule.field]
  })
}

/** Does an edit made on this side go to the other, or stand against what is written in the CRM? */
function isWritten({ direction, isCrossReference }: FieldRule, side: Side): boolean {
  return direction === 'both' || (side === 'xero' && direction === 'zohoToXero' && !isCrossReference)
}

/** A line that says something else than when it was compared, that came since or was never compared, or that was taken away. */
function hasEditedLines({ link, view, input, context }: Base): boolean {
  const rules = input.mapping.lines
  const { side } = view
  if (rules === null || view.main?.hasLines !== true) return false
  const shadow = mainPart(link, side)?.shadow ?? {}
  const lines = rules.read(view, context)
  const left = new Set(lines.map(({ id }) => id))
  const paired = new Set(link.lines.map((pair) => (side === 'zoho' ? pair.zohoRowId : pair.xeroLineId)))
  const isChanged = lines.some(({ id, value }) => {
    return (
      !paired.has(id) || !isSaid(shadow[lineShadowField(id)], input.fingerprint(canonicalText(rules.toValue(value))))
    )
  })
  return isChanged || [...paired].some((id) => !left.has(id))
}

/** What it said, or what a write of ours that had no answer has made it say: nobody's edit. */
function isSaid(known: ShadowField | undefined, print: string): boolean {
  return known?.print === print || (known?.doubt?.role === 'written' && known.doubt.print === print)
}
