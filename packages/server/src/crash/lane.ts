import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { isPlace } from './crash-case.ts'
import { databasesAt } from './databases.ts'
import { runCase } from './run-case.ts'

/*
 * A thread that runs one case after another: what a case prepares in its own process must not hold up the sandboxes of
 * the case beside it, or their restarts would look slow.
 */

const dataSchema = z.object({ serverUrl: z.string().nullable() })
const caseSchema = z.object({
  place: z.string().refine(isPlace),
  seed: z.number(),
  database: z.enum(['embedded', 'postgres']),
  freezeMs: z.number(),
})

const { serverUrl } = dataSchema.parse(workerData)
const databases = databasesAt(serverUrl)

parentPort?.on('message', async (message: unknown) => {
  parentPort?.postMessage(await runCase(caseSchema.parse(message), databases))
})
