import type { Code } from '../model/codes.ts'
import type { Collection, Kind } from '../model/kind.ts'
import type { Side } from '../model/side.ts'
import type { Value } from '../model/value.ts'

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
