import type { DesiredLine, LineRules, LineValue, LinkContext, Mapped, SideLine } from '../mapping/contract.ts'
import type { LinePair, Shadow } from '../model/link.ts'
import { otherSide, type Side } from '../model/side.ts'
import { canonicalText } from '../model/value.ts'

/** The shadow field of one line: `line:<row or line id>` on its own side's main part. */
export function lineShadowField(lineId: string): string {
  return `line:${lineId}`
}

export interface LinesInput {
  readonly rules: LineRules
  readonly zoho: readonly SideLine[]
  readonly xero: readonly SideLine[]
  readonly pairs: readonly LinePair[]
  readonly shadows: Readonly<Record<Side, Shadow>>
  readonly context: LinkContext
  readonly fingerprint: (text: string) => string
  /** Wins where both sides changed the same line, or where a first link finds different lists. */
  readonly winner: Side
}

/** A pair with what became of it. One of the lines may be missing: it was removed there, or never existed. */
interface Strand {
  readonly zoho: SideLine | null
  readonly xero: SideLine | null
  readonly zohoChanged: boolean
  readonly xeroChanged: boolean
  readonly isPaired: boolean
}

export type LinesVerdict =
  /** Every line corresponds; `pairs` is complete. */
  | { readonly type: 'corresponds'; readonly pairs: readonly LinePair[] }
  | {
      readonly type: 'patch'
      readonly targets: readonly LinesPatch[]
      /** Pairs that stay or became known without a write. */
      readonly pairs: readonly LinePair[]
      readonly conflicts: readonly {
        readonly zoho: SideLine | null
        readonly xero: SideLine | null
        readonly winner: Side
      }[]
    }
  | {
      readonly type: 'hold'
      readonly held: Extract<Mapped<LineValue>, { readonly type: 'hold' }>
      readonly target: Side
    }

/** The complete list that one side shall have, with the source line that stands behind each, in order. */
export interface LinesPatch {
  readonly target: Side
  readonly desired: readonly DesiredLine[]
  readonly sources: readonly (SideLine | null)[]
  /** Ids of source lines whose counterpart the other patch of this plan carries the other way: this one proves nothing of them. */
  readonly elsewhere: ReadonlySet<string>
  readonly removed: readonly SideLine[]
  /** Line values in the target's form after the write, for totals and previews. */
  readonly after: readonly LineValue[]
}

/** Merges the two line lists per line through the stored pairs (design section 4). */
export function mergeLines(input: LinesInput): LinesVerdict {
  const strands = strandsOf(input)
  const changedTargets = new Set<Side>()
  const decisions: { strand: Strand; source: Side | null; isRemoved: boolean }[] = []
  const conflicts: { zoho: SideLine | null; xero: SideLine | null; winner: Side }[] = []
  for (const strand of strands) {
    const decision = decide(strand, input)
    if (decision.isConflict)
      conflicts.push({ zoho: strand.zoho, xero: strand.xero, winner: decision.source ?? input.winner })
    decisions.push({ strand, source: decision.source, isRemoved: decision.isRemoved })
    if (decision.source !== null) changedTargets.add(otherSide(decision.source))
  }
  const pairs = strands.flatMap((strand) =>
    strand.zoho !== null && strand.xero !== null ? [{ zohoRowId: strand.zoho.id, xeroLineId: strand.xero.id }] : [],
  )
  if (changedTargets.size === 0) return { type: 'corresponds', pairs }
  const targets: LinesPatch[] = []
  for (const target of changedTargets) {
    const patch = patchFor(target, decisions, input)
    if (patch.type === 'hold') return { type: 'hold', held: patch, target }
    targets.push(patch.value)
  }
  return { type: 'patch', targets, pairs, conflicts }
}

/** Pairs by id first, then unpaired lines that correspond in order; without any base, what is left pairs by position. */
function strandsOf(input: LinesInput): readonly Strand[] {
  const zohoLeft = new Map(input.zoho.map((line) => [line.id, line]))
  const xeroLeft = new Map(input.xero.map((line) => [line.id, line]))
  const strands: Strand[] = []
  const join = (zoho: SideLine | null, xero: SideLine | null, isPaired: boolean) => {
    if (zoho !== null) zohoLeft.delete(zoho.id)
    if (xero !== null) xeroLeft.delete(xero.id)
    strands.push({
      zoho,
      xero,
      isPaired,
      zohoChanged: zoho !== null && hasChanged(zoho, 'zoho', input),
      xeroChanged: xero !== null && hasChanged(xero, 'xero', input),
    })
  }
  for (const pair of input.pairs) {
    const zoho = zohoLeft.get(pair.zohoRowId) ?? null
    const xero = xeroLeft.get(pair.xeroLineId) ?? null
    if (zoho !== null || xero !== null) join(zoho, xero, true)
  }
  for (const zoho of [...zohoLeft.values()]) {
    const twin = [...xeroLeft.values()].find((xero) => input.rules.corresponds(zoho.value, xero.value, input.context))
    if (twin !== undefined) join(zoho, twin, false)
  }
  if (input.pairs.length === 0) {
    const xeroRest = [...xeroLeft.values()]
    for (const [index, zoho] of [...zohoLeft.values()].entries()) join(zoho, xeroRest[index] ?? null, false)
  }
  for (const zoho of [...zohoLeft.values()]) join(zoho, null, false)
  for (const xero of [...xeroLeft.values()]) join(null, xero, false)
  return strands
}

function hasChanged(line: SideLine, side: Side, input: LinesInput): boolean {
  const shadow = input.shadows[side][lineShadowField(line.id)]
  return shadow === undefined || shadow.print !== input.fingerprint(canonicalText(input.rules.toValue(line.value)))
}

interface LineDecision {
  /** The side whose line is carried over; null when nothing moves. */
  readonly source: Side | null
  readonly isRemoved: boolean
  readonly isConflict: boolean
}

const STAYS: LineDecision = { source: null, isRemoved: false, isConflict: false }

function decide(strand: Strand, input: LinesInput): LineDecision {
  const { zoho, xero } = strand
  if (zoho !== null && xero !== null) {
    if (input.rules.corresponds(zoho.value, xero.value, input.context)) return STAYS
    if (strand.isPaired && strand.zohoChanged !== strand.xeroChanged) {
      return { source: strand.zohoChanged ? 'zoho' : 'xero', isRemoved: false, isConflict: false }
    }
    if (strand.isPaired && !strand.zohoChanged && !strand.xeroChanged) return STAYS
    return { source: input.winner, isRemoved: false, isConflict: true }
  }
  const present: Side = zoho !== null ? 'zoho' : 'xero'
  const absent = otherSide(present)
  if (!strand.isPaired) {
    // Without a base the winner's list is the list; with one, an unpaired line is an addition.
    if (input.pairs.length > 0) return { source: present, isRemoved: false, isConflict: false }
    // A line that goes for want of a base may be what somebody typed there: a row keeps it (I3).
    const isRemoved = input.winner === absent
    return { source: input.winner, isRemoved, isConflict: isRemoved }
  }
  const wasEdited = present === 'zoho' ? strand.zohoChanged : strand.xeroChanged
  // Edit beats delete: the edited line comes back on the other side, and both are told.
  if (wasEdited) return { source: present, isRemoved: false, isConflict: true }
  return { source: absent, isRemoved: true, isConflict: false }
}

function patchFor(
  target: Side,
  decisions: readonly { strand: Strand; source: Side | null; isRemoved: boolean }[],
  input: LinesInput,
): Mapped<LinesPatch> {
  const rows: { existing: SideLine | null; value: LineValue | null; source: SideLine | null; after: LineValue }[] = []
  const removed: SideLine[] = []
  const elsewhere = new Set<string>()
  for (const { strand, source, isRemoved } of decisions) {
    const existing = strand[target]
    const opposite = strand[otherSide(target)]
    const isCarried = source === otherSide(target)
    if (isCarried && isRemoved) {
      if (existing !== null) removed.push(existing)
      continue
    }
    if (isCarried && opposite !== null) {
      const accepted = input.rules.accept(target, opposite.value, input.context)
      if (accepted.type === 'hold') return accepted
      rows.push({ existing, value: accepted.value, source: opposite, after: accepted.value })
    } else if (existing !== null) {
      if (source === target && isRemoved) continue
      if (source === target && opposite !== null) elsewhere.add(opposite.id)
      rows.push({ existing, value: null, source: opposite, after: existing.value })
    }
  }
  // Lines keep their places; what is new comes last, in the source's order.
  const place = new Map(input[target].map((line, index) => [line.id, index]))
  const placeOf = (line: SideLine | null) => (line === null ? input[target].length : (place.get(line.id) ?? 0))
  rows.sort((left, right) => placeOf(left.existing) - placeOf(right.existing))
  return {
    type: 'mapped',
    value: {
      target,
      desired: rows.map(({ existing, value }) => ({ existing, value })),
      sources: rows.map(({ source }) => source),
      elsewhere,
      removed,
      after: rows.map(({ after }) => after),
    },
  }
}
