import { describe, expect, test } from 'vitest'
import { LeaseLost } from '../../../src/store/contract.ts'
import { chunkOf, connectionNamed, dispatchOf, markOf, outcomeOf, zohoAccount } from '../fixtures.ts'
import type { Bench } from '../harness.ts'

const MINUTE = 60_000

export function laneTests(bench: Bench): void {
  describe('lane', () => {
    test('a second owner gets nothing while the lease runs (bug: two workers walk one connection)', async () => {
      expect(await bench.store.claimLane(bench.connectionId, 'worker-2', 5000)).toBeUndefined()
    })

    test('many claims at once have one winner (bug: check and claim are two steps)', async () => {
      const id = bench.id('race')
      await bench.store.connections.create(connectionNamed(id))
      const owners = Array.from({ length: 8 }, (_, index) => `worker-${index}`)
      const lanes = await Promise.all(owners.map((owner) => bench.store.claimLane(id, owner, 5000)))
      expect(lanes.filter((lane) => lane !== undefined)).toHaveLength(1)
    })

    test('after the lease a newer owner has a newer fence and every old write throws (bug: a zombie writes, C17)', async () => {
      const id = bench.id('zombie')
      await bench.store.connections.create(connectionNamed(id))
      const old = await bench.store.claimLane(id, 'worker-1', 5000)
      bench.clock.pass(5001)
      const fresh = await bench.store.claimLane(id, 'worker-2', MINUTE)
      if (old === undefined || fresh === undefined) throw new Error('Both claims should have won')
      expect(fresh.fence).toBeGreaterThan(old.fence)
      const writes: readonly (() => Promise<unknown>)[] = [
        () => old.renew(5000),
        () => old.mark([markOf(zohoAccount('A1'))], null),
        () => old.recordChunk(chunkOf('p', [], {})),
        () => old.recordDispatch(dispatchOf('d', [])),
        () => old.recordOutcomes([outcomeOf('o')]),
        () => old.appendEvents([{ at: 1, runId: null, linkId: null, type: 't', detail: null }]),
        () => old.supersedePlan('p'),
        () => old.finishFirstSync(),
        () =>
          old.closeRun({ runId: 'r', planId: null, outcome: 'done', code: null, finishedAt: 1, report: EMPTY_REPORT }),
        () => old.markSeen('zoho', 'Accounts', ['A1'], 1),
      ]
      for (const write of writes) await expect(write()).rejects.toBeInstanceOf(LeaseLost)
      expect(await fresh.countMarks()).toBe(0)
      expect((await bench.store.connections.get(id))?.firstSyncDone).toBe(false)
    })

    test('a renewed lease outlives its first term (bug: renew changes nothing)', async () => {
      const id = bench.id('renew')
      await bench.store.connections.create(connectionNamed(id))
      const lane = await bench.store.claimLane(id, 'worker-1', 5000)
      bench.clock.pass(4000)
      await lane?.renew(5000)
      bench.clock.pass(4000)
      expect(await bench.store.claimLane(id, 'worker-2', 5000)).toBeUndefined()
    })

    test('a released lane is free at once (bug: a restart waits for the lease)', async () => {
      const id = bench.id('release')
      await bench.store.connections.create(connectionNamed(id))
      const lane = await bench.store.claimLane(id, 'worker-1', MINUTE)
      await lane?.release()
      expect((await bench.store.claimLane(id, 'worker-2', 5000))?.fence).toBe(2)
    })
  })
}

const EMPTY_REPORT = {
  created: {},
  updated: {},
  skipped: {},
  refused: 0,
  dropped: 0,
  opened: 0,
  waiting: 0,
  conflicts: 0,
  holds: 0,
  calls: {},
  writes: { zoho: 0, xero: 0 },
}
