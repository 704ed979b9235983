import type { Collection, Kind } from '../../model/kind.ts'
import type { Plan, PlanState } from '../../model/plan.ts'
import { type RecordRef, refKey } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import { type Lane, LeaseLost, type Mark } from '../contract.ts'
import { CHAIN_START, chainEvents } from '../rules/event-chain.ts'
import { recordChunk } from './chunk.ts'
import { finishFirstSync } from './connections.ts'
import { knownVersions, linksByIds, linksByRefs, liveLinks, mainIds, mainParts, partsOf } from './links.ts'
import { clearMarks, dueMarks, moveCursor, postponeMarks, putMarks } from './marks.ts'
import {
  dispatchOps,
  opOf,
  opsOfLink,
  opsOfPlan,
  opsToSettle,
  plainOp,
  supersedeOps,
  unsettledCreates,
  unsettledOps,
} from './ops.ts'
import { recordOutcomes } from './outcomes.ts'
import { closeRun, openRun } from './runs.ts'
import { type ConnectionTables, type MemoryWorld, tablesOf } from './tables.ts'

/** Claims the lane, or undefined while another owner's lease runs. The same owner may take its own lane again. */
export function claimLane(
  world: MemoryWorld,
  connectionId: string,
  claim: { readonly owner: string; readonly ttlMs: number },
): Lane | undefined {
  const tables = tablesOf(world, connectionId)
  const { lease } = tables
  const isFree = lease.until <= world.clock.now() || lease.owner === claim.owner
  if (!isFree) return undefined
  tables.lease = { owner: claim.owner, until: world.clock.now() + claim.ttlMs, fence: lease.fence + 1 }
  return memoryLane(world, connectionId, { owner: claim.owner, fence: tables.lease.fence })
}

const OPEN_PLANS: ReadonlySet<PlanState> = new Set(['ready', 'held', 'approved', 'applying'])

function memoryLane(
  world: MemoryWorld,
  connectionId: string,
  claim: { readonly owner: string; readonly fence: number },
): Lane {
  const tables = tablesOf(world, connectionId)
  const { chance, clock } = world

  function fenced<T>(write: () => T): Promise<T> {
    if (tables.lease.fence !== claim.fence) return Promise.reject(new LeaseLost(connectionId))
    try {
      return Promise.resolve(write())
    } catch (error) {
      return Promise.reject(error)
    }
  }

  const context = () => ({ world, tables, generation: world.connections.get(connectionId)?.generation ?? 1 })

  return {
    connectionId,
    ...claim,
    renew: (ttlMs) => fenced(() => setLease(tables, clock.now() + ttlMs)),
    release: () => fenced(() => setLease(tables, 0)),

    cursors: async () => [...tables.cursors.values()],
    knownVersions: async (side, collection, remoteIds) =>
      knownVersions(
        tables,
        remoteIds.map((remoteId) => ({ side, collection, remoteId })),
      ),
    mark: (marks, cursor) =>
      fenced(() => {
        putMarks(tables, marks, { chance, now: clock.now() })
        if (cursor !== null) moveCursor(tables, cursor)
      }),
    dueMarks: async (request) => dueMarks(tables, request),
    countMarks: async () => tables.marks.size,
    holdsOf: async (codes) =>
      [...tables.holds.values()]
        .filter((hold) => codes.includes(hold.code))
        .map(({ kind, code, linkId, detail, refs }) => ({ kind, code, linkId, detail, refs })),
    clearMarks: (marks: readonly Mark[]) => fenced(() => clearMarks(tables, marks)),
    postpone: (marks: readonly Mark[]) => fenced(() => postponeMarks(tables, marks)),

    linksByRefs: async (refs) => linksByRefs(tables, refs),
    linksByIds: async (ids) => linksByIds(tables, ids),
    mainIds: async (linkIds) => mainIds(tables, linkIds),
    countLinks: async (kind) => liveLinks(tables, kind).length,
    mainParts: async (kind: Kind, side: Side) => mainParts(tables, kind, side),
    unsettledLinks: async (linkIds) => {
      const open = new Set(unsettledOps(tables).map((op) => op.linkId))
      return new Set(linkIds.filter((id) => open.has(id)))
    },
    unsettledCreates: async () => unsettledCreates(tables),
    choices: async (linkIds) =>
      [...tables.conflicts.values()].flatMap(({ linkId, field, state, winner }) =>
        state === 'chosen' && winner !== null && linkIds.includes(linkId) ? [{ linkId, field, side: winner }] : [],
      ),

    openRun: (run) => fenced(() => openRun(tables, connectionId, run)),
    recordChunk: (chunk) => fenced(() => recordChunk(context(), chunk)),
    savePlan: (plan) => fenced(() => void tables.plans.set(plan.id, plan)),
    setPlanState: (planId, state) => fenced(() => setPlanState(tables, planId, state)),
    plan: async (planId) => tables.plans.get(planId),
    openPlans: async () => [...tables.plans.values()].filter((plan) => OPEN_PLANS.has(plan.state)),
    intendedOps: async (planId, afterSequence, limit) =>
      opsOfPlan(tables, planId)
        .filter((op) => op.state === 'intended' && op.sequence > afterSequence)
        .slice(0, limit)
        .map(plainOp),
    supersede: (opIds, code) =>
      fenced(() =>
        supersedeOps(
          tables,
          opIds.map((id) => opOf(tables, id)),
          code,
        ),
      ),
    supersedePlan: (planId) =>
      fenced(() => {
        supersedeOps(tables, opsOfPlan(tables, planId), null)
        setPlanState(tables, planId, 'superseded')
      }),

    recordDispatch: (dispatch) => fenced(() => dispatchOps(tables, dispatch)),
    recordOutcomes: (outcomes) => fenced(() => recordOutcomes(context(), outcomes)),
    opsToSettle: async (now) => opsToSettle(tables, now),

    finishFirstSync: () => fenced(() => finishFirstSync(world, connectionId)),
    closeRun: (run) => fenced(() => closeRun(tables, run)),
    appendEvents: (events) => fenced(() => void appendEvents(tables, events)),
    writesSince: async (linkIds, since) => countWrites(tables, linkIds, since),
    deletesToday: async (kind, side, since) =>
      [...tables.ops.values()].filter(
        (op) =>
          op.verb === 'delete' && op.kind === kind && op.side === side && op.sentAt !== null && op.sentAt >= since,
      ).length,
    saveSweep: (sweep) => fenced(() => void tables.sweeps.set(`${sweep.side}/${sweep.collection}`, sweep)),
    sweeps: async () => [...tables.sweeps.values()],
    markSeen: (side, collection, remoteIds, sweep) =>
      fenced(() => {
        for (const remoteId of remoteIds) tables.seen.set(refKey({ side, collection, remoteId }), sweep)
      }),
    unseenParts: async (side, collection, sweep) => unseenParts(tables, { side, collection, sweep }),
  }
}

function setLease(tables: ConnectionTables, until: number): void {
  tables.lease = { ...tables.lease, until }
}

function setPlanState(tables: ConnectionTables, planId: string, state: PlanState): void {
  const plan: Plan | undefined = tables.plans.get(planId)
  if (plan === undefined) throw new Error(`No plan ${planId}`)
  tables.plans.set(planId, { ...plan, state })
}

export function appendEvents(tables: ConnectionTables, events: Parameters<Lane['appendEvents']>[0]): void {
  const last = tables.events.at(-1)
  tables.events.push(...chainEvents(last ?? { sequence: 0, hash: CHAIN_START }, events))
}

function countWrites(tables: ConnectionTables, linkIds: readonly string[], since: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const linkId of linkIds) {
    const sent = opsOfLink(tables, linkId).filter((op) => op.sentAt !== null && op.sentAt >= since)
    if (sent.length > 0) counts.set(linkId, sent.length)
  }
  return counts
}

function unseenParts(
  tables: ConnectionTables,
  pass: { readonly side: Side; readonly collection: Collection; readonly sweep: number },
): readonly RecordRef[] {
  return partsOf(tables, pass.side, pass.collection)
    .map(({ side, collection, remoteId }) => ({ side, collection, remoteId }))
    .filter((ref) => (tables.seen.get(refKey(ref)) ?? 0) < pass.sweep)
}
