import type { Progress } from '@tandem/sync/engine.ts'
import { createApp } from '../api/app.ts'
import { readApiToken } from '../folder/data-folder.ts'
import { announceServer, withdrawServer } from '../folder/server-file.ts'
import { createOperations, type LocalOperations } from '../operations/operations.ts'
import { type Answer, answer } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import { createWorker } from '../worker/worker.ts'
import { type Listening, listen } from './listen.ts'

/** `start` is both halves; `serve` answers HTTP; `worker` walks connections. */
export type Role = 'start' | 'serve' | 'worker'

export interface Running {
  readonly operations: LocalOperations
  /** null for a worker, which listens to nobody. */
  readonly url: string | null
  stop(): Promise<void>
}

export interface ServerParts {
  readonly tandem: Tandem
  readonly role: Role
  readonly listener: (connectionId: string, event: Progress) => void
  readonly pollMs: number
}

const MINUTE_MS = 60_000

export function pollEvery(minutes: number): number {
  return minutes * MINUTE_MS
}

/** Starts a role on an open product; everything that it started, `stop` ends in order. */
export async function startServer(parts: ServerParts): Promise<Answer<Running>> {
  const { tandem, role } = parts
  const operations = createOperations(tandem)
  const listening = role === 'worker' ? null : await startHttp(tandem, operations)
  if (listening?.type === 'problem') return listening
  const worker = role === 'serve' ? null : createWorker(parts)
  await worker?.start()
  return answer({
    operations,
    url: listening === null ? null : urlOf(listening.value),
    async stop() {
      await worker?.stop()
      await listening?.value.close()
      if (listening !== null) await withdrawServer(tandem.folder)
      await tandem.close()
    },
  })
}

async function startHttp(tandem: Tandem, operations: LocalOperations): Promise<Answer<Listening>> {
  const { config, folder } = tandem
  const app = createApp({ tandem, operations, apiToken: await readApiToken(folder) })
  const listening = await listen(app, config.host, config.port)
  if (listening.type === 'ok') await announceServer(folder, urlOf(listening.value))
  return listening
}

/** By name, as registered with Xero: it refuses 127.0.0.1 (xero.md 1.2). */
function urlOf({ port }: Listening): string {
  return `http://localhost:${port}`
}
