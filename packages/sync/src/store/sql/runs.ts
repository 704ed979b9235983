import type { NewRun, RunResult, RunRow } from '../contract.ts'
import type { LaneKey } from './fence.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

/** A run still open when the next begins is one that died: only one walks a connection at a time. */
export async function openRun(tx: Database, lane: LaneKey, run: NewRun): Promise<void> {
  await tx
    .updateTable('tandem.run')
    .set({ outcome: 'interrupted', finished_at: run.startedAt })
    .where('connection_id', '=', lane.connectionId)
    .where('outcome', '=', 'running')
    .execute()
  const { id, trigger, startedAt } = run
  await tx
    .insertInto('tandem.run')
    .values({
      id,
      connection_id: lane.connectionId,
      trigger,
      scope: safeJson(run.scope),
      started_at: startedAt,
      fence: lane.fence,
      outcome: 'running',
    })
    .execute()
}

export async function closeRun(tx: Database, result: RunResult): Promise<void> {
  const { runId, planId, outcome, code, finishedAt } = result
  const done = await tx
    .updateTable('tandem.run')
    .set({ plan_id: planId, outcome, code, finished_at: finishedAt, report: safeJson(result.report) })
    .where('id', '=', runId)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new Error(`No run ${runId}`)
}

function selectRuns(db: Database) {
  return db
    .selectFrom('tandem.run')
    .select([
      'id',
      'connection_id as connectionId',
      'trigger',
      'scope',
      'started_at as startedAt',
      'plan_id as planId',
      'outcome',
      'code',
      'finished_at as finishedAt',
      'report',
    ])
}

export async function runsOf(db: Database, connectionId: string, limit: number): Promise<readonly RunRow[]> {
  return selectRuns(db).where('connection_id', '=', connectionId).orderBy('position', 'desc').limit(limit).execute()
}

export async function readRun(db: Database, runId: string): Promise<RunRow | undefined> {
  return selectRuns(db).where('id', '=', runId).executeTakeFirst()
}
