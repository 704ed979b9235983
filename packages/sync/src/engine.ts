import type { Code } from './model/codes.ts'
import type { Kind } from './model/kind.ts'
import type { FieldChange, OpVerb } from './model/op.ts'
import type { Side } from './model/side.ts'
import type { Chance } from './ports/chance.ts'
import type { Clock } from './ports/clock.ts'
import type { CrashPoints } from './ports/crash-point.ts'
import type { Log } from './ports/log.ts'
import type { XeroRemote, ZohoRemote } from './remotes/contract.ts'
import type { Connection, RunReport, RunScope, RunTrigger, Store } from './store/contract.ts'

/** What the composition root gives the engine. Nothing else reaches time, chance, network or storage. */
export interface EnginePorts {
  readonly clock: Clock
  readonly chance: Chance
  readonly log: Log
  readonly store: Store
  /** The two remotes of a connection, with its tokens, budgets and field lists. */
  openRemotes(connection: Connection, priority: Priority): Promise<Remotes>
  /** The keyed fingerprint of shadows for a connection (R79). */
  fingerprint(connectionId: string): (text: string) => string
  /** A stable id of letters, digits and dashes for a founding record's text; the same text gives the same id for ever. */
  linkId(text: string): string
  readonly crash: CrashPoints
  /** Lines for a person who watches; never awaited, never throws. */
  progress(event: Progress): void
}

export interface Remotes {
  readonly zoho: ZohoRemote
  readonly xero: XeroRemote
}

export type Priority = 'interactive' | 'background'

/** One walk down the road: detect -> plan -> guard -> apply -> record. */
export interface PassRequest {
  readonly connectionId: string
  readonly trigger: RunTrigger
  readonly scope: RunScope
  readonly priority: Priority
  /** `plan` stops after guard and leaves the plan held for approval; `sync` goes on unless guard holds it. */
  readonly until: 'plan' | 'sync'
  /** Apply this approved plan (a ceiling) instead of planning anew. */
  readonly approvedPlanId: string | null
  /** `lists`: poll both sides. `marksOnly`: plan what webhooks and buttons have marked already. */
  readonly detect: 'lists' | 'marksOnly' | 'sweep'
}

export type PassResult =
  | { readonly type: 'done'; readonly runId: string; readonly planId: string | null; readonly report: RunReport }
  /** The plan waits for approval or for people; nothing of it was written. */
  | {
      readonly type: 'held'
      readonly runId: string
      readonly planId: string
      readonly code: Code
      readonly report: RunReport
    }
  /** Another process walks this connection. */
  | { readonly type: 'busy' }
  /** Connection paused, switched off or broken; says what to do. */
  | { readonly type: 'stopped'; readonly runId: string | null; readonly code: Code; readonly message: string }
  /** A remote was unavailable or a limit reached: marks stay, `retryAt` (epoch ms) says when to come back. */
  | {
      readonly type: 'interrupted'
      readonly runId: string
      readonly planId: string | null
      readonly code: Code
      readonly message: string
      readonly retryAt: number
      readonly report: RunReport
    }

export type Progress =
  | {
      readonly type: 'phase'
      readonly runId: string
      readonly phase: 'reference' | 'detect' | 'plan' | 'guard' | 'apply' | 'settle' | 'done'
    }
  | {
      readonly type: 'read'
      readonly runId: string
      readonly side: Side
      readonly kind: Kind
      readonly records: number
    }
  | {
      readonly type: 'planned'
      readonly runId: string
      readonly kind: Kind
      readonly ops: number
      readonly holds: number
    }
  | { readonly type: 'written'; readonly runId: string; readonly done: number; readonly total: number }
  /** One confirmed op, for the live lines of `tandem demo` and `tandem start`. */
  | {
      readonly type: 'op'
      readonly runId: string
      readonly side: Side
      readonly kind: Kind
      readonly verb: OpVerb
      readonly title: string
      readonly changes: readonly FieldChange[]
    }
  | {
      readonly type: 'conflict'
      readonly runId: string
      readonly kind: Kind
      readonly title: string
      readonly field: string
      readonly winner: Side | null
    }
  | { readonly type: 'hold'; readonly runId: string; readonly kind: Kind; readonly title: string; readonly code: Code }
  | {
      readonly type: 'waiting'
      readonly runId: string
      readonly side: Side
      readonly untilMs: number
      readonly reason: string
    }
