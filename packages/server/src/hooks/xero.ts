import { isXeroSignature, readXeroDelivery, xeroDeliveryKey } from '@tandem/sync/remotes/xero/webhook.ts'
import type { HookParts } from './parts.ts'
import type { Received } from './routes.ts'

/** Signed over the raw bytes. Xero's own test deliveries (some signed wrong on purpose) carry no events. */
export async function receiveXero(tandem: HookParts, raw: Buffer, signature: string): Promise<Received> {
  if (!isXeroSignature(raw, signature, tandem.config.xero.webhookKey)) return 'rejected'
  const body = raw.toString('utf8')
  const delivery = readXeroDelivery(body)
  if (delivery === undefined || delivery.events.length === 0) return 'ignored'
  const added = await tandem.store.webhooks.add({
    system: 'xero',
    deliveryKey: xeroDeliveryKey(raw),
    body,
    receivedAt: tandem.clock.now(),
  })
  return added === 'stored' ? 'stored' : 'ignored'
}
