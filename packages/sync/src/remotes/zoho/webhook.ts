import { createHash, timingSafeEqual } from 'node:crypto'
import { isReminder, ZOHO_COLLECTIONS, type ZohoCollection } from '../../model/kind.ts'
import { isValueList } from '../../model/value.ts'
import { isZohoId, parseWire, textOf } from './wire.ts'

/** What Zoho tells of changed records: a hint where to look, never a fact (zoho-crm.md 6.2). */
export interface ZohoNotice {
  readonly channelId: string
  readonly collection: ZohoCollection
  readonly remoteIds: readonly string[]
  readonly operation: 'insert' | 'update' | 'delete'
}

export type ZohoCallbackVerdict =
  | { readonly type: 'notice'; readonly notice: ZohoNotice }
  /** Genuine, but about something that we do not sync. */
  | { readonly type: 'ignored' }
  | { readonly type: 'rejected'; readonly reason: 'malformed' | 'wrongToken' | 'wrongChannel' }

const OPERATIONS = ['insert', 'update', 'delete'] as const

/** The channel's random token is the only proof of origin: there is no signature (zoho-crm.md 6.2). */
export function readZohoCallback(
  rawBody: string,
  expected: { readonly channelId: string; readonly token: string },
): ZohoCallbackVerdict {
  const body = parseWire(rawBody)
  if (body === undefined) return { type: 'rejected', reason: 'malformed' }
  if (!isSameSecret(textOf(body.token), expected.token)) return { type: 'rejected', reason: 'wrongToken' }
  const channelId = textOf(body.channel_id)
  if (channelId !== expected.channelId) return { type: 'rejected', reason: 'wrongChannel' }
  const operation = OPERATIONS.find((name) => name === body.operation)
  const ids = isValueList(body.ids) ? body.ids.map(textOf) : []
  if (operation === undefined || ids.length === 0 || !ids.every(isZohoId)) {
    return { type: 'rejected', reason: 'malformed' }
  }
  const collection = ZOHO_COLLECTIONS.find((name) => name === body.module && !isReminder(name))
  if (collection === undefined) return { type: 'ignored' }
  return { type: 'notice', notice: { channelId, collection, remoteIds: [...new Set(ids)], operation } }
}

/** In a time that tells nothing of where two secrets differ; an empty one matches nothing. */
export function isSameSecret(given: string, expected: string): boolean {
  if (expected === '') return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
