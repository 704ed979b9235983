import { baseContext, NO_ITEMS } from '../detect/context.ts'
import { EXPECTED_LINES_FIELD, WRITTEN_FIELD } from '../detect/quiet.ts'
import { plainView } from '../detect/views.ts'
import type { LinkContext, SideView } from '../mapping/contract.ts'
import { formFor } from '../mapping/form.ts'
import type { Code } from '../model/codes.ts'
import {
  dealParts,
  type LinePair,
  type Link,
  type LinkPart,
  mainPart,
  type PartRole,
  type ShadowField,
} from '../model/link.ts'
import type { Op } from '../model/op.ts'
import type { RowOutcome } from '../model/outcome.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import { canonicalText, isValueList, isValueObject, sameValue, type Value, type ValueObject } from '../model/value.ts'
import { lineShadowField } from '../plan/merge-lines.ts'
import { PRIMARY_FIELD } from '../plan/plan-fields.ts'
import { AGREED_TOTAL_FIELD, KNOWN_TOTAL_FIELD, LINES_FIELD, TOTAL_FIELD } from '../plan/plan-lines.ts'
import { shadowField } from '../plan/settle.ts'
import type { NewMark, OpOutcome } from '../store/contract.ts'
import type { Walk } from '../walk.ts'

type OkRow = Extract<RowOutcome, { readonly type: 'ok' }>

/** An outcome that changes nothing but the op's state; of a create that is given up, its link must not count on a partner. */
export function plainOutcome(
  walk: Walk,
  op: Op,
  end: { readonly state: OpOutcome['state']; readonly code: Code | null; readonly message: string | null },
): OpOutcome {
  return {
    opId: op.id,
    linkId: op.linkId,
    ...end,
    at: walk.ports.clock.now(),
    part: null,
    linkEvent: end.state === 'superseded' && op.verb === 'create' && op.role === 'main' ? 'createAbandoned' : null,
    shadows: [],
    lines: null,
    marks: [],
    retryAt: null,
    hold: null,
    settleAfter: null,
  }
}

/** What a confirmed row makes true: shadows of the fields written, the new part, line pairs, and marks to read again. */
export function confirmedOutcome(
  walk: Walk,
  op: Op,
  at: { readonly row: OkRow; readonly link: Link | undefined },
): OpOutcome {
  const ref: RecordRef = { side: op.side, collection: op.collection, remoteId: at.row.remoteId }
  const context: LinkContext = { ...baseContext(walk, NO_ITEMS), linkId: op.linkId }
  const target = targetShadow(walk, op, { row: at.row, context })
  const foreign =
    at.row.record === null ? [] : foreignEdits(walk, op, { record: at.row.record, link: at.link, context })
  const lines = linePairs(walk, op, { record: at.row.record, link: at.link, context })
  // What the primary person says is remembered on the company, whoever that person is.
  const company = op.role === 'primary' ? companyRef(at.link, op) : null
  const { [WRITTEN_FIELD]: written, ...fields } = target
  const said =
    op.verb === 'create' ? { ...fields, [PRIMARY_FIELD]: shadowField(ref.remoteId, walk.fingerprint) } : fields
  const own = company === null ? target : written === undefined ? {} : { [WRITTEN_FIELD]: written }
  const part: LinkPart | null =
    op.verb === 'create'
      ? {
          side: op.side,
          collection: op.collection,
          role: op.role,
          remoteId: at.row.remoteId,
          version: null,
          shadow: { ...own, ...lines.shadow },
        }
      : null
  return {
    ...plainOutcome(walk, op, {
      state: 'confirmed',
      code: null,
      message: at.row.type === 'ok' && at.row.warnings.length > 0 ? at.row.warnings.join(' ') : null,
    }),
    part,
    linkEvent: op.verb === 'create' && op.role === 'main' ? 'createConfirmed' : null,
    shadows: [
      ...(part === null
        ? [{ ref, fields: { ...own, ...lines.shadow }, version: at.row.record === null ? null : ('keep' as const) }]
        : []),
      ...(company === null ? [] : [{ ref: company, fields: said, version: 'keep' as const }]),
      ...sourceShadows(walk, op),
    ],
    lines: lines.pairs,
    marks: [
      ...rereadMarks(walk, op, { ref, isForeign: foreign.length > 0 }),
      ...stepMarks(walk, op, ref),
      ...dealMarks(walk, op, at.link),
    ],
  }
}

function companyRef(link: Link | undefined, op: Op): RecordRef | null {
  const main = link === undefined ? undefined : mainPart(link, op.side)
  if (main === undefined || main.remoteId === null) return null
  return { side: main.side, collection: main.collection, remoteId: main.remoteId }
}

/** The target's shadows: what the answer shows where it shows fields, else what was sent. */
function targetShadow(
  walk: Walk,
  op: Op,
  at: { readonly row: OkRow; readonly context: LinkContext },
): Record<string, ShadowField> {
  const fields: Record<string, ShadowField> = {}
  const rules = formFor(walk.mapping(op.kind), op.collection).fields
  const { record } = at.row
  const set = (field: string, value: Value) => {
    fields[field] = shadowField(value, walk.fingerprint)
  }
  if (record !== null) {
    const view = plainView(op.side, record)
    const written = new Set(op.changes.map((change) => change.field))
    for (const rule of rules) {
      // A created record is ours as a whole; of an updated one only the written fields are (I3).
      if (op.verb === 'create' || written.has(rule.field)) set(rule.field, rule[op.side].read(view, at.context))
    }
    // What was predicted, not what the answer says: where they differ the record is looked at again (I11).
    const total = totalOf(op)
    if (total !== undefined) set(AGREED_TOTAL_FIELD, total)
    return fields
  }
  if (op.verb === 'create') {
    const view = viewOfPayload(op)
    for (const rule of rules)
      if (op.role !== 'person' && isSaidBy(op, rule[op.side].role))
        set(rule.field, rule[op.side].read(view, at.context))
  }
  // No rule reads a task: what we have written into it is all that is known of it.
  for (const change of op.changes)
    if (op.role === 'task' || rules.some((rule) => rule.field === change.field)) set(change.field, change.after)
  if (at.row.version !== null && mayEcho(walk, op)) set(WRITTEN_FIELD, at.row.version)
  setExpected(op, set)
  return fields
}

/**
 * Is the next list row with this version and our name known to be nothing but this write? A document that we changed is
 * read back once with its lines (design section 8); of one that only got its references, the total tells. What it is told
 * of Xero's amounts later may come beside a line that a person has just typed over, and no total shows that (I7).
 */
function mayEcho(walk: Walk, op: Op): boolean {
  const hasLines = walk.mapping(op.kind).lines !== null
  const isNew = op.role !== 'main' || op.changes.some(({ field }) => field === 'xeroId')
  return !hasLines || op.verb === 'create' || (isNew && op.changes.every(({ reason }) => reason === 'crossReference'))
}

/** A company that has just been made has nobody yet: the list of its people is told by their own ops. */
function isSaidBy(op: Op, role: PartRole): boolean {
  return role === op.role || (op.role === 'main' && role === 'person')
}

/** The record as it must read back: blank where we sent nothing. What the remote defaults shows as a difference. */
function viewOfPayload(op: Op): SideView {
  const record: RemoteRecord = {
    side: op.side,
    collection: op.collection,
    id: '',
    version: '',
    createdAt: null,
    modifiedBy: null,
    life: 'live',
    hasLines: false,
    fields: plainFields(op.payload),
  }
  return op.role === 'primary'
    ? { side: op.side, main: null, primary: record, persons: [] }
    : plainView(op.side, record)
}

/** Decimals as they are read, not as they are sent. */
function plainFields(payload: ValueObject): ValueObject {
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]) => [
      key,
      isValueObject(value) && value.$decimal !== undefined ? value.$decimal : value,
    ]),
  )
}

/** Lines and total that the read-back must show, with the source line behind each (design section 8). */
function setExpected(op: Op, set: (field: string, value: Value) => void): void {
  const lines = op.changes.find((change) => change.field === LINES_FIELD)?.after
  if (!isValueList(lines)) return
  const sources = op.sourceShadow.filter((advance) => advance.field.startsWith(lineShadowField('')))
  set(
    EXPECTED_LINES_FIELD,
    lines.map((line, index) => ({ line, source: sources[index]?.field.slice(lineShadowField('').length) ?? '' })),
  )
  const total = totalOf(op)
  if (total !== undefined) set(KNOWN_TOTAL_FIELD, total)
}

function totalOf(op: Op): Value | undefined {
  return op.changes.find((change) => change.field === TOTAL_FIELD)?.after
}

function sourceShadows(walk: Walk, op: Op): OpOutcome['shadows'] {
  const byRef = new Map<string, { ref: RecordRef; fields: Record<string, ShadowField>; version: 'keep' }>()
  for (const advance of op.sourceShadow) {
    if (advance.field === lineShadowField('') || advance.isPairOnly) continue
    const ref = { side: advance.side, collection: advance.collection, remoteId: advance.remoteId }
    const entry = byRef.get(refKey(ref)) ?? { ref, fields: {}, version: 'keep' as const }
    entry.fields[advance.field] = shadowField(advance.value, walk.fingerprint)
    byRef.set(refKey(ref), entry)
  }
  return [...byRef.values()]
}

/** Fields that are not as we know them: somebody edited between our read and our write, or what we sent was not taken over. */
function foreignEdits(
  walk: Walk,
  op: Op,
  at: { readonly record: RemoteRecord; readonly link: Link | undefined; readonly context: LinkContext },
): readonly string[] {
  if (op.verb !== 'update' || op.role !== 'main') return []
  const part = at.link?.parts.find((candidate) => candidate.side === op.side && candidate.remoteId === op.remoteId)
  const written = new Map(op.changes.map((change) => [change.field, change.after]))
  const view = plainView(op.side, at.record)
  return formFor(walk.mapping(op.kind), op.collection).fields.flatMap((rule) => {
    const shadow = part?.shadow[rule.field]
    const sent = written.get(rule.field)
    const held = rule[op.side].read(view, at.context)
    // What we wrote and the remote has not taken over is looked at too: planning tells it.
    if (sent !== undefined) return sameValue(sent, held) ? [] : [rule.field]
    return shadow === undefined || walk.fingerprint(canonicalText(held)) === shadow.print ? [] : [rule.field]
  })
}

/** Pairs the answer's lines with the source lines behind what was sent, in order. */
function linePairs(
  walk: Walk,
  op: Op,
  at: { readonly record: RemoteRecord | null; readonly link: Link | undefined; readonly context: LinkContext },
): { readonly pairs: readonly LinePair[] | null; readonly shadow: Record<string, ShadowField> } {
  const rules = walk.mapping(op.kind).lines
  if (rules === null || at.record === null || !op.changes.some((change) => change.field === LINES_FIELD))
    return { pairs: null, shadow: {} }
  const answered = rules.read(plainView(op.side, at.record), at.context)
  const sources = op.sourceShadow.filter((advance) => advance.field.startsWith(lineShadowField('')))
  const shadow: Record<string, ShadowField> = {}
  const pairs: LinePair[] = []
  for (const [index, source] of sources.entries()) {
    const line = answered[index]
    const sourceId = source.field.slice(lineShadowField('').length)
    if (line === undefined || sourceId === '') continue
    if (!source.isPairOnly) shadow[lineShadowField(line.id)] = shadowField(rules.toValue(line.value), walk.fingerprint)
    pairs.push(
      op.side === 'xero' ? { zohoRowId: sourceId, xeroLineId: line.id } : { zohoRowId: line.id, xeroLineId: sourceId },
    )
  }
  return { pairs, shadow }
}

/** Each written Zoho document is read back once, for its row ids and totals (design section 8). */
function rereadMarks(
  walk: Walk,
  op: Op,
  at: { readonly ref: RecordRef; readonly isForeign: boolean },
): readonly NewMark[] {
  const isZohoDocument = op.side === 'zoho' && op.changes.some((change) => change.field === LINES_FIELD)
  if (!isZohoDocument && !at.isForeign) return []
  return [{ ...at.ref, kind: op.kind, reason: isZohoDocument ? 'reread' : 'moved', dueAt: walk.ports.clock.now() }]
}

/** Does this op make the invoice that a deal of its link is to show? */
export function makesBill(walk: Walk, op: Op): boolean {
  const isBill = op.verb === 'create' && op.side === 'xero' && op.role === 'main'
  return isBill && walk.mapping(op.kind).deals !== undefined
}

/** The deals of a new invoice are looked at once more: those that joined it before it was there show nothing of it yet. */
function dealMarks(walk: Walk, op: Op, link: Link | undefined): readonly NewMark[] {
  if (link === undefined || !makesBill(walk, op)) return []
  const dueAt = walk.ports.clock.now()
  return dealParts(link).map(({ side, collection, remoteId }) => ({
    side,
    collection,
    remoteId,
    kind: op.kind,
    reason: 'reread',
    dueAt,
  }))
}

/** A step is not the way: the record is planned again from where it stands now. */
function stepMarks(walk: Walk, op: Op, ref: RecordRef): readonly NewMark[] {
  if (op.changes.every((change) => change.reason !== 'step')) return []
  return [{ ...ref, kind: op.kind, reason: 'moved', dueAt: walk.ports.clock.now() }]
}
