import type { ApiCall, Route } from '../api/route.ts'
import { renderInstant } from '../model/instants.ts'
import { idText, isArray, isObject, type JsonObject } from '../model/json.ts'
import {
  type ApiAnswer,
  invalidData,
  mandatoryNotFound,
  missingParam,
  type Problem,
  problemBody,
  refuse,
} from '../problem.ts'
import { pagingOf } from '../read/list-query.ts'
import { pageOf } from '../read/page-of.ts'
import type { Channel, Channels } from './channels.ts'
import { subscription } from './subscription.ts'

const MOST_WATCHES = 50
const need = (op: string) => () => [{ group: 'notifications', op }]

/** `/actions/watch` in its five verbs (zoho-crm.md 6.1). */
export function watchRoutes(channels: Channels): readonly Route[] {
  const path = '/actions/watch'
  return [
    { method: 'GET', path, needs: need('READ'), handle: (call) => list(call, channels) },
    { method: 'POST', path, needs: need('CREATE'), handle: (call) => subscribe(call, channels) },
    { method: 'PUT', path, needs: need('UPDATE'), handle: (call) => change(call, channels, 'replace') },
    { method: 'PATCH', path, needs: need('UPDATE'), handle: (call) => change(call, channels, 'patch') },
    { method: 'DELETE', path, needs: need('DELETE'), handle: (call) => unsubscribe(call, channels) },
  ]
}

type Element = { readonly status: unknown } & JsonObject

const SUBSCRIBED = 'Successfully subscribed for actions-watch of the given module'
const UPDATED = 'Successfully updated the subscribe details'

function subscribe(call: ApiCall, channels: Channels): ApiAnswer {
  return eachWatch(call, 201, (sent, path) => {
    const outcome = subscription({ world: call.world, userId: call.user.id, path, before: undefined }, sent)
    if ('problem' in outcome) return refusal(outcome.problem)
    channels.put(outcome.channel)
    return success(call, outcome.channel, SUBSCRIBED)
  })
}

/** PUT replaces a channel (what is not sent is reset), PATCH changes what is sent. */
function change(call: ApiCall, channels: Channels, how: 'replace' | 'patch'): ApiAnswer {
  return eachWatch(call, 200, (sent, path) => {
    const id = idText(sent.channel_id)
    if (id === undefined) return refusal(mandatoryNotFound('channel_id', `${path}.channel_id`))
    const known = channels.find(call.user.id, id)
    if (known === undefined) return refusal(notSubscribed(id))
    const before = how === 'patch' ? known : undefined
    const outcome = subscription({ world: call.world, userId: call.user.id, path, before }, sent)
    if ('problem' in outcome) return refusal(outcome.problem)
    if (outcome.channel.events.length === 0) channels.remove(call.user.id, id)
    else channels.put(outcome.channel)
    return success(call, outcome.channel, UPDATED)
  })
}

function notSubscribed(id: string): Problem {
  return { code: 'NOT_SUBSCRIBED', message: 'not subscribed to the given channel', details: { channel_id: id } }
}

function refusal(problem: Problem): Element {
  return { ...problemBody(problem), status: 'error' }
}

/** The body is `{watch: [...]}`; for PATCH the specification also shows a bare object (zoho-crm.md 11). */
function eachWatch(call: ApiCall, allDone: number, work: (sent: JsonObject, path: string) => Element): ApiAnswer {
  const { body } = call
  if (!isObject(body)) return refuse(400, mandatoryNotFound('watch', '$.watch'))
  const isBare = body.watch === undefined && body.channel_id !== undefined
  const watches = isBare ? [body] : body.watch
  if (watches === undefined) return refuse(400, mandatoryNotFound('watch', '$.watch'))
  const place = { api_name: 'watch', json_path: '$.watch' }
  if (!isArray(watches)) return refuse(400, invalidData({ expected_data_type: 'jsonarray', ...place }))
  if (watches.length > MOST_WATCHES) return refuse(400, invalidData({ maximum_length: MOST_WATCHES, ...place }))
  const elements = watches.map((sent, index) => {
    const path = `$.watch[${index}]`
    return isObject(sent)
      ? work(sent, path)
      : refusal(invalidData({ expected_data_type: 'jsonobject', api_name: 'watch', json_path: path }))
  })
  return { status: statusOf(elements, allDone), body: { watch: elements } }
}

function statusOf(elements: readonly Element[], allDone: number): number {
  const refused = elements.filter((element) => element.status === 'error').length
  if (refused === 0) return allDone
  return refused === elements.length ? 400 : 207
}

function success(call: ApiCall, channel: Channel, message: string): Element {
  const modules = [...new Set(channel.events.map((event) => event.split('.')[0] ?? ''))]
  const events = modules.map((name) => ({
    channel_expiry: renderInstant(channel.expiresMs, call.user.timeZone),
    resource_uri: resourceUri(call, name),
    resource_id: call.world.module(name)?.id ?? null,
    resource_name: name,
    channel_id: channel.id,
  }))
  return { code: 'SUCCESS', details: { events }, message, status: 'success' }
}

/** Still says v2 (zoho-crm.md 6.2). */
function resourceUri(call: ApiCall, module: string): string {
  return `${call.baseUrl}/crm/v2/${module}`
}

/** The calling user's channels, one entry per channel. */
function list(call: ApiCall, channels: Channels): ApiAnswer {
  const paging = pagingOf(call.query)
  if ('status' in paging) return paging
  const id = call.query.get('channel_id')
  const module = call.query.get('module')
  const found = channels
    .ofUser(call.user.id)
    .filter((channel) => id === null || channel.id === id)
    .filter((channel) => module === null || channel.events.some((event) => event.startsWith(`${module}.`)))
  const { rows, info } = pageOf(found, paging)
  if (rows.length === 0) return { status: 204 }
  return { status: 200, body: { watch: rows.map((channel) => channelView(call, channel)), info } }
}

function channelView(call: ApiCall, channel: Channel): JsonObject {
  const [name = ''] = (channel.events[0] ?? '').split('.')
  return {
    channel_id: channel.id,
    channel_expiry: renderInstant(channel.expiresMs, call.user.timeZone),
    events: channel.events,
    resource_name: name,
    resource_id: call.world.module(name)?.id ?? null,
    resource_uri: resourceUri(call, name),
    notify_url: channel.notifyUrl,
    token: channel.token,
    fields: null,
    notify_on_related_action: channel.isRelatedNotified,
    return_affected_field_values: channel.isWithValues,
    notification_condition: channel.condition,
  }
}

function unsubscribe(call: ApiCall, channels: Channels): ApiAnswer {
  const ids = (call.query.get('channel_ids') ?? '').split(',').filter((id) => id !== '')
  if (ids.length === 0) return missingParam('channel_ids')
  const elements = ids.map((id): Element => {
    const channel = channels.find(call.user.id, id)
    if (channel === undefined) return refusal(notSubscribed(id))
    channels.remove(call.user.id, id)
    const [name = ''] = (channel.events[0] ?? '').split('.')
    const details = {
      resource_uri: resourceUri(call, name),
      resource_id: call.world.module(name)?.id ?? null,
      channel_id: id,
    }
    return { code: 'SUCCESS', details, message: 'Successfully un-subscribed from actions-watch', status: 'success' }
  })
  return { status: statusOf(elements, 200), body: { watch: elements } }
}
