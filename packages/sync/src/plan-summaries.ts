import { sortQuiet } from './detect/quiet.ts'
import { readSummary, type SummaryUnit } from './detect/read-summary.ts'
import type { DayThing, SummaryThings, UnheardSummary } from './detect/summary-things.ts'
import type { Thing } from './detect/things.ts'
import { addToTally, type PlanTally } from './guard/verdict.ts'
import { linkIdFor } from './link-ids.ts'
import type { MappingContext } from './mapping/contract.ts'
import type { Kind } from './model/kind.ts'
import type { LinkPart } from './model/link.ts'
import type { PlanChunk } from './model/plan.ts'
import { type RecordRef, refKey } from './model/record.ts'
import { summaryLinkId } from './model/summary.ts'
import type { PlanInput } from './plan/input.ts'
import { NO_POOLS } from './plan/no-pools.ts'
import { NOTHING } from './plan/outcome.ts'
import { assemble } from './plan/plan-chunk.ts'
import { changeOf } from './plan/plan-deal.ts'
import { planSummary } from './plan/plan-summary.ts'
import { keepLeftOut, recordChunk } from './record-chunk.ts'
import type { Walk } from './walk.ts'

/** Most invoices in one summary: more of a day make a further one. Bounds memory, one transaction and one document. */
export const MEMBERS_LIMIT = 500

interface SummariesPlan {
  readonly planId: string
  readonly tally: PlanTally
  readonly counter: number
  readonly base: MappingContext
}

interface Planned {
  readonly opCount: number
  readonly holdCount: number
}

/** Plans the daily summaries of a kind, each recorded by itself: known ones that have changed, and those of days that are over (R26). */
export async function planSummaries(
  walk: Walk,
  kind: Kind,
  of: SummariesPlan & { readonly things: SummaryThings },
): Promise<Planned> {
  const { things } = of
  const rules = walk.mapping(kind).summaries
  if (rules === undefined) return { opCount: 0, holdCount: 0 }
  if (things.unheard.length > 0) await adopt(walk, kind, { ...of, unheard: things.unheard })
  const quiet = await sortQuiet(walk, kind, things.summaries)
  const { settled, changes: linkChanges, clear } = quiet
  if (clear.length > 0)
    await record(walk, { ...of, things: things.summaries }, { ...emptyChunk(), settled, linkChanges, clear })
  let opCount = 0
  let holdCount = 0
  const busy = quiet.busy.flatMap((thing) => (thing.link === null ? [] : knownUnit({ ...thing, link: thing.link })))
  for (const { unit, marks } of [...busy, ...newUnits(walk, things.due)]) {
    const read = await readSummary(walk, kind, { unit, base: of.base })
    if (read === null) continue
    const input = await inputOf(walk, kind, { ...of, linkId: unit.linkId, context: read.context })
    const chunk = assemble(planSummary(read.subject, input), input, of.counter + opCount)
    await record(walk, { ...of, things: [{ link: null, main: null, marks }] }, chunk)
    await keepLeftOut(walk, kind, chunk)
    addToTally(of.tally, chunk.ops)
    opCount += chunk.ops.length
    holdCount += chunk.holds.length
    for (const { part } of read.subject.members) walk.cache.drop(refOf(part))
  }
  return { opCount, holdCount }
}

interface MarkedUnit {
  readonly unit: SummaryUnit
  readonly marks: Thing['marks']
}

function knownUnit({ link, marks }: Thing & { readonly link: NonNullable<Thing['link']> }): readonly MarkedUnit[] {
  const unit = { linkId: link.id, link, of: null, invoices: [], marks: marks.map(refOf) }
  return [{ unit, marks }]
}

/** One per day and currency, in their order; the oldest member gives it its id. */
function newUnits(walk: Walk, due: readonly DayThing[]): readonly MarkedUnit[] {
  const days = Map.groupBy(due, ({ of }) => `${of.day} ${of.currency}`)
  return [...days.keys()].sort().flatMap((day) => {
    const things = [...(days.get(day) ?? [])].sort((left, right) => (ageOf(left) < ageOf(right) ? -1 : 1))
    const units: MarkedUnit[] = []
    for (let at = 0; at < things.length; at += MEMBERS_LIMIT) {
      const members = things.slice(at, at + MEMBERS_LIMIT)
      const [first] = members
      if (first === undefined) continue
      const marks = members.flatMap((one) => one.marks)
      const linkId = idOf(walk, first)
      const invoices = members.map((one) => one.ref)
      units.push({ unit: { linkId, link: null, of: first.of, invoices, marks: marks.map(refOf) }, marks })
    }
    return units
  })
}

/** Zoho's ids count up. */
function ageOf({ ref }: DayThing): string {
  return ref.remoteId.padStart(20, '0')
}

/** Another than that of the invoice itself, which may wait for a person by itself first. */
function idOf(walk: Walk, { ref, of }: DayThing): string {
  const { zgid } = walk.reference.zoho
  const { tenantId } = walk.reference.xero
  return summaryLinkId(walk.ports.linkId(`${zgid}/${tenantId}/summary/${of.day}/${of.currency}/${refKey(ref)}`))
}

/** The document joins the link that it names, and its marks stay: the next plan compares it with its members. */
async function adopt(
  walk: Walk,
  kind: Kind,
  of: SummariesPlan & { readonly unheard: readonly UnheardSummary[] },
): Promise<void> {
  const unsettled = await walk.lane.unsettledLinks(of.unheard.map(({ link }) => link.id))
  const open = of.unheard.filter(({ link }) => !unsettled.has(link.id))
  const plans = [...new Map(open.map((one) => [one.link.id, one])).values()].map(({ link, ref }) => {
    const part: LinkPart = { ...ref, role: 'main', version: null, shadow: {} }
    return { ...NOTHING, newLink: { id: link.id, kind, parts: [part] }, change: changeOf(link.id, 'matched') }
  })
  const chunk = {
    ...emptyChunk(),
    newLinks: plans.map(({ newLink }) => newLink),
    linkChanges: plans.map(({ change }) => change),
  }
  if (plans.length > 0) await record(walk, { ...of, things: [] }, chunk)
}

async function inputOf(
  walk: Walk,
  kind: Kind,
  of: SummariesPlan & { readonly linkId: string; readonly context: MappingContext },
): Promise<PlanInput> {
  return {
    planId: of.planId,
    kind,
    mode: walk.request.scope.mode,
    generation: walk.connection.generation,
    mapping: walk.mapping(kind),
    context: of.context,
    subjects: [],
    candidates: [],
    pools: NO_POOLS,
    unsettledLinkIds: await walk.lane.unsettledLinks([of.linkId]),
    wholeLinkIds: new Set(),
    unsettledCreates: {},
    fingerprint: walk.fingerprint,
    linkIdFor: (ref) => linkIdFor(walk, ref),
    isSettledVersion: (one) => walk.cache.isSettledVersion(one),
    ourZohoUserId: walk.reference.zoho.userId,
  }
}

function record(
  walk: Walk,
  of: { readonly planId: string; readonly things: readonly Thing[] },
  chunk: PlanChunk,
): Promise<void> {
  return recordChunk(walk, of, chunk)
}

function emptyChunk(): PlanChunk {
  return {
    newLinks: [],
    linkChanges: [],
    ops: [],
    settled: [],
    conflicts: [],
    holds: [],
    clear: [],
    skipped: [],
  }
}

function refOf({ side, collection, remoteId }: RecordRef): RecordRef {
  return { side, collection, remoteId }
}
