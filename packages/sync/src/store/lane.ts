import type { Code } from '../model/codes.ts'
import type { Collection, Kind } from '../model/kind.ts'
import type { LinePair, Link, LinkPart, ShadowField } from '../model/link.ts'
import type { LinkEvent } from '../model/link-state.ts'
import type { Op, OpState } from '../model/op.ts'
import type { NewHold, Plan, PlanChunk, PlanState } from '../model/plan.ts'
import type { RecordRef } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import type { Value } from '../model/value.ts'
import type { Cursor, Mark, NewMark } from './mark.ts'
import type { NewEvent, NewRun, RunResult, SweepState } from './run.ts'

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
  /** Each waits until its `dueAt`, with the reason `dayEnd`, where its token is still the one given. Marked again, it is due again. */
  postpone(marks: readonly Mark[]): Promise<void>

  // links
  /** In the order of their ids, like `linksByIds`; each once. */
  linksByRefs(refs: readonly RecordRef[]): Promise<readonly Link[]>
  linksByIds(ids: readonly string[]): Promise<readonly Link[]>
  /** The main records of these links, without their shadows. */
  mainIds(linkIds: readonly string[]): Promise<readonly MainId[]>
  /** Links that are not tombstoned. */
  countLinks(kind: Kind): Promise<number>
  /** Main parts of all links on a side that are not tombstoned, for matching, item codes and the sweep. */
  mainParts(kind: Kind, side: Side): Promise<readonly MainPart[]>
  /** Parts of one collection alone, in the order of their ids, of links that are not tombstoned. */
  partsIn(
    side: Side,
    collection: Collection,
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
   * Everything of a link in `taken` or `detached` is left out, its marks stay.
   */
  recordChunk(chunk: RecordedChunk): Promise<ChunkRecorded>
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
  /** From now on changes are ordinary ones, and need no approval (C16): a process that slept must not say so (I9). */
  finishFirstSync(): Promise<void>
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
  readonly code: Code
  readonly linkId: string | null
  readonly detail: Value
  readonly refs: readonly RecordRef[]
}

/** Records that another link has already (I2): `by` is that link. */
export interface Recorded {
  readonly taken: readonly TakenPart[]
}

export interface ChunkRecorded extends Recorded {
  /** Links that a person has set apart since the chunk was planned. */
  readonly detached: readonly string[]
}

export interface TakenPart {
  readonly linkId: string
  readonly ref: RecordRef
  readonly by: string
}

export interface MainPart {
  readonly linkId: string
  readonly collection: Collection
  readonly remoteId: string
  readonly shadow: LinkPart['shadow']
}

export interface MainId {
  readonly linkId: string
  readonly side: Side
  readonly remoteId: string
  /** A person has set this link's records apart. */
  readonly isDetached: boolean
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
