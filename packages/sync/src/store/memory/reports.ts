import type { ConflictView, ReportStore } from '../contract.ts'
import { CHAIN_START, firstBroken } from '../rules/event-chain.ts'
import { conflictItem, holdItem } from '../rules/inbox-row.ts'
import { appendEvents } from './lane.ts'
import { opsOfPlan, plainOp } from './ops.ts'
import { resolveItem } from './resolve.ts'
import { type ConnectionTables, type MemoryWorld, tablesOf } from './tables.ts'

export function memoryReports(world: MemoryWorld): ReportStore {
  const all = () => [...world.tables.values()]
  const withPlan = (planId: string) => all().find((tables) => tables.plans.has(planId))
  return {
    runs: async (connectionId, limit) => [...tablesOf(world, connectionId).runs.values()].reverse().slice(0, limit),
    run: async (runId) =>
      all()
        .find((tables) => tables.runs.has(runId))
        ?.runs.get(runId),
    plans: async (connectionId) => [...tablesOf(world, connectionId).plans.values()].reverse(),
    planOps: async (planId) => {
      const tables = withPlan(planId)
      return tables === undefined ? [] : opsOfPlan(tables, planId).map(plainOp)
    },
    planHolds: async (planId) =>
      [...(withPlan(planId)?.holds.values() ?? [])].filter((hold) => hold.planId === planId).map(holdItem),
    inbox: async (connectionId) => inboxOf(tablesOf(world, connectionId)),
    countInbox: async (connectionId, since) => {
      const items = inboxOf(tablesOf(world, connectionId))
      return { waiting: items.length, opened: items.filter((item) => item.openedAt >= since).length }
    },
    conflicts: async (connectionId, limit) => latestConflicts(tablesOf(world, connectionId)).slice(0, limit),
    resolve: async (connectionId, itemId, resolution) => {
      const answer = resolveItem(world, connectionId, { itemId, resolution })
      if (answer === 'resolved') {
        const detail = { itemId, resolution: resolution.type }
        const event = { at: resolution.at, runId: null, linkId: null, type: 'inboxResolved', detail }
        appendEvents(tablesOf(world, connectionId), [event])
      }
      return answer
    },
    approvePlan: async (planId, at) => {
      const tables = withPlan(planId)
      const plan = tables?.plans.get(planId)
      if (tables === undefined || plan === undefined) return 'unknownPlan'
      if (plan.state !== 'held') return 'notHeld'
      tables.plans.set(planId, { ...plan, state: 'approved' })
      appendEvents(tables, [{ at, runId: plan.runId, linkId: null, type: 'planApproved', detail: { planId } }])
      return 'approved'
    },
    events: async (connectionId, limit) =>
      tablesOf(world, connectionId)
        .events.slice(-limit)
        .reverse()
        .map(({ sequence, hash: _h, detailDigest: _d, ...event }) => ({ ...event, id: String(sequence) })),
    brokenEvent: async (connectionId) => {
      const rows = tablesOf(world, connectionId).events.map((row) => ({ ...row, isPurged: false }))
      const broken = firstBroken({ sequence: 0, hash: CHAIN_START }, rows)
      return broken === null ? null : String(broken)
    },
    link: async (linkId) => {
      for (const [connectionId, tables] of world.tables) {
        const link = tables.links.get(linkId)
        if (link !== undefined) return { ...link, connectionId }
      }
      return undefined
    },
    counts: async (connectionId) => {
      const tables = tablesOf(world, connectionId)
      return { links: countByKind(tables), marks: tables.marks.size, inbox: inboxOf(tables).length }
    },
  }
}

function inboxOf(tables: ConnectionTables) {
  const conflicts = [...tables.conflicts.values()].filter((conflict) => conflict.state === 'open')
  return [...[...tables.holds.values()].map(holdItem), ...conflicts.map(conflictItem)]
}

function latestConflicts(tables: ConnectionTables): readonly ConflictView[] {
  const place = ({ linkId, field, id }: ConflictView) => `${linkId} ${field} ${id}`
  return [...tables.conflicts.values()].sort(
    (left, right) => right.openedAt - left.openedAt || (place(left) < place(right) ? -1 : 1),
  )
}

function countByKind(tables: ConnectionTables): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind, state } of tables.links.values()) {
    if (state !== 'tombstoned') counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
