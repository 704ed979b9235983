import { sql } from 'kysely'
import type { InboundWebhook, NewMark, WebhookStore } from '../contract.ts'
import { lockConnection } from './fence.ts'
import type { SqlPorts } from './lane.ts'
import { putMarks } from './marks.ts'
import { safeText } from './safe-json.ts'

export function sqlWebhooks({ db, clock, chance }: SqlPorts): WebhookStore {
  return {
    add: async ({ system, deliveryKey, body, receivedAt }) => {
      const { rows } = await sql`
        insert into tandem.inbound_webhook (system, delivery_key, body, received_at)
        values (${system}, ${deliveryKey}, ${safeText(body)}, ${receivedAt})
        on conflict (system, delivery_key) do nothing returning id`.execute(db)
      return rows.length > 0 ? 'stored' : 'duplicate'
    },
    takeUnprocessed: async (limit) => {
      const { rows } = await sql<InboundWebhook & { id: string }>`
        select id::text as id, system, delivery_key as "deliveryKey", body, received_at as "receivedAt"
        from tandem.inbound_webhook as w where processed_at is null order by w.id limit ${limit}`.execute(db)
      return rows
    },
    finish: (id, marks) =>
      db.transaction().execute(async (tx) => {
        const { rows } = await sql`
          update tandem.inbound_webhook set processed_at = ${clock.now()} where id = ${id}::bigint
          returning id`.execute(tx)
        if (rows.length === 0) throw new Error(`No webhook ${id}`)
        // in one order everywhere: two deliveries must not lock each other out
        for (const [connectionId, own] of [...byConnection(marks)].sort(([left], [right]) => (left < right ? -1 : 1))) {
          await lockConnection(tx, connectionId)
          await putMarks(tx, connectionId, { marks: own, stamp: { chance, now: clock.now() } })
        }
      }),
  }
}

function byConnection(
  marks: readonly { readonly connectionId: string; readonly mark: NewMark }[],
): ReadonlyMap<string, readonly NewMark[]> {
  const groups = new Map<string, NewMark[]>()
  for (const { connectionId, mark } of marks) groups.set(connectionId, [...(groups.get(connectionId) ?? []), mark])
  return groups
}
