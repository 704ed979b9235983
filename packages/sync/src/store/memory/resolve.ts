import { LINK_TRANSITIONS } from '../../model/link-state.ts'
import { type RecordRef, refKey } from '../../model/record.ts'
import type { NewMark, Resolution } from '../contract.ts'
import type { ConflictRow, HoldRow } from '../rules/inbox-row.ts'
import { type HoldEffect, reasonOf, resolveHold } from '../rules/resolve.ts'
import { refOf } from '../rules/taken.ts'
import { closeHold, dissolveInTheWay } from './chunk.ts'
import { addParts, applyEvent, linkOf, putLink, takenClaims } from './links.ts'
import { marksOfHold, putMarks } from './marks.ts'
import { type ConnectionTables, type MemoryWorld, tablesOf } from './tables.ts'

export type ResolveAnswer = 'resolved' | 'unknownItem' | 'notPossible'

export function resolveItem(
  world: MemoryWorld,
  connectionId: string,
  choice: { readonly itemId: string; readonly resolution: Resolution },
): ResolveAnswer {
  const tables = tablesOf(world, connectionId)
  const hold = tables.holds.get(choice.itemId)
  if (hold !== undefined) return settleHold({ world, tables, connectionId }, hold, choice.resolution)
  const conflict = tables.conflicts.get(choice.itemId)
  if (conflict === undefined || conflict.state !== 'open') return 'unknownItem'
  return settleConflict({ world, tables, connectionId }, conflict, choice.resolution)
}

interface ResolveContext {
  readonly world: MemoryWorld
  readonly tables: ConnectionTables
  readonly connectionId: string
}

function settleHold(context: ResolveContext, hold: HoldRow, resolution: Resolution): ResolveAnswer {
  const { world, tables, connectionId } = context
  const link = hold.linkId === null ? null : (tables.links.get(hold.linkId) ?? null)
  const customerModel = world.connections.get(connectionId)?.settings.customerModel ?? 'accountsWithPersons'
  const effect = resolveHold(hold, link, { resolution, customerModel })
  if (effect.type === 'notPossible') return 'notPossible'
  const linkId = link?.id ?? world.chance.uuid()
  const claims = effect.parts.map((part) => ({ linkId, part }))
  if (resolution.type === 'link') dissolveInTheWay(tables, claims)
  if (takenClaims(tables, claims).length > 0) return 'notPossible'
  const owned = marksOfHold(tables, hold)
  closeHold(tables, hold.id)
  if (effect.marks === 'drop') for (const row of owned) tables.marks.delete(refKey(row))
  applyToLink(context, effect, { linkId, hold })
  if (effect.marks !== 'drop') {
    markAgain(context, effect.refs, { kind: hold.kind, at: resolution.at, reason: reasonOf(effect) })
  }
  return 'resolved'
}

function applyToLink(
  { world, tables, connectionId }: ResolveContext,
  effect: Extract<HoldEffect, { type: 'apply' }>,
  subject: { readonly linkId: string; readonly hold: HoldRow },
): void {
  const { linkId, hold } = subject
  if (effect.link === null && effect.parts.length === 0) return
  if (effect.link === null) {
    const generation = world.connections.get(connectionId)?.generation ?? 1
    const blank = { attempts: 0, nextAttemptAt: null, lastCode: null, lines: [], parts: [] }
    putLink(tables, { id: linkId, kind: hold.kind, state: 'pendingMatch', generation, ...blank })
  }
  addParts(tables, linkId, effect.parts)
  applyEvent(tables, linkId, effect.event)
  putLink(tables, { ...linkOf(tables, linkId), attempts: 0, nextAttemptAt: null, lastCode: null })
}

function settleConflict(context: ResolveContext, conflict: ConflictRow, resolution: Resolution): ResolveAnswer {
  const { tables } = context
  const link = linkOf(tables, conflict.linkId)
  const refs = link.parts.flatMap((part) => refOf(part) ?? [])
  if (resolution.type === 'choose') {
    tables.conflicts.set(conflict.id, { ...conflict, winner: resolution.side, state: 'chosen' })
    markAgain(context, refs, { kind: conflict.kind, at: resolution.at, reason: 'person' })
    return 'resolved'
  }
  if (resolution.type !== 'detach' || LINK_TRANSITIONS[link.state].detachedByPerson === 'Refused') return 'notPossible'
  for (const row of [...tables.conflicts.values()]) {
    if (row.linkId === link.id) tables.conflicts.set(row.id, { ...row, state: 'closed' })
  }
  applyEvent(tables, link.id, 'detachedByPerson')
  return 'resolved'
}

function markAgain(
  { world, tables }: ResolveContext,
  refs: readonly RecordRef[],
  wish: { readonly kind: NewMark['kind']; readonly at: number; readonly reason: NewMark['reason'] },
): void {
  const marks = refs.map((ref): NewMark => ({ ...ref, kind: wish.kind, reason: wish.reason, dueAt: wish.at }))
  putMarks(tables, marks, { chance: world.chance, now: wish.at })
}
