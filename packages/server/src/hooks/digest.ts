import { detectedCollectionsOf, KINDS, kindOf, rolesOf } from '@tandem/sync/model/kind.ts'
import type { RecordRef } from '@tandem/sync/model/record.ts'
import { readXeroDelivery } from '@tandem/sync/remotes/xero/webhook.ts'
import type { Connection, InboundWebhook, NewMark } from '@tandem/sync/store/contract.ts'
import type { PassJobName } from '../worker/jobs.ts'
import { createGapWatch, type GapWatch } from './gaps.ts'
import type { HookParts } from './parts.ts'
import { zohoNoteSchema } from './stored.ts'

/** What a digest leaves to do: a pass of a connection, once its quiet time is over. */
export interface DueWalk {
  readonly connectionId: string
  readonly afterMs: number
  readonly job: PassJobName
}

interface Target {
  readonly connection: Connection
  readonly mark: NewMark
}

const BATCH = 200
const watches = new WeakMap<HookParts, GapWatch>()

/** Turns stored webhooks into marks and nothing else (design section 4): what really changed is read later. */
export async function digestWebhooks(tandem: HookParts): Promise<readonly DueWalk[]> {
  const walks = new Map<string, DueWalk>()
  const connections = (await tandem.store.connections.list()).filter((one) => one.state !== 'disconnected')
  for (;;) {
    const batch = await tandem.store.webhooks.takeUnprocessed(BATCH)
    if (batch.length === 0) return [...walks.values()]
    for (const webhook of batch) {
      const targets = targetsOf(webhook, connections, tandem.clock.now())
      await tandem.store.webhooks.finish(
        webhook.id,
        targets.map(({ connection, mark }) => ({ connectionId: connection.id, mark })),
      )
      for (const { connection } of targets) note(walks, connection, 'pass.marks')
      if (hasGap(tandem, webhook)) for (const { connection } of targets) note(walks, connection, 'pass.lists')
    }
  }
}

function note(walks: Map<string, DueWalk>, connection: Connection, job: PassJobName): void {
  const afterMs = job === 'pass.marks' ? connection.settings.quietSeconds * 1000 + MARGIN_MS : 0
  walks.set(`${job} ${connection.id}`, { connectionId: connection.id, afterMs, job })
}

/** A timer may ring a moment early; a mark that is not due yet would wait for the next tick. */
const MARGIN_MS = 50

function targetsOf(webhook: InboundWebhook, connections: readonly Connection[], now: number): readonly Target[] {
  const named = webhook.system === 'zoho' ? zohoRefs(webhook) : xeroRefs(webhook)
  return named.flatMap(({ belongsTo, reason, ref }) => {
    const connection = connections.find(belongsTo)
    if (connection === undefined || !isSynced(connection, ref)) return []
    const dueAt = now + connection.settings.quietSeconds * 1000
    return [{ connection, mark: { ...ref, kind: kindOf(ref.collection), reason, dueAt } }]
  })
}

interface Named {
  readonly belongsTo: (connection: Connection) => boolean
  readonly reason: 'webhook' | 'deleted'
  readonly ref: RecordRef
}

function zohoRefs(webhook: InboundWebhook): readonly Named[] {
  const parsed = zohoNoteSchema.safeParse(JSON.parse(webhook.body))
  if (!parsed.success) return []
  const { connectionId, collection, remoteIds, operation } = parsed.data
  return remoteIds.map((remoteId) => ({
    belongsTo: (connection) => connection.id === connectionId,
    reason: operation === 'delete' ? 'deleted' : 'webhook',
    ref: { side: 'zoho', collection, remoteId },
  }))
}

/** An INVOICE event does not even say sales or purchase, nor a CONTACT event who it is: the read tells. */
function xeroRefs(webhook: InboundWebhook): readonly Named[] {
  const events = readXeroDelivery(webhook.body)?.events ?? []
  return events.flatMap(({ tenantId, collection, remoteId }) =>
    rolesOf(collection).map(
      (role): Named => ({
        belongsTo: (connection) => connection.xero.tenantId === tenantId,
        reason: 'webhook',
        ref: { side: 'xero', collection: role, remoteId },
      }),
    ),
  )
}

function isSynced({ settings }: Connection, ref: RecordRef): boolean {
  return KINDS.some(
    (kind) => settings.kinds[kind].isOn && detectedCollectionsOf(kind, ref.side, settings).includes(ref.collection),
  )
}

function hasGap(tandem: HookParts, webhook: InboundWebhook): boolean {
  const delivery = webhook.system === 'xero' ? readXeroDelivery(webhook.body) : undefined
  if (delivery === undefined) return false
  const watch = watches.get(tandem) ?? createGapWatch()
  watches.set(tandem, watch)
  return watch.isGap(delivery.firstSequence, delivery.lastSequence)
}
