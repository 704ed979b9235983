import { linkReference } from '../model/link.ts'
import type { Op } from '../model/op.ts'
import { SIDES } from '../model/side.ts'
import { phaseOfSequence } from '../plan/draft.ts'
import { remoteOf, report, type Walk } from '../walk.ts'
import { sourceMarks } from './judge.ts'
import { dropMoved } from './moved.ts'
import { plainOutcome } from './outcome-of.ts'
import { inParallel } from './parallel.ts'
import { recordAnswers } from './record-answers.ts'
import { NOW_REFERENCE, namedLinks, referenceTable, resolveOp, sendingInstant } from './references.ts'
import { sendBatch } from './send-batch.ts'

/** Ops read from the store at a time. */
const OPS_PAGE = 2_000

/** Writes what is intended, phase by phase; an op whose records have changed since it was planned is dropped. */
export async function applyPlan(walk: Walk, planId: string, total: number): Promise<void> {
  await walk.lane.setPlanState(planId, 'applying')
  report(walk, { type: 'phase', runId: walk.runId, phase: 'apply' })
  let after = -1
  let done = 0
  for (;;) {
    const page = await walk.lane.intendedOps(planId, after, OPS_PAGE)
    const [first] = page
    const last = page.at(-1)
    if (first === undefined || last === undefined) return
    const phase = page.filter((op) => phaseOfSequence(op.sequence) === phaseOfSequence(first.sequence))
    await applyPhase(walk, phase)
    done += phase.length
    after = phase.at(-1)?.sequence ?? last.sequence
    report(walk, { type: 'written', runId: walk.runId, done, total: Math.max(total, done) })
  }
}

/** Both systems at once; inside one, batches of one collection and verb, as many beside each other as it allows. */
async function applyPhase(walk: Walk, ops: readonly Op[]): Promise<void> {
  const moved = ops.filter((op) => hasMoved(walk, op))
  if (moved.length > 0) await dropMoved(walk, moved)
  const fit = ops.filter((op) => !hasMoved(walk, op))
  await Promise.all(
    SIDES.map(async (side) => {
      const batches = batchesOf(
        walk,
        fit.filter((op) => op.side === side),
      )
      const [first] = fit.filter((op) => op.side === side)
      if (first === undefined) return
      await inParallel(
        batches.map((batch) => () => applyBatch(walk, batch)),
        remoteOf(walk, side).traits(first.collection).parallelWrites,
      )
    }),
  )
}

/** This pass has listed a record of the op at another version than the one it was planned from. */
function hasMoved(walk: Walk, op: Op): boolean {
  return op.basis.some((basis) => {
    const fresh = walk.cache.get(basis)
    return fresh !== undefined && fresh.record.version !== basis.version && !isOwnWrite(walk, op, basis)
  })
}

/** An earlier op of the same plan wrote this record: its new version is ours. */
function isOwnWrite(walk: Walk, op: Op, basis: Op['basis'][number]): boolean {
  const fresh = walk.cache.get(basis)
  return (
    basis.side === 'zoho' &&
    op.collection !== basis.collection &&
    fresh?.record.modifiedBy === walk.reference.zoho.userId
  )
}

function batchesOf(walk: Walk, ops: readonly Op[]): readonly (readonly Op[])[] {
  const groups = new Map<string, Op[]>()
  for (const op of ops) {
    const key = `${op.collection}/${op.verb}`
    const group = groups.get(key) ?? []
    group.push(op)
    groups.set(key, group)
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const traits = first === undefined ? null : remoteOf(walk, first.side).traits(first.collection)
    const size = (first?.verb === 'delete' ? traits?.batchDeleteSize : undefined) ?? traits?.batchWriteSize ?? 1
    return chunksOf(group, size)
  })
}

/** Splits into chunks; one record never stands twice in a chunk, since its second op builds on the first. */
function chunksOf(ops: readonly Op[], size: number): readonly (readonly Op[])[] {
  const chunks: Op[][] = []
  for (const op of ops) {
    const last = chunks.at(-1)
    const isTwice = op.remoteId !== null && last?.some((other) => other.remoteId === op.remoteId)
    if (last === undefined || last.length >= size || isTwice) chunks.push([op])
    else last.push(op)
  }
  return chunks
}

/** The partner that this op would create exists by now: another plan, or a person, was quicker (I2). */
function isThere(op: Op, table: ReadonlyMap<string, string>): boolean {
  return op.verb === 'create' && op.role === 'main' && table.has(linkReference(op.linkId, op.side))
}

async function dropNeedless(walk: Walk, ops: readonly Op[]): Promise<void> {
  await recordAnswers.record(
    walk,
    ops,
    ops.map((op) => ({
      ...plainOutcome(walk, op, { state: 'superseded', code: null, message: 'It exists by now' }),
      marks: sourceMarks(walk, op, 'recover'),
    })),
  )
}

/** What was planned, approved even, before a person set the two apart: nothing of it is written. */
async function dropDetached(walk: Walk, ops: readonly Op[]): Promise<void> {
  const end = {
    state: 'superseded',
    code: null,
    message: 'A person has set the two apart since this was planned',
  } as const
  await recordAnswers.record(
    walk,
    ops,
    ops.map((op) => plainOutcome(walk, op, end)),
  )
}

async function applyBatch(walk: Walk, planned: readonly Op[]): Promise<void> {
  const ids = await walk.lane.mainIds([...new Set(planned.flatMap((op) => [op.linkId, ...namedLinks(op)]))])
  const detached = new Set(ids.filter(({ isDetached }) => isDetached).map(({ linkId }) => linkId))
  const ops = planned.filter(({ linkId }) => !detached.has(linkId))
  if (ops.length < planned.length)
    await dropDetached(
      walk,
      planned.filter((op) => !ops.includes(op)),
    )
  const table = new Map([...referenceTable(ids), [NOW_REFERENCE, sendingInstant(walk.ports.clock.now())]])
  const resolved: Op[] = []
  const orphans: Op[] = []
  const needless = ops.filter((op) => isThere(op, table))
  if (needless.length > 0) await dropNeedless(walk, needless)
  for (const op of ops.filter((candidate) => !needless.includes(candidate))) {
    const result = resolveOp(op, table)
    if (result.type === 'resolved') resolved.push(result.op)
    else orphans.push(op)
  }
  // I8: no dispatch names a record that does not exist. The parent's own hold or refusal is what a person sees.
  if (orphans.length > 0) {
    await recordAnswers.record(
      walk,
      orphans,
      orphans.map((op) =>
        plainOutcome(walk, op, {
          state: 'superseded',
          code: 'missingParent',
          message: 'What it refers to was not created',
        }),
      ),
    )
  }
  await sendBatch(walk, resolved)
}
