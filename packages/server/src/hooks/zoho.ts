import { createHash } from 'node:crypto'
import { readZohoCallback } from '@tandem/sync/remotes/zoho/webhook.ts'
import { channelIdOf, channelTokenOf } from '../connect/channels.ts'
import type { HookParts } from './parts.ts'
import type { Received } from './routes.ts'
import type { ZohoNote } from './stored.ts'

/** Zoho proves itself by the channel's token alone; what is stored carries it no further. */
export async function receiveZoho(tandem: HookParts, connectionId: string, raw: string): Promise<Received> {
  const expected = { channelId: channelIdOf(connectionId), token: channelTokenOf(tandem, connectionId) }
  const verdict = readZohoCallback(raw, expected)
  if (verdict.type === 'rejected') {
    tandem.log.warn('zohoHookRejected', { reason: verdict.reason })
    return 'rejected'
  }
  if (verdict.type === 'ignored') return 'ignored'
  const { collection, remoteIds, operation } = verdict.notice
  const note: ZohoNote = { connectionId, collection, remoteIds: [...remoteIds], operation }
  const added = await tandem.store.webhooks.add({
    system: 'zoho',
    deliveryKey: createHash('sha256').update(`${connectionId}\n${raw}`).digest('hex'),
    body: JSON.stringify(note),
    receivedAt: tandem.clock.now(),
  })
  return added === 'stored' ? 'stored' : 'ignored'
}
