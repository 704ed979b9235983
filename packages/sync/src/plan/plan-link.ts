import type { LinkContext } from '../mapping/contract.ts'
import { formOfLink } from '../mapping/form.ts'
import type { Code } from '../model/codes.ts'
import { hasLines, isDocument } from '../model/kind.ts'
import type { PartRole } from '../model/link.ts'
import type { NewHold, SkipReason } from '../model/plan.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import { otherSide, SIDES, type Side } from '../model/side.ts'
import { refOf } from './draft.ts'
import { holdSubject, staying, titleOf } from './hold-subject.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { withLandedWrites } from './landed-writes.ts'
import { mergedAway, movedTo } from './merged-away.ts'
import { withNamedPrimary } from './named-primary.ts'
import { type LinkPlan, NOTHING, skipAll } from './outcome.ts'
import { planTask } from './overdue-task.ts'
import { planDisposal } from './plan-disposal.ts'
import { type FieldsPlan, planFields, primaryAdvance } from './plan-fields.ts'
import { agreedTotal, LINES_FIELD, type LinesPlan, planLines } from './plan-lines.ts'
import { planPersons } from './plan-persons.ts'
import { planRemoval } from './plan-removal.ts'
import { planReturn } from './plan-return.ts'
import { draftUpdates } from './plan-updates.ts'
import { endedValues, keptValues } from './removals.ts'
import { type KnownValue, settleParts } from './settle.ts'
import { toldDeals } from './told-deals.ts'
import { unfitMain } from './unfit-main.ts'
import { waitsFor } from './waits-for.ts'

/** Plans one existing (or just matched) link: the three-way merge of all its fields, lines and persons. */
export function planLink(given: LinkSubject, whole: PlanInput): LinkPlan {
  const { link } = given
  const input = { ...whole, mapping: formOfLink(whole.mapping, link) }
  const context: LinkContext = { ...input.context, linkId: link.id }
  const { subject, known } = withLandedWrites(withNamedPrimary(given, input, context), input, context)
  if (link.state === 'detached') return skipSubject(subject, 'detached')
  if (link.state === 'tombstoned') return planRestored(subject, input)
  if (input.unsettledLinkIds.has(link.id)) return NOTHING
  const returned = planReturn(subject, input)
  if (returned !== null) return returned
  const absent = absentSides(subject)
  if (absent.length > 0) return planAbsence(subject, absent, input)
  const { survivor } = subject
  if (survivor !== undefined)
    return survivor.heldBy === null
      ? movedTo(survivor, subject, { input: whole, plan: (moved) => planLink(moved, whole) })
      : holdSubject(subject, mergedAway(survivor, { title: titleOf(subject, input), marks: staying(subject) }, input))
  const unfit = unfitMain(subject, input)
  if (unfit !== null) return holdSubject(subject, { ...unfit, title: titleOf(subject, input), marks: staying(subject) })
  const disposed = planDisposal(subject, input, context)
  if (disposed !== null) return disposed
  const fields = planFields(subject, input, context)
  const lines = planLines(subject, input, context)
  const blocking = blockingHold(subject, input, { fields, lines })
  if (blocking !== null) return holdSubject(subject, blocking)
  const updates = draftUpdates(subject, { input, context, fields, lines })
  if (updates.type === 'hold')
    return holdSubject(subject, {
      code: updates.code,
      title: titleOf(subject, input),
      detail: updates.detail,
      marks: subject.marks,
    })
  const persons = planPersons(subject, input, { context, fields })
  const invoice = subject.xero.main
  const told = toldDeals(subject.deals, invoice === null ? null : { linkId: link.id, invoice, context, input })
  const task = planTask(subject, input, context)
  const drafts = [...updates.drafts, ...persons.drafts, ...told.drafts, ...task.drafts]
  const isIdle = drafts.length === 0
  const audited = input.mapping.audit?.(subject.zoho, subject.xero, context)
  // References move no money; a lock that is told already explains the difference.
  const isAtRest = drafts.every((draft) => draft.phase === 'writeBack') && updates.locked.length === 0
  const audit = isAtRest && audited?.type === 'hold' ? [holdAside(subject, { ...audited, field: 'total' }, input)] : []
  return {
    ...NOTHING,
    change: {
      linkId: link.id,
      event: fields.hasOpenConflict ? 'conflictOpened' : reopening(subject),
      code: null,
      addParts: [...persons.addParts, ...task.addParts],
      dropParts: [...subject.strayed, ...gonePersons(subject)],
      // A patch proves its pairs when it is confirmed: a dropped one must not have unpaired a deleted line.
      lines: lines.type === 'compared' ? lines.pairs : null,
    },
    drafts,
    settled: [
      ...told.settled,
      ...settleParts(
        [
          ...known,
          ...knownValues(subject, fields, lines),
          ...endedValues(subject, input),
          ...persons.settled,
          ...(audited?.type === 'mapped' ? agreedTotals(subject, input) : []),
        ],
        {
          id: link.id,
          views: [subject.zoho, subject.xero],
          cleanSides: cleanSides(subject, { fields, lines, isIdle, isLocked: updates.locked.length > 0 }),
          outdated: link.generation < input.generation ? input.mapping.fields.map((rule) => rule.field) : [],
        },
        input,
      ),
    ],
    conflicts: [...fields.conflicts, ...(lines.type === 'patch' ? lines.conflicts : [])].map((conflict) => ({
      ...conflict,
      title: titleOf(subject, input),
    })),
    holds: [...fieldHolds(subject, fields, input), ...updates.locked, ...audit],
    clear: isIdle && !updates.isLeftForLater ? staying(subject) : [],
    skipped: updates.skipped,
  }
}

function agreedTotals(subject: LinkSubject, input: PlanInput): readonly KnownValue[] {
  return SIDES.flatMap((side) => {
    const { main } = subject[side]
    return main === null ? [] : agreedTotal(main, input)
  })
}

/** A deal that is deleted stays what was billed: restored, it must not be billed again. Nor is a task made again. */
const LASTING: readonly PartRole[] = ['main', 'deal', 'task']

function gonePersons(subject: LinkSubject): readonly RecordRef[] {
  const gone = new Set(subject.gone.map(refKey))
  return subject.link.parts.flatMap(({ side, collection, role, remoteId }) =>
    !LASTING.includes(role) && remoteId !== null && gone.has(refKey({ side, collection, remoteId }))
      ? [{ side, collection, remoteId }]
      : [],
  )
}

/** A link that was held or failed and plans cleanly again is open again. */
function reopening(subject: LinkSubject) {
  const { state } = subject.link
  return state === 'held' || state === 'failed' || state === 'conflicted' ? ('reopenedWhole' as const) : null
}

/** A record that was merged into one of another link is gone as well, once its partner is: both were merged. */
function absentSides(subject: LinkSubject): readonly Side[] {
  const absent = goneSides(subject)
  const merged =
    subject.survivor === undefined || subject.survivor.heldBy === null ? null : subject.survivor.record.side
  return merged === null || absent.length === 0 || absent.includes(merged) ? absent : SIDES
}

function goneSides(subject: LinkSubject): readonly Side[] {
  const gone = new Set(subject.gone.map(refKey))
  const { survivor } = subject
  return SIDES.filter((side) => {
    if (survivor?.heldBy === null && survivor.record.side === side) return false
    const part = subject.link.parts.find((candidate) => candidate.side === side && candidate.role === 'main')
    if (part === undefined || part.remoteId === null) return subject[side].main === null && part !== undefined
    return gone.has(refKey({ side, collection: part.collection, remoteId: part.remoteId }))
  })
}

/** Gone on both sides, and now one is back from a recycle bin: it is gone on the other only, which a person is told. */
function planRestored(subject: LinkSubject, input: PlanInput): LinkPlan {
  const absent = absentSides(subject)
  if (absent.length === 2 || isPutAway(subject, absent, input)) return skipSubject(subject, 'goneUnlinked')
  const returned = planReturn(subject, input)
  if (returned !== null) return returned
  const { holds } = absent.length === 1 ? tellAbsence(subject, absent, input) : NOTHING
  // With both back its marks stay: the next plan merges it like any other link.
  const change = { linkId: subject.link.id, event: 'restored' as const, code: null, addParts: [], lines: null }
  return { ...NOTHING, change, holds, settled: keptValues(subject, input) }
}

/** Gone in the CRM, and archived, voided or deleted in Xero: what is read of it there is history. */
function isPutAway({ xero }: LinkSubject, absent: readonly Side[], { mapping }: PlanInput): boolean {
  return absent.includes('zoho') && xero.main !== null && (mapping.ended?.(xero.main) ?? null) !== null
}

/** Gone on both sides: tombstoned. On one: a person decides, unless its delete switch is on (R12c). */
function planAbsence(subject: LinkSubject, absent: readonly Side[], input: PlanInput): LinkPlan {
  const { link } = subject
  if (absent.length === 2) {
    return {
      ...NOTHING,
      change: {
        linkId: link.id,
        event: 'bothSidesGone',
        code: null,
        addParts: [],
        dropParts: subject.strayed,
        lines: null,
      },
      clear: staying(subject),
    }
  }
  const removal =
    planRemoval(subject, absent, input) ?? planDisposal(subject, input, { ...input.context, linkId: link.id })
  return removal ?? tellAbsence(subject, absent, input)
}

function tellAbsence(subject: LinkSubject, absent: readonly Side[], input: PlanInput): LinkPlan {
  const [side] = absent
  const survivor = side === undefined ? null : subject[otherSide(side)].main
  const fields = survivor === null ? '' : `${survivor.collection}/${survivor.id}`
  return holdSubject(subject, {
    code: 'recordGone',
    title: titleOf(subject, input),
    detail: { goneOn: side ?? '', survivor: fields },
    marks: staying(subject),
  })
}

/** A link that is planned no more lets its people go all the same. */
function skipSubject(subject: LinkSubject, reason: SkipReason): LinkPlan {
  const skipped = skipAll(staying(subject), reason)
  const dropParts = subject.strayed
  if (dropParts.length === 0) return skipped
  return {
    ...skipped,
    change: { linkId: subject.link.id, event: null, code: null, addParts: [], dropParts, lines: null },
  }
}

/** A document waits as a whole when any of it cannot be said on the other side; a company's other fields go on. */
function blockingHold(
  subject: LinkSubject,
  input: PlanInput,
  of: { readonly fields: FieldsPlan; readonly lines: LinesPlan },
): Omit<NewHold, 'linkId' | 'kind'> | null {
  const [first] = isDocument(subject.link.kind) ? of.fields.holds : []
  const held = of.lines.type === 'hold' ? { ...of.lines.held, field: LINES_FIELD } : first
  if (held === undefined) return null
  const waits = waitsFor(held.code, [subject.zoho, subject.xero], input)
  return {
    code: held.code,
    title: titleOf(subject, input),
    detail: { field: held.field, detail: held.detail, ...waits },
    marks: subject.marks,
  }
}

function fieldHolds(subject: LinkSubject, fields: FieldsPlan, input: PlanInput): readonly NewHold[] {
  const byCode = new Map<Code, NewHold>()
  for (const hold of fields.holds) byCode.set(hold.code, holdAside(subject, hold, input))
  return [...byCode.values()]
}

/** Shown to a person while the rest of the link goes on: it owns no marks. */
function holdAside(
  subject: LinkSubject,
  hold: { readonly code: Code; readonly detail: string; readonly field: string },
  input: PlanInput,
): NewHold {
  return {
    linkId: subject.link.id,
    kind: subject.link.kind,
    code: hold.code,
    title: titleOf(subject, input),
    detail: { field: hold.field, detail: hold.detail, ...waitsFor(hold.code, [subject.zoho, subject.xero], input) },
    marks: [],
  }
}

/** Nothing of the primary person is on its way to Xero, or waits. */
function isPrimaryTold({ patches, holds, hasOpenConflict }: FieldsPlan): boolean {
  const isOnItsWay = patches.some((patch) => patch.target === 'xero' && patch.rule.zoho.role === 'primary')
  return !isOnItsWay && holds.length === 0 && !hasOpenConflict
}

function knownValues(subject: LinkSubject, fields: FieldsPlan, lines: LinesPlan): readonly KnownValue[] {
  const settled = fields.settled.flatMap(({ rule, side, value }) => {
    const record = subject[side].main
    return record === null ? [] : [{ ref: refOf(record), field: rule.field, value }]
  })
  const primary = isPrimaryTold(fields) ? (primaryAdvance(subject) ?? []) : []
  return [...settled, ...(lines.type === 'compared' ? lines.known : []), ...[primary].flat()]
}

/** Sides whose every mapped field was compared and found in step: only their versions may be stored (I16). */
function cleanSides(
  subject: LinkSubject,
  state: {
    readonly fields: FieldsPlan
    readonly lines: LinesPlan
    readonly isIdle: boolean
    readonly isLocked: boolean
  },
): ReadonlySet<Side> {
  const { fields, lines } = state
  if (!state.isIdle || state.isLocked || fields.holds.length > 0 || fields.hasOpenConflict) return new Set()
  return new Set(
    SIDES.filter((side) => !hasLines(subject.link.kind) || lines.type === 'compared' || subject.linesEcho.has(side)),
  )
}
