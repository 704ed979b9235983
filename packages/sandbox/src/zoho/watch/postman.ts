import type { Channel } from './channels.ts'
import type { NotifierParts } from './notifier.ts'

/** A callback that left, or was lost on the way, for those who look at the sandbox's state. */
export interface Delivery {
  readonly atMs: number
  readonly url: string
  readonly outcome: number | 'failed' | 'dropped'
  readonly body: unknown
}

export interface Postman {
  post(channel: Channel, body: Record<string, unknown>): void
  deliveries(): readonly Delivery[]
  clear(): void
}

const KEPT_DELIVERIES = 1000
const REORDER_MS = 5_000

/**
 * Posts callbacks after a delay; no retries (zoho-crm.md 6.2). Named faults: `webhookDrop` loses one,
 * `webhookDuplicate` sends it twice, `webhookReorder` and `webhookDelay` hold it back by `delayMs`, `webhookForge`
 * sends one more with a wrong token.
 */
export function createPostman(parts: NotifierParts): Postman {
  let delivered: Delivery[] = []
  const { clock, faults } = parts.world

  function note(url: string, outcome: Delivery['outcome'], body: unknown) {
    delivered.push({ atMs: clock.now(), url, outcome, body })
    if (delivered.length > KEPT_DELIVERIES) delivered = delivered.slice(-KEPT_DELIVERIES / 2)
  }
  async function send(url: string, body: unknown) {
    const headers = { 'content-type': 'application/json' }
    try {
      const request = new Request(url, { method: 'POST', headers, body: JSON.stringify(body) })
      const response = await parts.deliver(request)
      note(url, response.status, body)
    } catch {
      note(url, 'failed', body)
    }
  }
  const sendAfter = (delayMs: number, url: string, body: unknown) => clock.schedule(delayMs, () => send(url, body))

  return {
    post(channel, body) {
      const url = channel.notifyUrl
      const target = new URL(url)
      const take = (name: string) => faults.takeNamed(name, 'POST', target.pathname + target.search)
      if (take('webhookDrop') !== undefined) return note(url, 'dropped', body)
      const held = take('webhookReorder') ?? take('webhookDelay')
      const delayMs = delayOf(parts) + (held === undefined ? 0 : Number(held.delayMs ?? REORDER_MS))
      sendAfter(delayMs, url, body)
      const again = take('webhookDuplicate')
      if (again !== undefined) sendAfter(delayMs + Number(again.delayMs ?? 0), url, body)
      const forged = take('webhookForge')
      if (forged === undefined) return
      const ids = typeof forged.id === 'string' ? [forged.id] : body.ids
      sendAfter(delayMs, url, { ...body, ids, token: String(forged.token ?? 'forged') })
    },
    deliveries: () => delivered,
    clear() {
      delivered = []
    },
  }
}

function delayOf(parts: NotifierParts): number {
  switch (parts.world.switches.get('callbackDelay')) {
    case '0s':
      return 0
    case '10s':
      return 10_000
    case '2min':
      return 120_000
    default:
      return 1_000
  }
}
