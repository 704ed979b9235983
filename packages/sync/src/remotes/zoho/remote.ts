import { type Collection, isReminder, ZOHO_COLLECTIONS, type ZohoCollection } from '../../model/kind.ts'
import { ok } from '../../model/outcome.ts'
import type { Chance } from '../../ports/chance.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { Network } from '../../ports/network.ts'
import type { CollectionTraits, ZohoRemote } from '../contract.ts'
import type { TokenKeeper } from '../http/token-keeper.ts'
import { closeChannel, openChannel, renewChannel } from './channels.ts'
import { createZohoClient } from './client.ts'
import { subformOf } from './codec.ts'
import { createDealReader } from './deals.ts'
import { createModuleFields, fetchModuleFields } from './fields.ts'
import { findByKeys } from './find.ts'
import { createZohoLimits, type ZohoEdition, type ZohoLimits } from './limits.ts'
import { listDeletedRows, listInsideSecond, listModified, PAGE_SIZE } from './list.ts'
import { createCustomModule } from './modules.ts'
import { createPersonReader } from './persons.ts'
import { IDS_PER_CALL, type ReadParts, readByIds, readListed } from './read.ts'
import { fetchOrgReference } from './reference.ts'
import type { Priority } from './slots.ts'
import { createDocumentReader, type DocumentReader } from './subform.ts'
import { type FieldsByModule, needsSingleReads } from './wanted-fields.ts'
import { isZohoId } from './wire.ts'
import { BATCH_SIZE, createZohoWriter, prepareWrite } from './write.ts'

export interface ZohoRemoteParts {
  readonly network: Network
  readonly clock: Clock
  readonly chance: Chance
  readonly tokens: TokenKeeper
  /** Checked by `trustApiDomain`; without a slash at its end. */
  readonly apiDomain: string
  /** Mapped fields per module; line fields under `Invoiced_Items`. */
  readonly fields: FieldsByModule
  readonly priority: Priority
  readonly edition: ZohoEdition
  /** Shared by all remotes of one org in this process; made from `edition` when left out. */
  readonly limits?: ZohoLimits
  readonly log: Log
  /** api_name of the unique cross-reference field per module (`Provisioned.xeroId`). */
  readonly provisionedXeroId: Readonly<Record<string, string>>
}

/** Rows of different batches never depend on each other here: parents are an earlier rank. */
const PARALLEL_WRITES = 5

/** Zoho CRM behind the engine's contract: speaks the protocol, obeys the limits, decides nothing. */
export function createZohoRemote(parts: ZohoRemoteParts): ZohoRemote {
  const limits = parts.limits ?? createZohoLimits({ ...parts, dayCredits: null })
  const client = createZohoClient({ ...parts, limits })
  const reading = { client, fields: parts.fields }
  const persons = createPersonReader(reading)
  const documents = documentReaders(reading)
  const deals = createDealReader(reading)
  const writer = createZohoWriter(client)

  return {
    side: 'zoho',
    traits: (collection) => traitsOf(parts, ours(collection)),
    listPage: (request) => listModified(reading, ours(request.collection), request),
    listSecond: (request) => listInsideSecond(client, ours(request.collection), request),
    listDeleted: (request) => listDeletedRows(client, ours(request.collection), request),
    readMany: (collection, ids) => documents.get(collection)?.read(ids) ?? readByIds(reading, ours(collection), ids),
    readRows: (collection, ids) => readListed(reading, ours(collection), [...new Set(ids)].filter(isZohoId)),
    findByKey: async (collection, keys) => (keys.length === 0 ? ok([]) : findByKeys(reading, ours(collection), keys)),
    readPersons: (accountIds) => persons.read(accountIds),
    readDealPapers: (dealIds) => deals.papers(dealIds),
    readInvoicesOfDeals: (dealIds, lookup) => deals.invoices(dealIds, lookup),
    prepare: (request) => prepareWrite(ours(request.collection), request),
    send: (prepared) => writer.send(prepared),
    usage: () => client.usage(),
    fetchReference: (modules) => fetchOrgReference(client, modules),
    fetchFields: (module) => fetchModuleFields(client, module),
    createModule: (module) => createCustomModule(client, module),
    createFields: (module, fields) => createModuleFields(client, module, fields),
    subscribe: (channel) => openChannel(client, channel),
    renew: (channel) => renewChannel(client, channel),
    unsubscribe: (channelId) => closeChannel(client, channelId),
  }
}

function documentReaders(reading: ReadParts): ReadonlyMap<Collection, DocumentReader> {
  const readers = new Map<Collection, DocumentReader>()
  for (const module of ZOHO_COLLECTIONS) {
    const subform = subformOf(module)
    if (subform !== null) readers.set(module, createDocumentReader(reading, { module, subform }))
  }
  return readers
}

function traitsOf(parts: ZohoRemoteParts, collection: ZohoCollection): CollectionTraits {
  const isSingle = needsSingleReads(parts.fields, collection)
  return {
    batchWriteSize: BATCH_SIZE,
    batchReadSize: isSingle ? 1 : IDS_PER_CALL,
    pageSize: PAGE_SIZE,
    listIsComplete: !isSingle,
    sameSecond: 'keyset',
    answersFields: false,
    // Whether Zoho keeps a field of tasks unique is not known (zoho-crm.md 5): what had no answer settles the long way.
    enforcedKey: isReminder(collection) ? null : (parts.provisionedXeroId[collection] ?? null),
    parallelWrites: PARALLEL_WRITES,
  }
}

/** Asking Zoho for a collection of Xero is a bug of the caller. */
function ours(collection: Collection): ZohoCollection {
  const found = ZOHO_COLLECTIONS.find((name) => name === collection)
  if (found === undefined) throw new Error(`Zoho has no collection ${collection}`)
  return found
}
