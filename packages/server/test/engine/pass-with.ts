import type { EnginePorts, PassRequest, PassResult } from '@tandem/sync/engine.ts'
import type { Collection } from '@tandem/sync/model/kind.ts'
import type { RemoteRecord } from '@tandem/sync/model/record.ts'
import type { Side } from '@tandem/sync/model/side.ts'
import { runPass } from '@tandem/sync/pass.ts'
import type { Remote } from '@tandem/sync/remotes/contract.ts'
import type { Lane } from '@tandem/sync/store/contract.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'

interface Place {
  readonly side: Side
  readonly collection: Collection
}

/** One pass of the rig's connection with other ports: a process to which something happens. */
export function passWith(rig: EngineRig, ports: EnginePorts, request: Partial<PassRequest> = {}): Promise<PassResult> {
  return runPass(ports, {
    connectionId: rig.connectionId,
    trigger: 'schedule',
    scope: { kinds: ['contact', 'item', 'invoice'], mode: 'both', since: null },
    priority: 'background',
    until: 'sync',
    approvedPlanId: null,
    detect: 'lists',
    ...request,
  })
}

/** Something that happens right after the first page of a collection has been read. */
export function afterFirstPage(
  { ports }: EngineRig,
  at: Place,
  deed: (rows: readonly RemoteRecord[]) => Promise<void>,
): EnginePorts {
  let pages = 0
  const watched = <R extends Remote>(remote: R): R => ({
    ...remote,
    listPage: async (...[request]: Parameters<Remote['listPage']>) => {
      const page = await remote.listPage(request)
      if (remote.side !== at.side || request.collection !== at.collection || page.type !== 'ok') return page
      pages += 1
      if (pages === 1) await deed(page.value.rows)
      return page
    },
  })
  return {
    ...ports,
    openRemotes: async (...of) => {
      const { zoho, xero } = await ports.openRemotes(...of)
      return { zoho: watched(zoho), xero: watched(xero) }
    },
  }
}

/** A process that is killed as soon as the cursor of a collection has moved and is on record. */
export function killedWhenCursorMoves({ ports }: EngineRig, at: Place): EnginePorts {
  const { store } = ports
  const dying = (lane: Lane): Lane => ({
    ...lane,
    async mark(marks, cursor) {
      await lane.mark(marks, cursor)
      if (cursor?.side === at.side && cursor.collection === at.collection) throw new Error('killed')
    },
  })
  return {
    ...ports,
    store: {
      ...store,
      claimLane: async (...of) => {
        const lane = await store.claimLane(...of)
        return lane === undefined ? undefined : dying(lane)
      },
    },
  }
}
