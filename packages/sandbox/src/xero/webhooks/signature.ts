import { createHmac } from 'node:crypto'
import type { Chance } from '../../core/chance.ts'
import type { BookEvent } from '../model/books.ts'
import { isoNoZone } from '../wire/dates.ts'

/** base64(HMAC-SHA256(raw body, webhook key as UTF-8)) (xero.md 6). */
export const signatureOf = (body: string, key: string): string =>
  createHmac('sha256', key).update(body).digest('base64')

export interface NumberedEvent {
  readonly event: BookEvent
  readonly tenantId: string
  readonly sequence: number
}

const PATHS = {
  CONTACT: 'Contacts',
  INVOICE: 'Invoices',
  CREDITNOTE: 'CreditNotes',
  PREPAYMENT: 'Prepayments',
  OVERPAYMENT: 'Overpayments',
} as const

/** The body with its irregular whitespace: a receiver must hash the raw bytes (xero.md 6). */
export function deliveryBody(events: readonly NumberedEvent[], from: { baseUrl: string; chance: Chance }): string {
  const list = events.map(({ event, tenantId }) => ({
    resourceUrl: `${from.baseUrl}/api.xro/2.0/${PATHS[event.category]}/${event.resourceId}`,
    resourceId: event.resourceId,
    tenantId,
    tenantType: 'ORGANISATION',
    eventCategory: event.category,
    eventType: event.type,
    eventDateUtc: isoNoZone(event.atMs),
    ...(event.data === undefined ? {} : { data: event.data }),
  }))
  const first = events[0]?.sequence ?? 0
  const last = events.at(-1)?.sequence ?? 0
  const entropy = Array.from({ length: 20 }, () => String.fromCharCode(65 + from.chance.int(0, 25))).join('')
  return `{"events":${JSON.stringify(list)},"firstEventSequence": ${first},"lastEventSequence": ${last}, "entropy": "${entropy}"}`
}
