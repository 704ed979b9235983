import type { InboundWebhook, WebhookStore } from '../contract.ts'
import { putMarks } from './marks.ts'
import { type MemoryWorld, tablesOf } from './tables.ts'

export function memoryWebhooks(world: MemoryWorld): WebhookStore {
  return {
    add: async (webhook) => {
      const isKnown = [...world.webhooks.values()].some((other) => isSameDelivery(other, webhook))
      if (isKnown) return 'duplicate'
      const id = String(world.webhooks.size + 1)
      world.webhooks.set(id, { ...webhook, id, isProcessed: false })
      return 'stored'
    },
    takeUnprocessed: async (limit) =>
      [...world.webhooks.values()]
        .filter((webhook) => !webhook.isProcessed)
        .slice(0, limit)
        .map(({ isProcessed: _, ...webhook }) => webhook),
    finish: async (id, marks) => {
      const webhook = world.webhooks.get(id)
      if (webhook === undefined) throw new Error(`No webhook ${id}`)
      const stamp = { chance: world.chance, now: world.clock.now() }
      for (const { connectionId, mark } of marks) putMarks(tablesOf(world, connectionId), [mark], stamp)
      webhook.isProcessed = true
    },
  }
}

function isSameDelivery(left: InboundWebhook, right: InboundWebhook): boolean {
  return left.system === right.system && left.deliveryKey === right.deliveryKey
}
