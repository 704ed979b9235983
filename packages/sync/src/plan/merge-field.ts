import type { FieldRule, LinkContext, Mapped } from '../mapping/contract.ts'
import type { ShadowField } from '../model/link.ts'
import type { ChangeReason } from '../model/op.ts'
import { otherSide, SIDES, type Side } from '../model/side.ts'
import { canonicalText, isBlank, sameValue, type Value } from '../model/value.ts'

/** What merging one field decided. `settle` advances shadows without a write; `patch` writes to `target`. */
export type FieldVerdict =
  | { readonly type: 'unchanged' }
  | { readonly type: 'settle'; readonly sides: readonly Side[] }
  | {
      readonly type: 'patch'
      readonly target: Side
      readonly before: Value
      readonly after: Value
      readonly reason: ChangeReason
      readonly conflict: FieldConflict | null
    }
  /** A list becomes one list of both; `patches` are the sides that lack some of it. */
  | {
      readonly type: 'join'
      readonly patches: readonly { readonly target: Side; readonly before: Value; readonly after: Value }[]
      readonly reason: ChangeReason
      readonly conflict: FieldConflict | null
    }
  | { readonly type: 'ask'; readonly conflict: FieldConflict }
  | { readonly type: 'hold'; readonly held: Extract<Mapped<Value>, { readonly type: 'hold' }>; readonly target: Side }

export interface FieldConflict {
  readonly base: Value
  readonly winner: Side | null
  readonly policy: string
}

export interface FieldInput {
  readonly rule: FieldRule
  readonly zoho: Value
  readonly xero: Value
  /** undefined: no base on that side (first link, new generation, field added). */
  readonly zohoShadow: ShadowField | undefined
  readonly xeroShadow: ShadowField | undefined
  readonly context: LinkContext
  readonly fingerprint: (text: string) => string
  /** The side whose edit is certainly later; null when clocks cannot tell (design section 4, `newest`). */
  readonly newer: Side | null
  /** A person's choice for this field's open conflict. */
  readonly choice: Side | undefined
}

/** The three-way merge of one field (design section 4, plan). */
export function mergeField(input: FieldInput): FieldVerdict {
  const { rule, zoho, xero, zohoShadow, xeroShadow } = input
  if (zohoShadow === undefined || xeroShadow === undefined) return mergeWithoutBase(input)
  const zohoChanged = input.fingerprint(canonicalText(zoho)) !== zohoShadow.print
  const xeroChanged = input.fingerprint(canonicalText(xero)) !== xeroShadow.print
  if (!zohoChanged && !xeroChanged) return { type: 'unchanged' }
  if (corresponds(rule, input)) return { type: 'settle', sides: ['zoho', 'xero'] }
  if (zohoChanged && xeroChanged) return mergeConflict(input, zohoShadow)
  return flow(input, zohoChanged ? 'zoho' : 'xero', { reason: 'changed', conflict: null })
}

export function corresponds(rule: FieldRule, input: Pick<FieldInput, 'zoho' | 'xero' | 'context'>): boolean {
  const { zoho, xero, context } = input
  if (rule.corresponds !== undefined) return rule.corresponds(zoho, xero, context)
  if (isBlank(zoho) && isBlank(xero)) return true
  if (rule.direction !== 'xeroToZoho') {
    const onXero = rule.xero.accept(zoho, context)
    if (onXero.type === 'mapped' && sameValue(onXero.value, xero)) return true
  }
  if (rule.direction === 'zohoToXero') return false
  const onZoho = rule.zoho.accept(xero, context)
  return onZoho.type === 'mapped' && sameValue(onZoho.value, zoho)
}

/** A link without a base: equal is baseline, blank is filled, different goes by the first-link policy. */
function mergeWithoutBase(input: FieldInput): FieldVerdict {
  const { rule, zoho, xero, context } = input
  if (corresponds(rule, input)) return { type: 'settle', sides: ['zoho', 'xero'] }
  if (rule.join !== undefined && rule.direction === 'both' && input.choice === undefined) {
    const winner = ownerOf(rule, context.settings.firstLinkWinner)
    const isFill = isBlank(xero) || isBlank(zoho)
    return joinLists(input, {
      join: rule.join,
      winner,
      reason: isFill ? 'fill' : 'firstLink',
      conflict: isFill ? null : { base: null, winner, policy: 'firstLink' },
    })
  }
  if (isBlank(xero) || isBlank(zoho)) {
    const source: Side = isBlank(xero) ? 'zoho' : 'xero'
    // A blank that may not be filled is the base too: with half a base the first edit later would look like a conflict.
    if (!mayFlow(rule, source))
      return { type: 'settle', sides: isAbsorbed(rule) ? ['zoho', 'xero'] : [otherSide(source)] }
    return flow(input, source, { reason: rule.isCrossReference ? 'crossReference' : 'fill', conflict: null })
  }
  const owner = decidedBy(input) ?? ownerOf(rule, context.settings.firstLinkWinner)
  const winner = input.choice ?? owner
  const conflict = { base: null, winner, policy: 'firstLink' }
  return flow(input, winner, { reason: 'firstLink', conflict: rule.isCrossReference ? null : conflict })
}

/** Both sides changed one field differently: the policy decides, and always leaves a conflict row (I3). */
function mergeConflict(input: FieldInput, zohoShadow: ShadowField): FieldVerdict {
  const { rule, context } = input
  const base = zohoShadow.value
  if (input.choice !== undefined) {
    return flow(input, input.choice, {
      reason: 'conflictWon',
      conflict: { base, winner: input.choice, policy: 'person' },
    })
  }
  if (rule.direction === 'both' && rule.policy === 'ask') {
    return { type: 'ask', conflict: { base, winner: null, policy: 'ask' } }
  }
  const chosen = decidedBy(input) ?? winnerOf(rule, input.newer, context.settings.firstLinkWinner)
  if (rule.join !== undefined && rule.direction === 'both')
    return joinLists(input, {
      join: rule.join,
      winner: chosen,
      reason: 'conflictWon',
      conflict: { base, winner: chosen, policy: rule.policy },
    })
  // Blank never erases: what the other side was edited to flows instead, or it would stay there unseen.
  const winner = isKept(input, chosen) ? otherSide(chosen) : chosen
  if (!mayFlow(rule, winner)) return { type: 'settle', sides: isAbsorbed(rule) ? ['zoho', 'xero'] : [chosen] }
  return flow(input, winner, { reason: 'conflictWon', conflict: { base, winner, policy: rule.policy } })
}

interface Joining {
  readonly join: NonNullable<FieldRule['join']>
  readonly winner: Side
  readonly reason: ChangeReason
  readonly conflict: FieldConflict | null
}

function joinLists(input: FieldInput, { join, winner, reason, conflict }: Joining): FieldVerdict {
  const { rule, zoho, xero, context } = input
  const joined = join({ zoho, xero, base: conflict?.base ?? null, winner })
  const patches: { target: Side; before: Value; after: Value }[] = []
  for (const target of SIDES) {
    const accepted = rule[target].accept(joined, context)
    if (accepted.type === 'hold') return { type: 'hold', held: accepted, target }
    if (!sameValue(accepted.value, input[target]))
      patches.push({ target, before: input[target], after: accepted.value })
  }
  return patches.length === 0 ? { type: 'settle', sides: SIDES } : { type: 'join', patches, reason, conflict }
}

/**
 * Is what somebody typed on the side that only follows taken for the base? Not where the rule tells of it, or leaves it
 * standing beside a blank: what the owner types later replaces a person's word, and a row must keep that (I3).
 */
function isAbsorbed(rule: FieldRule): boolean {
  return rule.apart === undefined
}

function mayFlow(rule: FieldRule, source: Side): boolean {
  return rule.direction === 'both' || rule.direction === (source === 'zoho' ? 'zohoToXero' : 'xeroToZoho')
}

/** A blank that does not erase the other side; a person who chose the blank side means it. */
function isKept(input: FieldInput, source: Side): boolean {
  return isBlank(input[source]) && !input.rule.blankErases && input.choice !== source
}

/** Where the values themselves say who wins. A field that goes one way has its owner already. */
function decidedBy({ rule, zoho, xero }: FieldInput): Side | undefined {
  return rule.direction === 'both' ? rule.winner?.(zoho, xero) : undefined
}

function winnerOf(rule: FieldRule, newer: Side | null, fallback: Side): Side {
  if (rule.direction !== 'both') return ownerOf(rule, fallback)
  switch (rule.policy) {
    case 'zoho':
    case 'xero':
      return rule.policy
    case 'newest':
      return newer ?? fallback
    case 'ask':
      return fallback
  }
}

function ownerOf(rule: FieldRule, fallback: Side): Side {
  switch (rule.direction) {
    case 'zohoToXero':
      return 'zoho'
    case 'xeroToZoho':
      return 'xero'
    case 'both':
      return rule.policy === 'zoho' || rule.policy === 'xero' ? rule.policy : fallback
  }
}

const CROSS_REFERENCE = { reason: 'crossReference', conflict: null } as const

/** Carries `source`'s value over, unless the field's direction or the blank rule keeps it where it is. */
function flow(
  input: FieldInput,
  source: Side,
  why: { readonly reason: ChangeReason; readonly conflict: FieldConflict | null },
): FieldVerdict {
  const { rule, context } = input
  const value = source === 'zoho' ? input.zoho : input.xero
  const before = source === 'zoho' ? input.xero : input.zoho
  const target = otherSide(source)
  // Ours on the CRM record, and a mirror: a person's slip, or a write of ours that came late, is put right (R05).
  if (!mayFlow(rule, source) && rule.isCrossReference) return flow(input, target, CROSS_REFERENCE)
  if (!mayFlow(rule, source) && !isAbsorbed(rule)) return { type: 'unchanged' }
  if (!mayFlow(rule, source) || isKept(input, source)) return { type: 'settle', sides: [source] }
  const accepted = rule[target].accept(value, context)
  if (accepted.type === 'hold') return { type: 'hold', held: accepted, target }
  if (sameValue(accepted.value, before)) return { type: 'settle', sides: ['zoho', 'xero'] }
  return { type: 'patch', target, before, after: accepted.value, ...why }
}
