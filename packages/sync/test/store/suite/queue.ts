import { describe, expect, test, vi } from 'vitest'
import type { QueueJob } from '../../../src/store/contract.ts'
import type { Bench } from '../harness.ts'

export function queueTests(bench: Bench): void {
  describe('queue', () => {
    test('jobs run once each, one at a time per key, and a second waiting one is dropped (bug: runs overlap or pile up)', async () => {
      const done: QueueJob[] = []
      const busy = new Map<string, number>()
      let worst = 0
      let open: () => void = () => undefined
      const gate = new Promise<void>((resolve) => {
        open = resolve
      })
      const [one, two] = [bench.id('k1'), bench.id('k2')]
      await bench.store.queue.start(async (job) => {
        busy.set(job.key, (busy.get(job.key) ?? 0) + 1)
        worst = Math.max(worst, busy.get(job.key) ?? 0)
        await gate
        busy.set(job.key, (busy.get(job.key) ?? 0) - 1)
        done.push(job)
      })
      await bench.store.queue.send({ name: 'sync', key: one, data: { n: '1' } })
      await bench.store.queue.send({ name: 'sync', key: two, data: { n: '2' } })
      await vi.waitFor(() => expect(busy.size).toBe(2), { timeout: 10_000 })
      await bench.store.queue.send({ name: 'sync', key: one, data: { n: '3' } })
      await bench.store.queue.send({ name: 'sync', key: one, data: { n: '4' } })
      open()
      await vi.waitFor(() => expect(done).toHaveLength(3), { timeout: 10_000 })
      expect(done.map((job) => job.data)).toContainEqual({ n: '3' })
      expect(done.map((job) => job.data)).not.toContainEqual({ n: '4' })
      expect(worst).toBe(1)
      await bench.store.queue.stop()
    })
  })
}
