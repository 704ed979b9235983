import { setTimeout as wait } from 'node:timers/promises'
import { freshFolder } from './databases.ts'
import { MINUTE_MS, SECOND_MS } from './hours.ts'
import { type Restarted, restart } from './restart.ts'
import { operationsOf, type Scene, startTandem, untilListening, untilPassed } from './scene.ts'
import { address, must } from './stand.ts'
import type { TandemProcess } from './tandem-process.ts'

const REACH_PATIENCE_MS = 45 * SECOND_MS
const RUNS_READ = 50
const END_PATIENCE_MS = 20 * SECOND_MS

/**
 * C17 and R11: one process is stopped in the middle of a call for longer than its lease. On a server, a second one walks
 * the same connection meanwhile; then the first wakes and goes on where it was.
 */
export async function freeze(scene: Scene, hit: number): Promise<Restarted> {
  const since = scene.hours.now()
  const sleeper = startTandem(scene, { TANDEM_CRASH_AT: `C17:${hit}` })
  if (!(await sleeper.untilFrozen(REACH_PATIENCE_MS)))
    throw new Error(`C17:${hit} was never reached: ${sleeper.said()}`)
  const frozenAt = performance.now()
  const left = () => Math.max(0, frozenAt + scene.of.freezeMs - performance.now())
  await scene.people.work()
  if (scene.of.database === 'postgres') return besideAnother(scene, { sleeper, left })
  await wait(left())
  sleeper.kill('SIGCONT')
  await untilListening(sleeper)
  const operations = await operationsOf(scene)
  await untilPassed(scene, operations, since)
  return { process: sleeper, operations, since, restartMs: null, faults: [] }
}

interface Frozen {
  readonly sleeper: TandemProcess
  left(): number
}

async function besideAnother(scene: Scene, { sleeper, left }: Frozen): Promise<Restarted> {
  const { connectionId } = scene.prepared
  const folder = await freshFolder()
  const second = await restart(scene, { ...(await address(scene.of.seed)), TANDEM_DATA_DIR: folder })
  const cutShort = must(await second.operations.runs({ connectionId, limit: RUNS_READ })).filter(
    (run) => run.startedAt < second.since && run.report === null,
  )
  await wait(left())
  sleeper.kill('SIGCONT')
  // It answers and walks again like any other: by then it has tried to record what it was told in its sleep.
  const woken = await operationsOf(scene)
  must(await woken.connections())
  await untilPassed(scene, second.operations, second.since)
  await scene.hours.pass(SETTLED_MS, scene.processes)
  must(await woken.startTask({ connectionId, until: 'sync' }))
  await untilPassed(scene, second.operations, scene.hours.now() - MINUTE_MS)
  const after = must(await second.operations.runs({ connectionId, limit: RUNS_READ }))
  // Its run would have a report if a single late write had been let through: recording ends with it.
  const closed = cutShort.filter((run) => after.some((other) => other.id === run.id && other.report !== null))
  sleeper.kill('SIGTERM')
  const isGone = await sleeper.untilGone(END_PATIENCE_MS)
  return {
    ...second,
    faults: [
      ...(cutShort.length === 0 ? ['R11: the frozen process had no run under way'] : []),
      ...closed.map((run) => `R11: the woken process closed its run ${run.id}, although its lease was lost`),
      ...(isGone ? [] : ['R11: the woken process does not end when asked']),
    ],
  }
}

/** Longer than any settle time. */
const SETTLED_MS = 16 * MINUTE_MS
