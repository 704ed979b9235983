import { SECOND_MS } from './hours.ts'
import type { Scene } from './scene.ts'
import { startProcess } from './tandem-process.ts'

const PATIENCE_MS = 45 * SECOND_MS

/** C15: the first start ever dies between two migrations; the next one must find a database that it can use. */
export async function dieDuringMigration(
  { stand, processes }: Pick<Scene, 'stand' | 'processes'>,
  hit: number,
): Promise<void> {
  const first = startProcess(['start', '--quiet'], { ...stand.environment, TANDEM_CRASH_AT: `C15:${hit}` }, 0)
  processes.push(first)
  if (!(await first.untilGone(PATIENCE_MS)) || first.signal() !== 'SIGKILL') {
    throw new Error(`C15:${hit} was never reached: ${first.said()}`)
  }
  const second = startProcess(['start', '--quiet'], stand.environment, 0)
  processes.push(second)
  const isUp = await second.untilSaid(/Tandem listens at/, PATIENCE_MS)
  second.kill('SIGKILL')
  await second.untilGone(PATIENCE_MS)
  if (!isUp) throw new Error(`after a migration cut short it does not start: ${second.said()}`)
}
