import type { NewRun, RunResult } from '../contract.ts'
import type { ConnectionTables } from './tables.ts'

/** A run still open when the next begins is one that died: only one walks a connection at a time. */
export function openRun(tables: ConnectionTables, connectionId: string, run: NewRun): void {
  for (const old of [...tables.runs.values()]) {
    if (old.outcome === 'running') {
      tables.runs.set(old.id, { ...old, outcome: 'interrupted', finishedAt: run.startedAt })
    }
  }
  const blank = { planId: null, code: null, finishedAt: null, report: null }
  tables.runs.set(run.id, { ...run, connectionId, outcome: 'running', ...blank })
}

export function closeRun(tables: ConnectionTables, { runId, ...result }: RunResult): void {
  const run = tables.runs.get(runId)
  if (run === undefined) throw new Error(`No run ${runId}`)
  tables.runs.set(runId, { ...run, ...result })
}
