import type { Code } from '../model/codes.ts'
import type { Collection, Kind } from '../model/kind.ts'
import type { LinePair, Link, LinkPart, ShadowField } from '../model/link.ts'
import type { LinkEvent } from '../model/link-state.ts'
import type { Op, OpState } from '../model/op.ts'
import type { NewConflict, NewHold, Plan, PlanChunk, PlanState } from '../model/plan.ts'
import type { RecordRef } from '../model/record.ts'
import type { ReferenceData } from '../model/reference.ts'
import type { ConnectionSettings } from '../model/settings.ts'
import type { Side } from '../model/side.ts'
import type { Value } from '../model/value.ts'

/**
 * Everything durable, as semantic operations (design sections 3 and 4). The engine knows no SQL; an in-memory store that
 * passes the same contract tests serves the simulation. Every method is one transaction. Lists come in as batches and
 * are written with multi-row statements: a first sync moves tens of thousands of rows.
 */
export interface Store {
  readonly connections: ConnectionStore
  readonly vault: VaultStore
  readonly webhooks: WebhookStore
  readonly queue: JobQueue
  /**
   * The lane of a connection: a lease with a fencing token. undefined when another owner holds it. Every write through
   * the lane checks the fence and throws `LeaseLost` when a newer owner has taken over (C17).
   */
  claimLane(connectionId: string, owner: string, ttlMs: number): Promise<Lane | undefined>
  /** Reads and people's decisions that need no lane. */
  readonly reports: ReportStore
  /** Housekeeping for a quiet moment, minutes apart (an embedded database has nobody else to vacuum it). */
  tidy(): Promise<void>
  close(): Promise<void>
}

export class LeaseLost extends Error {
  constructor(connectionId: string) {
    super(`The lane of connection ${connectionId} belongs to a newer owner`)
    this.name = 'LeaseLost'
  }
}

export interface Connection {
  readonly id: string
  readonly name: string
  readonly zoho: ZohoEnd
  readonly xero: XeroEnd
  readonly settings: ConnectionSettings
  /** Bumped whenever the mapping or scope changes: shadows of an older one are re-baselined. */
  readonly generation: number
  readonly state: ConnectionState
  /** Why it is paused; null otherwise. */
  readonly pausedCode: Code | null
  readonly reference: ReferenceData | null
  readonly referenceAt: number | null
  /** True once an approved first sync has run: until then every plan holds for approval (C16). */
  readonly firstSyncDone: boolean
}

export type ConnectionState = 'connecting' | 'ready' | 'paused' | 'disconnected'

export interface ZohoEnd {
  readonly credentialId: string
  readonly dataCentre: string
  readonly apiDomain: string
  readonly zgid: string
  readonly orgName: string
}

export interface XeroEnd {
  readonly credentialId: string
  readonly xeroConnectionId: string
  readonly tenantId: string
  readonly tenantName: string
}

export interface ConnectionStore {
  list(): Promise<readonly Connection[]>
  get(id: string): Promise<Connection | undefined>
  /** Refuses a Zoho org (data centre + zgid) or Xero tenant that another connection has (R03). */
  create(
    connection: Omit<Connection, 'generation' | 'firstSyncDone'>,
  ): Promise<{ readonly type: 'created' } | { readonly type: 'taken'; readonly by: string }>
  saveSettings(id: string, settings: ConnectionSettings, bumpGeneration: 'bump' | 'keep'): Promise<void>
  saveReference(id: string, reference: ReferenceData, at: number): Promise<void>
  setState(id: string, state: ConnectionState, code: Code | null): Promise<void>
  /** Refuses like `create`: a reconnect must not end on an organisation that another connection has. */
  setEnds(
    id: string,
    ends: { readonly zoho: ZohoEnd; readonly xero: XeroEnd },
  ): Promise<{ readonly type: 'saved' } | { readonly type: 'taken'; readonly by: string }>
  markFirstSyncDone(id: string): Promise<void>
  /** Marks without a lane: record buttons, on-save hooks and people only mark (design section 4). */
  mark(id: string, marks: readonly NewMark[]): Promise<void>
}

/** One credential per (system, app, remote user), shared by that user's connections; sealed before it gets here (R78). */
export interface VaultStore {
  /** Inserts or replaces by (system, appId, remoteUserId); returns the id. */
  save(credential: SealedCredential): Promise<string>
  read(id: string): Promise<SealedCredential | undefined>
  /**
   * Single-flight refresh by a database row: runs `refresh` for one caller at a time and stores its result in the same
   * breath; a caller that finds a newer `rotation` than it knew gets that one without calling `refresh` (C11, C12).
   * A refresh claim of a dead process expires after `claimTtlMs`.
   */
  rotate(
    id: string,
    knownRotation: number,
    claim: { readonly owner: string; readonly nowMs: number; readonly claimTtlMs: number },
  ): Promise<RotateClaim>
  finishRotation(id: string, owner: string, sealed: string): Promise<void>
  abandonRotation(id: string, owner: string): Promise<void>
}

export interface SealedCredential {
  readonly id: string
  readonly system: Side
  readonly appId: string
  readonly remoteUserId: string
  /** Ciphertext text with key id (AES-256-GCM envelope). */
  readonly sealed: string
  /** Grows by one at every stored rotation. */
  readonly rotation: number
}

export type RotateClaim =
  | { readonly type: 'mine' }
  | { readonly type: 'newer'; readonly credential: SealedCredential }
  /** Somebody else is refreshing right now: wait and ask again. */
  | { readonly type: 'busy' }

export interface InboundWebhook {
  readonly system: Side
  /** Unique per delivery: a digest of the raw body and its signature, or channel and server time. */
  readonly deliveryKey: string
  readonly body: string
  readonly receivedAt: number
}

export interface WebhookStore {
  /** Stored before it is acknowledged; `duplicate` deliveries change nothing. */
  add(webhook: InboundWebhook): Promise<'stored' | 'duplicate'>
  takeUnprocessed(limit: number): Promise<readonly (InboundWebhook & { readonly id: string })[]>
  /** Marks and completion in one transaction, for the connections concerned. */
  finish(id: string, marks: readonly { readonly connectionId: string; readonly mark: NewMark }[]): Promise<void>
}

/** Coarse durable jobs on pg-boss (stack.md B): one at a time per key. */
export interface JobQueue {
  start(handler: (job: QueueJob) => Promise<void>): Promise<void>
  /** At most one waiting job per (name, key): a second send while one waits is dropped. */
  send(job: QueueJob): Promise<void>
  schedule(name: string, cron: string, key: string): Promise<void>
  stop(): Promise<void>
}

export interface QueueJob {
  readonly name: string
  /** Connection id. */
  readonly key: string
  readonly data: Value
}

export interface NewMark extends RecordRef {
  readonly kind: Kind
  readonly reason: MarkReason
  /** Epoch milliseconds from which it may be planned (now + quiet time on save, now for a button or a poll). */
  readonly dueAt: number
}

export type MarkReason =
  | 'poll'
  | 'webhook'
  | 'sweep'
  | 'deleted'
  | 'absent'
  | 'person'
  | 'parent'
  | 'recover'
  | 'reread'
  | 'retry'
  | 'moved'

export interface Mark extends RecordRef {
  readonly kind: Kind
  readonly token: string
  readonly reason: MarkReason
  readonly since: number
  readonly dueAt: number
}

export interface Cursor {
  readonly collection: Collection
  readonly side: Side
  readonly feed: 'modified' | 'deleted'
  /** A version seen in a row, never our clock (I7). */
  readonly highWater: string
}

export interface Lane {
  readonly connectionId: string
  readonly owner: string
  readonly fence: number
  renew(ttlMs: number): Promise<void>
  release(): Promise<void>

  // detect
  cursors(): Promise<readonly Cursor[]>
  /** Versions of the parts among these ids, for the skip of rows that were compared already. */
  knownVersions(
    side: Side,
    collection: Collection,
    remoteIds: readonly string[],
  ): Promise<ReadonlyMap<string, string | null>>
  /**
   * Marks and cursor in ONE transaction (I7, C2). Re-marking gives the row a new token, keeps `since`, takes the new
   * reason, and keeps the earlier `dueAt` of both, unless a plan or hold owned the old mark: its due time is spent.
   * A cursor never moves backwards.
   */
  mark(marks: readonly NewMark[], cursor: Cursor | null): Promise<void>
  /** Due marks, oldest `since` first, that neither an open hold nor ops still under way own (a renewed mark is owned by nobody). */
  dueMarks(request: {
    readonly kinds: readonly Kind[]
    readonly now: number
    readonly limit: number
    /** Goes on after this mark, so that one walk passes marks that it left in place only once. */
    readonly after?: Mark
  }): Promise<readonly Mark[]>
  countMarks(): Promise<number>
  /** Open holds with one of these codes, with the records whose marks they may own. */
  holdsOf(codes: readonly Code[]): Promise<readonly OpenHold[]>
  /** Clears marks only where the token is still the one given. */
  clearMarks(marks: readonly Mark[]): Promise<void>

  // links
  /** In the order of their ids, like `linksByIds`; each once. */
  linksByRefs(refs: readonly RecordRef[]): Promise<readonly Link[]>
  linksByIds(ids: readonly string[]): Promise<readonly Link[]>
  /** The main records of these links, without their shadows. */
  mainIds(linkIds: readonly string[]): Promise<readonly MainId[]>
  /** Links that are not tombstoned. */
  countLinks(kind: Kind): Promise<number>
  /** Main parts of all links on a side that are not tombstoned, for matching, item codes and the sweep. */
  mainParts(
    kind: Kind,
    side: Side,
  ): Promise<readonly { readonly linkId: string; readonly remoteId: string; readonly shadow: LinkPart['shadow'] }[]>
  /** Links among these with an op in `sent` or `unknown`: planning leaves them alone. */
  unsettledLinks(linkIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Oldest `sent`/`unknown` create per kind and target side: younger unlinked records wait for it. */
  unsettledCreates(): Promise<readonly { readonly kind: Kind; readonly side: Side; readonly sentAt: number }[]>

  // plan
  openRun(run: NewRun): Promise<void>
  /** Which side a person chose for the open conflicts of these links; spent when the chunk that obeys is recorded. */
  choices(linkIds: readonly string[]): Promise<readonly ConflictChoice[]>
  /**
   * Stores what a chunk decided: links, parts, shadows, versions, conflicts, holds, ops (intended), cleared marks (by
   * token). The plan's row is made here if need be, so that a crash before `savePlan` leaves a plan to supersede.
   * Marks of records whose link gets ops belong to those ops from now on, marks named by a hold to that hold.
   * Everything of a link in `taken` is left out, its marks stay.
   */
  recordChunk(chunk: RecordedChunk): Promise<Recorded>
  savePlan(plan: Plan): Promise<void>
  setPlanState(planId: string, state: PlanState): Promise<void>
  plan(planId: string): Promise<Plan | undefined>
  openPlans(): Promise<readonly Plan[]>
  /** Intended ops of a plan in order, from a sequence on. */
  intendedOps(planId: string, afterSequence: number, limit: number): Promise<readonly Op[]>
  /** Supersedes intended ops of plans that no longer run (older fences); their marks stay and are free to plan again. */
  supersede(opIds: readonly string[], code: Code): Promise<void>
  supersedePlan(planId: string): Promise<void>

  // apply
  /** op=sent and the dispatch, committed BEFORE the call (C5). */
  recordDispatch(dispatch: NewDispatch): Promise<void>
  /**
   * What the answer said of every row, with shadows, versions, parts, link events and marks to renew, in one
   * transaction. The marks that a link's ops own go when the last of those ops of the plan has ended: deleted if all
   * are confirmed or superseded with a null code ("nothing was left to do"), else free to plan again. A refused op
   * without `hold` or `retryAt` opens a refusal of its own. An outcome in `taken` is not recorded: its op stays as it was.
   */
  recordOutcomes(outcomes: readonly OpOutcome[]): Promise<Recorded>
  /** `sent`/`unknown` ops past settle_after, with their dispatch. */
  opsToSettle(now: number): Promise<readonly UnsettledOp[]>

  // record
  closeRun(run: RunResult): Promise<void>
  appendEvents(events: readonly NewEvent[]): Promise<void>
  /** Engine writes per link since an instant, for the ping-pong breaker. */
  writesSince(linkIds: readonly string[], since: number): Promise<ReadonlyMap<string, number>>
  deletesToday(kind: Kind, side: Side, since: number): Promise<number>
  saveSweep(sweep: SweepState): Promise<void>
  sweeps(): Promise<readonly SweepState[]>
  /** Sweep bookkeeping: parts seen in this sweep; and those that were not. */
  markSeen(side: Side, collection: Collection, remoteIds: readonly string[], sweep: number): Promise<void>
  unseenParts(side: Side, collection: Collection, sweep: number): Promise<readonly RecordRef[]>
}

export interface OpenHold {
  readonly kind: Kind
  readonly detail: Value
  readonly refs: readonly RecordRef[]
}

/** Records that another link has already (I2): `by` is that link. */
export interface Recorded {
  readonly taken: readonly TakenPart[]
}

export interface TakenPart {
  readonly linkId: string
  readonly ref: RecordRef
  readonly by: string
}

export interface MainId {
  readonly linkId: string
  readonly side: Side
  readonly remoteId: string
}

export interface ConflictChoice {
  readonly linkId: string
  readonly field: string
  readonly side: Side
}

export interface RecordedChunk {
  readonly planId: string
  readonly runId: string
  readonly now: number
  readonly chunk: PlanChunk
  /** The marks as they were read: cleared by token. */
  readonly marks: readonly Mark[]
}

export interface NewDispatch {
  readonly id: string
  readonly runId: string
  readonly side: Side
  readonly idempotencyKey: string
  readonly method: string
  readonly path: string
  readonly body: string
  readonly opIds: readonly string[]
  readonly sentAt: number
  /** Epoch milliseconds after which an unanswered op is looked up. */
  readonly settleAfter: number
}

export interface UnsettledOp {
  readonly op: Op
  readonly sentAt: number
  readonly dispatchId: string
}

export interface OpOutcome {
  readonly opId: string
  readonly state: OpState
  readonly code: Code | null
  readonly message: string | null
  readonly at: number
  /** Set for a confirmed create or an adopted record. */
  readonly part: LinkPart | null
  readonly linkId: string
  readonly linkEvent: LinkEvent | null
  /** Shadow fields that are now true, by part. */
  readonly shadows: readonly {
    readonly ref: RecordRef
    readonly fields: Readonly<Record<string, ShadowField>>
    readonly version: string | null | 'keep'
  }[]
  readonly lines: readonly LinePair[] | null
  /** Marks renewed because somebody edited meanwhile, or a re-read is due. */
  readonly marks: readonly NewMark[]
  /** When to try again, with the attempt counted; null otherwise. */
  readonly retryAt: number | null
  readonly hold: NewHold | null
  readonly settleAfter: number | null
}

export type RunTrigger = 'firstSync' | 'manual' | 'schedule' | 'webhook' | 'historical' | 'retry' | 'recover' | 'sweep'

export interface NewRun {
  readonly id: string
  readonly trigger: RunTrigger
  readonly scope: RunScope
  readonly startedAt: number
}

export interface RunScope {
  readonly kinds: readonly Kind[]
  readonly mode: 'both' | 'zohoToXero' | 'xeroToZoho'
  /** Only records modified since this instant (historical and "last X days"); null: since last time. */
  readonly since: string | null
}

export interface RunResult {
  readonly runId: string
  readonly planId: string | null
  readonly outcome: RunOutcome
  readonly code: Code | null
  readonly finishedAt: number
  readonly report: RunReport
}

export type RunOutcome = 'running' | 'done' | 'held' | 'failed' | 'interrupted'

export interface RunReport {
  readonly created: Readonly<Record<string, number>>
  readonly updated: Readonly<Record<string, number>>
  readonly skipped: Readonly<Record<string, number>>
  readonly refused: number
  readonly dropped: number
  readonly conflicts: number
  readonly holds: number
  readonly calls: Readonly<Record<string, number>>
  readonly writes: Readonly<Record<Side, number>>
  /** Inbox items that this run opened; `holds` counts old ones that were planned again too. */
  readonly opened: number
  /** Inbox items at its end, old ones included. */
  readonly waiting: number
}

export interface NewEvent {
  readonly at: number
  readonly runId: string | null
  readonly linkId: string | null
  readonly type: string
  readonly detail: Value
}

export interface SweepState {
  readonly side: Side
  readonly collection: Collection
  readonly sweep: number
  readonly resumeAt: string | null
  readonly startedAt: number
  readonly finishedAt: number | null
}

export interface InboxItem {
  readonly id: string
  readonly type: 'hold' | 'conflict' | 'refusal'
  readonly code: Code
  readonly kind: Kind
  readonly linkId: string | null
  readonly title: string
  readonly detail: Value
  /** The records that it is about; none where it concerns both sides of a link. */
  readonly refs: readonly RecordRef[]
  readonly openedAt: number
}

/** One field that both sides changed, or that differed when they were first linked: both values, and which was kept. */
export interface ConflictView {
  readonly id: string
  readonly linkId: string
  readonly kind: Kind
  readonly title: string
  readonly field: string
  readonly base: Value
  readonly zoho: Value
  readonly xero: Value
  readonly policy: string
  /** null while nobody has chosen, and for good where the question went away by itself. */
  readonly winner: Side | null
  readonly state: ConflictState
  readonly openedAt: number
}

/** `open` waits for a person; `chosen` waits for the plan that obeys; `closed` is history. */
export type ConflictState = 'open' | 'chosen' | 'closed'

export interface RunRow extends NewRun {
  readonly connectionId: string
  readonly planId: string | null
  readonly outcome: RunOutcome
  readonly code: Code | null
  readonly finishedAt: number | null
  readonly report: RunReport | null
}

export interface ReportStore {
  runs(connectionId: string, limit: number): Promise<readonly RunRow[]>
  run(runId: string): Promise<RunRow | undefined>
  plans(connectionId: string): Promise<readonly Plan[]>
  planOps(planId: string): Promise<readonly Op[]>
  planHolds(planId: string): Promise<readonly InboxItem[]>
  inbox(connectionId: string): Promise<readonly InboxItem[]>
  /** How many items wait, and how many of them were opened at or after an instant. */
  countInbox(connectionId: string, since: number): Promise<{ readonly waiting: number; readonly opened: number }>
  /**
   * Newest first, open and resolved. A question that a person answered stays (policy `ask`) beside the row of the plan
   * that obeyed (policy `person`).
   */
  conflicts(connectionId: string, limit: number): Promise<readonly ConflictView[]>
  /** Resolves an item; the engine's own action (link, release, choose a side) is a mark or a link change in the same transaction. */
  resolve(
    connectionId: string,
    itemId: string,
    resolution: Resolution,
  ): Promise<'resolved' | 'unknownItem' | 'notPossible'>
  approvePlan(planId: string, at: number): Promise<'approved' | 'unknownPlan' | 'notHeld'>
  /** Newest first. */
  events(connectionId: string, limit: number): Promise<readonly (NewEvent & { readonly id: string })[]>
  /** Recomputes the hash chain (R69): null when whole, else the id of the first event that does not fit. */
  brokenEvent(connectionId: string): Promise<string | null>
  link(linkId: string): Promise<(Link & { readonly connectionId: string }) | undefined>
  /** `links` by kind, tombstoned ones left out. */
  counts(
    connectionId: string,
  ): Promise<{ readonly links: Readonly<Record<string, number>>; readonly marks: number; readonly inbox: number }>
}

export type Resolution =
  /** A conflict: this side's value wins. */
  | { readonly type: 'choose'; readonly side: Side; readonly at: number }
  /** A hold or refusal: plan it again. */
  | { readonly type: 'retry'; readonly at: number }
  /** An ambiguous match: these two are the same. */
  | { readonly type: 'link'; readonly side: Side; readonly remoteId: string; readonly at: number }
  /** Keep it out of the sync. */
  | { readonly type: 'detach'; readonly at: number }

export type { NewConflict, NewHold }
