import { sql } from 'kysely'
import type { Link } from '../../model/link.ts'
import { nextLinkState } from '../../model/link-state.ts'
import type { LinkChange, PlanChunk } from '../../model/plan.ts'
import { refKey } from '../../model/record.ts'
import type { ChunkRecorded, RecordedChunk } from '../contract.ts'
import { detachedSince } from '../rules/detached.ts'
import { claimsOf } from '../rules/taken.ts'
import { touchedLinks, withoutLinks } from '../rules/touched.ts'
import { holdsWithWaiting, plannedLinks } from '../rules/waiting-marks.ts'
import { putConflicts } from './conflicts.ts'
import type { LaneKey } from './fence.ts'
import { takenAfterDissolving } from './half-links.ts'
import { closeStaleHolds, openHolds } from './holds.ts'
import {
  dropParts,
  insertLinks,
  insertParts,
  type LinkState,
  type LinkUpdate,
  lockedLinks,
  putParts,
  raiseGenerations,
  settleParts,
  updateLinks,
} from './link-writes.ts'
import { deleteMarks, ownForPlan, type Stamp, waitingMarks } from './marks.ts'
import { insertOps } from './op-rows.ts'
import type { Database } from './schema.ts'

export interface WriteContext {
  readonly tx: Database
  readonly lane: LaneKey
  readonly stamp: Stamp
}

/** One chunk in about a dozen statements, however many rows it has. */
export async function recordChunk(context: WriteContext, recorded: RecordedChunk): Promise<ChunkRecorded> {
  const { tx, lane } = context
  const { connectionId } = lane
  const known = await lockedLinks(tx, connectionId, [...touchedLinks(recorded.chunk)])
  const detached = detachedSince(recorded.chunk, (id) => known.get(id)?.state)
  const given = withoutLinks(recorded.chunk, new Set(detached))
  const claims = claimsOf(given)
  await dropParts(tx, connectionId, given.linkChanges)
  const { taken, dissolved } = await takenAfterDissolving(tx, connectionId, claims)
  // Whatever else was planned of a link that is dissolved went out of date when its record found its partner.
  const chunk = withoutLinks(given, new Set([...dissolved, ...taken.map(({ linkId }) => linkId)]))
  const touched = [...touchedLinks(chunk)]
  await makePlanRow(context, recorded)
  await writeLinks(context, chunk, known)
  await writeFacts(context, chunk)
  const cleared = new Set(chunk.clear.map(refKey))
  await deleteMarks(
    tx,
    connectionId,
    recorded.marks.filter((mark) => cleared.has(refKey(mark))),
  )
  const stamp = { ...context.stamp, now: recorded.now }
  await putConflicts(tx, connectionId, { chunk, touched, stamp })
  await insertOps(tx, { connectionId, runId: recorded.runId, fence: lane.fence }, chunk.ops)
  const linkIds = [...new Set(chunk.ops.map((op) => op.linkId))]
  const waiting = await waitingMarks(tx, connectionId, plannedLinks(chunk))
  await ownForPlan(tx, connectionId, { planId: recorded.planId, linkIds, marks: [...recorded.marks, ...waiting] })
  await closeStaleHolds(tx, connectionId, { chunk, touched })
  const tokens = new Map([...waiting, ...recorded.marks].map((mark) => [refKey(mark), mark.token]))
  const held = holdsWithWaiting(chunk, waiting).map(
    (hold) => ({ hold, planId: recorded.planId, type: 'hold', tokens }) as const,
  )
  await openHolds(tx, connectionId, { claims: held, stamp })
  return { taken, detached }
}

async function makePlanRow({ tx, lane }: WriteContext, { planId, runId, now }: RecordedChunk): Promise<void> {
  await sql`
    insert into tandem.plan (id, connection_id, run_id, state, created_at, counts)
    values (${planId}, ${lane.connectionId}, ${runId}, 'ready', ${now}, '[]') on conflict (id) do nothing`.execute(tx)
}

/** New links go in with the state that their changes of this chunk lead to; known ones are moved. */
async function writeLinks(
  { tx, lane }: WriteContext,
  chunk: PlanChunk,
  known: ReadonlyMap<string, LinkState>,
): Promise<void> {
  const { connectionId } = lane
  if (chunk.newLinks.length === 0 && chunk.linkChanges.length === 0) return
  const fresh = chunk.newLinks.filter((link) => !known.has(link.id))
  const blank = { state: 'pendingMatch', attempts: 0, nextAttemptAt: null, lastCode: null } as const
  const before = new Map(known)
  for (const { id, kind } of fresh) before.set(id, { id, kind, ...blank })
  const after = changedLinks(before, chunk.linkChanges)
  if (fresh.length > 0) {
    const generation = await generationOf(tx, connectionId)
    const rows = fresh.map(({ id, kind }) => {
      const { state, lastCode, lines } = after.get(id) ?? { ...blank, lines: null }
      return { id, kind, state, lastCode, lines: lines ?? [], generation }
    })
    await insertLinks(tx, connectionId, rows)
  }
  await updateLinks(
    tx,
    [...after.values()].filter((link) => known.has(link.id)),
  )
  const claims = claimsOf(chunk)
  await putParts(
    tx,
    connectionId,
    claims.filter(({ linkId }) => known.has(linkId)),
  )
  await insertParts(
    tx,
    connectionId,
    claims.filter(({ linkId }) => !known.has(linkId)),
  )
}

/** Only links with changes; a refused event throws before anything is written. */
function changedLinks(
  before: ReadonlyMap<string, LinkState>,
  changes: readonly LinkChange[],
): ReadonlyMap<string, LinkUpdate> {
  const after = new Map<string, LinkUpdate>()
  for (const change of changes) {
    const link = after.get(change.linkId) ?? before.get(change.linkId)
    if (link === undefined) throw new Error(`No link ${change.linkId}`)
    const { id, attempts, nextAttemptAt } = link
    const state: Link['state'] = change.event === null ? link.state : nextLinkState(link.state, change.event)
    const lastCode = change.event === null && change.code === null ? link.lastCode : change.code
    const lines = change.lines ?? ('lines' in link ? link.lines : null)
    after.set(id, { id, state, attempts, nextAttemptAt, lastCode, lines })
  }
  return after
}

export async function generationOf(tx: Database, connectionId: string): Promise<number> {
  const row = await tx
    .selectFrom('tandem.connection')
    .select('generation')
    .where('id', '=', connectionId)
    .executeTakeFirst()
  return row?.generation ?? 1
}

async function writeFacts({ tx, lane }: WriteContext, chunk: PlanChunk): Promise<void> {
  if (chunk.settled.length === 0) return
  await settleParts(tx, lane.connectionId, chunk.settled)
  const generations = new Map<string, number>()
  for (const { linkId, generation } of chunk.settled) {
    generations.set(linkId, Math.max(generation, generations.get(linkId) ?? generation))
  }
  await raiseGenerations(
    tx,
    [...generations].map(([id, generation]) => ({ id, generation })),
  )
}
