import { readOrStop } from '../detect/call.ts'
import { baseContext, NO_ITEMS } from '../detect/context.ts'
import { plainView } from '../detect/views.ts'
import type { SideView } from '../mapping/contract.ts'
import { formFor } from '../mapping/form.ts'
import type { Op } from '../model/op.ts'
import type { RemoteOutcome } from '../model/outcome.ts'
import type { RemoteRecord } from '../model/record.ts'
import { sameValue } from '../model/value.ts'
import { LINES_FIELD, TOTAL_FIELD } from '../plan/plan-lines.ts'
import { remoteOf, type Walk } from '../walk.ts'

/** The plan's own read counts as the check if the write is sent within this time (design section 4, apply). */
export const READ_COUNTS_MS = 2_000
/** A check that took longer, because the process was frozen on its way (C17), shows what the record was, not what it is. */
export const CHECK_COUNTS_MS = 3_000

/**
 * Ops of a batch whose before-image still stands. Writes of our own cross-reference fields need no check: nobody else
 * writes them, and they touch nothing else.
 */
export async function unmovedOps(
  walk: Walk,
  ops: readonly Op[],
): Promise<{ readonly fit: readonly Op[]; readonly moved: readonly Op[] }> {
  const checkable = ops.filter(isCheckable)
  if (!checkable.some((op) => isOld(walk, op, READ_COUNTS_MS))) return { fit: ops, moved: [] }
  // All of them in the one call: a read that takes its time makes the reads of the others old, too.
  const fresh = await readTargets(walk, checkable)
  const moved = new Set(checkable.filter((op) => !stands(walk, op, fresh.get(op.remoteId ?? ''))))
  return { fit: ops.filter((op) => !moved.has(op)), moved: [...moved] }
}

/** Does its write go over what somebody else may have typed? */
export function isCheckable(op: Op): boolean {
  return op.verb === 'update' && op.remoteId !== null && op.changes.some((change) => change.reason !== 'crossReference')
}

/** Was what we know of its record read, and found to stand, too long ago for its write to be sent now? */
export function isCheckOld(walk: Walk, op: Op): boolean {
  return (isCheckable(op) || op.verb === 'delete') && isOld(walk, op, CHECK_COUNTS_MS)
}

function isOld(walk: Walk, op: Op, limitMs: number): boolean {
  if (op.remoteId === null) return false
  const known = walk.cache.get({ side: op.side, collection: op.collection, remoteId: op.remoteId })
  return known === undefined || walk.ports.clock.monotonic() - known.sentAtMonotonicMs > limitMs
}

/** List rows first, a hundred in a call: an unchanged version needs no more. Lines are read only where it has changed. */
async function readTargets(walk: Walk, ops: readonly Op[]): Promise<ReadonlyMap<string, RemoteRecord>> {
  const [first] = ops
  if (first === undefined) return new Map()
  const ids = [...new Set(ops.flatMap((op) => op.remoteId ?? []))]
  const remote = remoteOf(walk, first.side)
  const fresh = new Map<string, RemoteRecord>()
  const take = async (read: () => Promise<RemoteOutcome<readonly RemoteRecord[]>>) => {
    const sentAt = walk.ports.clock.monotonic()
    const records = await readOrStop(walk, read)
    walk.cache.add(records, sentAt)
    for (const record of records) fresh.set(record.id, record)
  }
  await take(() => remote.readRows(first.collection, ids))
  const lined = ops.filter((op) => {
    const row = fresh.get(op.remoteId ?? '')
    const hasLines = op.changes.some((change) => change.field === LINES_FIELD)
    return row !== undefined && hasLines && !row.hasLines && row.version !== op.beforeVersion
  })
  const linedIds = lined.flatMap((op) => op.remoteId ?? [])
  if (linedIds.length > 0) await take(() => remote.readMany(first.collection, linedIds))
  return fresh
}

function saysLines({ changes }: Op): boolean {
  return changes.some(({ field }) => field === LINES_FIELD)
}

function stands(walk: Walk, op: Op, record: RemoteRecord | undefined): boolean {
  if (record === undefined) return false
  // Two edits in one second share their version at Zoho: what the row shows is compared, the version stands for the rest.
  const isSameVersion = record.version === op.beforeVersion
  if (isSameVersion && op.role === 'person') return true
  const mapping = formFor(walk.mapping(op.kind), op.collection)
  // What is said again is as old as the plan: whoever has changed any of it since would lose it.
  if (!isSameVersion && mapping.repeated !== undefined && op.side === 'xero') return false
  // So is what a line bears besides its money: a bookkeeper's account and tracking are echoed, and no value here shows them.
  if (!isSameVersion && op.side === 'xero' && saysLines(op)) return false
  const context = { ...baseContext(walk, NO_ITEMS), linkId: op.linkId }
  const view: SideView =
    op.role === 'primary' ? { side: op.side, main: null, primary: record, persons: [] } : plainView(op.side, record)
  return op.changes.every((change) => {
    if (change.field === TOTAL_FIELD) return true
    if (change.field === LINES_FIELD && isSameVersion && !record.hasLines) return true
    if (change.field === LINES_FIELD) {
      const lines = mapping.lines
      return (
        lines !== null &&
        sameValue(
          lines.read(view, context).map((line) => lines.toValue(line.value)),
          change.before,
        )
      )
    }
    const rule = mapping.fields.find((candidate) => candidate.field === change.field)
    // What no rule reads (a person of a group) stands only while the version does.
    if (rule === undefined) return isSameVersion
    return sameValue(rule[op.side].read(view, context), change.before)
  })
}
