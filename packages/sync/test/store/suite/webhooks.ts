import { describe, expect, test } from 'vitest'
import { markOf, zohoAccount } from '../fixtures.ts'
import type { Bench } from '../harness.ts'

export function webhookTests(bench: Bench): void {
  describe('webhooks', () => {
    test('a delivery is stored once, survives until finished, and marks (bug: a repeated or lost webhook)', async () => {
      const { webhooks } = bench.store
      const delivery = { system: 'zoho', deliveryKey: bench.id('key'), body: '{"a":1}', receivedAt: 7 } as const
      expect(await webhooks.add(delivery)).toBe('stored')
      expect(await webhooks.add({ ...delivery, body: 'other' })).toBe('duplicate')
      const mine = async () =>
        (await webhooks.takeUnprocessed(1000)).filter((hook) => hook.deliveryKey === delivery.deliveryKey)
      const [taken] = await mine()
      expect(taken).toMatchObject(delivery)
      const mark = markOf(zohoAccount('A1'), { reason: 'webhook' })
      await webhooks.finish(taken?.id ?? '', [{ connectionId: bench.connectionId, mark }])
      expect(await mine()).toEqual([])
      expect(await bench.due()).toMatchObject([{ remoteId: 'A1', reason: 'webhook' }])
    })
  })
}
