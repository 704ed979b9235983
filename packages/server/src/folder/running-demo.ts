import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

export const DEMO_FOLDER = '.demo'
const OWN_FOLDER = '.tandem'
/** Commands that make or choose their folder themselves. */
const CHOOSERS: ReadonlySet<string> = new Set(['demo', 'sandbox', 'start', 'serve', 'worker', 'connect'])

const serverSchema = z.object({ pid: z.number().int() })

/**
 * While a demo runs and nothing else has been set up, `npx tandem inbox` in another terminal means the demo. Answers its
 * folder, or undefined.
 */
export function folderOfRunningDemo(
  command: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const isChosen = (environment.TANDEM_DATA_DIR ?? '') !== '' || existsSync(OWN_FOLDER) || CHOOSERS.has(command)
  return !isChosen && isDemoAlive() ? DEMO_FOLDER : undefined
}

function isDemoAlive(): boolean {
  try {
    const { pid } = serverSchema.parse(JSON.parse(readFileSync(`${DEMO_FOLDER}/server.json`, 'utf8')))
    return process.kill(pid, 0)
  } catch {
    // No file, a half-written one, or a demo that was killed: there is no demo to talk to.
    return false
  }
}
