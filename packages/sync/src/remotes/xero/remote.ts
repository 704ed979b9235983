import { ok } from '../../model/outcome.ts'
import type { Chance } from '../../ports/chance.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { Network } from '../../ports/network.ts'
import type { XeroRemote } from '../contract.ts'
import type { CallPriority } from '../http/call-budget.ts'
import type { Limiter } from '../http/limiter.ts'
import type { TokenKeeper } from '../http/token-keeper.ts'
import { createXeroClient } from './client.ts'
import { findByKey } from './find.ts'
import { listPage } from './list.ts'
import { prepareWrite } from './prepare.ts'
import { readMany } from './read-many.ts'
import { fetchReference } from './reference.ts'
import { sendWrite } from './send.ts'
import { traitsOf } from './shapes.ts'

export interface XeroRemotePorts {
  readonly network: Network
  readonly clock: Clock
  readonly chance: Chance
  readonly tokens: TokenKeeper
  /** One per organisation and process, shared by all remotes of that organisation. */
  readonly limiter: Limiter
  readonly tenantId: string
  /** XERO_API_URL, without trailing slash. */
  readonly apiUrl: string
  readonly priority: CallPriority
  readonly log: Log
}

/** Xero behind the engine's contract. */
export function createXeroRemote(ports: XeroRemotePorts): XeroRemote {
  const client = createXeroClient(ports)
  return {
    side: 'xero',
    traits: traitsOf,
    listPage: (request) => listPage(client, request),
    // An empty answer would hide rows: the traits say `nextPage` or `whole`, so a call is a bug of the caller.
    listSecond: async () => {
      throw new Error('Xero cannot list inside a second: ask for the next page of the same anchor')
    },
    // No tombstones: documents keep a status, items are missed in the whole list.
    listDeleted: async () => ok({ rows: [], hasMore: false }),
    readMany: (collection, ids) => readMany(client, collection, ids),
    readRows: (collection, ids) => readMany(client, collection, ids),
    findByKey: (collection, keys) => findByKey(client, collection, keys),
    readPersons: async () => ok([]),
    prepare: prepareWrite,
    send: (prepared, idempotencyKey) => sendWrite(client, prepared, idempotencyKey),
    usage: () => client.usage(),
    fetchReference: () => fetchReference({ client, tenantId: ports.tenantId, log: ports.log }),
  }
}
