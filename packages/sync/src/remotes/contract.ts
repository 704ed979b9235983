import type { DealReading } from '../model/deal.ts'
import type { Collection } from '../model/kind.ts'
import type { NaturalKey, OpVerb } from '../model/op.ts'
import type { RemoteOutcome, RowOutcome } from '../model/outcome.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { XeroReference, ZohoField, ZohoReference } from '../model/reference.ts'
import type { Side } from '../model/side.ts'
import type { ValueObject } from '../model/value.ts'

/**
 * What the engine asks of a remote system. Both connectors sit behind it and decide nothing: they speak the protocol,
 * obey the limits, parse at the border, and turn every answer into a closed outcome. Only apply calls `send`.
 */
export interface Remote {
  readonly side: Side
  traits(collection: Collection): CollectionTraits

  /** One page, oldest modification first, of what was modified after `since` (whole seconds). */
  listPage(request: ListRequest): Promise<RemoteOutcome<ListPage>>
  /** Ids and versions inside one second, in id order, after an id: only where `sameSecond` is `keyset` (Zoho COQL). */
  listSecond(request: SecondRequest): Promise<RemoteOutcome<ListPage>>
  /** Deleted since. Remotes without a feed answer an empty page. */
  listDeleted(request: DeletedRequest): Promise<RemoteOutcome<DeletedPage>>
  /** Complete records (with lines) by id, as few calls as the remote allows. Ids that are gone are left out. */
  readMany(collection: Collection, ids: readonly string[]): Promise<RemoteOutcome<readonly RemoteRecord[]>>
  /** The same as list rows: as few calls as possible, but without lines where lists have none. */
  readRows(collection: Collection, ids: readonly string[]): Promise<RemoteOutcome<readonly RemoteRecord[]>>
  /**
   * Live and archived records that carry one of these keys, compared in code and never trusted to the remote. Letter case
   * of names, addresses and codes apart; `EMAIL_DOMAIN` and `WEBSITE_DOMAIN` ask for whoever is on a domain.
   */
  findByKey(collection: Collection, keys: readonly NaturalKey[]): Promise<RemoteOutcome<readonly RemoteRecord[]>>
  /** For Zoho companies: all persons of these Accounts. Xero answers none. */
  readPersons(accountIds: readonly string[]): Promise<RemoteOutcome<readonly RemoteRecord[]>>

  /** Pure: the exact request for these rows, to be committed as a dispatch before it is sent. */
  prepare(request: WriteRequest): PreparedWrite
  /** Sends it. The same bytes and key may be sent again only as design section 4 allows. */
  send(prepared: PreparedWrite, idempotencyKey: string): Promise<RemoteOutcome<readonly RowOutcome[]>>

  /** Calls spent and refused, for reports and for the budget's own tests. */
  usage(): RemoteUsage
}

export interface ZohoRemote extends Remote {
  readonly side: 'zoho'
  fetchReference(modules: readonly string[]): Promise<RemoteOutcome<ZohoReference>>
  /** Field metadata of one module, unused fields included: what provisioning looks at. */
  fetchFields(module: string): Promise<RemoteOutcome<readonly ZohoField[]>>
  /** Makes a custom module whose records are known by a text field `Name`. Refused `moduleMissing`: not in this edition. */
  createModule(module: NewZohoModule): Promise<RemoteOutcome<RowOutcome>>
  createFields(module: string, fields: readonly NewZohoField[]): Promise<RemoteOutcome<readonly RowOutcome[]>>
  /** What hangs on these deals; one that is gone has nothing. */
  readDealPapers(dealIds: readonly string[]): Promise<RemoteOutcome<readonly DealReading[]>>
  /** List rows of the CRM invoices that name one of these deals by this lookup. */
  readInvoicesOfDeals(dealIds: readonly string[], lookup: string): Promise<RemoteOutcome<readonly RemoteRecord[]>>
  subscribe(channel: ZohoChannel): Promise<RemoteOutcome<{ readonly expiresAt: string }>>
  /** Moves the channel's end to `expiresAt`; opens it anew where Zoho has forgotten it. */
  renew(channel: ZohoChannel): Promise<RemoteOutcome<{ readonly expiresAt: string }>>
  unsubscribe(channelId: string): Promise<RemoteOutcome<null>>
}

export interface XeroRemote extends Remote {
  readonly side: 'xero'
  fetchReference(): Promise<RemoteOutcome<XeroReference>>
}

/** Declared per collection (design section 4, apply). */
export interface CollectionTraits {
  readonly batchWriteSize: number
  /** Rows per delete where it differs from `batchWriteSize`: Xero deletes items one at a time. */
  readonly batchDeleteSize?: number
  readonly batchReadSize: number
  readonly pageSize: number
  /** Does a list row carry lines and every mapped field? */
  readonly listIsComplete: boolean
  /** How to go on when one second holds more rows than a page. `whole`: the list has no pages (Xero items). */
  readonly sameSecond: 'keyset' | 'nextPage' | 'whole'
  /** Does a write answer with every field of the record? */
  readonly answersFields: boolean
  /** A key in the create that the remote enforces as unique; null: creates settle 15 minutes before a re-create. */
  readonly enforcedKey: string | null
  /** May writes of this collection be sent beside each other? Xero payments may not. */
  readonly parallelWrites: number
}

export interface ListRequest {
  readonly collection: Collection
  /** ISO instant in whole seconds; rows of exactly this second may or may not be included. null: from the beginning. */
  readonly since: string | null
  /** 1-based, of this very anchor. */
  readonly page: number
}

export interface ListPage {
  readonly rows: readonly RemoteRecord[]
  readonly hasMore: boolean
  /** How many rows the whole list has, where the remote says so. */
  readonly itemCount?: number
}

export interface SecondRequest {
  readonly collection: Collection
  readonly second: string
  readonly afterId: string
}

export interface DeletedRequest {
  readonly collection: Collection
  readonly since: string | null
  readonly page: number
}

export interface DeletedRow {
  readonly id: string
  /** ISO instant. */
  readonly deletedAt: string
}

export interface DeletedPage {
  readonly rows: readonly DeletedRow[]
  readonly hasMore: boolean
}

export interface WriteRequest {
  readonly collection: Collection
  readonly verb: OpVerb
  readonly rows: readonly WriteRow[]
}

export interface WriteRow {
  /** null for a create. */
  readonly remoteId: string | null
  readonly payload: ValueObject
  /** Sent as If-Unmodified-Since where the remote has it and the batch is one row. */
  readonly unmodifiedSince: string | null
}

/** One request exactly as it will be sent, less what the connection adds (tokens, tenant, idempotency key). */
export interface PreparedWrite {
  readonly collection: Collection
  readonly verb: OpVerb
  readonly method: 'POST' | 'PUT' | 'DELETE'
  /** Path and query below the API's base. */
  readonly path: string
  readonly body: string
  readonly rowCount: number
  readonly headers: Readonly<Record<string, string>>
}

export interface RemoteUsage {
  readonly calls: number
  readonly throttled: number
  /** Calls per collection and purpose, e.g. `Contacts.list`, `Contacts.write`. */
  readonly byPurpose: Readonly<Record<string, number>>
}

export interface NewZohoField {
  readonly label: string
  readonly dataType:
    | 'text'
    | 'textarea'
    | 'boolean'
    | 'website'
    | 'picklist'
    | 'currency'
    | 'date'
    | 'datetime'
    | 'lookup'
  readonly length: number | null
  readonly isUnique: boolean
  readonly picklist: readonly string[]
  /** The module that a lookup points to. */
  readonly lookupModule?: string
}

export interface NewZohoModule {
  /** Ours to choose, unlike a field's (zoho-crm.md 5). */
  readonly apiName: string
  readonly singular: string
  readonly plural: string
}

export interface ZohoChannel {
  readonly channelId: string
  readonly events: readonly string[]
  readonly notifyUrl: string
  readonly token: string
  /** ISO instant; at most a week ahead (zoho-crm.md 6.1). */
  readonly expiresAt: string
}
