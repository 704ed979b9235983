import { expect, test } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import { storeContract } from './contract-suite.ts'
import { chance, connectionNamed, HandClock } from './fixtures.ts'
import { temporaryFolder } from './temporary-folder.ts'

storeContract({
  name: 'embedded store',
  skipReason: null,
  open: async (ports) => {
    const folder = temporaryFolder()
    const store = await openStore({ ...ports, dataDir: folder.path })
    return {
      store,
      close: async () => {
        await store.close()
        folder.remove()
      },
    }
  },
})

// Catches: a restart that waits until the lease and the claim of its own dead predecessor run out.
test('what a killed process held in the folder is free for the next one at once', async () => {
  const folder = temporaryFolder()
  const ports = { clock: new HandClock(), chance, dataDir: folder.path }
  const killed = await openStore(ports)
  await killed.connections.create(connectionNamed('c1'))
  const first = await killed.claimLane('c1', 'killed', 3_600_000)
  await killed.vault.save({ id: 'k', system: 'xero', appId: 'a', remoteUserId: 'u', sealed: 's', rotation: 1 })
  const claim = { nowMs: ports.clock.now(), claimTtlMs: 3_600_000 }
  await killed.vault.rotate('k', 1, { ...claim, owner: 'killed' })
  // Closing gives back neither the lease nor the claim: what is left is what a kill leaves.
  await killed.close()
  const next = await openStore(ports)
  const second = await next.claimLane('c1', 'next', 1_000)
  expect(second?.fence).toBe((first?.fence ?? 0) + 1)
  expect(await next.vault.rotate('k', 1, { ...claim, owner: 'next' })).toEqual({ type: 'mine' })
  await next.close()
  folder.remove()
})
