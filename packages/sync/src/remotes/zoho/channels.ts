import type { ZohoCollection } from '../../model/kind.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import { isValueObject } from '../../model/value.ts'
import type { Chance } from '../../ports/chance.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ZohoChannel } from '../contract.ts'
import type { ZohoAnswer } from './classify.ts'
import type { ZohoClient } from './client.ts'
import { readInstant, writeInstant } from './instants.ts'
import { problemText, readProblem, refuseProblem } from './problem.ts'
import { objectsOf, textOf } from './wire.ts'

/** Beyond a week Zoho silently grants one hour (zoho-crm.md 6.1): stay well inside. */
const CHANNEL_LIFE_MS = 6.5 * 24 * 60 * 60 * 1000

export interface ChannelWish {
  readonly connectionId: string
  /** Where Zoho can reach us, without a slash at its end; public https. */
  readonly publicUrl: string
  readonly collections: readonly ZohoCollection[]
}

/** A new channel for a connection: number and token are random, so that neither can be guessed. */
export function newChannel(wish: ChannelWish, ports: { readonly clock: Clock; readonly chance: Chance }): ZohoChannel {
  return {
    channelId: channelNumber(ports.chance),
    events: wish.collections.map((collection) => `${collection}.all`),
    notifyUrl: `${wish.publicUrl}/hooks/zoho/${encodeURIComponent(wish.connectionId)}`,
    // 32 characters; Zoho takes at most 50.
    token: ports.chance.uuid().replaceAll('-', ''),
    expiresAt: nextExpiry(ports.clock),
  }
}

export function nextExpiry(clock: Clock): string {
  return new Date(clock.now() + CHANNEL_LIFE_MS).toISOString()
}

/** Sixteen digits: a long for Zoho, never near the edge of one. */
function channelNumber(chance: Chance): string {
  return (10n ** 15n + (BigInt(`0x${chance.uuid().replaceAll('-', '')}`) % (9n * 10n ** 15n))).toString()
}

/** Opens the channel; answers when it really ends, which may be sooner than asked. */
export async function openChannel(
  client: ZohoClient,
  channel: ZohoChannel,
): Promise<RemoteOutcome<{ readonly expiresAt: string }>> {
  return watchAnswer(await watch(client, 'POST', wholeChannel(channel)))
}

/** Moves the end of a channel. One that Zoho has forgotten is opened anew. */
export async function renewChannel(
  client: ZohoClient,
  channel: ZohoChannel,
): Promise<RemoteOutcome<{ readonly expiresAt: string }>> {
  const change = { channel_id: channel.channelId, channel_expiry: writeInstant(channel.expiresAt) }
  const outcome = await watch(client, 'PATCH', change)
  if (outcome.type !== 'ok') return outcome
  const refusal = outcome.value.problem ?? readProblem(objectsOf(outcome.value.body?.watch)[0])
  // Opening is safe for every refusal of the renewal: the same channel number cannot exist twice.
  return refusal === undefined || refusal === null ? watchAnswer(outcome) : openChannel(client, channel)
}

export async function closeChannel(client: ZohoClient, channelId: string): Promise<RemoteOutcome<null>> {
  const outcome = await client.call({
    method: 'DELETE',
    path: `/actions/watch?channel_ids=${encodeURIComponent(channelId)}`,
    effect: 'write',
    purpose: 'watch.close',
  })
  if (outcome.type !== 'ok') return outcome
  const { body, problem } = outcome.value
  const refusal = problem ?? readProblem(objectsOf(body?.watch)[0])
  // It is gone already: that is what was wanted.
  if (refusal === undefined || ['NOT_SUBSCRIBED', 'INVALID_DATA'].includes(refusal.code)) return ok(null)
  return refuseProblem(refusal, 'notifications')
}

function wholeChannel(channel: ZohoChannel) {
  return {
    channel_id: channel.channelId,
    events: channel.events,
    notify_url: channel.notifyUrl,
    token: channel.token,
    channel_expiry: writeInstant(channel.expiresAt),
    return_affected_field_values: false,
    // True by default: a contact's edit would also be told as its account's (zoho-crm.md 6.1).
    notify_on_related_action: false,
  }
}

function watch(client: ZohoClient, method: 'POST' | 'PATCH', element: object): Promise<RemoteOutcome<ZohoAnswer>> {
  const purpose = method === 'POST' ? 'watch.open' : 'watch.renew'
  const body = JSON.stringify({ watch: [element] })
  return client.call({ method, path: '/actions/watch', effect: 'write', purpose, body })
}

function watchAnswer(outcome: RemoteOutcome<ZohoAnswer>): RemoteOutcome<{ readonly expiresAt: string }> {
  if (outcome.type !== 'ok') return outcome
  const { body, problem } = outcome.value
  const elements = objectsOf(body?.watch)
  const refusals = elements.map(readProblem).filter((one) => one !== undefined)
  const [first] = problem === null ? refusals : [problem]
  if (first !== undefined) {
    return refuseProblem({ ...first, message: refusals.map(problemText).join('; ') || first.message }, 'notifications')
  }
  const ends = elements.flatMap((element) => (isValueObject(element.details) ? objectsOf(element.details.events) : []))
  const expiries = ends.map((event) => readInstant(textOf(event.channel_expiry))).filter((at) => at !== undefined)
  const [earliest] = expiries.toSorted()
  if (earliest === undefined) {
    const message = 'Zoho did not say when the notifications end'
    return { type: 'unknown', code: 'remoteAnswerUnreadable', message }
  }
  return ok({ expiresAt: earliest })
}
