import type { PassResult } from './engine.ts'
import type { Code } from './model/codes.ts'
import { pauseIfLost } from './pause.ts'
import type { RunReport } from './store/contract.ts'
import { report, type Walk, type WalkStop } from './walk.ts'

/** How the road ended, before it is put on record. */
export type PassEnd =
  | { readonly type: 'done'; readonly planId: string | null }
  | { readonly type: 'held'; readonly planId: string; readonly code: Code }
  | { readonly type: 'stopped'; readonly stop: WalkStop }

/** Puts the end of a pass on record and turns it into what the caller needs to know. */
export async function finishPass(walk: Walk, end: PassEnd): Promise<PassResult> {
  const result = await resultOf(walk, end)
  // The embedded database cleans up by itself only when told: after many writes the next pass would read dead rows.
  if (walk.tally.writeCount() > WRITES_BEFORE_TIDY) await walk.ports.store.tidy()
  await walk.lane.closeRun({
    runId: walk.runId,
    planId: 'planId' in result ? result.planId : null,
    outcome: outcomeOf(result),
    code: 'code' in result ? result.code : null,
    finishedAt: walk.ports.clock.now(),
    report: 'report' in result ? result.report : await reportOf(walk),
  })
  report(walk, { type: 'phase', runId: walk.runId, phase: 'done' })
  return result
}

const WRITES_BEFORE_TIDY = 2_000

async function resultOf(walk: Walk, end: PassEnd): Promise<PassResult> {
  const { runId } = walk
  switch (end.type) {
    case 'done':
      return { type: 'done', runId, planId: end.planId, report: await reportOf(walk) }
    case 'held':
      return { type: 'held', runId, planId: end.planId, code: end.code, report: await reportOf(walk) }
    case 'stopped':
      return stoppedResult(walk, end.stop)
  }
}

async function stoppedResult(walk: Walk, stop: WalkStop): Promise<PassResult> {
  const { runId } = walk
  switch (stop.type) {
    case 'interrupted': {
      const retryAt = walk.ports.clock.now() + stop.retryAfterMs
      return {
        type: 'interrupted',
        runId,
        planId: null,
        code: stop.code,
        message: stop.message,
        retryAt,
        report: await reportOf(walk),
      }
    }
    case 'broken':
      await pauseIfLost(walk.ports.store, walk.connection.id, stop.code)
      return { type: 'stopped', runId, code: stop.code, message: stop.message }
  }
}

function outcomeOf(result: PassResult) {
  switch (result.type) {
    case 'done':
      return 'done' as const
    case 'held':
      return 'held' as const
    case 'interrupted':
      return 'interrupted' as const
    case 'busy':
    case 'stopped':
      return 'failed' as const
  }
}

async function reportOf(walk: Walk): Promise<RunReport> {
  const { zoho, xero } = walk.remotes
  const calls: Record<string, number> = {}
  for (const [side, usage] of [
    ['zoho', zoho.usage()],
    ['xero', xero.usage()],
  ] as const) {
    calls[side] = usage.calls
    for (const [purpose, count] of Object.entries(usage.byPurpose)) calls[`${side}.${purpose}`] = count
  }
  const { reports } = walk.ports.store
  const run = await reports.run(walk.runId)
  const inbox = await reports.countInbox(walk.connection.id, run?.startedAt ?? 0)
  return walk.tally.toReport(calls, inbox)
}
