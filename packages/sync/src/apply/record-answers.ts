import type { Op } from '../model/op.ts'
import type { RemoteOutcome, RowOutcome } from '../model/outcome.ts'
import type { NewEvent, OpOutcome } from '../store/contract.ts'
import { report, type Walk } from '../walk.ts'
import { timesOf, timesValue } from './change-times.ts'
import { judgeRow } from './judge.ts'
import { makesBill, plainOutcome } from './outcome-of.ts'

async function rows(
  walk: Walk,
  ops: readonly Op[],
  answer: { readonly rows: readonly RowOutcome[]; readonly settleAfter: number },
): Promise<void> {
  const wanted = ops.filter((op) => needsLink(op) || makesBill(walk, op)).map((op) => op.linkId)
  const found = wanted.length === 0 ? [] : await walk.lane.linksByIds([...new Set(wanted)])
  const links = new Map(found.map((link) => [link.id, link]))
  const outcomes: OpOutcome[] = []
  for (const [index, op] of ops.entries()) {
    const row = answer.rows[index] ?? {
      type: 'unknown' as const,
      code: 'rowMissingInAnswer' as const,
      message: 'The answer has no row for this record',
    }
    noteWritten(walk, op, row)
    walk.ports.crash.reached('C18')
    outcomes.push(await judgeRow(walk, op, { row, link: links.get(op.linkId), settleAfter: answer.settleAfter }))
  }
  await recordWith(walk, ops, { outcomes, answers: answer.rows })
}

/** Only an update can meet somebody's edit of a field that we did not write; a primary person is told of by its company. */
function needsLink(op: Op): boolean {
  return op.role === 'primary' || (op.verb === 'update' && op.side === 'xero')
}

/** The version of our own write is seen now: when a list shows it two seconds later, its second is over. */
function noteWritten(walk: Walk, op: Op, row: RowOutcome): void {
  if (row.type !== 'ok' || row.version === null) return
  const seen = { side: op.side, collection: op.collection, id: row.remoteId, version: row.version }
  walk.cache.sightings.firstSeen(seen, walk.ports.clock.monotonic())
}

async function unknown(
  walk: Walk,
  ops: readonly Op[],
  at: { readonly outcome: Extract<RemoteOutcome<never>, { readonly type: 'unknown' }>; readonly settleAfter: number },
): Promise<void> {
  const { code, message } = at.outcome
  await record(
    walk,
    ops,
    ops.map((op) => ({ ...plainOutcome(walk, op, { state: 'unknown', code, message }), settleAfter: at.settleAfter })),
  )
}

/** The remote said that it did nothing: the ops are as they were before the dispatch. */
async function notExecuted(walk: Walk, ops: readonly Op[]): Promise<void> {
  await walk.lane.recordOutcomes(
    ops.map((op) => plainOutcome(walk, op, { state: 'intended', code: null, message: null })),
  )
}

function record(walk: Walk, ops: readonly Op[], outcomes: readonly OpOutcome[]): Promise<void> {
  return recordWith(walk, ops, { outcomes, answers: [] })
}

/** One transaction for the batch; a record that another link has already is held instead (I2). */
async function recordWith(
  walk: Walk,
  ops: readonly Op[],
  { outcomes, answers }: { readonly outcomes: readonly OpOutcome[]; readonly answers: readonly RowOutcome[] },
): Promise<void> {
  const recorded = await walk.lane.recordOutcomes(outcomes)
  walk.ports.crash.reached('C10')
  const takenLinks = new Map(recorded.taken.map((taken) => [taken.linkId, taken]))
  const rest = outcomes.filter((outcome) => takenLinks.has(outcome.linkId) && outcome.part !== null)
  if (rest.length > 0) {
    await walk.lane.recordOutcomes(
      rest.map((outcome) => {
        const op = ops.find((candidate) => candidate.id === outcome.opId)
        const by = takenLinks.get(outcome.linkId)?.by ?? ''
        return {
          ...outcome,
          part: null,
          shadows: [],
          state: 'refused' as const,
          code: 'ambiguousMatch' as const,
          linkEvent: 'heldForPerson' as const,
          hold: {
            linkId: outcome.linkId,
            kind: op?.kind ?? 'contact',
            code: 'ambiguousMatch' as const,
            title: op?.title ?? '',
            detail: { linkedBy: by },
            marks: [],
          },
        }
      }),
    )
  }
  await walk.lane.appendEvents(
    ops.map((op, index) => eventOf(walk, op, { outcome: outcomes[index], answer: answers[index] })),
  )
  tell(walk, ops, outcomes)
}

interface Ended {
  readonly outcome: OpOutcome | undefined
  readonly answer: RowOutcome | undefined
}

function eventOf(walk: Walk, op: Op, { outcome, answer }: Ended): NewEvent {
  const times = timesOf(op, { record: (ref) => walk.cache.get(ref)?.record, answer })
  return {
    at: walk.ports.clock.now(),
    runId: walk.runId,
    linkId: op.linkId,
    type: `op.${outcome?.state ?? 'unknown'}`,
    detail: {
      side: op.side,
      kind: op.kind,
      verb: op.verb,
      title: op.title,
      code: outcome?.code ?? null,
      times: timesValue(times),
      changes: op.changes.map((change) => ({
        field: change.field,
        before: change.before,
        after: change.after,
        reason: change.reason,
      })),
    },
  }
}

function tell(walk: Walk, ops: readonly Op[], outcomes: readonly OpOutcome[]) {
  for (const [index, op] of ops.entries()) {
    const outcome = outcomes[index]
    if (outcome?.state === 'confirmed') {
      walk.tally.confirmed(op)
      report(walk, {
        type: 'op',
        runId: walk.runId,
        side: op.side,
        kind: op.kind,
        verb: op.verb,
        title: op.title,
        changes: op.changes,
      })
    } else if (outcome?.state === 'refused') {
      walk.tally.add('refused', 1)
      report(walk, {
        type: 'hold',
        runId: walk.runId,
        kind: op.kind,
        title: op.title,
        code: outcome.code ?? 'contentRefused',
      })
    } else if (outcome?.state === 'superseded') walk.tally.add('dropped', 1)
  }
}

export const recordAnswers = { rows, unknown, notExecuted, record }
