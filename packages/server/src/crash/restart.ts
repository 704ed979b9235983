import type { Operations } from '../operations/contract.ts'
import { SECOND_MS } from './hours.ts'
import { operationsOf, type Scene, startTandem, untilListening, untilPassed } from './scene.ts'
import { type TandemProcess, until } from './tandem-process.ts'
import { recordCalls } from './writes.ts'

const CALL_PATIENCE_MS = 90 * SECOND_MS

export interface Restarted {
  readonly process: TandemProcess
  readonly operations: Operations
  /** Passes that began earlier belong to processes that are dead. */
  readonly since: number
  /** To the first call about records; null where nothing was started anew. */
  readonly restartMs: number | null
  /** What can be said only when all is at rest. */
  afterwards(): Promise<readonly string[]>
}

/** Starts the product without the switch, and takes the time to its first catch-up call. */
export async function restart(scene: Scene, more: Readonly<Record<string, string>> = {}): Promise<Restarted> {
  const since = scene.hours.now()
  const callsBefore = recordCalls(scene.stand.sandboxes).length
  const process = startTandem(scene, more)
  const hasCalled = await until(
    () => process.isGone() || recordCalls(scene.stand.sandboxes).length > callsBefore,
    CALL_PATIENCE_MS,
  )
  const restartMs = Math.round(performance.now() - process.startedAt)
  if (!hasCalled || process.isGone()) throw new Error(`restarted, it calls nobody: ${process.said()}`)
  await untilListening(process)
  const operations = await operationsOf(scene, more)
  await untilPassed(scene, operations, since)
  return { process, operations, since, restartMs, afterwards: async () => [] }
}
