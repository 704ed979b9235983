import type { Op } from '../model/op.ts'
import type { RowOutcome } from '../model/outcome.ts'
import type { RecordRef, RemoteRecord } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import type { ValueObject } from '../model/value.ts'

/** What one side says of a record's age: ISO instants in UTC, each by that side's own clock; null where it does not say. */
export interface SideTimes {
  readonly created: string | null
  readonly modified: string | null
}

/** Where the times of a change are looked up. */
export interface Known {
  /** The record as this pass has read it; undefined where it has not. */
  record(ref: RecordRef): Pick<RemoteRecord, 'createdAt'> | undefined
  /** What the target answered to this write; undefined where it answered nothing. */
  readonly answer: RowOutcome | undefined
}

/**
 * The times of both sides beside a change (R21h), for the audit log, which has ours: the versions that the change was
 * planned from, and on the written side the one that the write has made. null: the record is not there.
 */
export function timesOf(op: Op, known: Known): Readonly<Record<Side, SideTimes | null>> {
  const of = (side: Side) => (side === op.side ? targetTimes(op, known) : planned(op, side, known))
  return { zoho: of('zoho'), xero: of('xero') }
}

export function timesValue(times: Readonly<Record<Side, SideTimes | null>>): ValueObject {
  const one = (side: Side) => (times[side] === null ? null : { ...times[side] })
  return { zoho: one('zoho'), xero: one('xero') }
}

function targetTimes(op: Op, known: Known): SideTimes | null {
  const before = planned(op, op.side, known)
  const { answer } = known
  if (answer?.type !== 'ok' || answer.version === null) return before
  // What we make is created by this very write, also where the remote has no such field.
  const born = op.verb === 'create' ? (answer.record?.createdAt ?? answer.version) : (before?.created ?? null)
  return { created: born, modified: answer.version }
}

/** The record that the op names, else the main one of that side: a plan lists it first. */
function planned(op: Op, side: Side, known: Known): SideTimes | null {
  const own = op.basis.filter((one) => one.side === side)
  const found = own.find((one) => one.side === op.side && one.remoteId === op.remoteId) ?? own[0]
  if (found === undefined || (side === op.side && op.remoteId === null)) return null
  return { created: known.record(found)?.createdAt ?? null, modified: found.version === '' ? null : found.version }
}
