import type { Kind } from '../../model/kind.ts'
import { type RecordRef, refKey } from '../../model/record.ts'
import type { Chance } from '../../ports/chance.ts'
import type { Cursor, Mark, NewMark } from '../contract.ts'
import type { HoldRow } from '../rules/inbox-row.ts'
import { compareMarks, type MarkOwner, type MarkRow, renewedMark, undoneReason } from '../rules/mark-row.ts'
import type { WaitingMark } from '../rules/waiting-marks.ts'
import type { ConnectionTables } from './tables.ts'

export function putMarks(
  tables: ConnectionTables,
  marks: readonly NewMark[],
  stamp: { readonly chance: Chance; readonly now: number },
): void {
  for (const mark of marks) {
    const key = refKey(mark)
    const token = stamp.chance.uuid()
    tables.marks.set(key, renewedMark(tables.marks.get(key), mark, { token, now: stamp.now }))
  }
}

/** Forward only: a page that is handled twice must not take the other page's progress back. */
export function moveCursor(tables: ConnectionTables, cursor: Cursor): void {
  const key = `${cursor.side}/${cursor.collection}/${cursor.feed}`
  const old = tables.cursors.get(key)
  if (old === undefined || old.highWater <= cursor.highWater) tables.cursors.set(key, cursor)
}

export function dueMarks(
  tables: ConnectionTables,
  request: { readonly kinds: readonly Kind[]; readonly now: number; readonly limit: number; readonly after?: Mark },
): readonly Mark[] {
  const { after } = request
  const due: MarkRow[] = []
  for (const mark of tables.marks.values()) {
    if (mark.owner !== null || mark.dueAt > request.now || !request.kinds.includes(mark.kind)) continue
    if (after === undefined || compareMarks(mark, after) > 0) due.push(mark)
  }
  return due.sort(compareMarks).slice(0, request.limit).map(withoutOwner)
}

export function clearMarks(tables: ConnectionTables, marks: readonly Mark[]): void {
  for (const mark of marks) {
    const key = refKey(mark)
    if (tables.marks.get(key)?.token === mark.token) tables.marks.delete(key)
  }
}

export function postponeMarks(tables: ConnectionTables, marks: readonly Mark[]): void {
  for (const { token, dueAt, ...ref } of marks) {
    const row = tables.marks.get(refKey(ref))
    if (row?.token === token) tables.marks.set(refKey(ref), { ...row, dueAt, reason: 'dayEnd' })
  }
}

/** Gives the marks to an owner, unless they were renewed since they were read (`tokens` by refKey). */
export function ownMarks(
  tables: ConnectionTables,
  refs: readonly RecordRef[],
  claim: { readonly owner: MarkOwner; readonly tokens: ReadonlyMap<string, string> },
): void {
  for (const ref of refs) {
    const key = refKey(ref)
    const row = tables.marks.get(key)
    const token = claim.tokens.get(key)
    if (row === undefined || (token !== undefined && token !== row.token)) continue
    tables.marks.set(key, { ...row, owner: claim.owner })
  }
}

export function marksOfPlanLink(tables: ConnectionTables, planId: string, linkId: string): readonly MarkRow[] {
  return marksOfLink(tables, linkId).filter((row) => isOwnedBy(row, planId, linkId))
}

/** The ops of this link were not all done: what they own is free again, and every mark asks for a full look. */
export function freeUndone(
  tables: ConnectionTables,
  of: { readonly planId: string; readonly linkId: string; readonly dueAt: number | null },
): void {
  for (const row of marksOfLink(tables, of.linkId)) {
    const isOwned = isOwnedBy(row, of.planId, of.linkId)
    if (!isOwned && row.owner !== null) continue
    const dueAt = isOwned ? (of.dueAt ?? row.dueAt) : row.dueAt
    tables.marks.set(refKey(row), { ...row, owner: null, reason: undoneReason(row.reason), dueAt })
  }
}

function marksOfLink(tables: ConnectionTables, linkId: string): readonly MarkRow[] {
  return (tables.links.get(linkId)?.parts ?? []).flatMap(({ side, collection, remoteId }) => {
    const row = remoteId === null ? undefined : tables.marks.get(refKey({ side, collection, remoteId }))
    return row === undefined ? [] : [row]
  })
}

function isOwnedBy({ owner }: MarkRow, planId: string, linkId: string): boolean {
  return owner?.type === 'plan' && owner.planId === planId && owner.linkId === linkId
}

export function marksOfHold(tables: ConnectionTables, hold: HoldRow): readonly MarkRow[] {
  const rows = hold.refs.flatMap((ref) => tables.marks.get(refKey(ref)) ?? [])
  return rows.filter(({ owner }) => owner?.type === 'hold' && owner.holdId === hold.id)
}

/** What the holds of these links own. */
export function waitingMarks(tables: ConnectionTables, linkIds: readonly string[]): readonly WaitingMark[] {
  const wanted = new Set(linkIds)
  return [...tables.holds.values()].flatMap((hold) => {
    const { linkId } = hold
    if (linkId === null || !wanted.has(linkId)) return []
    return marksOfHold(tables, hold).map(({ side, collection, remoteId, token }) => ({
      side,
      collection,
      remoteId,
      token,
      linkId,
      identity: hold.identity,
    }))
  })
}

export function freeMarksOfHold(tables: ConnectionTables, hold: HoldRow): void {
  for (const row of marksOfHold(tables, hold)) tables.marks.set(refKey(row), { ...row, owner: null })
}

function withoutOwner({ owner: _, ...mark }: MarkRow): Mark {
  return mark
}
