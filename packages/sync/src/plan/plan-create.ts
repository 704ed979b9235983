import type { CreateExtras, FieldRule, LineValue, LinkContext, SideView } from '../mapping/contract.ts'
import type { Code } from '../model/codes.ts'
import { type Collection, collectionsOf } from '../model/kind.ts'
import { type LinkPart, linkReference } from '../model/link.ts'
import type { FieldChange, ShadowAdvance } from '../model/op.ts'
import type { NewLink } from '../model/plan.ts'
import type { RemoteRecord } from '../model/record.ts'
import { otherSide, type Side } from '../model/side.ts'
import { isBlank, type Value, type ValueObject } from '../model/value.ts'
import { basisOf, joinPayloads, type OpDraft, recordAt, refOf } from './draft.ts'
import type { Candidate, PlanInput } from './input.ts'
import { holdLink, type LinkPlan, NOTHING, skipAll } from './outcome.ts'
import { LINES_FIELD, lineAdvances, TOTAL_FIELD } from './plan-lines.ts'
import { createDraft, personPart, primaryDraft } from './plan-persons.ts'
import { isOutsideMode } from './plan-updates.ts'
import { waitsFor } from './waits-for.ts'

/** Plans the partner of a record that has none: the create with its own identity, persons, and the write-back of its ids. */
export function planCreate(candidate: Candidate, input: PlanInput): LinkPlan {
  const source = candidate.main.side
  const target = otherSide(source)
  if (isOutsideMode(target, input)) return leaveForLater(candidate)
  if (!mayCreate(target, input)) return skipAll(candidate.marks, reasonNotCreated(target, input))
  const linkId = linkIdOf(candidate, input)
  const context: LinkContext = { ...input.context, linkId }
  const newLink: NewLink = { id: linkId, kind: input.kind, parts: sourceParts(candidate.view) }
  const fields = gatherFields(candidate.view, { input, context, target })
  const lines = gatherLines(candidate.view, { input, context, target })
  const held = fields.hold ?? lines.hold
  if (held !== null) return heldCreate(candidate, { newLink, ...held }, input)
  const extras = input.mapping.createExtras(target, candidate.view, context)
  if (extras.type === 'hold') return heldCreate(candidate, { newLink, code: extras.code, detail: extras.detail }, input)
  const verdict = input.mapping.check(
    { target, source: candidate.view, targetView: emptyView(target), after: fields.after, linesAfter: lines.after },
    context,
  )
  if (verdict.type === 'hold')
    return heldCreate(candidate, { newLink, code: verdict.code, detail: verdict.detail }, input)
  const adjusted = verdict.type === 'adjust' ? verdict.payload : {}
  const payload = joinPayloads([
    ...fields.main.map((field) => field.payload),
    lines.payload,
    extras.value.payload,
    adjusted,
  ])
  const main = mainDraft(candidate, {
    linkId,
    target,
    payload,
    naturalKey: extras.value.naturalKey,
    input,
    fields,
    lines,
  })
  const dependents =
    target === 'zoho'
      ? personDrafts(candidate, { linkId, context, input, fields })
      : writeBack(candidate, { linkId, context, input, payload })
  return {
    ...NOTHING,
    newLink,
    change: { linkId, event: 'createIntended', code: null, addParts: [], lines: null },
    drafts: [main, ...dependents.map((draft) => ({ ...draft, afterDrafts: [0] }))],
  }
}

/** The link a candidate has, or the one its founding record always gets. */
export function linkIdOf(candidate: Candidate, input: PlanInput): string {
  return candidate.linkId ?? input.linkIdFor(refOf(candidate.main))
}

/** The marks stay for the next run that goes that way. */
function leaveForLater(candidate: Candidate): LinkPlan {
  return { ...NOTHING, skipped: candidate.marks.map((ref) => ({ ref, reason: 'directionSwitchedOff' })) }
}

function mayCreate(target: Side, input: PlanInput): boolean {
  const kind = input.context.settings.kinds[input.kind]
  const flow = target === 'xero' ? 'zohoToXero' : 'xeroToZoho'
  const isDirected =
    (kind.direction === 'both' || kind.direction === flow) && (input.mode === 'both' || input.mode === flow)
  return kind.isOn && isDirected && kind[target].create
}

function reasonNotCreated(target: Side, input: PlanInput) {
  return input.context.settings.kinds[input.kind][target].create
    ? ('directionSwitchedOff' as const)
    : ('createSwitchedOff' as const)
}

function sourceParts(view: SideView): readonly LinkPart[] {
  const main = view.main
  if (main === null) return []
  const part = {
    side: main.side,
    collection: main.collection,
    role: 'main' as const,
    remoteId: main.id,
    version: null,
    shadow: {},
  }
  const primary = view.primary === null ? [] : [personPart(view.primary, 'primary', undefined)]
  return [part, ...primary, ...view.persons.map((record) => personPart(record, 'person', undefined))]
}

function emptyView(side: Side): SideView {
  return { side, main: null, primary: null, persons: [] }
}

function heldCreate(
  candidate: Candidate,
  hold: { readonly newLink: NewLink; readonly code: Code; readonly detail: Value },
  input: PlanInput,
): LinkPlan {
  const held = holdLink(
    { id: hold.newLink.id, kind: input.kind },
    {
      code: hold.code,
      title: input.mapping.title(candidate.main),
      detail: { detail: hold.detail, ...waitsFor(hold.code, [candidate.view], input) },
      marks: candidate.marks,
    },
  )
  return { ...held, newLink: hold.newLink }
}

/** Holds an unlinked record for a person, with its link row, so that the inbox can name it. */
export function holdCandidate(
  candidate: Candidate,
  hold: { readonly code: Code; readonly detail: Value },
  input: PlanInput,
): LinkPlan {
  const newLink = { id: linkIdOf(candidate, input), kind: input.kind, parts: sourceParts(candidate.view) }
  return heldCreate(candidate, { newLink, ...hold }, input)
}

interface GatheredField {
  readonly rule: FieldRule
  readonly change: FieldChange
  readonly payload: ValueObject
  readonly sourceShadow: readonly ShadowAdvance[]
}

interface GatheredFields {
  readonly main: readonly GatheredField[]
  readonly primary: readonly GatheredField[]
  /** The persons group in the target's form, where the target keeps persons as records. */
  readonly persons: Value
  /** What the last of the persons proves. */
  readonly group: readonly ShadowAdvance[]
  readonly after: Readonly<Record<string, Value>>
  /** Source values of every rule, blank ones too: they are the base from now on. */
  readonly baseline: readonly ShadowAdvance[]
  readonly hold: { readonly code: Code; readonly detail: string } | null
}

interface At {
  readonly input: PlanInput
  readonly context: LinkContext
  readonly target: Side
}

function gatherFields(view: SideView, at: At): GatheredFields {
  const main: GatheredField[] = []
  const primary: GatheredField[] = []
  const after: Record<string, Value> = {}
  const baseline: ShadowAdvance[] = []
  const group: ShadowAdvance[] = []
  let persons: Value = []
  const source = otherSide(at.target)
  const flow = source === 'zoho' ? 'zohoToXero' : 'xeroToZoho'
  for (const rule of at.input.mapping.fields) {
    const value = rule[source].read(view, at.context)
    const record = recordAt(view, rule[source].role)
    // Cross-references get their base from their own write-back.
    // What becomes a record of its own there (a person) gets its base from that record's op.
    const isOwnRecord = rule[at.target].role !== 'main' && !isBlank(value)
    if (record !== null && !isOwnRecord && (!rule.isCrossReference || source === 'xero'))
      baseline.push({ ...refOf(record), field: rule.field, value })
    if (rule.direction !== 'both' && rule.direction !== flow) continue
    const accepted = rule[at.target].accept(value, at.context)
    if (accepted.type === 'hold') {
      return {
        main,
        primary,
        persons,
        group,
        after,
        baseline,
        hold: { code: accepted.code, detail: `${rule.field}: ${accepted.detail}` },
      }
    }
    if (isBlank(accepted.value)) continue
    after[rule.field] = accepted.value
    const field = {
      rule,
      change: { field: rule.field, before: null, after: accepted.value, reason: 'create' as const },
      payload: rule[at.target].write(accepted.value, emptyView(at.target), at.context),
      sourceShadow: record === null ? [] : [{ ...refOf(record), field: rule.field, value }],
    }
    switch (rule[at.target].role) {
      case 'main':
        main.push(field)
        break
      case 'primary':
        primary.push(field)
        break
      case 'person':
        persons = accepted.value
        group.push(...field.sourceShadow)
        break
    }
  }
  return { main, primary, persons, group, after, baseline, hold: null }
}

interface GatheredLines {
  readonly payload: ValueObject
  readonly after: readonly LineValue[] | null
  readonly change: readonly FieldChange[]
  readonly sourceShadow: readonly ShadowAdvance[]
  readonly hold: { readonly code: Code; readonly detail: string } | null
}

const NO_LINES: GatheredLines = { payload: {}, after: null, change: [], sourceShadow: [], hold: null }

function gatherLines(view: SideView, at: At): GatheredLines {
  const rules = at.input.mapping.lines
  if (rules === null) return NO_LINES
  const lines = rules.read(view, at.context)
  const after = []
  for (const line of lines) {
    const accepted = rules.accept(at.target, line.value, at.context)
    if (accepted.type === 'hold') return { ...NO_LINES, hold: { code: accepted.code, detail: accepted.detail } }
    after.push(accepted.value)
  }
  const desired = after.map((value) => ({ existing: null, value }))
  return {
    payload: rules.write(at.target, { desired, removed: [] }, at.context),
    after,
    change: [{ field: LINES_FIELD, before: [], after: after.map((line) => rules.toValue(line)), reason: 'create' }],
    sourceShadow: lineAdvances({ target: at.target, desired, sources: lines, removed: [], after }, view, at.input),
    hold: null,
  }
}

interface MainDraft {
  readonly linkId: string
  readonly target: Side
  readonly payload: ValueObject
  readonly naturalKey: CreateExtras['naturalKey']
  readonly input: PlanInput
  readonly fields: GatheredFields
  readonly lines: GatheredLines
}

function mainDraft(candidate: Candidate, draft: MainDraft): OpDraft {
  const [collection] = collectionsOf(draft.input.kind, draft.target, draft.input.context.settings.customerModel)
  return {
    linkId: draft.linkId,
    side: draft.target,
    collection,
    role: 'main',
    verb: 'create',
    remoteId: null,
    title: draft.input.mapping.title(candidate.main),
    changes: [
      ...draft.fields.main.map((field) => field.change),
      ...draft.lines.change,
      ...totalChange(candidate, draft),
    ],
    payload: draft.payload,
    sourceShadow: [...draft.fields.baseline, ...draft.lines.sourceShadow],
    naturalKey: draft.naturalKey,
    beforeVersion: null,
    basis: basisOf([candidate.view]),
    afterDrafts: [],
    phase: 'write',
  }
}

/** What the document will come to: seen in the preview, and compared when it is read back (I11). */
function totalChange(candidate: Candidate, draft: MainDraft): readonly FieldChange[] {
  const total = draft.input.mapping.total?.(candidate.main) ?? null
  return total === null ? [] : [{ field: TOTAL_FIELD, before: null, after: total, reason: 'create' }]
}

interface Dependents {
  readonly linkId: string
  readonly context: LinkContext
  readonly input: PlanInput
}

function personDrafts(candidate: Candidate, at: Dependents & { readonly fields: GatheredFields }): readonly OpDraft[] {
  const rules = at.input.mapping.persons
  if (rules === null) return []
  const place = {
    linkId: at.linkId,
    accountId: linkReference(at.linkId, 'zoho'),
    xeroContactId: candidate.main.id,
    basis: basisOf([candidate.view]),
    title: at.input.mapping.title(candidate.main),
    rules,
    context: at.context,
  }
  const primary = at.fields.primary.length === 0 ? [] : [primaryDraft(at.fields.primary, place)]
  const others = rules.parse(at.fields.persons).map((person) => createDraft(person, null, place))
  return [
    ...primary,
    ...others.map((draft, index) =>
      index === others.length - 1 ? { ...draft, sourceShadow: at.fields.group } : draft,
    ),
  ]
}

/** The ids and numbers that Xero will assign and what was chosen for blanks, kept on the CRM record (design section 1). */
function writeBack(candidate: Candidate, at: Dependents & { readonly payload: ValueObject }): readonly OpDraft[] {
  const target = candidate.main.side
  const source = otherSide(target)
  const future = futureRecord(source, at)
  const view: SideView = { side: source, main: future, primary: null, persons: [] }
  const fields: { change: FieldChange; payload: ValueObject }[] = []
  for (const rule of at.input.mapping.fields) {
    if (rule.direction === 'zohoToXero' || rule[target].role !== 'main') continue
    const accepted = rule[target].accept(rule[source].read(view, at.context), at.context)
    const before = rule[target].read(candidate.view, at.context)
    if (accepted.type === 'hold' || isBlank(accepted.value)) continue
    // What the create had to choose for a blank (a due date, a status) fills that blank, or the two would differ (I14).
    if (!rule.isCrossReference && !isBlank(before)) continue
    fields.push({
      change: {
        field: rule.field,
        before,
        after: accepted.value,
        reason: rule.isCrossReference ? 'crossReference' : 'create',
      },
      payload: rule[target].write(accepted.value, candidate.view, at.context),
    })
  }
  if (fields.length === 0) return []
  return [
    {
      linkId: at.linkId,
      side: target,
      collection: candidate.main.collection,
      role: 'main',
      verb: 'update',
      remoteId: candidate.main.id,
      title: at.input.mapping.title(candidate.main),
      changes: fields.map((field) => field.change),
      payload: joinPayloads(fields.map((field) => field.payload)),
      sourceShadow: [],
      naturalKey: null,
      beforeVersion: candidate.main.version,
      basis: basisOf([candidate.view]),
      afterDrafts: [],
      phase: 'writeBack',
    },
  ]
}

/** The record as it will be: what we send, under the id that its link stands for until the remote assigns one. */
function futureRecord(side: Side, at: Dependents & { readonly payload: ValueObject }): RemoteRecord {
  const [collection]: readonly [Collection, ...Collection[]] = collectionsOf(
    at.input.kind,
    side,
    at.context.settings.customerModel,
  )
  return {
    side,
    collection,
    id: linkReference(at.linkId, side),
    version: '',
    createdAt: null,
    modifiedBy: null,
    life: 'live',
    hasLines: false,
    fields: at.payload,
  }
}
