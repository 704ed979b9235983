import type { Mutant } from './mutant.ts'

const MARK_ROW = 'packages/sync/src/store/rules/mark-row.ts'
const GONE_AND_BACK = 'packages/server/test/regression/gone-and-back.test.ts'

/** Guards of what was planned or sent, and not known to be done: nothing may be lost with it (I3), or written early (I9). */
export const UNDONE_MUTANTS: readonly Mutant[] = [
  {
    name: 'no-doubt-about-unknown-writes',
    guard: 'what an update without an answer has written is our own, and no edit that conflicts with the next one',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/apply/doubts.ts',
        find: "if (op.verb !== 'update') return []",
        replace: 'return []',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/regression/lost-update-answers.test.ts',
        name: 'a quantity typed again in Zoho meanwhile reaches Xero, and nothing conflicts',
      },
    ],
  },
  {
    name: 'dropped-op-leaves-a-look',
    guard: "the mark of a dropped op asks for a full look: its own side alone shows nothing of the other's edit",
    invariant: 'I3',
    patches: [
      { file: MARK_ROW, find: "return LOOK_REASONS.includes(reason) ? 'recover' : reason", replace: 'return reason' },
    ],
    caughtBy: [
      {
        type: 'test',
        path: GONE_AND_BACK,
        name: 'a contact un-archived, the plan for what waited is dropped: the edit crosses with the next one',
      },
    ],
  },
  {
    name: 'a-look-weakens-a-mark',
    guard: 'a poll that sees the record again does not turn a mark that asks for both sides into a look at one',
    invariant: 'I3',
    patches: [
      {
        file: MARK_ROW,
        find: 'reason: isWaiting ? strongerReason(old.reason, next.reason) : next.reason',
        replace: 'reason: next.reason',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: GONE_AND_BACK,
        name: 'a contact un-archived, the plan for what waited is dropped: the edit crosses with the next one',
      },
    ],
  },
  {
    name: 'people-read-before-their-company',
    guard: 'people who were read before their company are asked again before they count as gone',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/detect/reread-people.ts',
        find: 'return older.length === 0 ? [] : readFresh(walk, older, () => false)',
        replace: 'return []',
      },
      {
        file: 'packages/sync/src/detect/reread-people.ts',
        find: 'for (const ref of older) walk.cache.drop(ref)',
        replace: '',
      },
      // Asking a company's people before it gets another would find them as well.
      {
        file: 'packages/sync/src/draw-up.ts',
        find: 'if (companies.length === 0) return first',
        replace: 'return first',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: GONE_AND_BACK,
        name: 'a company restored while a sweep lists its people keeps them, though one was renamed in Xero meanwhile',
      },
    ],
  },
  {
    name: 'people-not-asked-before-a-create',
    guard: 'before a company gets another person, the people whom it has are asked for',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/draw-up.ts',
        find: 'if (companies.length === 0) return first',
        replace: 'return first',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/lost-answers.test.ts',
        name: 'a person whose mailbox changed in Xero before the lost create was looked for stands once',
      },
    ],
  },
  {
    name: 'oldest-tick-wins',
    guard: 'of several people who are ticked the primary stays the one whom Xero names',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/detect/views.ts',
        find: 'ticked.find(isChosen) ??',
        replace: '',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/persons-moved.test.ts',
        name: 'two who are ticked after a merge: the one whom Xero names stays the primary',
      },
    ],
  },
  {
    name: 'marks-of-one-cause-are-freed',
    guard: 'two rows of one link refused for one cause are one item that keeps the marks of both',
    invariant: 'I15',
    patches: [
      {
        file: 'packages/sync/src/store/rules/refusal.ts',
        find: 'return { ...outcome.hold, marks: [...outcome.hold.marks, ...marks] }',
        replace: 'return outcome.hold',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/test/store/memory.test.ts',
        name: 'two ops of one link refused for one cause in one answer are one item that keeps the marks',
      },
    ],
  },
  {
    name: 'first-sync-done-with-marks-left',
    guard: 'the first sync is done only when no mark is left for later, as a clock set back leaves them all',
    invariant: 'I9',
    patches: [
      {
        file: 'packages/sync/src/pass.ts',
        find: 'if (!isFull || connection.firstSyncDone || (await isAnythingLater(walk))) return last',
        replace: 'if (!isFull || connection.firstSyncDone) return last',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/pass.test.ts',
        name: 'waits for its approval, though our clock was set back and no mark is due',
      },
    ],
  },
  {
    name: 'late-check-counts',
    guard: 'a check whose answer came late, because the process was frozen, is made again before the write',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/apply/moved.ts',
        find: 'if (checks >= CHECKS_LIMIT || ',
        replace: 'if (checks >= 1 || ',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/apply/moved.test.ts', name: 'a check whose answer came too late' },
    ],
  },
  {
    name: 'throttled-writes-unchecked',
    guard: 'what waits before it is sent anew is checked again',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/apply/send-batch.ts',
        find: 'ops = await standingOps(walk, ops)',
        replace: 'if (dispatches === 1) ops = await standingOps(walk, ops)',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/apply/moved.test.ts', name: 'what was throttled is checked again' },
    ],
  },
  {
    name: 'former-link-taken-again',
    guard: 'a record that left its link to another one begins a new link, and does not enter the old one',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/draw-up.ts',
        find: 'further.get(refKey(ref)) ?? ',
        replace: '',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/customers-followed.test.ts',
        name: 'the one that was merged away and is restored has a link of its own',
      },
    ],
  },
]
