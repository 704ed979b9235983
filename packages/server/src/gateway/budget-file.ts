import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BudgetLedger } from '@tandem/sync/remotes/http/budget-ledger.ts'
import { z } from 'zod'

const snapshotSchema = z.object({
  savedAt: z.number(),
  running: z.number(),
  ended: z.array(z.number()),
  dayLeft: z.number(),
  dayMost: z.number().nullable(),
  dayStartedAt: z.number(),
  dayProbedAt: z.number(),
  blocked: z.object({ scope: z.enum(['minute', 'day', 'concurrent', 'app', 'token']), until: z.number() }).nullable(),
})

/** What was spent of a remote's limits, in a file of the data folder: a process that starts anew goes on with it (I6). */
export function createBudgetFile(folder: string, name: string): BudgetLedger {
  const path = join(folder, `${name}.json`)
  return {
    async load() {
      const content = await readFile(path, 'utf8').catch(() => undefined)
      if (content === undefined) return null
      try {
        return snapshotSchema.parse(JSON.parse(content))
      } catch {
        // A torn file: the remote's own headers correct the count at the first answer.
        return null
      }
    },
    async save(snapshot) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const beside = `${path}.${process.pid}`
      await writeFile(beside, JSON.stringify(snapshot), { mode: 0o600 })
      await rename(beside, path)
    },
  }
}
