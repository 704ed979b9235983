import type { Kind } from '../../model/kind.ts'
import type { Op } from '../../model/op.ts'
import { isUnsettled } from '../../model/op.ts'
import type { Side } from '../../model/side.ts'
import type { NewDispatch, UnsettledOp } from '../contract.ts'
import { checkDispatch, isEnded } from '../rules/op-end.ts'
import { applyEvent } from './links.ts'
import { freeUndone } from './marks.ts'
import type { ConnectionTables, OpRow } from './tables.ts'

export function opOf(tables: ConnectionTables, id: string): OpRow {
  const op = tables.ops.get(id)
  if (op === undefined) throw new Error(`No op ${id}`)
  return op
}

export function putOp(tables: ConnectionTables, op: OpRow): void {
  tables.ops.set(op.id, op)
  join(tables.opsOfLink, op.linkId, op.id)
  join(tables.opsOfPlan, op.planId, op.id)
  if (isUnsettled(op.state)) tables.unsettled.add(op.id)
  else tables.unsettled.delete(op.id)
}

function join(index: Map<string, Set<string>>, key: string, id: string): void {
  const set = index.get(key)
  if (set === undefined) index.set(key, new Set([id]))
  else set.add(id)
}

export function opsOfPlan(tables: ConnectionTables, planId: string): readonly OpRow[] {
  const ids = [...(tables.opsOfPlan.get(planId) ?? [])]
  return ids.map((id) => opOf(tables, id)).sort((left, right) => left.sequence - right.sequence)
}

export function opsOfLink(tables: ConnectionTables, linkId: string): readonly OpRow[] {
  return [...(tables.opsOfLink.get(linkId) ?? [])].map((id) => opOf(tables, id))
}

export function unsettledOps(tables: ConnectionTables): readonly OpRow[] {
  return [...tables.unsettled].map((id) => opOf(tables, id))
}

/** Only what the engine handed in: bookkeeping columns stay inside. */
export function plainOp({ dispatchId: _d, sentAt: _s, settleAfter: _a, ...op }: OpRow): Op {
  return op
}

export function dispatchOps(tables: ConnectionTables, dispatch: NewDispatch): void {
  const ops = dispatch.opIds.map((id) => opOf(tables, id))
  for (const op of ops) checkDispatch(op)
  tables.dispatches.set(dispatch.id, dispatch)
  const { id: dispatchId, sentAt, settleAfter } = dispatch
  for (const op of ops) putOp(tables, { ...op, state: 'sent', dispatchId, sentAt, settleAfter })
}

export function opsToSettle(tables: ConnectionTables, now: number): readonly UnsettledOp[] {
  return unsettledOps(tables).flatMap((row) => {
    const { sentAt, dispatchId, settleAfter } = row
    if (sentAt === null || dispatchId === null || settleAfter === null || settleAfter > now) return []
    return [{ op: plainOp(row), sentAt, dispatchId }]
  })
}

export function supersedeOps(tables: ConnectionTables, ops: readonly OpRow[], code: string | null): void {
  for (const op of ops) {
    if (op.state !== 'intended') continue
    putOp(tables, { ...op, state: 'superseded', code })
    freeUndone(tables, { planId: op.planId, linkId: op.linkId, dueAt: null })
  }
  for (const linkId of new Set(ops.filter(isMainCreate).map((op) => op.linkId))) abandonCreate(tables, linkId)
}

function isMainCreate({ verb, role }: OpRow): boolean {
  return verb === 'create' && role === 'main'
}

/** Nothing is under way to make its partner: what refers to it must not count on one. */
function abandonCreate(tables: ConnectionTables, linkId: string): void {
  const link = tables.links.get(linkId)
  const isUnderWay = opsOfLink(tables, linkId).some((op) => isMainCreate(op) && !isEnded(op.state))
  if (link?.state === 'creating' && !isUnderWay) applyEvent(tables, linkId, 'createAbandoned')
}

export function unsettledCreates(
  tables: ConnectionTables,
): readonly { readonly kind: Kind; readonly side: Side; readonly sentAt: number }[] {
  const oldest = new Map<string, { kind: Kind; side: Side; sentAt: number }>()
  for (const { kind, side, verb, role, sentAt } of unsettledOps(tables)) {
    // Nobody who is not linked yet could be a task of ours.
    if (verb !== 'create' || role === 'task' || sentAt === null) continue
    const key = `${kind}/${side}`
    const known = oldest.get(key)
    if (known === undefined || sentAt < known.sentAt) oldest.set(key, { kind, side, sentAt })
  }
  return [...oldest.values()]
}
