import { threadId } from 'node:worker_threads'
import { compose } from '../compose.ts'
import { readConfig } from '../config.ts'
import {
  allowLoopback,
  chooseSettings,
  configureXeroWebhook,
  connectDemo,
  type DemoParts,
  previewDemo,
  syncDemo,
} from '../demo/demo.ts'
import { openDataFolder } from '../folder/data-folder.ts'
import type { Answer } from '../problem.ts'
import { freePort } from '../process/listen.ts'
import { startServer } from '../process/server.ts'
import { type Sandboxes, sandboxEnvironment, startSandboxes } from '../sandboxes/sandboxes.ts'
import type { FreshDatabase } from './databases.ts'
import type { Stage } from './stage.ts'

/** Both sandboxes with a small company, and the environment of the product's processes beside them. */
export interface Stand {
  readonly sandboxes: Sandboxes
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Small, so that a case takes seconds: what is missed in one company shows in another, seed by seed. */
const COMPANY = { contacts: 6, items: 3, invoices: 5, shape: 'mixed' } as const
const PORTS_FROM = 5100
const PORTS_OF_A_BLOCK = 100
/** All below 32768, where the system begins to give ports away by itself. */
const BLOCKS = 250
const THREADS_OF_A_PROCESS = 7

export async function openStand(seed: number, database: FreshDatabase): Promise<Stand> {
  const profile = { ...COMPANY, seed }
  const sandboxes = must(await startSandboxes({ zohoPort: { exactly: 0 }, xeroPort: { exactly: 0 }, profile }))
  return {
    sandboxes,
    environment: { ...database.environment, ...sandboxEnvironment(sandboxes), ...(await address()) },
    close: () => sandboxes.close(),
  }
}

let given = 0

/**
 * A port that nobody else has. Cases that run beside each other, in threads or in processes, look in blocks of their
 * own: between the look and the use, another's product would else listen there.
 */
export async function address(): Promise<Readonly<Record<'PORT' | 'PUBLIC_URL', string>>> {
  const block = (process.pid * THREADS_OF_A_PROCESS + threadId) % BLOCKS
  given = (given + 1) % PORTS_OF_A_BLOCK
  const port = await freePort(PORTS_FROM + block * PORTS_OF_A_BLOCK + given)
  return { PORT: String(port), PUBLIC_URL: `http://localhost:${port}` }
}

export interface Prepared {
  readonly connectionId: string
  /** Waits for approval in the stage `held`. */
  readonly planId: string
}

/** Connects, chooses, previews and, as far as the stage goes, approves and syncs: in this process, without a crash. */
export async function prepare(stand: Stand, stage: Stage, webhooks: 'on' | 'off'): Promise<Prepared> {
  const config = must(readConfig({ ...stand.environment, TANDEM_LOG: 'silent' }))
  const tandem = must(await compose(config, must(await openDataFolder(config.dataDir))))
  const server = must(await startServer({ tandem, role: 'serve', listener: ignore, pollMs: HOUR_MS }))
  const parts: DemoParts = {
    tandem,
    operations: server.operations,
    sandboxes: stand.sandboxes,
    tell: ignore,
    show: ignore,
  }
  try {
    if (webhooks === 'on') allowLoopback(stand.sandboxes)
    const { id: connectionId } = must(await connectDemo(parts))
    must(await chooseSettings(parts, connectionId))
    if (webhooks === 'on') must(await configureXeroWebhook(parts))
    const { id: planId } = must(await previewDemo(parts, connectionId))
    if (stage === 'first') must(await server.operations.approve(planId))
    if (stage === 'live') must(await syncDemo(parts, connectionId, planId))
    return { connectionId, planId }
  } finally {
    await server.stop()
  }
}

const HOUR_MS = 3_600_000
const ignore = () => undefined

export function must<T>(outcome: Answer<T>): T {
  if (outcome.type === 'ok') return outcome.value
  throw new Error(`${outcome.problem.title} ${outcome.problem.fix}`)
}
