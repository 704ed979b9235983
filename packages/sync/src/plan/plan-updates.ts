import type { LineValue, LinkContext } from '../mapping/contract.ts'
import type { Code } from '../model/codes.ts'
import type { FieldChange } from '../model/op.ts'
import type { NewHold, PlanChunk } from '../model/plan.ts'
import type { RemoteRecord } from '../model/record.ts'
import { otherSide, SIDES, type Side } from '../model/side.ts'
import type { Value, ValueObject } from '../model/value.ts'
import { basisOf, joinPayloads, type OpDraft, recordAt } from './draft.ts'
import { faultDetail, faultsOf } from './faults.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import type { LinesPatch } from './merge-lines.ts'
import { mergePayload } from './merge-payload.ts'
import { pendingParents } from './pending-parents.ts'
import type { FieldPatch, FieldsPlan } from './plan-fields.ts'
import { LINES_FIELD, type LinesPlan, lineAdvances, linesChange, TOTAL_FIELD } from './plan-lines.ts'

export interface UpdateParts {
  readonly input: PlanInput
  readonly context: LinkContext
  readonly fields: FieldsPlan
  readonly lines: LinesPlan
}

export type UpdatesPlan =
  | {
      readonly type: 'drafts'
      readonly drafts: readonly OpDraft[]
      /** "Xero has locked this": shown to a person, the rest of the link goes on (R36). */
      readonly locked: readonly NewHold[]
      readonly skipped: PlanChunk['skipped']
      /** This run's mode left changes out: their marks stay for the next run that goes that way. */
      readonly isLeftForLater: boolean
    }
  | { readonly type: 'hold'; readonly code: Code; readonly detail: Value }

type Locked = { readonly field: string; readonly code: Code; readonly detail: string }

/** Turns merged fields and lines into one op per written record, after locks, switches and the money check. */
export function draftUpdates(subject: LinkSubject, parts: UpdateParts): UpdatesPlan {
  const drafts: OpDraft[] = []
  const locked: Locked[] = [...parts.fields.apart]
  const skipped: PlanChunk['skipped'][number][] = []
  let isLeftForLater = false
  for (const target of SIDES) {
    const linesPatch =
      parts.lines.type === 'patch' ? parts.lines.targets.find((patch) => patch.target === target) : undefined
    const wanted = parts.fields.patches.filter(
      (patch) => patch.target === target && patch.rule[target].role !== 'person',
    )
    if (wanted.length === 0 && linesPatch === undefined) continue
    if (!mayUpdate(target, parts.input)) {
      isLeftForLater ||= isOutsideMode(target, parts.input)
      skipped.push(...subject.marks.map((ref) => ({ ref, reason: 'updateSwitchedOff' as const })))
      continue
    }
    const open = wanted.filter((patch) => noteLock(patch.rule.field, subject, { parts, target, locked }))
    const openLines =
      linesPatch !== undefined && noteLock(LINES_FIELD, subject, { parts, target, locked }) ? linesPatch : undefined
    const side = draftSide(subject, { target, patches: open, lines: openLines, parts })
    if (side.type === 'hold') return side
    drafts.push(...side.drafts)
  }
  return { type: 'drafts', drafts, locked: lockHolds(subject, locked, parts.input), skipped, isLeftForLater }
}

/** Kind power, direction, mode of this run and the update switch of the target (R11, R12, C4). */
export function mayUpdate(target: Side, input: PlanInput): boolean {
  const kind = input.context.settings.kinds[input.kind]
  const flow = target === 'xero' ? 'zohoToXero' : 'xeroToZoho'
  const isDirected =
    (kind.direction === 'both' || kind.direction === flow) && (input.mode === 'both' || input.mode === flow)
  return kind.isOn && isDirected && kind[target].update
}

/** The run, not the settings, goes the other way only. */
export function isOutsideMode(target: Side, input: PlanInput): boolean {
  return input.mode !== 'both' && input.mode !== (target === 'xero' ? 'zohoToXero' : 'xeroToZoho')
}

function noteLock(
  field: string,
  subject: LinkSubject,
  at: { readonly parts: UpdateParts; readonly target: Side; readonly locked: Locked[] },
): boolean {
  const verdict = at.parts.input.mapping.mayWrite(field, subject[at.target], at.parts.context)
  if (verdict.type === 'write') return true
  at.locked.push({ field, code: verdict.code, detail: verdict.detail })
  return false
}

function lockHolds(subject: LinkSubject, locked: readonly Locked[], input: PlanInput): readonly NewHold[] {
  const byCode = new Map<Code, Locked[]>()
  for (const lock of locked) byCode.set(lock.code, [...(byCode.get(lock.code) ?? []), lock])
  const main = subject.zoho.main ?? subject.xero.main
  return [...byCode].map(([code, locks]) => ({
    linkId: subject.link.id,
    kind: subject.link.kind,
    code,
    title: main === null ? subject.link.id : input.mapping.title(main),
    detail: { fields: locks.map((lock) => lock.field), detail: locks[0]?.detail ?? '' },
    marks: [],
  }))
}

interface SideDraft {
  readonly target: Side
  readonly patches: readonly FieldPatch[]
  readonly lines: LinesPatch | undefined
  readonly parts: UpdateParts
}

function draftSide(
  subject: LinkSubject,
  draft: SideDraft,
): { readonly type: 'drafts'; readonly drafts: readonly OpDraft[] } | Extract<UpdatesPlan, { type: 'hold' }> {
  const { target, parts } = draft
  const mainPatches = draft.patches.filter((patch) => patch.rule[target].role === 'main')
  const primaryPatches = draft.patches.filter((patch) => patch.rule[target].role === 'primary')
  const extra = moneyCheck(subject, draft)
  if (extra.type === 'hold') return extra
  const drafts: OpDraft[] = []
  if (mainPatches.length > 0 || draft.lines !== undefined) {
    const main = recordDraft(subject, 'main', { ...draft, patches: mainPatches })
    if (main !== null) drafts.push({ ...main, payload: mergePayload(main.payload, extra.payload) })
  }
  const primary =
    primaryPatches.length > 0
      ? recordDraft(subject, 'primary', { target, parts, lines: undefined, patches: primaryPatches })
      : null
  if (primary !== null) drafts.push(primary)
  return { type: 'drafts', drafts }
}

function recordDraft(subject: LinkSubject, role: 'main' | 'primary', draft: SideDraft): OpDraft | null {
  const { target, parts } = draft
  const record = recordAt(subject[target], role)
  if (record === null) return null
  const source = otherSide(target)
  const isWriteBack = draft.lines === undefined && draft.patches.every((patch) => patch.rule.isCrossReference)
  const lines = draft.lines
  const rules = parts.input.mapping.lines
  const payloads: ValueObject[] = draft.patches.map((patch) => patch.payload)
  if (lines !== undefined && rules !== null)
    payloads.push(rules.write(target, { ...lines, source: subject[source] }, parts.context))
  return {
    linkId: subject.link.id,
    side: target,
    collection: record.collection,
    role,
    verb: 'update',
    remoteId: record.id,
    title: parts.input.mapping.title(subject[target].main ?? record),
    changes: [
      ...draft.patches.map((patch) => patch.change),
      ...(lines === undefined
        ? []
        : [
            linesChange(lines, subject[target], { input: parts.input, context: parts.context }),
            ...totalChange(subject, draft),
          ]),
    ],
    payload: joinPayloads([parts.input.mapping.repeated?.(subject[target]) ?? {}, ...payloads]),
    sourceShadow: [
      ...draft.patches.flatMap((patch) => patch.sourceShadow),
      ...(lines === undefined ? [] : lineAdvances(lines, subject[source], parts.input)),
    ],
    naturalKey: null,
    beforeVersion: record.version,
    basis: basisOf([subject.zoho, subject.xero]),
    afterDrafts: [],
    needs: lines === undefined ? [] : pendingParents(subject[source], parts.input),
    phase: isWriteBack ? 'writeBack' : 'write',
  }
}

function totalChange(subject: LinkSubject, { target, parts }: SideDraft): readonly FieldChange[] {
  const totalOf = (record: RemoteRecord | null) =>
    record === null ? null : (parts.input.mapping.total?.(record) ?? null)
  const after = totalOf(subject[otherSide(target)].main)
  const before = totalOf(subject[target].main)
  return after === null || after === before ? [] : [{ field: TOTAL_FIELD, before, after, reason: 'changed' }]
}

/** Totals predicted for the target before anything that moves money is sent (I11). */
function moneyCheck(
  subject: LinkSubject,
  draft: SideDraft,
): { readonly type: 'go'; readonly payload: ValueObject } | Extract<UpdatesPlan, { type: 'hold' }> {
  const { target, parts, lines } = draft
  if (lines === undefined && draft.patches.every((patch) => patch.rule.isCrossReference))
    return { type: 'go', payload: {} }
  const after: Record<string, Value> = {}
  for (const rule of parts.input.mapping.fields) after[rule.field] = rule[target].read(subject[target], parts.context)
  for (const patch of draft.patches) after[patch.rule.field] = patch.change.after
  const verdict = parts.input.mapping.check(
    {
      target,
      source: subject[otherSide(target)],
      targetView: subject[target],
      after,
      linesAfter: linesAfterOf(subject, draft),
      ...sourceLinesAfter(draft),
    },
    parts.context,
  )
  switch (verdict.type) {
    case 'go':
      return { type: 'go', payload: {} }
    case 'adjust':
      return { type: 'go', payload: verdict.payload }
    case 'hold': {
      const detail = faultDetail(verdict, faultsOf(verdict))
      return { type: 'hold', code: verdict.code, detail: typeof detail === 'string' ? { detail } : detail }
    }
  }
}

function sourceLinesAfter({ target, parts }: SideDraft): { readonly sourceLinesAfter?: readonly LineValue[] } {
  if (parts.lines.type !== 'patch' || parts.lines.targets.length < 2) return {}
  const patch = parts.lines.targets.find((candidate) => candidate.target !== target)
  return patch === undefined ? {} : { sourceLinesAfter: patch.after }
}

function linesAfterOf(subject: LinkSubject, draft: SideDraft): readonly LineValue[] | null {
  if (draft.lines !== undefined) return draft.lines.after
  const rules = draft.parts.input.mapping.lines
  if (rules === null || !subject[draft.target].main?.hasLines) return null
  return rules.read(subject[draft.target], draft.parts.context).map((line) => line.value)
}
