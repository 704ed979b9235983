import type { Mutant } from './mutant.ts'

const MEMORY_LANE = 'packages/sync/src/store/memory/lane.ts'
const MEMORY_MARKS = 'packages/sync/src/store/memory/marks.ts'
const SQL_FENCE = 'packages/sync/src/store/sql/fence.ts'
const SQL_MARKS = 'packages/sync/src/store/sql/marks.ts'
const MEMORY = 'packages/sync/test/store/memory.test.ts'
const EMBEDDED = 'packages/sync/test/store/embedded.test.ts'

/** Guards of the store, in memory and in SQL alike. */
export const STORE_MUTANTS: readonly Mutant[] = [
  {
    name: 'no-lane-lock',
    guard: 'one worker at a time walks a connection',
    invariant: 'I2',
    patches: [
      { file: MEMORY_LANE, find: 'if (!isFree) return undefined', replace: '' },
      {
        file: SQL_FENCE,
        find: 'where lease.lease_until <= ',
        replace: 'where true or lease.lease_until <= ',
      },
    ],
    caughtBy: [
      { type: 'test', path: MEMORY, name: 'a second owner gets nothing while the lease runs' },
      { type: 'test', path: EMBEDDED, name: 'a second owner gets nothing while the lease runs' },
    ],
  },
  {
    name: 'no-fence',
    guard: 'every write of a lane checks that no newer owner has it (C17)',
    invariant: 'I2',
    patches: [
      {
        file: MEMORY_LANE,
        find: 'if (tables.lease.fence !== claim.fence)',
        replace: 'if (tables.lease.fence < claim.fence)',
      },
      {
        file: SQL_FENCE,
        find: '    if (rows.length === 0) throw new LeaseLost(lane.connectionId)\n    return work(tx)',
        replace: '    return work(tx)',
      },
    ],
    caughtBy: [
      { type: 'test', path: MEMORY, name: 'after the lease a newer owner has a newer fence' },
      { type: 'test', path: EMBEDDED, name: 'after the lease a newer owner has a newer fence' },
    ],
  },
  {
    name: 'marks-without-token',
    guard: 'a mark is deleted only where its token is the one that was planned',
    invariant: 'I3',
    patches: [
      {
        file: MEMORY_MARKS,
        find: 'if (tables.marks.get(key)?.token === mark.token) tables.marks.delete(key)',
        replace: 'tables.marks.delete(key)',
      },
      {
        file: SQL_MARKS,
        find: 'and d.remote_id = m."remoteId" and d.token = m.token`.execute(db)\n}\n\n/** Moves',
        replace: 'and d.remote_id = m."remoteId"`.execute(db)\n}\n\n/** Moves',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/detect/poll.test.ts', name: 'a mark that was renewed meanwhile' },
      { type: 'test', path: EMBEDDED, name: 're-marking gives a new token' },
    ],
  },
  {
    name: 'ops-own-renewed-marks',
    guard: 'a mark that was renewed since it was read belongs to no op and no hold',
    invariant: 'I3',
    patches: [
      {
        file: MEMORY_MARKS,
        find: 'if (row === undefined || (token !== undefined && token !== row.token)) continue',
        replace: 'if (row === undefined) continue',
      },
    ],
    caughtBy: [{ type: 'test', path: MEMORY, name: 'a mark renewed between reading and recording is not owned' }],
  },
  {
    name: 'record-in-two-links',
    guard: 'the store itself forbids a record in two links',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/store/rules/taken.ts',
        find: 'if (by !== undefined && by !== linkId) taken.push({ linkId, ref, by })',
        replace: 'if (by !== undefined && by === ref.remoteId) taken.push({ linkId, ref, by })',
      },
    ],
    caughtBy: [{ type: 'test', path: MEMORY, name: 'a record cannot be in two links' }],
  },
  {
    name: 'cursor-moves-back',
    guard: 'a cursor never moves backwards',
    invariant: 'I7',
    patches: [
      {
        file: MEMORY_MARKS,
        find: 'if (old === undefined || old.highWater <= cursor.highWater) tables',
        replace: 'tables',
      },
    ],
    caughtBy: [{ type: 'test', path: MEMORY, name: 'a cursor moves with the marks and never back' }],
  },
  {
    name: 'lane-without-transaction',
    guard: 'what a lane writes together is committed together (C9)',
    invariant: 'I1',
    patches: [
      {
        file: SQL_FENCE,
        find: 'return db.transaction().execute(async (tx) => {',
        replace: 'return Promise.resolve(db).then(async (tx) => {',
      },
    ],
    caughtBy: [{ type: 'test', path: EMBEDDED, name: 'a dispatch that cannot be recorded moves none' }],
  },
  {
    name: 'left-over-lock-stays',
    guard: 'the lock file of a killed PostgreSQL, empty or torn, keeps nobody out',
    invariant: 'I15',
    patches: [
      {
        file: 'packages/sync/src/store/embedded/open.ts',
        find: 'dropLeftOverLock(folder)\n  try',
        replace: 'try',
      },
    ],
    caughtBy: [{ type: 'test', path: EMBEDDED, name: 'a lock file that a killed process left' }],
  },
  {
    name: 'plans-of-dissolved-links',
    guard: 'what was planned of a half link goes with it when its record finds its partner in another',
    invariant: 'I15',
    patches: [
      {
        file: 'packages/sync/src/store/memory/chunk.ts',
        find: 'new Set([...dissolved, ',
        replace: 'new Set([',
      },
      {
        file: 'packages/sync/src/store/sql/chunk.ts',
        find: 'new Set([...dissolved, ',
        replace: 'new Set([',
      },
    ],
    caughtBy: [{ type: 'test', path: MEMORY, name: 'what else is planned of a link that dissolves' }],
  },
]
