import type { VirtualClock } from '../../core/clock.ts'

/** One subscription (zoho-crm.md 6.1). */
export interface Channel {
  readonly id: string
  readonly userId: string
  /** `Accounts.all`, `Invoices.edit`. */
  readonly events: readonly string[]
  readonly notifyUrl: string
  readonly token: string | null
  readonly expiresMs: number
  readonly isRelatedNotified: boolean
  readonly isWithValues: boolean
  readonly condition: unknown
}

export interface Channels {
  put(channel: Channel): void
  /** Channels of a user that have not expired. */
  ofUser(userId: string): readonly Channel[]
  find(userId: string, id: string): Channel | undefined
  remove(userId: string, id: string): boolean
  live(): readonly Channel[]
  removeUser(userId: string): void
  clear(): void
}

export function createChannels(clock: VirtualClock): Channels {
  let channels: readonly Channel[] = []
  const isSame = (channel: Channel, userId: string, id: string) => channel.userId === userId && channel.id === id
  const live = () => channels.filter((channel) => channel.expiresMs > clock.now())
  const find = (userId: string, id: string) => live().find((channel) => isSame(channel, userId, id))
  return {
    live,
    find,
    ofUser: (userId) => live().filter((channel) => channel.userId === userId),
    put(channel) {
      channels = [...channels.filter((one) => !isSame(one, channel.userId, channel.id)), channel]
    },
    remove(userId, id) {
      const isKnown = find(userId, id) !== undefined
      channels = channels.filter((one) => !isSame(one, userId, id))
      return isKnown
    },
    removeUser(userId) {
      channels = channels.filter((one) => one.userId !== userId)
    },
    clear() {
      channels = []
    },
  }
}
