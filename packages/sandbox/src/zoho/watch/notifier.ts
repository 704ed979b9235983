import type { Module } from '../model/modules.ts'
import { fieldOf } from '../model/modules.ts'
import { renderField } from '../read/render.ts'
import type { Change, World } from '../world.ts'
import type { Channel, Channels } from './channels.ts'
import { createPostman, type Postman } from './postman.ts'
import { meetsCondition } from './subscription.ts'

export interface NotifierParts {
  readonly world: World
  readonly channels: Channels
  readonly deliver: (request: Request) => Promise<Response>
  baseUrl(): string
}

/** Turns changes into callbacks (zoho-crm.md 6.2). The payload names ids and fields, never who did it. */
export function startNotifier(parts: NotifierParts): Postman {
  const postman = createPostman(parts)
  parts.world.onChange((changes) => {
    const told = changes.filter((change) => change.by === 'person' || parts.world.switches.is('notifyApiWrites', 'yes'))
    for (const channel of parts.channels.live()) notify(parts, { channel, changes: told }, postman)
  })
  return postman
}

interface Notice {
  readonly channel: Channel
  readonly changes: readonly Change[]
}

function notify(parts: NotifierParts, notice: Notice, postman: Postman): void {
  const { world } = parts
  const wanted = notice.changes.flatMap((change) => [change, ...related(world, notice.channel, change)])
  const heard = wanted.filter((change) => isHeard(notice.channel, change))
  const groups = new Map<string, Change[]>()
  for (const change of heard) {
    const own = world.switches.is('callbackGrouping', 'perRecord') ? `|${change.id}` : ''
    const key = `${change.module}|${change.operation}${own}`
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  for (const group of groups.values()) postman.post(notice.channel, payload(parts, notice.channel, group))
}

const EVENT_OF = { insert: 'create', update: 'edit', delete: 'delete' } as const

function isHeard(channel: Channel, change: Change): boolean {
  const isSubscribed = channel.events.some(
    (event) => event === `${change.module}.all` || event === `${change.module}.${EVENT_OF[change.operation]}`,
  )
  if (!isSubscribed) return false
  return change.operation !== 'update' || meetsCondition(channel, change.module, change.affected)
}

/** `notify_on_related_action`, true by default: a contact's edit also tells about its account (zoho-crm.md 6.1). */
function related(world: World, channel: Channel, change: Change): Change[] {
  const module = world.module(change.module)
  if (!channel.isRelatedNotified || module === undefined) return []
  return lookupsOf(module, change).flatMap(({ target, id }) => {
    const record = world.table(target).get(id)
    if (record === undefined) return []
    return [{ module: target, id, operation: 'update', affected: [], record, before: record, by: change.by } as const]
  })
}

function lookupsOf(module: Module, change: Change): { readonly target: string; readonly id: string }[] {
  return module.fields.flatMap((field) => {
    const id = change.record.values[field.apiName]
    return field.kind === 'lookup' && field.lookup !== undefined && typeof id === 'string'
      ? [{ target: field.lookup, id }]
      : []
  })
}

function payload(parts: NotifierParts, channel: Channel, changes: readonly Change[]): Record<string, unknown> {
  const [first] = changes
  const module = first?.module ?? ''
  const isUpdate = first?.operation === 'update'
  return {
    server_time: parts.world.clock.now(),
    query_params: Object.fromEntries(new URL(channel.notifyUrl).searchParams),
    module,
    resource_uri: `${parts.baseUrl()}/crm/v2/${module}`,
    ids: changes.map((change) => change.id),
    operation: first?.operation,
    channel_id: channel.id,
    token: channel.token,
    affected_fields: isUpdate ? changes.map((change) => ({ [change.id]: change.affected })) : [],
    ...(channel.isWithValues ? { affected_values: changes.map((change) => affectedValues(parts.world, change)) } : {}),
  }
}

function affectedValues(world: World, change: Change): unknown {
  const module = world.module(change.module)
  const user = world.org().users[0]
  const values: Record<string, unknown> = {}
  for (const name of change.affected) {
    const field = module === undefined ? undefined : fieldOf(module, name)
    if (field !== undefined && field.kind !== 'subform')
      values[name] = renderField({ world, user }, change.record, field)
  }
  return { record_id: change.id, values }
}
