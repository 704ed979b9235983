import { readOrStop } from '../detect/call.ts'
import { baseContext, NO_ITEMS } from '../detect/context.ts'
import type { Code } from '../model/codes.ts'
import { isReminder } from '../model/kind.ts'
import type { Link } from '../model/link.ts'
import type { Op } from '../model/op.ts'
import type { RowOutcome } from '../model/outcome.ts'
import type { RecordRef, RemoteRecord } from '../model/record.ts'
import { isValueObject } from '../model/value.ts'
import { awaiting } from '../plan/waits-for.ts'
import type { NewMark, OpOutcome } from '../store/contract.ts'
import { remoteOf, type Walk } from '../walk.ts'
import { confirmedOutcome, plainOutcome } from './outcome-of.ts'
import { removedOutcome } from './removed-outcome.ts'

/** Judges one row of an answered write (design section 4, apply: EACH row is judged). */
export async function judgeRow(
  walk: Walk,
  op: Op,
  at: { readonly row: RowOutcome; readonly link: Link | undefined; readonly settleAfter: number },
): Promise<OpOutcome> {
  const { row } = at
  switch (row.type) {
    case 'ok':
      if (op.verb === 'delete') return removedOutcome(walk, op)
      return confirmedOutcome(walk, op, { row, link: at.link })
    case 'refused':
      return (
        changedSinceTheLook(walk, op, row) ?? {
          ...plainOutcome(walk, op, { state: 'refused', code: row.code, message: row.message }),
          linkEvent: 'refused',
        }
      )
    case 'moved':
      return {
        ...plainOutcome(walk, op, { state: 'superseded', code: 'beforeImageMoved', message: row.message }),
        marks: targetMarks(walk, op),
      }
    case 'unknown':
      return {
        ...plainOutcome(walk, op, { state: 'unknown', code: row.code, message: row.message }),
        settleAfter: at.settleAfter,
      }
    case 'duplicate':
      return judgeDuplicate(walk, op, row)
  }
}

/** Refused for a record that was all right when it was looked at, right before: it is planned again when that one changes. */
function changedSinceTheLook(
  walk: Walk,
  op: Op,
  row: Extract<RowOutcome, { readonly type: 'refused' }>,
): OpOutcome | null {
  const look = op.verb === 'create' ? walk.mapping(op.kind).lastLook : undefined
  const code = look?.waitsAs[row.code]
  if (look === undefined || code === undefined) return null
  const detail = { detail: row.message, ...awaiting(look.refs(op.payload)) }
  return {
    ...plainOutcome(walk, op, { state: 'refused', code, message: row.message }),
    linkEvent: 'heldForPerson',
    hold: { linkId: op.linkId, kind: op.kind, code, title: op.title, detail, marks: [] },
  }
}

/**
 * A unique key is taken. Only a record that carries OUR cross-reference is ours (an earlier create whose answer was
 * lost): planning links it. Anybody else's is held, never adopted.
 */
async function judgeDuplicate(
  walk: Walk,
  op: Op,
  row: Extract<RowOutcome, { readonly type: 'duplicate' }>,
): Promise<OpOutcome> {
  const found =
    op.naturalKey === null
      ? []
      : await readOrStop(walk, () =>
          remoteOf(walk, op.side).findByKey(op.collection, op.naturalKey === null ? [] : [op.naturalKey]),
        )
  // What was deleted keeps our reference, and may keep its number: it is not what this create has made.
  const isInUse = (record: RemoteRecord) => (walk.mapping(op.kind).ended?.(record) ?? null) === null
  if (found.some((record) => isInUse(record) && isOurs(walk, op, record))) {
    return {
      ...plainOutcome(walk, op, { state: 'superseded', code: 'duplicateInTarget', message: row.message }),
      linkEvent: op.role === 'main' && op.verb === 'create' ? 'createAbandoned' : null,
      marks: [...sourceMarks(walk, op, 'recover'), ...foundMarks(walk, op, found)],
    }
  }
  const code: Code = row.field === 'Name' ? 'nameTakenByStranger' : 'duplicateInTarget'
  const holder = row.remoteId ?? found[0]?.id ?? ''
  return {
    ...plainOutcome(walk, op, { state: 'refused', code, message: row.message }),
    linkEvent: 'heldForPerson',
    hold: {
      linkId: op.linkId,
      kind: op.kind,
      code,
      title: op.title,
      detail: { field: row.field, holder, message: row.message },
      marks: sourceMarks(walk, op, 'recover'),
    },
  }
}

export function isOurs(walk: Walk, op: Op, record: RemoteRecord): boolean {
  // A person's key quotes the Xero contact's id: nobody else would have chosen it. Whoever has left the company since
  // took the key along, and is not the one that is wanted here.
  if (op.role !== 'main')
    return isUnder(walk, op, record) && record.fields[op.naturalKey?.field ?? ''] === op.naturalKey?.value
  const mapping = walk.mapping(op.kind)
  const reference = mapping.crossReference(record, baseContext(walk, NO_ITEMS))
  switch (reference?.type) {
    case 'link':
      return reference.linkId === op.linkId
    case 'partner':
      return reference.remoteId === op.naturalKey?.value
    case undefined:
      return mapping.saysWhatWasSent?.(op.payload, record) ?? false
  }
}

function isUnder(walk: Walk, op: Op, person: RemoteRecord): boolean {
  const { Account_Name: company } = op.payload
  const wanted = isValueObject(company) ? company.id : undefined
  return wanted === undefined || walk.mapping(op.kind).persons?.companyOf(person) === wanted
}

/** The records that an op was planned from: marked again, they are planned again. */
export function sourceMarks(walk: Walk, op: Op, reason: NewMark['reason']): readonly NewMark[] {
  const refs = new Map<string, RecordRef>()
  for (const advance of op.sourceShadow)
    refs.set(advance.remoteId, { side: advance.side, collection: advance.collection, remoteId: advance.remoteId })
  return [...refs.values()].map((ref) => ({ ...ref, kind: op.kind, reason, dueAt: walk.ports.clock.now() }))
}

function foundMarks(walk: Walk, op: Op, found: readonly RemoteRecord[]): readonly NewMark[] {
  // No link knows it yet, and by itself it is nothing that is kept in step: its invoice asks for it.
  if (isReminder(op.collection)) return []
  const dueAt = walk.ports.clock.now()
  return found.map((record) => ({
    side: op.side,
    collection: op.collection,
    remoteId: record.id,
    kind: op.kind,
    reason: 'recover',
    dueAt,
  }))
}

function targetMarks(walk: Walk, op: Op): readonly NewMark[] {
  if (op.remoteId === null) return []
  return [
    {
      side: op.side,
      collection: op.collection,
      remoteId: op.remoteId,
      kind: op.kind,
      reason: 'moved',
      dueAt: walk.ports.clock.now(),
    },
  ]
}
