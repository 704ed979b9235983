import { baseContext, itemCodes, linkedContext, missingParents } from './detect/context.ts'
import { collectionsInScope } from './detect/detect.ts'
import { type Gathered, gather, refsOfLink } from './detect/gather.ts'
import { lookedUpPools, possiblePartners, wholePools } from './detect/pools.ts'
import { sortQuiet } from './detect/quiet.ts'
import { readFresh } from './detect/read-fresh.ts'
import { markReleased } from './detect/released.ts'
import { dueThings, type Thing } from './detect/things.ts'
import { createViewSource, type ViewSource } from './detect/view-source.ts'
import { plainView } from './detect/views.ts'
import { walkCollection } from './detect/walk-collection.ts'
import { addToTally, isPingPong, type PlanTally, QUARANTINE_WINDOW_MS } from './guard/verdict.ts'
import type { Kind } from './model/kind.ts'
import type { Op } from './model/op.ts'
import type { PlanChunk } from './model/plan.ts'
import type { RecordRef } from './model/record.ts'
import { refKey } from './model/record.ts'
import { SIDES, type Side } from './model/side.ts'
import type { MatchPools, PlanInput } from './plan/input.ts'
import { planChunk } from './plan/plan-chunk.ts'
import type { Mark } from './store/contract.ts'
import { kindsOf, report, type Walk } from './walk.ts'

/** Things planned and recorded together: bounds memory and the size of one local transaction. */
export const THINGS_PER_CHUNK = 500

export interface PlannedPass {
  readonly opCount: number
  readonly holdCount: number
  readonly tally: PlanTally
}

/** Plans every due mark of the pass, kind by kind, parents first, and records each chunk as it is made. */
export async function planPass(
  walk: Walk,
  of: { readonly planId: string; readonly tally: PlanTally; readonly isWhole: boolean },
): Promise<PlannedPass> {
  report(walk, { type: 'phase', runId: walk.runId, phase: 'plan' })
  let opCount = 0
  let holdCount = 0
  const plannedCodes = new Map<string, string>()
  if (!of.isWhole) await pullParents(walk)
  for (const kind of kindsOf(walk)) {
    const planned = await planKind(walk, kind, { ...of, firstCounter: opCount, plannedCodes })
    opCount += planned.opCount
    holdCount += planned.holdCount
    report(walk, { type: 'planned', runId: walk.runId, kind, ops: planned.opCount, holds: planned.holdCount })
  }
  return { opCount, holdCount, tally: of.tally }
}

/** A document pulls its parents in: those that no link knows are marked before the contacts are planned (R49d). */
async function pullParents(walk: Walk): Promise<void> {
  if (!kindsOf(walk).includes('invoice')) return
  const { things } = await dueThings(walk, 'invoice')
  const base = baseContext(walk, await itemCodes(walk, new Map()))
  for (let at = 0; at < things.length; at += THINGS_PER_CHUNK) {
    const { busy } = await sortQuiet(walk, 'invoice', things.slice(at, at + THINGS_PER_CHUNK))
    const marks = busy.flatMap((thing) => thing.marks)
    await readFresh(walk, marks, (record) => record.side === 'zoho' && !record.hasLines)
    const views = marks
      .flatMap((mark) => walk.cache.get(mark)?.record ?? [])
      .map((record) => plainView(record.side, record))
    const parents = await missingParents(walk, 'invoice', { views, base })
    const now = walk.ports.clock.now()
    if (parents.length > 0)
      await walk.lane.mark(
        parents.map((parent) => ({ ...parent.ref, kind: parent.kind, reason: 'parent', dueAt: now })),
        null,
      )
  }
}

interface KindPlan {
  readonly planId: string
  readonly tally: PlanTally
  readonly isWhole: boolean
  readonly firstCounter: number
  /** Codes of Xero items that this plan will create, by link reference. */
  readonly plannedCodes: Map<string, string>
}

function sourceFor(
  walk: Walk,
  kind: Kind,
  of: { readonly isWhole: boolean; readonly base: ReturnType<typeof baseContext> },
): ViewSource {
  return createViewSource(walk, { rules: walk.mapping(kind).persons, context: of.base, isWhole: () => of.isWhole })
}

async function planKind(
  walk: Walk,
  kind: Kind,
  of: KindPlan,
): Promise<{ readonly opCount: number; readonly holdCount: number }> {
  await markReleased(walk, kind)
  const { things, strays } = await dueThings(walk, kind)
  if (strays.length > 0) await clearStrays(walk, strays)
  if (things.length === 0) return { opCount: 0, holdCount: 0 }
  const base = baseContext(walk, await itemCodes(walk, of.plannedCodes))
  const loose = things.filter((thing) => thing.link === null).length
  const isWhole = of.isWhole || loose > LOOKUPS_LIMIT
  // So many questions cost more than the lists: both sides are read whole, as a first sync does.
  if (isWhole && !of.isWhole) await readWhole(walk, kind)
  const source = sourceFor(walk, kind, { isWhole, base })
  const whole = isWhole ? await wholePools(walk, kind, source) : null
  const unsettledCreates = await unsettledCreatesOf(walk, kind)
  let opCount = 0
  let holdCount = 0
  for (let at = 0; at < things.length; at += THINGS_PER_CHUNK) {
    const chunk = await planThings(walk, kind, {
      ...of,
      things: things.slice(at, at + THINGS_PER_CHUNK),
      source,
      whole,
      unsettledCreates,
      counter: of.firstCounter + opCount,
    })
    opCount += chunk.ops.length
    holdCount += chunk.holds.length
  }
  return { opCount, holdCount }
}

/** Up to this many unlinked records are matched by asking the remotes for each of their keys. */
export const LOOKUPS_LIMIT = 40

async function readWhole(walk: Walk, kind: Kind): Promise<void> {
  const collections = collectionsInScope(walk).filter((at) => at.kind === kind)
  await Promise.all(
    SIDES.map(async (side) => {
      for (const at of collections.filter((candidate) => candidate.side === side)) {
        await walkCollection(walk, at, { start: null, onPage: async () => undefined })
      }
    }),
  )
}

async function clearStrays(walk: Walk, strays: readonly Mark[]): Promise<void> {
  await walk.lane.clearMarks(strays)
  for (const _ of strays) walk.tally.skipped('personWithoutCompany')
}

async function unsettledCreatesOf(walk: Walk, kind: Kind): Promise<PlanInput['unsettledCreates']> {
  const oldest: Partial<Record<Side, number>> = {}
  for (const create of await walk.lane.unsettledCreates()) {
    if (create.kind === kind) oldest[create.side] = Math.min(oldest[create.side] ?? create.sentAt, create.sentAt)
  }
  return oldest
}

interface ThingsPlan extends KindPlan {
  readonly things: readonly Thing[]
  readonly source: ViewSource
  readonly whole: MatchPools | null
  readonly unsettledCreates: PlanInput['unsettledCreates']
  readonly counter: number
}

async function planThings(walk: Walk, kind: Kind, of: ThingsPlan): Promise<PlanChunk> {
  const { open, joined } = await withoutJoined(walk, of.things)
  const sorted = await sortQuiet(walk, kind, open)
  const gathered = await gather(walk, kind, { ...of, things: sorted.busy })
  const views = [
    ...gathered.candidates.map((candidate) => candidate.view),
    ...gathered.subjects.flatMap((subject) => [subject.zoho, subject.xero]),
  ]
  const pools = of.whole ?? (await lookedUpPools(walk, kind, { candidates: gathered.candidates, source: of.source }))
  const partners = await possiblePartners(walk, kind, { candidates: gathered.candidates, pools })
  const context = await linkedContext(walk, kind, { views: [...views, ...partners], base: of.source.context })
  const input: PlanInput = {
    planId: of.planId,
    kind,
    mode: walk.request.scope.mode,
    generation: walk.connection.generation,
    mapping: walk.mapping(kind),
    context,
    subjects: gathered.subjects,
    candidates: gathered.candidates,
    pools,
    unsettledLinkIds: await walk.lane.unsettledLinks(sorted.busy.flatMap((thing) => thing.link?.id ?? [])),
    unsettledCreates: of.unsettledCreates,
    fingerprint: walk.fingerprint,
    linkIdFor: (ref) => linkIdFor(walk, ref),
    isSettledVersion: (record) => walk.cache.isSettledVersion(record),
    ourZohoUserId: walk.reference.zoho.userId,
  }
  const planned = planChunk(input, of.counter)
  const checked = await quarantine(walk, withGone(planned, gathered), gathered)
  const chunk = {
    ...checked,
    linkChanges: [...checked.linkChanges, ...sorted.changes],
    settled: [...checked.settled, ...sorted.settled],
    clear: [...checked.clear, ...sorted.clear, ...joined],
  }
  await recordChunk(walk, of, chunk)
  await keepLeftOut(walk, kind, chunk)
  if (of.whole !== null) noteLinked(of.whole, chunk)
  // Documents are many and large, and nothing later in the pass reads them again.
  if (walk.mapping(kind).lines !== null) for (const ref of refsOf(gathered)) walk.cache.drop(ref)
  notePlannedCodes(chunk.ops, of.plannedCodes)
  addToTally(of.tally, chunk.ops)
  return chunk
}

/** Changes that this run's mode left out keep marks of their own: the ops of the same link end with theirs. */
async function keepLeftOut(walk: Walk, kind: Kind, chunk: PlanChunk): Promise<void> {
  if (walk.request.scope.mode === 'both') return
  const cleared = new Set(chunk.clear.map(refKey))
  const left = chunk.skipped.filter(({ ref, reason }) => reason === 'updateSwitchedOff' && !cleared.has(refKey(ref)))
  const dueAt = walk.ports.clock.now()
  if (left.length > 0)
    await walk.lane.mark(
      left.map(({ ref }) => ({ ...ref, kind, reason: 'retry', dueAt })),
      null,
    )
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

/** The same founding record always founds the same link, also for a database that starts anew (I14, R18c). */
export function linkIdFor(walk: Walk, ref: RecordRef): string {
  const { zgid } = walk.reference.zoho
  const { tenantId } = walk.reference.xero
  return walk.ports.linkId(`${zgid}/${tenantId}/${refKey(ref)}`)
}

function withGone(chunk: PlanChunk, gathered: Gathered): PlanChunk {
  if (gathered.goneMarks.length === 0) return chunk
  const skipped = gathered.goneMarks.map((ref) => ({ ref, reason: 'goneUnlinked' as const }))
  return { ...chunk, clear: [...chunk.clear, ...gathered.goneMarks], skipped: [...chunk.skipped, ...skipped] }
}

/** Links that we keep rewriting without a foreign edit between are held: a ping-pong with another tool (design section 6). */
async function quarantine(walk: Walk, chunk: PlanChunk, gathered: Gathered): Promise<PlanChunk> {
  const linkIds = [...new Set(chunk.ops.filter((op) => op.verb === 'update').map((op) => op.linkId))]
  if (linkIds.length === 0) return chunk
  const writes = await walk.lane.writesSince(linkIds, walk.ports.clock.now() - QUARANTINE_WINDOW_MS)
  const ours = new Set(
    gathered.subjects
      .filter((subject) => subject.zoho.main?.modifiedBy === walk.reference.zoho.userId)
      .map((subject) => subject.link.id),
  )
  const caught = new Set(linkIds.filter((id) => ours.has(id) && isPingPong(writes.get(id) ?? 0)))
  if (caught.size === 0) return chunk
  const holds = gathered.subjects
    .filter((subject) => caught.has(subject.link.id))
    .map((subject) => ({
      linkId: subject.link.id,
      kind: subject.link.kind,
      code: 'pingPong' as const,
      title: subject.zoho.main?.id ?? subject.link.id,
      detail: { writes: String(writes.get(subject.link.id) ?? 0) },
      marks: subject.marks,
    }))
  return {
    ...chunk,
    ops: chunk.ops.filter((op) => !caught.has(op.linkId)),
    linkChanges: chunk.linkChanges.map((change) =>
      caught.has(change.linkId) ? { ...change, event: 'heldForPerson' as const, code: 'pingPong' as const } : change,
    ),
    holds: [...chunk.holds, ...holds],
  }
}

async function recordChunk(walk: Walk, of: ThingsPlan, chunk: PlanChunk): Promise<void> {
  const recorded = await walk.lane.recordChunk({
    planId: of.planId,
    runId: walk.runId,
    now: walk.ports.clock.now(),
    chunk,
    marks: of.things.flatMap((thing) => thing.marks),
  })
  for (const skip of chunk.skipped) walk.tally.skipped(skip.reason)
  walk.tally.add('conflicts', chunk.conflicts.length)
  walk.tally.add('holds', chunk.holds.length + recorded.taken.length)
  const titles = new Map(chunk.ops.map((op) => [op.linkId, op.title]))
  for (const conflict of chunk.conflicts) {
    report(walk, {
      type: 'conflict',
      runId: walk.runId,
      kind: chunk.ops.find((op) => op.linkId === conflict.linkId)?.kind ?? 'contact',
      title: titles.get(conflict.linkId) ?? conflict.linkId,
      field: conflict.field,
      winner: conflict.winner,
    })
  }
  for (const hold of chunk.holds)
    report(walk, { type: 'hold', runId: walk.runId, kind: hold.kind, title: hold.title, code: hold.code })
}

function notePlannedCodes(ops: readonly Op[], codes: Map<string, string>) {
  for (const op of ops) {
    if (op.kind !== 'item' || op.side !== 'xero' || op.verb !== 'create') continue
    const code = op.changes.find((change) => change.field === 'code')?.after
    if (typeof code === 'string') codes.set(`@link:${op.linkId}.xero`, code)
  }
}
