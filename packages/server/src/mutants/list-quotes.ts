import type { Mutant } from './mutant.ts'

const QUOTES = 'packages/server/test/engine/quotes.test.ts'
const STEPS = 'packages/sync/src/plan/steps.test.ts'

/** Guards that quotes brought: statuses by steps, content of one owner, records that can carry no reference of ours. */
export const QUOTE_MUTANTS: readonly Mutant[] = [
  {
    name: 'all-steps-at-once',
    guard: 'a status that the target reaches by steps is written one step at a time',
    invariant: 'I15',
    patches: [
      {
        file: 'packages/sync/src/plan/steps.ts',
        find: "if (step === undefined) return { type: 'whole' }",
        replace: "if (step?.type !== 'locked') return { type: 'whole' }",
      },
    ],
    caughtBy: [
      { type: 'test', path: STEPS, name: 'a create takes the first' },
      { type: 'test', path: QUOTES, name: 'Confirmed' },
    ],
  },
  {
    name: 'step-absorbs-the-source',
    guard: 'after a step the source is remembered to have said no more than what was written',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-fields.ts',
        find: 'const said = part === null ? at.values[source] : part.base',
        replace: 'const said = at.values[source]',
      },
    ],
    caughtBy: [
      { type: 'test', path: STEPS, name: 'an update from A takes the next' },
      { type: 'test', path: QUOTES, name: 'a draft that the CRM says is won' },
    ],
  },
  {
    name: 'step-not-planned-again',
    guard: 'a confirmed step marks its record',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/apply/outcome-of.ts',
        find: "if (op.changes.every((change) => change.reason !== 'step')) return []",
        replace: 'if (op.changes.length >= 0) return []',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/apply/outcome-of.test.ts', name: 'that was a step' }],
  },
  {
    name: 'closed-status-overruled',
    guard: 'where both sides differ, a quote that the customer has answered in Xero is right, an open one in the CRM',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/merge-field.ts',
        find: "return rule.direction === 'both' ? rule.winner?.(zoho, xero) : undefined",
        replace: "return rule.direction === 'both' && zoho === xero ? rule.winner?.(zoho, xero) : undefined",
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/plan/merge-field.test.ts', name: 'both changed, Xero says' },
      { type: 'test', path: QUOTES, name: 'when the answer to its create was lost' },
    ],
  },
  {
    name: 'said-again-over-an-edit',
    guard: 'an update that says other fields again goes only while the record is as it was read',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/apply/recheck.ts',
        find: "if (!isSameVersion && mapping.repeated !== undefined && op.side === 'xero') return false",
        replace: '',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/apply/recheck.test.ts',
        name: 'does not stand where the update says other',
      },
    ],
  },
  {
    name: 'quote-lines-flow-back',
    guard: 'lines of a quote are written in the CRM only',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/mapping/quote/locks.ts',
        find: "if (field === 'lines')",
        replace: "if (field === 'lines' && stage === 'never')",
      },
    ],
    caughtBy: [{ type: 'test', path: QUOTES, name: 'lines that were changed in Xero do not reach the CRM' }],
  },
  {
    name: 'uncounted-list-by-number',
    guard: 'a list that says no count is not read by page numbers',
    invariant: 'I7',
    patches: [
      {
        file: 'packages/sync/src/detect/walk-collection.ts',
        find: 'const isUncounted = listed.hasMore && listed.itemCount === undefined',
        replace: 'const isUncounted = listed.hasMore && listed.itemCount === -1',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/detect/poll.test.ts', name: 'a list without a count' }],
  },
  {
    name: 'part-of-a-number',
    guard: 'what a remote finds by a key is compared exactly in code',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/remotes/xero/find.ts',
        find: 'if (values.some((value) => sameKey(field, shown, value))) found.set(record.id, record)',
        replace: 'if (values.some((value) => shown.includes(value))) found.set(record.id, record)',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/remotes/xero/quotes.test.ts', name: 'exactly, 1 at a time' }],
  },
  {
    name: 'renumbered-quote-not-looked-for',
    guard: 'a quote whose create may have had no answer is looked for among all of its customer',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/quote/quote-mapping.ts',
        find: '    lostLookups: lostQuoteLookups,\n',
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: QUOTES, name: 'somebody gave it another number' }],
  },
]
