import { remoteOperations } from '../cli/remote.ts'
import { openDataFolder, readApiToken } from '../folder/data-folder.ts'
import type { Operations } from '../operations/contract.ts'
import type { CrashCase } from './crash-case.ts'
import type { People } from './edits.ts'
import { type Hours, SECOND_MS } from './hours.ts'
import { must, type Prepared, type Stand } from './stand.ts'
import { startProcess, type TandemProcess, until } from './tandem-process.ts'

/** One case under way. */
export interface Scene {
  readonly of: CrashCase
  readonly stand: Stand
  readonly prepared: Prepared
  readonly hours: Hours
  readonly people: People
  /** Every process that was started, to be ended with the case. */
  readonly processes: TandemProcess[]
}

type Environment = Readonly<Record<string, string>>

/** `tandem start`, as an operator starts it. */
export function startTandem(scene: Scene, more: Environment = {}): TandemProcess {
  const started = startProcess(['start', '--quiet'], { ...scene.stand.environment, ...more }, scene.hours.shiftMs())
  scene.processes.push(started)
  return started
}

const LISTEN_PATIENCE_MS = 30 * SECOND_MS

/** Waits until it listens; says what it said when it does not. */
export async function untilListening(process: TandemProcess): Promise<void> {
  if (await isListening(process)) return
  throw new Error(`tandem start does not listen: ${process.said()}`)
}

export function isListening(process: TandemProcess): Promise<boolean> {
  return process.untilSaid(/Tandem listens at/, LISTEN_PATIENCE_MS)
}

/** The operations of a running process, over its API. */
export async function operationsOf({ stand }: Scene, more: Environment = {}): Promise<Operations> {
  const { PUBLIC_URL = '', TANDEM_DATA_DIR = '' } = { ...stand.environment, ...more }
  return remoteOperations(PUBLIC_URL, await readApiToken(must(await openDataFolder(TANDEM_DATA_DIR))))
}

const PASS_PATIENCE_MS = 60 * SECOND_MS
const RUNS_READ = 20

/** Waits until a pass that began since then has ended, and none is under way. */
export async function untilPassed({ prepared }: Scene, operations: Operations, since: number): Promise<void> {
  const { connectionId } = prepared
  const hasPassed = await until(async () => {
    const runs = must(await operations.runs({ connectionId, limit: RUNS_READ })).filter((run) => run.startedAt >= since)
    return runs.length > 0 && runs.every((run) => run.finishedAt !== null)
  }, PASS_PATIENCE_MS)
  if (!hasPassed) throw new Error('no pass has ended after the start')
}
