import { setTimeout as wait } from 'node:timers/promises'
import type { RunView } from '../views/report.ts'
import { freshFolder } from './databases.ts'
import { SECOND_MS } from './hours.ts'
import { type Restarted, restart } from './restart.ts'
import { operationsOf, type Scene, startTandem, untilListening, untilPassed } from './scene.ts'
import { address, must } from './stand.ts'
import { quickAgain, slowWrites, untilHandled } from './strike.ts'
import type { TandemProcess } from './tandem-process.ts'

const REACH_PATIENCE_MS = 45 * SECOND_MS
const RUNS_READ = 50

/**
 * C17 and R11: one process is stopped in the middle of a call for longer than its lease. On a server, a second one walks
 * the same connection meanwhile; then the first wakes and goes on where it was.
 */
export async function freeze(scene: Scene, hit: number): Promise<Restarted> {
  const since = scene.hours.now()
  slowWrites(scene)
  const sleeper = startTandem(scene, { TANDEM_CRASH_AT: `C17:${hit}` })
  if (!(await sleeper.untilFrozen(REACH_PATIENCE_MS)))
    throw new Error(`C17:${hit} was never reached: ${sleeper.said()}`)
  const frozenAt = performance.now()
  const left = () => Math.max(0, frozenAt + scene.of.freezeMs - performance.now())
  quickAgain(scene)
  await untilHandled(scene)
  await scene.people.work()
  if (scene.of.database === 'postgres') return besideAnother(scene, { sleeper, left })
  await wait(left())
  sleeper.kill('SIGCONT')
  await untilListening(sleeper)
  const operations = await operationsOf(scene)
  await untilPassed(scene, operations, since)
  return { process: sleeper, operations, since, restartMs: null, afterwards: async () => [] }
}

interface Frozen {
  readonly sleeper: TandemProcess
  left(): number
}

async function besideAnother(scene: Scene, { sleeper, left }: Frozen): Promise<Restarted> {
  const asked = { connectionId: scene.prepared.connectionId, limit: RUNS_READ }
  const folder = await freshFolder()
  const second = await restart(scene, { ...(await address()), TANDEM_DATA_DIR: folder })
  const cutShort = must(await second.operations.runs(asked)).filter(
    (run) => run.startedAt < second.since && run.report === null,
  )
  await wait(left())
  sleeper.kill('SIGCONT')
  // It answers again like any other: by then it has tried to record what it was told in its sleep.
  const woken = await operationsOf(scene)
  must(await woken.connections())
  await untilPassed(scene, second.operations, second.since)
  return { ...second, afterwards: async () => lateWrites(cutShort, must(await second.operations.runs(asked))) }
}

/** Recording ends with a run's report: the run of the frozen process has one only if its late writes were let through. */
function lateWrites(cutShort: readonly RunView[], now: readonly RunView[]): readonly string[] {
  if (cutShort.length === 0) return ['R11: the frozen process had no run under way']
  return cutShort
    .filter((run) => now.some((other) => other.id === run.id && other.report !== null))
    .map((run) => `R11: the woken process closed its run ${run.id}, although its lease was lost`)
}
