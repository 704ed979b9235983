import { completeSettings } from '../../model/stored-settings.ts'
import type { Connection, ConnectionStore, XeroEnd, ZohoEnd } from '../contract.ts'
import { putMarks } from './marks.ts'
import { type MemoryWorld, tablesOf } from './tables.ts'

export function memoryConnections(world: MemoryWorld): ConnectionStore {
  async function change(id: string, values: Partial<Connection>): Promise<void> {
    world.connections.set(id, { ...connectionOf(world, id), ...values })
  }
  return {
    list: async () => [...world.connections.values()].map(completed),
    get: async (id) => {
      const found = world.connections.get(id)
      return found === undefined ? undefined : completed(found)
    },
    create: async (connection) => {
      const by = holderOf(world, connection.id, connection)
      if (by !== undefined) return { type: 'taken', by }
      world.connections.set(connection.id, { ...connection, generation: 1, firstSyncDone: false })
      return { type: 'created' }
    },
    saveSettings: async (id, settings, bump) => {
      const { generation } = connectionOf(world, id)
      await change(id, { settings, generation: bump === 'bump' ? generation + 1 : generation })
    },
    saveReference: (id, reference, referenceAt) => change(id, { reference, referenceAt }),
    setState: (id, state, pausedCode) => change(id, { state, pausedCode }),
    setEnds: async (id, ends) => {
      const by = holderOf(world, id, ends)
      if (by !== undefined) return { type: 'taken', by }
      await change(id, ends)
      return { type: 'saved' }
    },
    mark: async (id, marks) => {
      connectionOf(world, id)
      putMarks(tablesOf(world, id), marks, { chance: world.chance, now: world.clock.now() })
    },
  }
}

/** As the other stores do: a newer release reads what an older one has stored. */
function completed(connection: Connection): Connection {
  return { ...connection, settings: completeSettings(connection.settings) }
}

export function finishFirstSync(world: MemoryWorld, id: string): void {
  world.connections.set(id, { ...connectionOf(world, id), firstSyncDone: true })
}

function connectionOf(world: MemoryWorld, id: string): Connection {
  const connection = world.connections.get(id)
  if (connection === undefined) throw new Error(`No connection ${id}`)
  return connection
}

/** The connection, other than `id`, that has either organisation (R03). Ends that are not known yet take nothing. */
function holderOf(
  world: MemoryWorld,
  id: string,
  { zoho, xero }: { readonly zoho: ZohoEnd; readonly xero: XeroEnd },
): string | undefined {
  const holder = [...world.connections.values()].find((other) => {
    const isZohoSame = zoho.zgid !== '' && other.zoho.zgid === zoho.zgid && other.zoho.dataCentre === zoho.dataCentre
    const isXeroSame = xero.tenantId !== '' && other.xero.tenantId === xero.tenantId
    return other.id === id ? false : isZohoSame || isXeroSame
  })
  return holder?.id
}
