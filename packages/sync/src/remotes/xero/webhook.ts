import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type CreditType, carrierId } from '../../model/allocation.ts'
import type { XeroCollection } from '../../model/kind.ts'

/** Inbound webhooks (xero.md 6): hints only. They say that something changed, never what it is now. */

export interface XeroEvent {
  readonly tenantId: string
  readonly collection: XeroCollection
  readonly remoteId: string
  /** ISO instant. */
  readonly eventDateUtc: string
}

export interface XeroDelivery {
  /** Of every tenant; categories that we do not sync are left out. Empty for Xero's test deliveries. */
  readonly events: readonly XeroEvent[]
  /** Counters of the app; a gap between deliveries means that one was lost: poll. */
  readonly firstSequence: number
  readonly lastSequence: number
}

const COLLECTIONS: Readonly<Record<string, XeroCollection>> = {
  CONTACT: 'Contacts',
  INVOICE: 'Invoices',
  CREDITNOTE: 'CreditNotes',
}

/** What these carry may have changed with them; PREPAYMENT and OVERPAYMENT must be asked for (xero.md 0, 6). */
const CARRIERS: Readonly<Record<string, CreditType>> = {
  CREDITNOTE: 'creditNote',
  PREPAYMENT: 'prepayment',
  OVERPAYMENT: 'overpayment',
}

/** The supplier's side of the books, where an event says so at all. */
const PURCHASES: ReadonlySet<string> = new Set([
  'ACCPAYCREDIT',
  'APPREPAYMENT',
  'SPEND-PREPAYMENT',
  'SPEND-OVERPAYMENT',
])

const eventSchema = z.looseObject({
  tenantId: z.string(),
  resourceId: z.string(),
  eventCategory: z.string(),
  eventDateUtc: z.string(),
  data: z.unknown().optional(),
})
/** CREDITNOTE, PREPAYMENT and OVERPAYMENT bring it along; a status in it is not looked at: the read tells. */
const dataSchema = z.looseObject({ Type: z.string() })
const deliverySchema = z.looseObject({
  events: z.array(eventSchema),
  firstEventSequence: z.number(),
  lastEventSequence: z.number(),
})

/**
 * True if `signature` (header x-xero-signature) is the base64 HMAC-SHA256 of the raw bytes. Over the bytes as they came:
 * Xero's JSON has irregular white space. Answer 401 if false: Xero tests that with wrong signatures.
 */
export function isXeroSignature(rawBody: Uint8Array, signature: string, webhookKey: string): boolean {
  if (webhookKey === '') return false
  const expected = createHmac('sha256', webhookKey).update(rawBody).digest()
  const given = Buffer.from(signature, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** undefined for a body that is no delivery. */
export function readXeroDelivery(body: string): XeroDelivery | undefined {
  const parsed = deliverySchema.safeParse(parseJson(body))
  if (!parsed.success) return undefined
  const { events, firstEventSequence: firstSequence, lastEventSequence: lastSequence } = parsed.data
  return { events: events.flatMap(eventOf), firstSequence, lastSequence }
}

/** The same for a repeated delivery of the same bytes (Xero retries), different for any other. */
export function xeroDeliveryKey(rawBody: Uint8Array): string {
  return createHash('sha256').update(rawBody).digest('hex')
}

function eventOf(event: z.infer<typeof eventSchema>): readonly XeroEvent[] {
  const category = event.eventCategory.toUpperCase()
  if (isPurchase(event.data)) return []
  const collection = COLLECTIONS[category]
  const type = CARRIERS[category]
  const { tenantId, resourceId: id } = event
  // No zone suffix, but UTC.
  const eventDateUtc = event.eventDateUtc.endsWith('Z') ? event.eventDateUtc : `${event.eventDateUtc}Z`
  return [
    ...(collection === undefined ? [] : [{ tenantId, collection, remoteId: id, eventDateUtc }]),
    ...(type === undefined
      ? []
      : [{ tenantId, collection: 'Allocations' as const, remoteId: carrierId({ type, id }), eventDateUtc }]),
  ]
}

function isPurchase(data: unknown): boolean {
  const parsed = dataSchema.safeParse(data)
  return parsed.success && PURCHASES.has(parsed.data.Type.toUpperCase())
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
