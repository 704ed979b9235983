import { sql } from 'kysely'
import type { InboxItem, ReportStore, Resolution } from '../contract.ts'
import { conflictItem, holdItem } from '../rules/inbox-row.ts'
import { latestConflicts, openConflicts } from './conflicts.ts'
import { appendEvents, brokenEvent, latestEvents } from './events.ts'
import { readHolds } from './holds.ts'
import type { SqlPorts } from './lane.ts'
import { countLinks, readLinks } from './link-rows.ts'
import { countMarks } from './marks.ts'
import { opsOfPlan } from './op-reads.ts'
import { approve, plansOf, readPlan } from './plans.ts'
import { type ResolveAnswer, resolveItem } from './resolve.ts'
import { readRun, runsOf } from './runs.ts'
import type { Database } from './schema.ts'

export function sqlReports(ports: SqlPorts): ReportStore {
  const { db } = ports
  return {
    runs: (connectionId, limit) => runsOf(db, connectionId, limit),
    run: (runId) => readRun(db, runId),
    plans: (connectionId) => plansOf(db, connectionId),
    planOps: (planId) => opsOfPlan(db, planId),
    planHolds: async (planId) => (await readHolds(db, { planId })).map(holdItem),
    inbox: (connectionId) => inboxOf(db, connectionId),
    countInbox: (connectionId, since) => countInbox(db, connectionId, since),
    conflicts: (connectionId, limit) => latestConflicts(db, connectionId, limit),
    resolve: (connectionId, itemId, resolution) => resolve(ports, connectionId, { itemId, resolution }),
    approvePlan: (planId, at) => approvePlan(db, planId, at),
    events: (connectionId, limit) => latestEvents(db, connectionId, limit),
    brokenEvent: (connectionId) => brokenEvent(db, connectionId),
    link: async (linkId) => (await readLinks(db, sql`l.id = ${linkId}`))[0],
    counts: async (connectionId) => ({
      links: await countLinks(db, connectionId),
      marks: await countMarks(db, connectionId),
      inbox: (await countInbox(db, connectionId, 0)).waiting,
    }),
  }
}

async function inboxOf(db: Database, connectionId: string): Promise<readonly InboxItem[]> {
  const holds = await readHolds(db, { connectionId })
  const conflicts = await openConflicts(db, connectionId)
  return [...holds.map(holdItem), ...conflicts.map(conflictItem)]
}

async function countInbox(db: Database, connectionId: string, since: number): ReturnType<ReportStore['countInbox']> {
  const { rows } = await sql<{ waiting: number; opened: number }>`
    select count(*) as waiting, count(*) filter (where opened_at >= ${since}) as opened from (
      select opened_at from tandem.hold where connection_id = ${connectionId}
      union all
      select opened_at from tandem.conflict
      where connection_id = ${connectionId} and state <> 'closed' and state = 'open'
    ) as items`.execute(db)
  return rows[0] ?? { waiting: 0, opened: 0 }
}

function resolve(
  { db, chance }: SqlPorts,
  connectionId: string,
  choice: { readonly itemId: string; readonly resolution: Resolution },
): Promise<ResolveAnswer> {
  const { itemId, resolution } = choice
  return db.transaction().execute(async (tx) => {
    const stamp = { chance, now: resolution.at }
    const answer = await resolveItem({ tx, connectionId, stamp }, itemId, resolution)
    if (answer !== 'resolved') return answer
    const detail = { itemId, resolution: resolution.type }
    const event = { at: resolution.at, runId: null, linkId: null, type: 'inboxResolved', detail }
    await appendEvents(tx, connectionId, [event])
    return answer
  })
}

function approvePlan(db: Database, planId: string, at: number): ReturnType<ReportStore['approvePlan']> {
  return db.transaction().execute(async (tx) => {
    const approved = await approve(tx, planId)
    if (approved === undefined) return (await readPlan(tx, planId)) === undefined ? 'unknownPlan' : 'notHeld'
    const { runId, connectionId } = approved
    await appendEvents(tx, connectionId, [{ at, runId, linkId: null, type: 'planApproved', detail: { planId } }])
    return 'approved'
  })
}
