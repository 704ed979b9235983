import { createChance, type VirtualClock } from '@tandem/sandbox'
import type { EnginePorts, PassRequest, PassResult, Progress } from '@tandem/sync/engine.ts'
import { runPass } from '@tandem/sync/pass.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import type { Network } from '@tandem/sync/ports/network.ts'
import { createMemoryLedger } from '@tandem/sync/remotes/http/budget-ledger.ts'
import type { Store } from '@tandem/sync/store/contract.ts'
import { createMemoryStore } from '@tandem/sync/store/memory/store.ts'
import { openStore } from '@tandem/sync/store/open-store.ts'
import { Hono } from 'hono'
import { xeroKeeper, zohoKeeper } from '../rig/keepers.ts'
import { enginePorts } from '../rig/ports.ts'
import { type RemoteOpener, remoteOpener } from '../rig/remotes.ts'
import { engineClock } from '../rig/virtual-time.ts'
import { CONNECTION_ID, connectBench } from './connect.ts'
import { type CountingNetwork, countingNetwork } from './counting-network.ts'
import type { Job } from './job.ts'
import type { BenchSandboxes } from './sandboxes.ts'
import { type StoreTimes, timedStore } from './store-times.ts'

/** The whole engine on real HTTP and a store of its own, on the virtual clock of its sandboxes. */
export interface BenchEngine {
  readonly clock: Clock
  readonly network: CountingNetwork
  readonly store: Store
  takeStoreTimes(): StoreTimes
  readonly connectionId: string
  pass(until: PassRequest['until']): Promise<PassResult>
  close(): Promise<void>
}

export interface EngineParts {
  readonly job: Job
  readonly clock: VirtualClock
  readonly sandboxes: BenchSandboxes
  readonly network: Network
  readonly dataDir: string
  progress(event: Progress): void
}

export async function createBenchEngine(parts: EngineParts): Promise<BenchEngine> {
  const { job, sandboxes } = parts
  const clock = engineClock(parts.clock)
  const seeded = createChance(job.seed + 2)
  const chance = { uuid: () => seeded.guid(), float: () => seeded.float() }
  const network = countingNetwork(parts.network, {
    origins: { zoho: sandboxes.zoho.url, xero: sandboxes.xero.url },
    clock,
  })
  const timed = timedStore(
    job.store === 'memory'
      ? createMemoryStore({ clock, chance })
      : await openStore({ clock, chance, dataDir: parts.dataDir }),
  )
  const { store } = timed
  const opener = await signedIn({ network, clock, chance, sandboxes })
  const ports = enginePorts({ clock, chance, store, opener, progress: parts.progress })
  await connectBench({ ports, opener, apiDomain: sandboxes.zoho.url })
  return {
    clock,
    network,
    store,
    takeStoreTimes: timed.take,
    connectionId: CONNECTION_ID,
    pass: (until) => runPass(ports, { ...REQUEST, until }),
    close: () => store.close(),
  }
}

const REQUEST: PassRequest = {
  connectionId: CONNECTION_ID,
  trigger: 'manual',
  scope: { kinds: ['contact', 'item', 'invoice'], mode: 'both', since: null },
  priority: 'background',
  until: 'sync',
  approvedPlanId: null,
  detect: 'lists',
}

type OpenerParts = Pick<EnginePorts, 'clock' | 'chance'> & {
  readonly network: Network
  readonly sandboxes: BenchSandboxes
}

async function signedIn({ clock, chance, network, sandboxes }: OpenerParts): Promise<RemoteOpener> {
  const { zoho, xero } = sandboxes
  const zohoTokens = zohoKeeper({ network, clock, origin: zoho.url, credentials: zoho.credentials })
  // The sandbox consents by a redirect, which is the answer here and must not be followed.
  const app = new Hono().all('*', (c) => fetch(c.req.raw, { redirect: 'manual' }))
  const xeroTokens = await xeroKeeper({ network, clock, origin: xero.url, credentials: xero.credentials, app })
  return remoteOpener({
    network,
    clock,
    chance,
    ledger: createMemoryLedger(),
    zoho: { tokens: zohoTokens, origin: zoho.url, edition: 'enterprise' },
    xero: { tokens: xeroTokens, origin: xero.url, tenantId: xero.credentials.tenantId },
  })
}
