import type { SideView } from '../mapping/contract.ts'
import type { Code } from '../model/codes.ts'
import type { Link } from '../model/link.ts'
import type { LinkEvent } from '../model/link-state.ts'
import type { NewHold, SettledPart } from '../model/plan.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { Value, ValueObject } from '../model/value.ts'
import { refOf } from './draft.ts'
import { lineShadowField } from './merge-lines.ts'
import { type LinkPlan, NOTHING } from './outcome.ts'
import { changeOf } from './plan-deal.ts'
import { agreedTotal, LINES_FIELD } from './plan-lines.ts'
import { isOutsideMode, mayUpdate } from './plan-updates.ts'
import { type KnownValue, settleParts, shadowField } from './settle.ts'
import { holdForMember, holdSummary, plainSummaryView, type SummaryAt, sourceOf } from './summary-at.ts'
import { draftSummary, summaryVerdict } from './summary-draft.ts'
import { compareSummaryLines, type SummaryLines } from './summary-lines.ts'
import { knownShares, openShares, type Shares } from './summary-shares.ts'
import { toldDeals, toldMembers } from './told-deals.ts'

/** A summary in Xero against its members of today: its lines where Xero still takes them, told where it does not. */
export function updateSummary(at: SummaryAt, { shared, faulty }: Shares): LinkPlan {
  const { subject, input, context, rules } = at
  const { link, xero } = subject
  if (link === null) return NOTHING
  if (xero === null) return subject.isXeroGone ? holdSummary(at, 'recordGone', { goneOn: 'xero' }) : NOTHING
  if (rules.isUndone(xero)) return holdSummary(at, 'summaryUndone', { status: xero.fields.Status ?? '' })
  const [first] = faulty
  if (first !== undefined) return holdForMember(at, first)
  const source = sourceOf(at, shared, '')
  const views = { source: plainSummaryView(source), xero: plainSummaryView(xero) }
  const compared = compareSummaryLines(link, views, at)
  if (compared.type === 'hold') return holdSummary(at, compared.code, { detail: compared.detail })
  const changed = shared.filter(({ isChanged }) => isChanged)
  const lines = judgeLines(at, { ...views, lines: compared.value, isChanged: changed.length > 0 })
  if (lines.type === 'hold') return holdSummary(at, lines.code, lines.detail)
  const members = shared.flatMap(({ member: { part, record } }) => (record === null ? [] : [{ part, record }]))
  const telling = { linkId: link.id, invoice: xero, context, input }
  const told = toldMembers(members, telling)
  const deals = toldDeals(subject.deals, telling)
  const update =
    lines.type === 'write'
      ? [draftSummary(at, { source, xero, changed, lines: lines.lines, adjusted: lines.adjusted })]
      : []
  const drafts = [...update, ...told.drafts, ...deals.drafts]
  const isAtRest = lines.type === 'same'
  const isLeft = lines.type === 'off' && isOutsideMode('xero', input)
  const open = new Set(isAtRest ? [] : changed.map(({ member }) => member.part.remoteId))
  const isTold = lines.type === 'told' || lines.type === 'off'
  const shares = isAtRest ? knownShares(changed, input) : isTold ? openShares(changed) : []
  const known = isAtRest ? knownLines(xero, compared.value, at) : []
  return {
    ...NOTHING,
    change: { ...changeOf(link.id, eventOf(link)), lines: isAtRest ? compared.value.pairs : null },
    drafts,
    settled: [
      ...told.settled.map((part) => withoutVersion(part, { open, members })),
      ...deals.settled,
      ...shares.map((one) => settledShare(one, at)),
      ...settleParts(
        [...known, ...knownFields(xero, at)],
        {
          id: link.id,
          views: [views.xero],
          cleanSides: new Set(isAtRest && update.length === 0 ? ['xero'] : []),
          outdated: [],
        },
        input,
      ),
    ],
    holds: lines.type === 'told' ? [aside(at, lines)] : [],
    clear: drafts.length > 0 || isLeft ? [] : subject.marks,
    skipped: lines.type === 'off' ? subject.marks.map((ref) => ({ ref, reason: 'updateSwitchedOff' })) : [],
  }
}

type LinesVerdict =
  | { readonly type: 'same' }
  | { readonly type: 'write'; readonly lines: SummaryLines; readonly adjusted: ValueObject }
  /** This run or the settings keep us from writing it. */
  | { readonly type: 'off' }
  | { readonly type: 'told'; readonly code: Code; readonly detail: Value }
  | { readonly type: 'hold'; readonly code: Code; readonly detail: ValueObject }

interface Compared {
  readonly source: SideView
  readonly xero: SideView
  readonly lines: SummaryLines
  readonly isChanged: boolean
}

/** Nobody changes a bookkeeper's figure but its members: what was typed in Xero alone is told, not written over. */
function judgeLines(at: SummaryAt, { source, xero, lines, isChanged }: Compared): LinesVerdict {
  const { input, context } = at
  if (lines.isSame || !isChanged) return totalVerdict(at, source, xero)
  const lock = input.mapping.mayWrite(LINES_FIELD, xero, context)
  if (lock.type === 'locked')
    return { type: 'told', code: lock.code, detail: { fields: [LINES_FIELD], detail: lock.detail } }
  if (lines.isEdited) return { type: 'told', code: 'totalsDiffer', detail: totalDetail(at, source, xero) }
  if (!mayUpdate('xero', input)) return { type: 'off' }
  const verdict = summaryVerdict(at, { source, xero, lines })
  switch (verdict.type) {
    case 'hold':
      return { type: 'hold', code: verdict.code, detail: { detail: verdict.detail } }
    case 'adjust':
      return { type: 'write', lines, adjusted: verdict.payload }
    case 'go':
      return { type: 'write', lines, adjusted: {} }
  }
}

/** Both at rest: the summary comes to what its members come to, or a person is told (I11). */
function totalVerdict(at: SummaryAt, source: SideView, xero: SideView): LinesVerdict {
  const [crm, books] = totalsOf(at, source, xero)
  return crm === books
    ? { type: 'same' }
    : { type: 'told', code: 'totalsDiffer', detail: totalDetail(at, source, xero) }
}

function totalDetail(at: SummaryAt, source: SideView, xero: SideView): Value {
  const [crm, books] = totalsOf(at, source, xero)
  return { detail: `Its invoices come to ${crm ?? ''} in Zoho CRM, the summary to ${books ?? ''} in Xero` }
}

function totalsOf({ input }: SummaryAt, source: SideView, xero: SideView): readonly [string | null, string | null] {
  const total = ({ main }: SideView) => (main === null ? null : (input.mapping.total?.(main) ?? null))
  return [total(source), total(xero)]
}

function eventOf({ state }: Link): LinkEvent | null {
  if (state === 'held' || state === 'failed' || state === 'conflicted') return 'reopenedWhole'
  return state === 'linked' ? null : 'matched'
}

function knownFields(xero: RemoteRecord, { input, context }: SummaryAt): readonly KnownValue[] {
  const view = plainSummaryView(xero)
  return input.mapping.fields.map(({ field, xero: side }) => ({
    ref: refOf(xero),
    field,
    value: side.read(view, context),
  }))
}

function knownLines(xero: RemoteRecord, { lines }: SummaryLines, { input }: SummaryAt): readonly KnownValue[] {
  const rules = input.mapping.lines
  // Only what is as it shall be: what somebody has changed is not taken for known.
  const known = lines.flatMap(({ key, desired: { existing, value } }) =>
    key === '' || existing === null || value !== null || rules === null
      ? []
      : [{ ref: refOf(xero), field: lineShadowField(existing.id), value: rules.toValue(existing.value) }],
  )
  return [...known, ...agreedTotal(xero, input)]
}

function settledShare({ ref, field, value }: KnownValue, { subject, input }: SummaryAt): SettledPart {
  const shadow = { [field]: shadowField(value, input.fingerprint) }
  return { linkId: subject.linkId, ref, shadow, version: 'keep', generation: input.generation }
}

/** Only what was read with its lines, and adds what the books have of it, was compared (I16). */
function withoutVersion(
  part: SettledPart,
  of: { readonly open: ReadonlySet<string>; readonly members: readonly { readonly record: RemoteRecord }[] },
): SettledPart {
  const record = of.members.find((member) => member.record.id === part.ref.remoteId)?.record
  const isCompared = record?.hasLines === true && !of.open.has(part.ref.remoteId)
  return isCompared ? part : { ...part, version: 'keep' }
}

/** Told to a person while the rest of the summary goes on: it owns no marks. */
function aside(
  { subject, input, rules }: SummaryAt,
  { code, detail }: { readonly code: Code; readonly detail: Value },
): NewHold {
  return { linkId: subject.linkId, kind: input.kind, code, title: rules.title(subject.of), detail, marks: [] }
}
