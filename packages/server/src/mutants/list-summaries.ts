import type { Mutant } from './mutant.ts'

const SUMMARIES = 'packages/server/test/engine/daily-summaries.test.ts'
const CHANGED = 'packages/server/test/engine/daily-summaries-changed.test.ts'
const CRASH = 'packages/server/test/regression/summaries-crash.test.ts'
const RULES = 'packages/sync/src/mapping/invoice/summary-mapping.ts'
const RULES_TEST = 'packages/sync/src/mapping/invoice/summary-mapping.test.ts'

/** Guards of daily summaries: each invoice in one of them, and to the cent (R26). */
export const SUMMARY_MUTANTS: readonly Mutant[] = [
  {
    name: 'summary-dissolved',
    guard: 'a link that sums up invoices is never dissolved for another',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/store/rules/half-link.ts',
        find: 'if (memberParts(link).length > 0) return false',
        replace: 'if (memberParts(link).length > 1_000) return false',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/test/store/memory.test.ts',
        name: 'a link that sums up invoices keeps each',
      },
    ],
  },
  {
    name: 'members-not-on-record',
    guard: 'every member is a part of its summary before that is sent',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-summary.ts',
        find: 'parts: [...members, ...others]',
        replace: 'parts: [...members.slice(0, 1), ...others]',
      },
    ],
    caughtBy: [{ type: 'test', path: CRASH, name: 'wherever it dies' }],
  },
  {
    name: 'summary-of-a-day-that-lasts',
    guard: 'a day is summed up when it is over',
    invariant: 'I11',
    patches: [{ file: RULES, find: 'day < today', replace: 'day <= today' }],
    caughtBy: [
      { type: 'test', path: RULES_TEST, name: 'is over on the 21st' },
      { type: 'test', path: SUMMARIES, name: 'waits until the day is over' },
    ],
  },
  {
    name: 'day-not-waited-for',
    guard: 'a mark that was renewed since it was read is not put off to the end of its day',
    invariant: 'I7',
    patches: [
      {
        file: 'packages/sync/src/store/memory/marks.ts',
        find: 'if (row?.token === token)',
        replace: 'if (row !== undefined && token !== null)',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/test/store/memory.test.ts', name: 'a mark that is postponed waits' },
    ],
  },
  {
    name: 'sending-reaches-back',
    guard: 'an invoice goes to Xero as was chosen when it was made',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/invoice/sending.ts',
        find: 'if (first === undefined || createdAt === null) return sending',
        replace: 'if (first === undefined || createdAt !== undefined) return sending',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/mapping/invoice/sending.test.ts', name: 'made at' },
      { type: 'test', path: SUMMARIES, name: 'switching it on or off' },
    ],
  },
  {
    name: 'summary-is-an-invoice',
    guard: 'a summary in Xero is nobody’s partner, and comes into the CRM as nothing',
    invariant: 'I2',
    patches: [
      {
        file: RULES,
        find: "record?.side === 'xero' && isSummaryInXero(",
        replace: "record?.id === '' && isSummaryInXero(",
      },
    ],
    caughtBy: [{ type: 'test', path: RULES_TEST, name: 'is nobody' }],
  },
  {
    name: 'unheard-summary-by-number-alone',
    guard: 'the unanswered create of a summary is looked for by its Url too, whatever its number is by then',
    invariant: 'I2',
    patches: [{ file: RULES, find: "...(url === '' ? []", replace: "...(url !== '' ? []" }],
    caughtBy: [{ type: 'test', path: CRASH, name: 'renumbered before anybody looked' }],
  },
  {
    name: 'summary-figure-written-over',
    guard: 'a figure that somebody has changed on a summary in Xero is told, and not written over',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-summary-update.ts',
        find: 'if (lines.isEdited) return',
        replace: "if (lines.isEdited && input.planId === '') return",
      },
    ],
    caughtBy: [{ type: 'test', path: CHANGED, name: 'a figure that was changed in Xero' }],
  },
  {
    name: 'summary-without-its-rounding',
    guard: 'a member whose total is not that of its rows waits by itself',
    invariant: 'I11',
    patches: [
      {
        file: 'packages/sync/src/mapping/invoice/summary-share.ts',
        find: 'if (faults.length === 0) faults.push(',
        replace: 'if (faults.length < 0) faults.push(',
      },
    ],
    caughtBy: [
      { type: 'test', path: RULES_TEST, name: 'an Adjustment' },
      { type: 'test', path: 'packages/sync/src/mapping/invoice/summary.property.test.ts' },
    ],
  },
]
