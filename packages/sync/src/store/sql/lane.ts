import type { Chance } from '../../ports/chance.ts'
import type { Clock } from '../../ports/clock.ts'
import type { CrashPoints } from '../../ports/crash-point.ts'
import type { Lane } from '../contract.ts'
import { recordChunk } from './chunk.ts'
import { readChoices } from './conflicts.ts'
import { finishFirstSync } from './connections.ts'
import { appendEvents } from './events.ts'
import { inLane, type LaneKey, setLease } from './fence.ts'
import { holdsOf } from './holds.ts'
import { countLinks, knownVersions, linksByIds, linksByRefs, mainIds, mainParts } from './link-rows.ts'
import { countMarks, deleteMarks, moveCursor, postponeMarks, putMarks, readCursors, readDueMarks } from './marks.ts'
import { deletesSince, intendedOps, opsToSettle, unsettledCreates, unsettledLinks, writesSince } from './op-reads.ts'
import { insertDispatch } from './op-rows.ts'
import { recordOutcomes } from './outcomes.ts'
import { openPlans, readPlan, savePlan, setPlanState, supersede } from './plans.ts'
import { closeRun, openRun } from './runs.ts'
import type { Database } from './schema.ts'
import { markSeen, readSweeps, saveSweep, unseenParts } from './sweeps.ts'

export interface SqlPorts {
  readonly db: Database
  readonly clock: Clock
  readonly chance: Chance
  readonly crash: CrashPoints
}

/** Every write is one transaction that checks the fence first; reads are single statements. */
export function sqlLane(ports: SqlPorts, key: LaneKey): Lane {
  return {
    ...key,
    ...lease(ports, key),
    ...detect(ports, key),
    ...plan(ports, key),
    ...apply(ports, key),
    ...record(ports, key),
  }
}

type Part<Names extends keyof Lane> = Pick<Lane, Names>

function lease({ db, clock }: SqlPorts, key: LaneKey): Part<'renew' | 'release'> {
  return {
    renew: (ttlMs) => setLease(db, key, clock.now() + ttlMs),
    release: () => setLease(db, key, 0),
  }
}

function detect(
  { db, clock, chance }: SqlPorts,
  key: LaneKey,
): Part<'cursors' | 'knownVersions' | 'mark' | 'dueMarks' | 'countMarks' | 'holdsOf' | 'clearMarks' | 'postpone'> {
  const { connectionId } = key
  return {
    cursors: () => readCursors(db, connectionId),
    knownVersions: (side, collection, remoteIds) => knownVersions(db, connectionId, { side, collection, remoteIds }),
    mark: (marks, cursor) =>
      inLane(db, key, async (tx) => {
        await putMarks(tx, connectionId, { marks, stamp: { chance, now: clock.now() } })
        if (cursor !== null) await moveCursor(tx, connectionId, cursor)
      }),
    dueMarks: (request) => readDueMarks(db, connectionId, request),
    countMarks: () => countMarks(db, connectionId),
    holdsOf: (codes) => holdsOf(db, connectionId, codes),
    clearMarks: (marks) => inLane(db, key, (tx) => deleteMarks(tx, connectionId, marks)),
    postpone: (marks) => inLane(db, key, (tx) => postponeMarks(tx, connectionId, marks)),
  }
}

function plan(
  { db, clock, chance }: SqlPorts,
  key: LaneKey,
): Part<
  | 'linksByRefs'
  | 'linksByIds'
  | 'mainIds'
  | 'countLinks'
  | 'mainParts'
  | 'unsettledLinks'
  | 'unsettledCreates'
  | 'choices'
  | 'openRun'
  | 'recordChunk'
  | 'savePlan'
  | 'setPlanState'
  | 'plan'
  | 'openPlans'
> {
  const { connectionId } = key
  return {
    linksByRefs: (refs) => linksByRefs(db, connectionId, refs),
    linksByIds: (ids) => linksByIds(db, connectionId, ids),
    mainIds: (linkIds) => mainIds(db, connectionId, linkIds),
    countLinks: async (kind) => (await countLinks(db, connectionId))[kind] ?? 0,
    mainParts: (kind, side) => mainParts(db, connectionId, { kind, side }),
    unsettledLinks: (linkIds) => unsettledLinks(db, connectionId, linkIds),
    unsettledCreates: () => unsettledCreates(db, connectionId),
    choices: (linkIds) => readChoices(db, connectionId, linkIds),
    openRun: (run) => inLane(db, key, (tx) => openRun(tx, key, run)),
    recordChunk: (chunk) =>
      inLane(db, key, (tx) => recordChunk({ tx, lane: key, stamp: { chance, now: clock.now() } }, chunk)),
    savePlan: (value) => inLane(db, key, (tx) => savePlan(tx, connectionId, value)),
    setPlanState: (planId, state) => inLane(db, key, (tx) => setPlanState(tx, planId, state)),
    plan: (planId) => readPlan(db, planId),
    openPlans: () => openPlans(db, connectionId),
  }
}

function apply(
  { db, clock, chance, crash }: SqlPorts,
  key: LaneKey,
): Part<'intendedOps' | 'supersede' | 'supersedePlan' | 'recordDispatch' | 'recordOutcomes' | 'opsToSettle'> {
  const { connectionId } = key
  return {
    intendedOps: (planId, afterSequence, limit) => intendedOps(db, planId, { afterSequence, limit }),
    supersede: (opIds, code) => inLane(db, key, (tx) => supersede(tx, connectionId, { opIds, code })),
    supersedePlan: (planId) =>
      inLane(db, key, async (tx) => {
        await supersede(tx, connectionId, { planId })
        await setPlanState(tx, planId, 'superseded')
      }),
    recordDispatch: (dispatch) => inLane(db, key, (tx) => insertDispatch(tx, connectionId, dispatch)),
    recordOutcomes: (outcomes) =>
      inLane(db, key, (tx) => recordOutcomes({ tx, lane: key, stamp: { chance, now: clock.now() }, crash }, outcomes)),
    opsToSettle: (now) => opsToSettle(db, connectionId, now),
  }
}

function record(
  { db }: SqlPorts,
  key: LaneKey,
): Part<
  | 'finishFirstSync'
  | 'closeRun'
  | 'appendEvents'
  | 'writesSince'
  | 'deletesToday'
  | 'saveSweep'
  | 'sweeps'
  | 'markSeen'
  | 'unseenParts'
> {
  const { connectionId } = key
  return {
    finishFirstSync: () => inLane(db, key, (tx) => finishFirstSync(tx, connectionId)),
    closeRun: (run) => inLane(db, key, (tx) => closeRun(tx, run)),
    appendEvents: (events) => inLane(db, key, (tx) => appendEvents(tx, connectionId, events)),
    writesSince: (linkIds, since) => writesSince(db, linkIds, since),
    deletesToday: (kind, side, since) => deletesSince(db, connectionId, { kind, side, since }),
    saveSweep: (sweep) => inLane(db, key, (tx) => saveSweep(tx, connectionId, sweep)),
    sweeps: () => readSweeps(db, connectionId),
    markSeen: (side, collection, remoteIds, sweep) =>
      inLane(db, key, (tx) => markSeen(tx, connectionId, { pass: { side, collection, sweep }, remoteIds })),
    unseenParts: (side, collection, sweep) => unseenParts(db, connectionId, { side, collection, sweep }),
  }
}
