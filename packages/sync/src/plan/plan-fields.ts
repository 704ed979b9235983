import type { FieldRule, LinkContext, SideView, WriteVerdict } from '../mapping/contract.ts'
import { WRITE } from '../mapping/verdicts.ts'
import type { Code } from '../model/codes.ts'
import { isDocument } from '../model/kind.ts'
import { type Link, mainPart, type ShadowField } from '../model/link.ts'
import type { ChangeReason, FieldChange, ShadowAdvance } from '../model/op.ts'
import type { NewConflict } from '../model/plan.ts'
import type { Side } from '../model/side.ts'
import { canonicalText, isBlank, type Value, type ValueObject } from '../model/value.ts'
import { refOf } from './draft.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { corresponds, type FieldConflict, type FieldVerdict, mergeField } from './merge-field.ts'
import { isBase, type KnownValue } from './settle.ts'
import { type Reach, reachOf } from './steps.ts'

/** One field that shall be written to one side. */
export interface FieldPatch {
  readonly rule: FieldRule
  readonly target: Side
  readonly change: FieldChange
  readonly payload: ValueObject
  readonly sourceShadow: readonly ShadowAdvance[]
}

export interface FieldsPlan {
  readonly patches: readonly FieldPatch[]
  /** Canonical values that are true now, per side, to advance shadows without a write. */
  readonly settled: readonly { readonly rule: FieldRule; readonly side: Side; readonly value: Value }[]
  readonly conflicts: readonly Omit<NewConflict, 'title'>[]
  readonly holds: readonly {
    readonly code: Code
    readonly detail: string
    readonly field: string
  }[]
  /** One-way fields that somebody changed on the side that only follows: told, and not absorbed into the shadow (R36). */
  readonly apart: readonly { readonly code: Code; readonly detail: string; readonly field: string }[]
  /** A field waits for a person (policy ask). */
  readonly hasOpenConflict: boolean
}

/** Merges every mapped field of a link (lines apart) and sorts the verdicts. */
export function planFields(subject: LinkSubject, input: PlanInput, context: LinkContext): FieldsPlan {
  const patches: FieldPatch[] = []
  const settled: FieldsPlan['settled'][number][] = []
  const conflicts: FieldsPlan['conflicts'][number][] = []
  const holds: FieldsPlan['holds'][number][] = []
  const apart: FieldsPlan['apart'][number][] = []
  const plan = { patches, settled, conflicts, holds, apart }
  let hasOpenConflict = false
  const isNext = isNextPrimary(subject, input)
  for (const one of input.mapping.fields) {
    const rule = isNext && one.zoho.role === 'primary' ? asAGroup(one) : withoutPrimary(one, subject, input)
    const zoho = rule.zoho.read(subject.zoho, context)
    const xero = rule.xero.read(subject.xero, context)
    const verdict = mergeField({
      rule,
      zoho,
      xero,
      zohoShadow: shadowOf(subject.link, { side: 'zoho', field: rule.field, generation: input.generation }),
      xeroShadow: shadowOf(subject.link, { side: 'xero', field: rule.field, generation: input.generation }),
      context,
      fingerprint: input.fingerprint,
      newer: newerSide(subject, input.ourZohoUserId),
      choice: subject.choices[rule.field],
    })
    const values = { zoho, xero }
    const conflict = conflictOf(verdict)
    if (conflict !== null) plan.conflicts.push({ linkId: subject.link.id, field: rule.field, ...values, ...conflict })
    const told = apartOf(rule, verdict, { ...values, context })
    if (told.type === 'locked') {
      plan.apart.push({ code: told.code, detail: told.detail, field: rule.field })
      continue
    }
    switch (verdict.type) {
      case 'unchanged':
        if (isStandingDifference(rule, { zoho, xero, context }) && !isDocument(subject.link.kind))
          plan.holds.push({ code: 'contentRefused', detail: standingDetail(values), field: rule.field })
        break
      case 'settle':
        for (const side of verdict.sides) plan.settled.push({ rule, side, value: values[side] })
        break
      case 'join':
        for (const patch of verdict.patches)
          plan.patches.push(fieldPatch(rule, { ...patch, reason: verdict.reason }, { subject, context, values }))
        break
      case 'ask':
        hasOpenConflict = true
        break
      case 'hold':
        plan.holds.push({ code: verdict.held.code, detail: verdict.held.detail, field: rule.field })
        break
      case 'patch': {
        const { target, after, before } = verdict
        const reach = reachOf(rule, { target, wanted: after, present: before }, context)
        if (reach.type === 'locked') plan.apart.push({ code: reach.code, detail: reach.detail, field: rule.field })
        else plan.patches.push(fieldPatch(rule, verdict, { subject, context, values, reach }))
        break
      }
    }
  }
  return { ...plan, hasOpenConflict }
}

/** Nothing is written for it, and the two do not say the same. */
function apartOf(
  rule: FieldRule,
  verdict: FieldVerdict,
  of: { readonly zoho: Value; readonly xero: Value; readonly context: LinkContext },
): WriteVerdict {
  const isAtRest = verdict.type === 'unchanged' || verdict.type === 'settle'
  if (rule.apart === undefined || !isAtRest || corresponds(rule, of)) return WRITE
  return rule.apart(of.zoho, of.xero)
}

/** Who the company's primary person was when both sides agreed, beside what that person said. */
export const PRIMARY_FIELD = '$primary'

/** Another person has taken the place of the one whom Xero names. */
function isNextPrimary({ link, zoho }: LinkSubject, input: PlanInput): boolean {
  const before = mainPart(link, 'zoho')?.shadow[PRIMARY_FIELD]
  return (
    zoho.primary !== null && before !== undefined && before.print !== input.fingerprint(canonicalText(zoho.primary.id))
  )
}

/** A person's fields move as one: what the next one leaves blank must not keep saying what the last one said. */
function asAGroup(rule: FieldRule): FieldRule {
  return rule.direction === 'both' ? { ...rule, blankErases: true, policy: 'zoho' } : rule
}

/** Whoever has become the primary is not one of the others as well, though Xero's list still says so. */
function withoutPrimary(rule: FieldRule, { zoho: { primary } }: LinkSubject, input: PlanInput): FieldRule {
  const { join } = rule
  const { persons } = input.mapping
  if (join === undefined || persons === null || primary === null) return rule
  return { ...rule, join: (of) => persons.without(join(of), primary) }
}

/** Where Xero is told of a person, it is this one from then on; where it needs no telling, it is now. */
export function primaryAdvance({ zoho }: LinkSubject): KnownValue | null {
  if (zoho.main === null || zoho.primary === null) return null
  return { ref: refOf(zoho.main), field: PRIMARY_FIELD, value: zoho.primary.id }
}

/**
 * Nobody has changed anything since the last write, and yet the two do not say the same: one side has not taken what it
 * was sent (an emptied line of an address, say). Blanks that stay and one-way fields are meant to differ.
 */
function isStandingDifference(
  rule: FieldRule,
  of: { readonly zoho: Value; readonly xero: Value; readonly context: LinkContext },
): boolean {
  return rule.direction === 'both' && !isBlank(of.zoho) && !isBlank(of.xero) && !corresponds(rule, of)
}

function standingDetail({ zoho, xero }: Readonly<Record<Side, Value>>): string {
  return `Written, but not taken over: Zoho says ${canonicalText(zoho)}, Xero says ${canonicalText(xero)}`
}

function conflictOf(verdict: FieldVerdict): FieldConflict | null {
  return verdict.type === 'patch' || verdict.type === 'ask' || verdict.type === 'join' ? verdict.conflict : null
}

function fieldPatch(
  rule: FieldRule,
  verdict: Pick<Extract<FieldVerdict, { readonly type: 'patch' }>, 'target' | 'before' | 'after' | 'reason'>,
  at: {
    readonly subject: LinkSubject
    readonly context: LinkContext
    readonly values: Readonly<Record<Side, Value>>
    readonly reach?: Exclude<Reach, { readonly type: 'locked' }>
  },
): FieldPatch {
  const { target } = verdict
  const source: Side = target === 'zoho' ? 'xero' : 'zoho'
  const record = at.subject[source].main
  const part = at.reach?.type === 'part' ? at.reach : null
  const after = part === null ? verdict.after : part.value
  const said = part === null ? at.values[source] : part.base
  return {
    rule,
    target,
    change: { field: rule.field, before: verdict.before, after, reason: reasonOf(rule, part, verdict) },
    payload: rule[target].write(after, at.subject[target], at.context),
    sourceShadow:
      record === null
        ? []
        : [{ ...refOf(record), field: rule.field, value: said }, ...primaryOf(rule, target, at.subject)],
  }
}

/** What only repeats the other side (ids, numbers, amounts) is nobody's edit: no rail counts it, nothing is overwritten. */
function reasonOf(rule: FieldRule, part: object | null, { reason }: { readonly reason: ChangeReason }): ChangeReason {
  if (part !== null) return 'step'
  return rule.isCrossReference ? 'crossReference' : reason
}

function primaryOf(rule: FieldRule, target: Side, subject: LinkSubject): readonly ShadowAdvance[] {
  const primary = rule.zoho.role === 'primary' && target === 'xero' ? primaryAdvance(subject) : null
  return primary === null ? [] : [{ ...primary.ref, field: primary.field, value: primary.value }]
}

/**
 * What a company's people said is remembered on the company itself: when the primary person goes and another takes the
 * place, the fields of the primary have changed like any other; on the person they would have left with it.
 */
function shadowOf(
  link: Link,
  of: { readonly side: Side; readonly field: string; readonly generation: number },
): ShadowField | undefined {
  const shadow = link.generation === of.generation ? mainPart(link, of.side)?.shadow[of.field] : undefined
  return shadow !== undefined && isBase(shadow) ? shadow : undefined
}

/** Versions must differ by more than this for `newest` to mean anything: two clocks are compared (design section 4). */
export const NEWEST_MARGIN_MS = 120_000

function newerSide(subject: LinkSubject, ourZohoUserId: string): Side | null {
  const zoho = latest(subject.zoho)
  const xero = latest(subject.xero)
  if (zoho === undefined || xero === undefined || zoho.modifiedBy === ourZohoUserId) return null
  const difference = Date.parse(zoho.version) - Date.parse(xero.version)
  if (Math.abs(difference) <= NEWEST_MARGIN_MS) return null
  return difference > 0 ? 'zoho' : 'xero'
}

function latest(view: SideView) {
  return [view.main, view.primary, ...view.persons]
    .filter((record) => record !== null)
    .sort((a, b) => (a.version < b.version ? 1 : -1))[0]
}
