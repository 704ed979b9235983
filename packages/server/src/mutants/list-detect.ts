import type { Mutant } from './mutant.ts'

const POLL = 'packages/sync/src/detect/poll.ts'
const WALK = 'packages/sync/src/detect/walk-collection.ts'
const UNIT_POLL = 'packages/sync/src/detect/poll.test.ts'
const CURSORS = 'packages/server/test/engine/cursors.test.ts'
const WALK_PROPERTY = 'packages/sync/src/detect/walk-collection.property.test.ts'

/** Guards of detection: what changed is marked, whatever happens while it is read (I7). */
export const DETECT_MUTANTS: readonly Mutant[] = [
  {
    name: 'cursor-before-marks',
    guard: 'marks and cursor move in one transaction (C2)',
    invariant: 'I7',
    patches: [
      {
        file: POLL,
        find: `  await walk.lane.mark(
    wanted.map((row) => markOf(at, row, now)),
    of.highWater === null ? null : cursorAt(at, of.highWater),
  )`,
        replace: `  if (of.highWater !== null) await walk.lane.mark([], cursorAt(at, of.highWater))
  await walk.lane.mark(
    wanted.map((row) => markOf(at, row, now)),
    null,
  )`,
      },
    ],
    caughtBy: [
      { type: 'test', path: WALK_PROPERTY, name: 'wherever the process dies' },
      { type: 'test', path: CURSORS, name: 'zoho: a process killed when the cursor has moved' },
      { type: 'test', path: CURSORS, name: 'xero: a process killed when the cursor has moved' },
    ],
  },
  {
    name: 'exclusive-cursor',
    guard: 'a poll begins at or before the second of its cursor, never after it',
    invariant: 'I7',
    patches: [
      {
        file: POLL,
        find: 'return isDrained ? second : addSeconds(second, -OVERLAP_SECONDS[at.side])',
        replace: 'return addSeconds(second, isDrained ? 1 : 1)',
      },
    ],
    caughtBy: [
      { type: 'test', path: WALK_PROPERTY, name: 'an edit that lands in the very last second' },
      { type: 'test', path: CURSORS, name: 'zoho: an edit in the very second' },
      { type: 'test', path: CURSORS, name: 'xero: an edit in the very second' },
    ],
  },
  {
    name: 'drained-too-early',
    guard: 'the overlap is given up only when rows that come late have had their time',
    invariant: 'I7',
    patches: [
      {
        file: 'packages/sync/src/detect/fresh-cache.ts',
        find: 'startedAtMonotonicMs - water.seenAt >= overlapMs',
        replace: 'startedAtMonotonicMs - water.seenAt >= overlapMs * 0',
      },
    ],
    caughtBy: [{ type: 'test', path: UNIT_POLL, name: 'the overlap stays until rows that come late' }],
  },
  {
    name: 'exclusive-anchor',
    guard: 'a walk re-anchors before the last second that it has read',
    invariant: 'I7',
    patches: [
      {
        file: WALK,
        find: 'const next = addSeconds(lastSecond, -1)',
        replace: 'const next = addSeconds(lastSecond, 1)',
      },
    ],
    caughtBy: [{ type: 'test', path: WALK_PROPERTY, name: 'every record is met by one walk' }],
  },
  {
    name: 'page-number-paging',
    guard: 'pages by number are given up as soon as the list is seen to shift',
    invariant: 'I7',
    patches: [
      {
        file: WALK,
        find: 'const isShifted = isShorter || isUncounted || listed.rows.some((row) => seen.has(row.id))',
        replace: 'const isShifted = isShorter && isUncounted && seen.size < 0',
      },
      {
        file: WALK,
        find: "if (sameSecond === 'nextPage' && (await walkByNumber(walk, at, of)) === 'whole') return",
        replace: "if (sameSecond !== 'whole' && (await walkByNumber(walk, at, of)) === 'whole') return",
      },
    ],
    caughtBy: [
      { type: 'test', path: CURSORS, name: 'zoho: every record is planned' },
      { type: 'test', path: CURSORS, name: 'xero: every record is planned' },
    ],
  },
  {
    name: 'every-page-firm',
    guard: 'a page moves the cursor only if nothing older can have been missed',
    invariant: 'I7',
    patches: [
      {
        file: POLL,
        find: 'const target = mayMove && page.isFirm ? reached : null',
        replace: 'const target = mayMove ? reached : null',
      },
    ],
    caughtBy: [{ type: 'test', path: UNIT_POLL, name: 'a process that dies before it notices' }],
  },
  {
    name: 'same-second-not-read-again',
    guard: 'a second that fills pages is read once more (Xero) or walked by id (Zoho)',
    invariant: 'I7',
    patches: [
      {
        file: WALK,
        find: 'if (state.page === 1 || state.passesOfAnchor > 0) return false',
        replace: 'if (state.passesOfAnchor >= 0) return false',
      },
      {
        file: WALK,
        find: 'for (const second of [lastSecond, addSeconds(lastSecond, 1)]) await enumerateSecond(walk, at, { step, second })',
        replace: 'for (const second of [addSeconds(lastSecond, 1)]) await enumerateSecond(walk, at, { step, second })',
      },
    ],
    caughtBy: [{ type: 'test', path: WALK_PROPERTY }],
  },
  {
    name: 'no-overlap',
    guard: 'a poll reaches back behind its cursor, for rows that appear late in a list',
    invariant: 'I7',
    patches: [
      {
        file: POLL,
        find: 'return isDrained ? second : addSeconds(second, -OVERLAP_SECONDS[at.side])',
        replace: 'return isDrained ? second : second',
      },
    ],
    caughtBy: [{ type: 'test', path: UNIT_POLL, name: 'the overlap reaches back a minute' }],
  },
  {
    name: 'range-moves-the-cursor',
    guard: 'a range that begins after the cursor leaves the cursor where it is',
    invariant: 'I7',
    patches: [{ file: POLL, find: 'const mayMove = !leavesGap', replace: 'const mayMove = !leavesGap || leavesGap' }],
    caughtBy: [{ type: 'test', path: UNIT_POLL, name: 'that begins after the cursor does not move it' }],
  },
  {
    name: 'absences-believed',
    guard: 'a whole list that misses too many linked records is doubted',
    invariant: 'I9',
    patches: [
      {
        file: 'packages/sync/src/detect/absence-guard.ts',
        find: "if (of.absent <= allowed) return 'plausible'",
        replace: "if (of.absent <= allowed || of.absent > 0) return 'plausible'",
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/detect/absence-guard.test.ts' }],
  },
  {
    name: 'gone-record-planned',
    guard: 'a record that is gone on one side is held, never written or made again',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-link.ts',
        find: 'if (absent.length > 0) return planAbsence(subject, absent, input)',
        replace: 'if (absent.length > 2) return planAbsence(subject, absent, input)',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/plan/plan-chunk.test.ts' }],
  },
]
