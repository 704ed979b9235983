import { parseInstant } from '../model/instants.ts'
import { idText, isArray, isObject, type JsonObject, stringList } from '../model/json.ts'
import { holdsRecords } from '../model/modules.ts'
import { invalidData, mandatoryNotFound, type Problem } from '../problem.ts'
import type { World } from '../world.ts'
import type { Channel } from './channels.ts'

const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS
const TOKEN_LENGTH = 50
const URL_LENGTH = 255
const MOST_CONDITIONS = 2

export type Subscribed = { readonly channel: Channel } | { readonly problem: Problem }

export interface SubscriptionRequest {
  readonly world: World
  readonly userId: string
  readonly path: string
  /** The channel that is changed: what is not sent stays. Undefined for a new or replaced one. */
  readonly before: Channel | undefined
}

/** Judges one watch object (zoho-crm.md 6.1). */
export function subscription(request: SubscriptionRequest, sent: JsonObject): Subscribed {
  const { before, path } = request
  const id = idText(sent.channel_id)
  if (id === undefined) return { problem: mandatoryNotFound('channel_id', `${path}.channel_id`) }
  if (!/^\d{1,19}$/.test(id)) return bad(path, 'channel_id', { expected_data_type: 'long' })
  const events = eventsOf(request, sent)
  if (!isArray(events)) return { problem: events }
  const url = urlOf(request, sent)
  if (typeof url !== 'string') return { problem: url }
  const token = sent.token === undefined ? (before?.token ?? null) : sent.token
  if (token !== null && typeof token !== 'string') return bad(path, 'token', { expected_data_type: 'string' })
  if (token !== null && token.length > TOKEN_LENGTH) return bad(path, 'token', { maximum_length: TOKEN_LENGTH })
  const expiresMs = expiryOf(request, sent)
  if (typeof expiresMs !== 'number') return { problem: expiresMs }
  const condition = sent.notification_condition ?? before?.condition ?? null
  if (isArray(condition) && condition.length > MOST_CONDITIONS) {
    return bad(path, 'notification_condition', { maximum_length: MOST_CONDITIONS })
  }
  return {
    channel: {
      id,
      userId: request.userId,
      events,
      notifyUrl: url,
      token,
      expiresMs,
      isRelatedNotified: flag(sent.notify_on_related_action, before?.isRelatedNotified ?? true),
      isWithValues: flag(sent.return_affected_field_values, before?.isWithValues ?? false),
      condition,
    },
  }
}

function bad(path: string, name: string, more: JsonObject): { readonly problem: Problem } {
  return { problem: invalidData({ ...more, api_name: name, json_path: `${path}.${name}` }) }
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise
}

const OPERATIONS = new Set(['create', 'edit', 'delete', 'all'])

/** `_delete_events` in a PATCH takes the listed events away; otherwise they replace what was there. */
function eventsOf(request: SubscriptionRequest, sent: JsonObject): readonly string[] | Problem {
  const { before, path, world } = request
  if (sent.events === undefined) return before?.events ?? mandatoryNotFound('events', `${path}.events`)
  const events = isArray(sent.events) ? stringList(sent.events) : undefined
  const place = { api_name: 'events', json_path: `${path}.events` }
  if (events === undefined || events.length === 0) return invalidData({ expected_data_type: 'jsonarray', ...place })
  const bad = events.findIndex((event) => {
    const [module = '', operation = ''] = event.split('.')
    const known = world.module(module)
    return known === undefined || !holdsRecords(known) || !OPERATIONS.has(operation)
  })
  if (bad >= 0) return invalidData({ api_name: 'events', json_path: `${path}.events[${bad}]` })
  if (sent._delete_events === true) return (before?.events ?? []).filter((event) => !events.includes(event))
  return events
}

function urlOf(request: SubscriptionRequest, sent: JsonObject): string | Problem {
  const { before, path, world } = request
  const url = sent.notify_url ?? before?.notifyUrl
  const place = { api_name: 'notify_url', json_path: `${path}.notify_url` }
  if (url === undefined) return mandatoryNotFound('notify_url', place.json_path)
  if (typeof url !== 'string' || !URL.canParse(url)) return invalidData({ expected_data_type: 'website', ...place })
  if (url.length > URL_LENGTH) return invalidData({ maximum_length: URL_LENGTH, ...place })
  return isReachable(new URL(url), world.switches.is('allowLoopbackNotify', 'on')) ? url : invalidData(place)
}

const PRIVATE_HOST =
  /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|0\.|\[|.*\.(local|internal)$)/i
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i

/** Public HTTPS only; demos may let Zoho call the same machine. */
function isReachable(url: URL, mayLoopback: boolean): boolean {
  if (mayLoopback && LOOPBACK_HOST.test(url.hostname)) return true
  return url.protocol === 'https:' && !PRIVATE_HOST.test(url.hostname)
}

/** At most one week; omitted or beyond a week it silently becomes one hour (zoho-crm.md 9 trap 28). */
function expiryOf(request: SubscriptionRequest, sent: JsonObject): number | Problem {
  const now = request.world.second()
  if (sent.channel_expiry === undefined || sent.channel_expiry === null) {
    return request.before?.expiresMs ?? now + HOUR_MS
  }
  const place = { api_name: 'channel_expiry', json_path: `${request.path}.channel_expiry` }
  const expiry = typeof sent.channel_expiry === 'string' ? parseInstant(sent.channel_expiry) : undefined
  if (expiry === undefined) return invalidData({ expected_data_type: 'datetime', ...place })
  if (expiry <= now) return invalidData(place)
  return expiry - now > WEEK_MS ? now + HOUR_MS : expiry
}

/** Whether a channel's field condition lets an update through (zoho-crm.md 6.1 notification_condition). */
export function meetsCondition(channel: Channel, module: string, affected: readonly string[]): boolean {
  if (!isArray(channel.condition)) return true
  const mine = channel.condition.filter(
    (one) => isObject(one) && isObject(one.module) && one.module.api_name === module,
  )
  if (mine.length === 0) return true
  return mine.some((one) => isObject(one) && selects(one.field_selection, affected))
}

function selects(selection: unknown, affected: readonly string[]): boolean {
  if (!isObject(selection)) return true
  if (isObject(selection.field)) return affected.includes(String(selection.field.api_name))
  if (!isArray(selection.group)) return true
  return selection.group_operator === 'and'
    ? selection.group.every((one) => selects(one, affected))
    : selection.group.some((one) => selects(one, affected))
}
