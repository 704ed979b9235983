import type { Chance } from '../../core/chance.ts'
import type { VirtualClock } from '../../core/clock.ts'

export interface Connection {
  readonly id: string
  readonly tenantId: string
  readonly tenantName: string
  readonly userId: string
  readonly authEventId: string
  readonly createdMs: number
  readonly updatedMs: number
}

/** Which organisations a user has connected to the app (xero.md 1.4). */
export interface Connections {
  /** Connects, or renews after a disconnect: the id stays, `updatedDateUtc` moves away from `createdDateUtc`. */
  connect(tenant: { tenantId: string; tenantName: string }, by: { userId: string; authEventId: string }): Connection
  /** False when there is none of that connection id (which is not the tenantId). */
  disconnect(id: string): boolean
  disconnectUser(userId: string): void
  isConnected(userId: string, tenantId: string): boolean
  list(): readonly Connection[]
}

export function createConnections(parts: { clock: VirtualClock; chance: Chance }): Connections {
  const live = new Map<string, Connection>()
  const former = new Map<string, Connection>()
  const find = (userId: string, tenantId: string) =>
    [...live.values()].find((one) => one.userId === userId && one.tenantId === tenantId)
  const end = (connection: Connection) => {
    live.delete(connection.id)
    former.set(`${connection.userId} ${connection.tenantId}`, connection)
  }
  return {
    connect(tenant, by) {
      const before = find(by.userId, tenant.tenantId) ?? former.get(`${by.userId} ${tenant.tenantId}`)
      const nowMs = parts.clock.now()
      const connection: Connection = {
        id: before?.id ?? parts.chance.guid(),
        tenantId: tenant.tenantId,
        tenantName: tenant.tenantName,
        userId: by.userId,
        authEventId: by.authEventId,
        createdMs: before?.createdMs ?? nowMs,
        updatedMs: nowMs,
      }
      live.set(connection.id, connection)
      return connection
    },
    disconnect(id) {
      const connection = live.get(id)
      if (connection !== undefined) end(connection)
      return connection !== undefined
    },
    disconnectUser(userId) {
      for (const connection of [...live.values()]) if (connection.userId === userId) end(connection)
    },
    isConnected: (userId, tenantId) => find(userId, tenantId) !== undefined,
    list: () => [...live.values()],
  }
}
