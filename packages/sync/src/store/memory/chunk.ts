import type { NewHold, PlanChunk } from '../../model/plan.ts'
import { refKey } from '../../model/record.ts'
import type { ChunkRecorded, RecordedChunk } from '../contract.ts'
import { detachedSince } from '../rules/detached.ts'
import { inTheWay } from '../rules/half-link.ts'
import { askedAgain, conflictStateOf, type HoldRow, holdIdentity } from '../rules/inbox-row.ts'
import { claimsOf, type PartClaim, refOf } from '../rules/taken.ts'
import { fieldKey, spentFields, touchedLinks, touchedRefs, withoutLinks } from '../rules/touched.ts'
import { holdsWithWaiting, plannedLinks, type WaitingMark } from '../rules/waiting-marks.ts'
import { addParts, applyEvent, dissolveLinks, dropParts, linkOf, putLink, settlePart, takenClaims } from './links.ts'
import { clearMarks, freeMarksOfHold, ownMarks, waitingMarks } from './marks.ts'
import { putOp } from './ops.ts'
import type { ConnectionTables, MemoryWorld } from './tables.ts'

export interface ChunkContext {
  readonly world: MemoryWorld
  readonly tables: ConnectionTables
  /** Mapping generation that new links belong to. */
  readonly generation: number
}

export function recordChunk(context: ChunkContext, recorded: RecordedChunk): ChunkRecorded {
  const { tables } = context
  const detached = detachedSince(recorded.chunk, (id) => tables.links.get(id)?.state)
  const given = withoutLinks(recorded.chunk, new Set(detached))
  const claims = claimsOf(given)
  for (const change of given.linkChanges) dropParts(tables, change.linkId, change.dropParts ?? [])
  // Whatever else was planned of a link that is dissolved went out of date when its record found its partner.
  const dissolved = dissolveInTheWay(tables, claims)
  const taken = takenClaims(tables, claims)
  const chunk = withoutLinks(given, new Set([...dissolved, ...taken.map(({ linkId }) => linkId)]))
  makePlanRow(tables, recorded)
  putNewLinks(context, chunk)
  changeLinks(tables, chunk)
  for (const { linkId, ref, shadow, version, generation } of chunk.settled) {
    settlePart(tables, linkId, { ref, shadow, version, generation })
  }
  const tokens = new Map(recorded.marks.map((mark) => [refKey(mark), mark.token]))
  const cleared = new Set(chunk.clear.map(refKey))
  clearMarks(
    tables,
    recorded.marks.filter((mark) => cleared.has(refKey(mark))),
  )
  putConflicts(context, chunk, recorded.now)
  const waiting = waitingMarks(tables, plannedLinks(chunk))
  putOps(tables, chunk, { planId: recorded.planId, tokens, waiting })
  closeStaleHolds(tables, chunk)
  for (const hold of holdsWithWaiting(chunk, waiting)) openHold(context, hold, { recorded, tokens, type: 'hold' })
  return { taken, detached }
}

/** Half links whose record has found its partner in another link, with their holds. Answers which they were. */
export function dissolveInTheWay(tables: ConnectionTables, claims: readonly PartClaim[]): readonly string[] {
  const ids = inTheWay({ taken: takenClaims(tables, claims), claims }, (id) => tables.links.get(id))
  for (const hold of [...tables.holds.values()]) if (ids.includes(hold.linkId ?? '')) closeHold(tables, hold.id)
  dissolveLinks(tables, ids)
  return ids
}

function makePlanRow(tables: ConnectionTables, { planId, runId, now }: RecordedChunk): void {
  if (tables.plans.has(planId)) return
  tables.plans.set(planId, { id: planId, runId, state: 'ready', createdAt: now, holdCode: null, counts: [] })
}

function putNewLinks({ tables, generation }: ChunkContext, chunk: PlanChunk): void {
  for (const { id, kind, parts } of chunk.newLinks) {
    if (!tables.links.has(id)) {
      const state = 'pendingMatch'
      putLink(tables, {
        id,
        kind,
        state,
        generation,
        attempts: 0,
        nextAttemptAt: null,
        lastCode: null,
        lines: [],
        parts: [],
      })
    }
    addParts(tables, id, parts)
  }
}

function changeLinks(tables: ConnectionTables, chunk: PlanChunk): void {
  for (const change of chunk.linkChanges) {
    addParts(tables, change.linkId, change.addParts)
    applyEvent(tables, change.linkId, change.event)
    const link = linkOf(tables, change.linkId)
    const lastCode = change.event === null && change.code === null ? link.lastCode : change.code
    putLink(tables, { ...link, lastCode, lines: change.lines ?? link.lines })
  }
}

function putConflicts({ tables, world }: ChunkContext, chunk: PlanChunk, openedAt: number): void {
  const spent = spentFields(chunk)
  const asked = askedAgain([...tables.conflicts.values()], chunk.conflicts)
  for (const old of [...tables.conflicts.values()]) {
    if (old.state !== 'closed' && spent.has(fieldKey(old))) tables.conflicts.set(old.id, { ...old, state: 'closed' })
  }
  for (const conflict of chunk.conflicts) {
    const old = asked.get(fieldKey(conflict))
    const id = old?.id ?? world.chance.uuid()
    const { kind } = linkOf(tables, conflict.linkId)
    const state = conflictStateOf(conflict)
    tables.conflicts.set(id, { ...conflict, id, kind, state, openedAt: old?.openedAt ?? openedAt })
  }
}

function putOps(
  tables: ConnectionTables,
  chunk: PlanChunk,
  plan: {
    readonly planId: string
    readonly tokens: ReadonlyMap<string, string>
    readonly waiting: readonly WaitingMark[]
  },
): void {
  const tokens = new Map([...plan.waiting.map((mark) => [refKey(mark), mark.token] as const), ...plan.tokens])
  for (const op of chunk.ops) putOp(tables, { ...op, dispatchId: null, sentAt: null, settleAfter: null })
  for (const linkId of new Set(chunk.ops.map((op) => op.linkId))) {
    const refs = linkOf(tables, linkId).parts.flatMap((part) => refOf(part) ?? [])
    const planned = refs.filter((ref) => tokens.has(refKey(ref)))
    ownMarks(tables, planned, { owner: { type: 'plan', planId: plan.planId, linkId }, tokens })
  }
}

function closeStaleHolds(tables: ConnectionTables, chunk: PlanChunk): void {
  const links = touchedLinks(chunk)
  const refs = touchedRefs(chunk)
  const repeated = new Set(chunk.holds.map(holdIdentity))
  for (const hold of [...tables.holds.values()]) {
    if (repeated.has(hold.identity)) continue
    const isTouched = hold.linkId === null ? hold.refs.some((ref) => refs.has(refKey(ref))) : links.has(hold.linkId)
    if (isTouched) closeHold(tables, hold.id)
  }
}

export function closeHold(tables: ConnectionTables, holdId: string): void {
  const hold = tables.holds.get(holdId)
  if (hold !== undefined) freeMarksOfHold(tables, hold)
  tables.holds.delete(holdId)
}

export function openHold(
  { tables, world }: ChunkContext,
  hold: NewHold,
  cause: {
    readonly recorded: { readonly planId: string; readonly now: number }
    readonly tokens: ReadonlyMap<string, string>
    readonly type: HoldRow['type']
  },
): void {
  const identity = holdIdentity(hold)
  const old = [...tables.holds.values()].find((row) => row.identity === identity)
  if (old !== undefined) freeMarksOfHold(tables, old)
  const id = old?.id ?? world.chance.uuid()
  const { linkId, kind, code, title, detail, marks: refs } = hold
  const { planId, now } = cause.recorded
  const openedAt = old?.openedAt ?? now
  tables.holds.set(id, { id, identity, type: cause.type, planId, linkId, kind, code, title, detail, refs, openedAt })
  ownMarks(tables, refs, { owner: { type: 'hold', holdId: id }, tokens: cause.tokens })
}
