import { createHash } from 'node:crypto'
import { detectedCollectionsOf, KINDS } from '@tandem/sync/model/kind.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Config, isLoopback } from '../config.ts'
import type { Tandem } from '../tandem.ts'

/** Zoho drops a channel after a week at most, silently after an hour beyond it (zoho-crm.md 6.1): renewed daily. */
const CHANNEL_LIFE_MS = 6.5 * 86_400_000

export type ChannelOutcome =
  | { readonly type: 'subscribed' }
  | { readonly type: 'notReachable'; readonly reason: string }
  | { readonly type: 'failed'; readonly reason: string }

/** Asks Zoho to tell us of saves; without it, polls still find every change. Safe to repeat. */
export function subscribeZoho(tandem: Tandem, connection: Connection): Promise<ChannelOutcome> {
  return watch(tandem, connection, 'subscribe')
}

/** Moves the end of the channel a week on; one that Zoho has forgotten is opened anew. */
export function renewZoho(tandem: Tandem, connection: Connection): Promise<ChannelOutcome> {
  return watch(tandem, connection, 'renew')
}

async function watch(tandem: Tandem, connection: Connection, how: 'subscribe' | 'renew'): Promise<ChannelOutcome> {
  const unreachable = whyNotReachable(tandem.config)
  if (unreachable !== undefined) return { type: 'notReachable', reason: unreachable }
  const { zoho } = await tandem.gateway.openRemotes(connection, 'interactive')
  const outcome = await zoho[how]({
    channelId: channelIdOf(connection.id),
    events: watchedModules(connection).map((module) => `${module}.all`),
    notifyUrl: `${tandem.config.publicUrl}/hooks/zoho/${connection.id}`,
    token: channelTokenOf(tandem, connection.id),
    expiresAt: new Date(tandem.clock.now() + CHANNEL_LIFE_MS).toISOString(),
  })
  if (outcome.type === 'ok') return { type: 'subscribed' }
  return { type: 'failed', reason: outcome.type === 'throttled' ? 'Zoho asks us to slow down' : outcome.message }
}

export async function unsubscribeZoho(tandem: Tandem, connection: Connection): Promise<void> {
  const { zoho } = await tandem.gateway.openRemotes(connection, 'interactive')
  const outcome = await zoho.unsubscribe(channelIdOf(connection.id))
  if (outcome.type !== 'ok') tandem.log.warn('channelStays', { connectionId: connection.id, outcome: outcome.type })
}

/** Modules whose saves concern this connection. */
export function watchedModules(connection: Connection): readonly string[] {
  const { settings } = connection
  return KINDS.filter((kind) => settings.kinds[kind].isOn).flatMap((kind) =>
    detectedCollectionsOf(kind, 'zoho', settings),
  )
}

/** Numeric and stable, as Zoho wants it; told apart from other apps' by being a digest. */
export function channelIdOf(connectionId: string): string {
  const digest = createHash('sha256').update(`zoho-channel:${connectionId}`).digest()
  return `1${(digest.readBigUInt64BE(0) % 10n ** 14n).toString().padStart(14, '0')}`
}

/** What Zoho repeats in every callback (43 characters of its 50). Derived, so it lies in no table. */
export function channelTokenOf(tandem: Pick<Tandem, 'derive'>, connectionId: string): string {
  return tandem.derive(`zoho-channel-token:${connectionId}`)
}

/** Zoho calls only public https addresses; a sandbox on this machine may call this machine. */
function whyNotReachable(config: Config): string | undefined {
  if (isLoopback(config.publicUrl)) {
    return isLoopback(config.zoho.accountsUrl) ? undefined : 'PUBLIC_URL is this machine, which Zoho cannot reach'
  }
  return config.publicUrl.startsWith('https://') ? undefined : 'PUBLIC_URL must be https for Zoho to call it'
}
