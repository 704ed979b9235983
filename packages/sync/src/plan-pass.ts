import { expandCarriers } from './detect/carriers.ts'
import { baseContext, itemCodes } from './detect/context.ts'
import type { Stray } from './detect/deal-sources.ts'
import { collectionsInScope } from './detect/detect.ts'
import { lookAtLeads } from './detect/leads.ts'
import { otherRoleOf } from './detect/other-role.ts'
import { wholePools } from './detect/pools.ts'
import { markReleased } from './detect/released.ts'
import { sortSummaries } from './detect/summary-things.ts'
import { dueThings, type Thing } from './detect/things.ts'
import { createViewSource, type ViewSource } from './detect/view-source.ts'
import { walkCollection } from './detect/walk-collection.ts'
import type { PlanTally } from './guard/verdict.ts'
import type { MappingContext } from './mapping/contract.ts'
import { isSource, type Kind } from './model/kind.ts'
import { SIDES, type Side } from './model/side.ts'
import type { PlanInput } from './plan/input.ts'
import { planSummaries } from './plan-summaries.ts'
import { type KindPlan, planThings, THINGS_PER_CHUNK } from './plan-things.ts'
import { pullParents } from './pull-parents.ts'
import type { Mark } from './store/contract.ts'
import { kindsOf, report, type Walk } from './walk.ts'

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
  for (const kind of kindsOf(walk)) await expandCarriers(walk, kind)
  if (!of.isWhole) await pullParents(walk)
  for (const kind of kindsOf(walk)) {
    const planned = await planKind(walk, kind, { ...of, firstCounter: opCount, plannedCodes })
    opCount += planned.opCount
    holdCount += planned.holdCount
    report(walk, { type: 'planned', runId: walk.runId, kind, ops: planned.opCount, holds: planned.holdCount })
  }
  return { opCount, holdCount, tally: of.tally }
}

async function planKind(
  walk: Walk,
  kind: Kind,
  of: KindPlan,
): Promise<{ readonly opCount: number; readonly holdCount: number }> {
  await expandCarriers(walk, kind)
  await markReleased(walk, kind)
  const due = await dueThings(walk, kind)
  const { things, strays } = (await lookAtLeads(walk, kind, due.things)) ? await dueThings(walk, kind) : due
  if (strays.length > 0) await clearStrays(walk, strays)
  if (things.length === 0) return { opCount: 0, holdCount: 0 }
  const sorted = await sortSummaries(walk, kind, things)
  if (sorted.early.length > 0) await letWait(walk, sorted.early)
  const base = baseContext(walk, await itemCodes(walk, of.plannedCodes))
  const rest = await planRest(walk, kind, { ...of, things: sorted.rest, base })
  const counter = of.firstCounter + rest.opCount
  const summed = await planSummaries(walk, kind, { ...of, things: sorted, base, counter })
  return { opCount: rest.opCount + summed.opCount, holdCount: rest.holdCount + summed.holdCount }
}

/** Everything but daily summaries. */
async function planRest(
  walk: Walk,
  kind: Kind,
  of: KindPlan & { readonly things: readonly Thing[]; readonly base: MappingContext },
): Promise<{ readonly opCount: number; readonly holdCount: number }> {
  const { things, base } = of
  if (things.length === 0) return { opCount: 0, holdCount: 0 }
  // Whoever names a deal is asked for, and its own number is one question for forty of them.
  const loose = things.filter(({ link, main }) => link === null && main !== null && !isSource(main.collection)).length
  const isWhole = of.isWhole || loose > LOOKUPS_LIMIT
  // So many questions cost more than the lists: both sides are read whole, as a first sync does.
  if (isWhole && !of.isWhole) await readWhole(walk, kind)
  const source = sourceFor(walk, kind, { isWhole, base })
  const whole = isWhole ? await wholePools(walk, kind, source) : null
  const unsettledCreates = await unsettledCreatesOf(walk, kind)
  const otherRole = otherRoleOf(walk, kind)
  let opCount = 0
  let holdCount = 0
  for (let at = 0; at < things.length; at += THINGS_PER_CHUNK) {
    const chunk = await planThings(walk, kind, {
      ...of,
      things: things.slice(at, at + THINGS_PER_CHUNK),
      source,
      whole,
      unsettledCreates,
      otherRole,
      counter: of.firstCounter + opCount,
    })
    opCount += chunk.ops.length
    holdCount += chunk.holds.length
  }
  return { opCount, holdCount }
}

function sourceFor(
  walk: Walk,
  kind: Kind,
  of: { readonly isWhole: boolean; readonly base: ReturnType<typeof baseContext> },
): ViewSource {
  return createViewSource(walk, { rules: walk.mapping(kind).persons, context: of.base, isWhole: () => of.isWhole })
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

/** Their day is not over: told in the report, and looked at again when it is (R26). */
async function letWait(walk: Walk, early: readonly Mark[]): Promise<void> {
  await walk.lane.postpone(early)
  for (const _ of early) walk.tally.skipped('waitsForDayEnd')
}

async function clearStrays(walk: Walk, strays: readonly Stray[]): Promise<void> {
  await walk.lane.clearMarks(strays.map(({ mark }) => mark))
  for (const { reason } of strays) walk.tally.skipped(reason)
}

async function unsettledCreatesOf(walk: Walk, kind: Kind): Promise<PlanInput['unsettledCreates']> {
  const oldest: Partial<Record<Side, number>> = {}
  for (const create of await walk.lane.unsettledCreates()) {
    if (create.kind === kind) oldest[create.side] = Math.min(oldest[create.side] ?? create.sentAt, create.sentAt)
  }
  return oldest
}
