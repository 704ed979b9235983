import type { Mutant } from './mutant.ts'

const OUTCOME_OF = 'packages/sync/src/apply/outcome-of.ts'
const FRESH_CACHE = 'packages/sync/src/detect/fresh-cache.ts'
const UNIT_OUTCOME = 'packages/sync/src/apply/outcome-of.test.ts'

/** Guards of what is believed of a record without looking again (I16). */
export const VERSION_MUTANTS: readonly Mutant[] = [
  {
    name: 'naive-version',
    guard: 'a version is stored only once its second is over (VERSION RULE)',
    invariant: 'I16',
    patches: [
      {
        file: FRESH_CACHE,
        find: 'return fresh.sentAtMonotonicMs - sightings.firstSeen(record, monotonic()) >= VERSION_SETTLES_MS',
        replace: 'return fresh.sentAtMonotonicMs >= 0',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/detect/sightings.property.test.ts' }],
  },
  {
    name: 'version-of-a-write-trusted',
    guard: 'the version of a write answer is not stored: a Zoho write answers no fields',
    invariant: 'I16',
    patches: [
      {
        file: OUTCOME_OF,
        find: '          version: null,\n          shadow:',
        replace: '          version: at.row.version,\n          shadow:',
      },
      {
        file: OUTCOME_OF,
        find: "version: at.row.record === null ? null : ('keep' as const)",
        replace: 'version: at.row.version',
      },
    ],
    caughtBy: [{ type: 'test', path: UNIT_OUTCOME, name: 'the version is forgotten, the write remembered' }],
  },
  {
    name: 'version-of-an-uncompared-side',
    guard: 'a version is stored only if every mapped field of that record was compared and nothing is on its way',
    invariant: 'I16',
    patches: [
      {
        file: 'packages/sync/src/plan/settle.ts',
        find: "return cleanSides.has(record.side) && input.isSettledVersion(record) ? record.version : 'keep'",
        replace: "return cleanSides.size >= 0 && input.isSettledVersion(record) ? record.version : 'keep'",
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/plan/plan-chunk.property.test.ts',
        name: 'a version is stored only where nothing of the record is on its way',
      },
    ],
  },
  {
    name: 'no-read-back-of-documents',
    guard: 'each written Zoho document is read back once',
    invariant: 'I11',
    patches: [
      {
        file: OUTCOME_OF,
        find: 'if (!isZohoDocument && !at.isForeign) return []',
        replace: 'if (!at.isForeign) return []',
      },
    ],
    caughtBy: [{ type: 'test', path: UNIT_OUTCOME, name: 'and read once' }],
  },
  {
    name: 'foreign-edit-not-looked-at',
    guard: "a field that we did not write and that is not as we know it keeps the record's mark",
    invariant: 'I3',
    patches: [
      {
        file: OUTCOME_OF,
        find: 'isForeign: foreign.length > 0',
        replace: 'isForeign: foreign.length < 0',
      },
    ],
    caughtBy: [{ type: 'test', path: UNIT_OUTCOME, name: 'whose answer shows another field edited meanwhile' }],
  },
]
