import type { LinkContext, SideLine, SideView } from '../mapping/contract.ts'
import { type LinePair, mainPart } from '../model/link.ts'
import type { ShadowAdvance } from '../model/op.ts'
import type { NewConflict } from '../model/plan.ts'
import type { RemoteRecord } from '../model/record.ts'
import { otherSide, SIDES, type Side } from '../model/side.ts'
import type { Value } from '../model/value.ts'
import { refOf } from './draft.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { type LinesPatch, type LinesVerdict, lineShadowField, mergeLines } from './merge-lines.ts'
import type { KnownValue } from './settle.ts'

/** The field name under which the line list appears in previews, policies and locks. */
export const LINES_FIELD = 'lines'

/** Shown beside changed lines: the total that the target must come to. No rule writes it. */
export const TOTAL_FIELD = 'total'
/** Shadow of what a Zoho document came to when its lines were last compared, or must come to by our own write. */
export const KNOWN_TOTAL_FIELD = '$total'
/**
 * Shadow of what a document came to when both sides agreed, on each of them. It may come to something else with no
 * mapped field or line changed (an Adjustment, a tax typed over), or from the first answer on: then it is planned (I11).
 */
export const AGREED_TOTAL_FIELD = '$agreed'

export type LinesPlan =
  | { readonly type: 'none' }
  | { readonly type: 'compared'; readonly pairs: readonly LinePair[]; readonly known: readonly KnownValue[] }
  | {
      readonly type: 'patch'
      readonly targets: readonly LinesPatch[]
      readonly pairs: readonly LinePair[]
      readonly known: readonly KnownValue[]
      readonly conflicts: readonly Omit<NewConflict, 'title'>[]
    }
  | Extract<LinesVerdict, { readonly type: 'hold' }>

/** Compares and merges the lines of a link, unless the rows read carry none. */
export function planLines(subject: LinkSubject, input: PlanInput, context: LinkContext): LinesPlan {
  const rules = input.mapping.lines
  if (rules === null || !subject.zoho.main?.hasLines || !subject.xero.main?.hasLines) return { type: 'none' }
  const lines = { zoho: rules.read(subject.zoho, context), xero: rules.read(subject.xero, context) }
  const isKnownGeneration = subject.link.generation === input.generation
  const verdict = mergeLines({
    rules,
    ...lines,
    pairs: isKnownGeneration ? subject.link.lines : [],
    shadows: {
      zoho: isKnownGeneration ? (mainPart(subject.link, 'zoho')?.shadow ?? {}) : {},
      xero: isKnownGeneration ? (mainPart(subject.link, 'xero')?.shadow ?? {}) : {},
    },
    context,
    fingerprint: input.fingerprint,
    winner: linesWinner(subject, context, rules.owner),
  })
  if (verdict.type === 'hold') return verdict
  const pairedIds = {
    zoho: new Set(verdict.pairs.map((pair) => pair.zohoRowId)),
    xero: new Set(verdict.pairs.map((pair) => pair.xeroLineId)),
  }
  if (verdict.type === 'corresponds') {
    const known = SIDES.flatMap((side) => knownLines(side, subject, lines[side], { input, ids: pairedIds[side] }))
    return { type: 'compared', pairs: verdict.pairs, known }
  }
  const conflicts = verdict.conflicts.map((conflict) => ({
    linkId: subject.link.id,
    field: LINES_FIELD,
    base: null,
    zoho: conflict.zoho === null ? null : rules.toValue(conflict.zoho.value),
    xero: conflict.xero === null ? null : rules.toValue(conflict.xero.value),
    winner: conflict.winner,
    policy: isKnownGeneration && subject.link.lines.length > 0 ? 'xero' : 'firstLink',
  }))
  return { type: 'patch', targets: verdict.targets, pairs: verdict.pairs, known: [], conflicts }
}

function linesWinner(subject: LinkSubject, context: LinkContext, owner: Side | undefined): Side {
  if (owner !== undefined) return owner
  const choice = subject.choices[LINES_FIELD]
  if (choice !== undefined) return choice
  const policy = context.settings.fieldPolicies[`${subject.link.kind}.${LINES_FIELD}`]?.policy
  if (policy === 'zoho' || policy === 'xero') return policy
  return subject.link.lines.length > 0 ? 'xero' : context.settings.firstLinkWinner
}

function knownLines(
  side: Side,
  subject: LinkSubject,
  lines: readonly SideLine[],
  at: { readonly input: PlanInput; readonly ids: ReadonlySet<string> },
): readonly KnownValue[] {
  const main = subject[side].main
  const rules = at.input.mapping.lines
  if (main === null || rules === null) return []
  const known = lines
    .filter((line) => at.ids.has(line.id))
    .map((line) => ({ ref: refOf(main), field: lineShadowField(line.id), value: rules.toValue(line.value) }))
  if (side === 'xero') return known
  return [...known, { ref: refOf(main), field: KNOWN_TOTAL_FIELD, value: at.input.mapping.total?.(main) ?? null }]
}

/** What a line patch shows in the preview and proves when it is confirmed. */
export function linesChange(
  patch: LinesPatch,
  view: SideView,
  at: { readonly input: PlanInput; readonly context: LinkContext },
) {
  const rules = at.input.mapping.lines
  const toValue = (line: SideLine): Value => (rules === null ? null : rules.toValue(line.value))
  const before = rules === null ? [] : rules.read(view, at.context).map(toValue)
  const after = patch.after.map((line) => (rules === null ? null : rules.toValue(line)))
  return { field: LINES_FIELD, before, after, reason: before.length === 0 ? ('create' as const) : ('changed' as const) }
}

/**
 * The source lines behind the patched list, in its order: apply pairs them with the line ids of the answer. A line
 * without a source (it stays only on the target) keeps its place with an empty id.
 */
export function lineAdvances(patch: LinesPatch, source: SideView, input: PlanInput): readonly ShadowAdvance[] {
  const main = source.main
  const rules = input.mapping.lines
  if (main === null || rules === null) return []
  const lines = patch.sources.map((line) => ({
    ...refOf(main),
    field: lineShadowField(line?.id ?? ''),
    value: line === null ? null : rules.toValue(line.value),
    ...(line !== null && patch.elsewhere.has(line.id) ? { isPairOnly: true as const } : {}),
  }))
  return [...lines, ...agreedTotal(main, input).map(({ ref, field, value }) => ({ ...ref, field, value }))]
}

/** The document's own total, to be remembered as one that both sides agree on; none where its kind has none. */
export function agreedTotal(main: RemoteRecord, { mapping }: PlanInput): readonly KnownValue[] {
  const total = mapping.total?.(main) ?? null
  return total === null ? [] : [{ ref: refOf(main), field: AGREED_TOTAL_FIELD, value: total }]
}

export function patchTarget(patch: LinesPatch): { readonly target: Side; readonly source: Side } {
  return { target: patch.target, source: otherSide(patch.target) }
}
