import type { Store } from '@tandem/sync/store/contract.ts'
import { afterEach, expect, test } from 'vitest'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { passWith } from './pass-with.ts'
import { syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

// Catches: a process that stood still (a laptop's lid) and throws when it finds its lane taken over: a bug in the log (C17).
test.each([
  { at: 'openRun', end: 'busy' },
  { at: 'release', end: 'done' },
] as const)('a pass whose lane is taken over by a newer owner before $at ends as $end', async ({ at, end }) => {
  rig = await syncedCompany()
  const { ports } = rig
  const claimLane: Store['claimLane'] = async (id, owner, ttlMs) => {
    const lane = await ports.store.claimLane(id, owner, ttlMs)
    const standStill = async () => {
      await rig.clock.advance(ttlMs + 1_000)
      expect(await ports.store.claimLane(id, 'a newer owner', ttlMs)).toBeDefined()
    }
    if (lane === undefined) return lane
    if (at === 'openRun') await standStill()
    return at === 'openRun' ? lane : { ...lane, release: async () => standStill().then(lane.release) }
  }
  const result = await passWith(rig, { ...ports, store: { ...ports.store, claimLane } }, { trigger: 'manual' })
  expect(result).toMatchObject({ type: end })
})
