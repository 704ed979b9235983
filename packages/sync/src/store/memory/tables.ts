import type { Link } from '../../model/link.ts'
import type { Op } from '../../model/op.ts'
import type { Plan } from '../../model/plan.ts'
import type { Chance } from '../../ports/chance.ts'
import type { Clock } from '../../ports/clock.ts'
import type {
  Connection,
  Cursor,
  InboundWebhook,
  NewDispatch,
  RunRow,
  SealedCredential,
  SweepState,
} from '../contract.ts'
import type { EventRow } from '../rules/event-chain.ts'
import type { ConflictRow, HoldRow } from '../rules/inbox-row.ts'
import type { MarkRow } from '../rules/mark-row.ts'

/** What the SQL store keeps in tables, as maps. One connection's rows never meet another's (I10). */
export interface ConnectionTables {
  lease: { owner: string; until: number; fence: number }
  /** By refKey. */
  readonly marks: Map<string, MarkRow>
  /** By side, collection and feed. */
  readonly cursors: Map<string, Cursor>
  readonly links: Map<string, Link>
  /** refKey of every part to its link. */
  readonly linkOfRef: Map<string, string>
  readonly ops: Map<string, OpRow>
  readonly opsOfLink: Map<string, Set<string>>
  readonly opsOfPlan: Map<string, Set<string>>
  readonly unsettled: Set<string>
  readonly plans: Map<string, Plan>
  readonly runs: Map<string, RunRow>
  readonly dispatches: Map<string, NewDispatch>
  readonly holds: Map<string, HoldRow>
  readonly conflicts: Map<string, ConflictRow>
  readonly events: EventRow[]
  readonly sweeps: Map<string, SweepState>
  /** refKey to the last sweep that saw it. */
  readonly seen: Map<string, number>
}

export interface OpRow extends Op {
  readonly dispatchId: string | null
  readonly sentAt: number | null
  readonly settleAfter: number | null
}

export interface MemoryWorld {
  readonly clock: Clock
  readonly chance: Chance
  readonly connections: Map<string, Connection>
  readonly tables: Map<string, ConnectionTables>
  readonly credentials: Map<string, SealedCredential & { readonly claim: RotationClaim | null }>
  readonly webhooks: Map<string, InboundWebhook & { readonly id: string; isProcessed: boolean }>
}

export interface RotationClaim {
  readonly owner: string
  readonly until: number
}

export function emptyTables(): ConnectionTables {
  return {
    lease: { owner: '', until: 0, fence: 0 },
    marks: new Map(),
    cursors: new Map(),
    links: new Map(),
    linkOfRef: new Map(),
    ops: new Map(),
    opsOfLink: new Map(),
    opsOfPlan: new Map(),
    unsettled: new Set(),
    plans: new Map(),
    runs: new Map(),
    dispatches: new Map(),
    holds: new Map(),
    conflicts: new Map(),
    events: [],
    sweeps: new Map(),
    seen: new Map(),
  }
}

export function tablesOf(world: MemoryWorld, connectionId: string): ConnectionTables {
  const found = world.tables.get(connectionId)
  if (found !== undefined) return found
  const fresh = emptyTables()
  world.tables.set(connectionId, fresh)
  return fresh
}
