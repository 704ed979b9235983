import type { Chance } from '../../ports/chance.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../contract.ts'
import { memoryConnections } from './connections.ts'
import { claimLane } from './lane.ts'
import { memoryQueue } from './queue.ts'
import { memoryReports } from './reports.ts'
import type { MemoryWorld } from './tables.ts'
import { memoryVault } from './vault.ts'
import { memoryWebhooks } from './webhooks.ts'

/** The whole contract in plain maps, for simulations and tests: same rules, nothing on disk. */
export function createMemoryStore(ports: { readonly clock: Clock; readonly chance: Chance }): Store {
  const world: MemoryWorld = {
    ...ports,
    connections: new Map(),
    tables: new Map(),
    credentials: new Map(),
    webhooks: new Map(),
  }
  const queue = memoryQueue()
  return {
    connections: memoryConnections(world),
    vault: memoryVault(world),
    webhooks: memoryWebhooks(world),
    queue,
    claimLane: async (connectionId, owner, ttlMs) => claimLane(world, connectionId, { owner, ttlMs }),
    reports: memoryReports(world),
    tidy: async () => undefined,
    close: () => queue.stop(),
  }
}
