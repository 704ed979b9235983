import { type Gathered, refsOfLink } from './detect/gather.ts'
import type { OtherRole } from './detect/other-role.ts'
import { sortQuiet } from './detect/quiet.ts'
import type { Thing } from './detect/things.ts'
import type { ViewSource } from './detect/view-source.ts'
import { drawUp } from './draw-up.ts'
import { addToTally, type PlanTally } from './guard/verdict.ts'
import { markChildren } from './mark-children.ts'
import type { Kind } from './model/kind.ts'
import { mainPart } from './model/link.ts'
import type { Op } from './model/op.ts'
import type { PlanChunk } from './model/plan.ts'
import { type RecordRef, refKey } from './model/record.ts'
import type { MatchPools, PlanInput } from './plan/input.ts'
import { quarantine } from './quarantine.ts'
import { keepLeftOut, recordChunk } from './record-chunk.ts'
import type { Walk } from './walk.ts'

/** Things planned and recorded together: bounds memory and the size of one local transaction. */
export const THINGS_PER_CHUNK = 500

export interface KindPlan {
  readonly planId: string
  readonly tally: PlanTally
  readonly isWhole: boolean
  readonly firstCounter: number
  /** Codes of Xero items that this plan will create, by link reference. */
  readonly plannedCodes: Map<string, string>
}

interface ThingsPlan extends KindPlan {
  readonly things: readonly Thing[]
  readonly source: ViewSource
  readonly whole: MatchPools | null
  readonly unsettledCreates: PlanInput['unsettledCreates']
  readonly otherRole: OtherRole
  readonly counter: number
}

/** Plans one chunk of due things of one kind, and records it. */
export async function planThings(walk: Walk, kind: Kind, of: ThingsPlan): Promise<PlanChunk> {
  const { open, joined } = await withoutJoined(walk, of.things)
  const sorted = await sortQuiet(walk, kind, open)
  const { gathered, planned } = await drawUp(walk, kind, { ...of, things: sorted.busy, waiting: sorted.waiting })
  const checked = await quarantine(walk, withLeavers(withGone(planned, gathered), gathered), gathered)
  const chunk = {
    ...checked,
    linkChanges: [...checked.linkChanges, ...sorted.changes],
    settled: [...checked.settled, ...sorted.settled],
    clear: [...checked.clear, ...sorted.clear, ...joined],
  }
  await markLeft(walk, kind, chunk)
  await markStrayed(walk, kind, gathered)
  // Before the marks that told of them are gone: nothing else would tell of them again (I7).
  await markChildren(walk, kind, { gathered, moved: sorted.moved })
  await recordChunk(walk, of, chunk)
  await keepLeftOut(walk, kind, chunk)
  if (of.whole !== null) noteLinked(of.whole, chunk)
  // Documents are many and large, and nothing later in the pass reads them again.
  if (walk.mapping(kind).lines !== null) for (const ref of refsOf(gathered)) walk.cache.drop(ref)
  notePlannedCodes(chunk.ops, of.plannedCodes)
  addToTally(of.tally, chunk.ops)
  return chunk
}

/**
 * Those who have left their company are planned with the one that they went to, and a deal that is free by itself,
 * whatever told us of it: marked before they are parts of nothing (I7).
 */
async function markStrayed(walk: Walk, kind: Kind, { subjects, leavers }: Gathered): Promise<void> {
  const dueAt = walk.ports.clock.now()
  const strayed = [...subjects.flatMap((subject) => subject.strayed), ...leavers.flatMap(({ refs }) => refs)]
  const marks = strayed.map((ref) => ({ ...ref, kind, reason: 'person' as const, dueAt }))
  if (marks.length > 0) await walk.lane.mark(marks, null)
}

/**
 * A company that loses a person is looked at once more. Whoever has left is no part of its link from here on, so that
 * their own mark would find nobody if the write that follows from it were cut off and dropped (I7).
 */
async function markLeft(walk: Walk, kind: Kind, { linkChanges }: PlanChunk): Promise<void> {
  const left = linkChanges.filter(({ dropParts }) => (dropParts?.length ?? 0) > 0).map(({ linkId }) => linkId)
  if (left.length === 0) return
  const dueAt = walk.ports.clock.now()
  const marks = (await walk.lane.linksByIds(left)).flatMap((link) => {
    const part = mainPart(link, 'zoho')
    if (part === undefined || part.remoteId === null) return []
    const { side, collection, remoteId } = part
    return [{ side, collection, remoteId, kind, reason: 'person' as const, dueAt }]
  })
  if (marks.length > 0) await walk.lane.mark(marks, null)
}

function refsOf(gathered: Gathered): readonly RecordRef[] {
  const views = [
    ...gathered.candidates.map((candidate) => candidate.view),
    ...gathered.subjects.flatMap((subject) => [subject.zoho, subject.xero]),
  ]
  return views.flatMap((view) =>
    view.main === null ? [] : [{ side: view.main.side, collection: view.main.collection, remoteId: view.main.id }],
  )
}

/** Records that an earlier chunk of this pass has joined to their partner were planned there, with this pass' own reads. */
async function withoutJoined(
  walk: Walk,
  things: readonly Thing[],
): Promise<{ readonly open: readonly Thing[]; readonly joined: readonly RecordRef[] }> {
  const loose = things.flatMap((thing) => thing.main ?? [])
  const links = loose.length === 0 ? [] : await walk.lane.linksByRefs(loose)
  const linked = new Set(links.flatMap((link) => refsOfLink(link).map(refKey)))
  const isJoined = (thing: Thing) => thing.main !== null && linked.has(refKey(thing.main))
  return {
    open: things.filter((thing) => !isJoined(thing)),
    joined: things.filter(isJoined).flatMap((thing) => thing.marks),
  }
}

/** Records that are no longer free for the chunks that follow. */
function noteLinked(pools: MatchPools, chunk: PlanChunk): void {
  const held = new Set(
    chunk.linkChanges.filter((change) => change.event === 'heldForPerson').map((change) => change.linkId),
  )
  for (const link of chunk.newLinks) {
    if (held.has(link.id)) continue
    for (const part of link.parts) {
      if (part.role === 'main' && part.remoteId !== null) pools.join(part.side, part.remoteId, link.id)
    }
  }
}

function withGone(chunk: PlanChunk, gathered: Gathered): PlanChunk {
  if (gathered.goneMarks.length === 0) return chunk
  const skipped = gathered.goneMarks.map((ref) => ({ ref, reason: 'goneUnlinked' as const }))
  return { ...chunk, clear: [...chunk.clear, ...gathered.goneMarks], skipped: [...chunk.skipped, ...skipped] }
}

function withLeavers(chunk: PlanChunk, { leavers }: Gathered): PlanChunk {
  const changes = leavers.map(({ linkId, refs }) => ({
    linkId,
    event: null,
    code: null,
    addParts: [],
    dropParts: refs,
    lines: null,
  }))
  return { ...chunk, linkChanges: [...chunk.linkChanges, ...changes] }
}

function notePlannedCodes(ops: readonly Op[], codes: Map<string, string>) {
  for (const op of ops) {
    if (op.kind !== 'item' || op.side !== 'xero' || op.verb !== 'create') continue
    const code = op.changes.find((change) => change.field === 'code')?.after
    if (typeof code === 'string') codes.set(`@link:${op.linkId}.xero`, code)
  }
}
