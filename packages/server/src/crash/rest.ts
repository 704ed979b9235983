import { runTask } from '../cli/follow.ts'
import type { PassResultView } from '../views/task.ts'
import { MINUTE_MS } from './hours.ts'
import type { Restarted } from './restart.ts'
import { type Scene, untilPassed } from './scene.ts'
import { must } from './stand.ts'
import { forgetCalls, recordWrites } from './writes.ts'

/** Longer than any settle time: what had no answer is looked up. */
const LONG_MS = 16 * MINUTE_MS
const PAUSE_MS = 2 * MINUTE_MS
const PASSES_LIMIT = 12

/** Passes until one writes nothing; says so when there is none. */
export async function comeToRest(scene: Scene, restarted: Restarted): Promise<readonly string[]> {
  const ends: string[] = []
  await calm(scene, restarted, LONG_MS)
  for (let passes = 0; passes < PASSES_LIMIT; passes += 1) {
    const result = await syncAsPeopleWould(scene, restarted)
    ends.push(`${result.type} ${result.code ?? ''} ${writesOf(result)}`)
    await calm(scene, restarted, PAUSE_MS)
    if (result.type === 'done' && writesOf(result) === 0) return []
  }
  return [`I1: not at rest after ${PASSES_LIMIT} passes: ${ends.join(', ')}`]
}

/** A further pass writes nothing (I4): the sandboxes' own logs say so. */
export async function furtherPass(scene: Scene, restarted: Restarted): Promise<readonly string[]> {
  forgetCalls(scene.stand.sandboxes)
  const result = await syncAsPeopleWould(scene, restarted)
  const writes = recordWrites(scene.stand.sandboxes)
  if (result.type !== 'done') return [`I4: a further pass ends ${result.type}: ${result.message}`]
  return writes.map(({ method, path, body }) => `I4: a further pass writes ${method} ${path} ${body}`)
}

/** Lets time go by while nothing is under way, as no call takes hours. */
async function calm(scene: Scene, { operations, since }: Restarted, milliseconds: number): Promise<void> {
  await untilPassed(scene, operations, since)
  await scene.hours.pass(milliseconds, scene.processes)
}

/** What is held for approval, people approve. */
async function syncAsPeopleWould({ prepared }: Scene, { operations }: Restarted): Promise<PassResultView> {
  const ask = { connectionId: prepared.connectionId, until: 'sync' } as const
  const result = must(await runTask(operations, ask, () => undefined))
  if (result.type !== 'held' || result.planId === null) return result
  return must(await runTask(operations, { ...ask, approvedPlanId: result.planId }, () => undefined))
}

function writesOf({ report }: PassResultView): number {
  return report === null ? 0 : report.writes.zoho + report.writes.xero
}
