import fs from 'node:fs'
import path from 'node:path'
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

// Catches: a healthy folder called damaged because a process was killed within its first moments (random seed 19).
test.each(['', '-4', '-42\n/pglite'])(
  'a lock file that a killed process left as %j is in nobody’s way',
  async (left) => {
    const folder = temporaryFolder()
    const ports = { clock: new HandClock(), chance, dataDir: folder.path }
    const killed = await openStore(ports)
    await killed.connections.create(connectionNamed('c1'))
    await killed.close()
    fs.writeFileSync(path.join(folder.path, 'database', 'postmaster.pid'), left)
    const next = await openStore(ports).catch(() => null)
    expect(await next?.connections.get('c1')).toBeDefined()
    await next?.close()
    folder.remove()
  },
)
