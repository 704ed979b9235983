import type { Code } from '../model/codes.ts'
import type { Kind } from '../model/kind.ts'
import type { Link } from '../model/link.ts'
import type { Op } from '../model/op.ts'
import type { Plan } from '../model/plan.ts'
import type { RecordRef } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import type { Value } from '../model/value.ts'
import type { NewEvent, NewRun, RunOutcome, RunReport } from './run.ts'

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
  /** A product without a code: give it one (R41a). */
  | { readonly type: 'chooseKey'; readonly at: number }
  /** An ambiguous match: these two are the same. */
  | { readonly type: 'link'; readonly side: Side; readonly remoteId: string; readonly at: number }
  /** What was deleted in one system shall go in the other too: a void that waited for a person (R12c). */
  | { readonly type: 'delete'; readonly at: number }
  /** Keep it out of the sync. */
  | { readonly type: 'detach'; readonly at: number }
