import type { Mutant } from './mutant.ts'

const DOCUMENT = 'packages/sync/src/mapping/document'
const ENGINE = 'packages/server/test/engine/mapping-document.test.ts'

/** Guards of what people map themselves. */
export const MAPPING_MUTANTS: readonly Mutant[] = [
  {
    name: 'mapping-without-preview',
    guard: 'a changed mapping writes nothing before a person has approved its preview',
    invariant: 'I9',
    patches: [
      {
        file: 'packages/sync/src/store/memory/connections.ts',
        find: "firstSyncDone: firstSyncDone && (how === 'keep' || how === 'bump'),",
        replace: 'firstSyncDone,',
      },
    ],
    caughtBy: [{ type: 'test', path: ENGINE, name: 'writes nothing before its preview is approved' }],
  },
  {
    name: 'base-of-an-older-mapping',
    guard: 'a shadow of an older mapping is no base, also once the rest of its link is re-baselined',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-fields.ts',
        find: 'return shadow !== undefined && isBase(shadow) ? shadow : undefined',
        replace: 'return shadow',
      },
    ],
    caughtBy: [{ type: 'test', path: ENGINE, name: 'the preview says the same however often' }],
  },
  {
    name: 'wider-table-without-bases',
    guard: 'links keep their bases where a value table has only grown',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/store/memory/connections.ts',
        find: "if (how === 'widen') carryOver(tablesOf(world, id), generation)",
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: ENGINE, name: 'each side speaks its own words' }],
  },
  {
    name: 'unlisted-mapped-fields',
    guard: 'lists ask for every field that a mapping reads: what is missing in a list reads as emptied',
    invariant: 'I1',
    patches: [
      {
        file: `${DOCUMENT}/zoho-names.ts`,
        find: 'names[module] = [...(names[module] ?? []), key, ...others]',
        replace: 'names[module] = [...(names[module] ?? []), ...others]',
      },
    ],
    caughtBy: [{ type: 'test', path: `${DOCUMENT}/with-document.test.ts`, name: 'lists ask for every field' }],
  },
  {
    name: 'any-method-in-expressions',
    guard: 'expressions may call only what ends at once: no patterns, loops or names for results',
    invariant: 'I10',
    patches: [
      { file: `${DOCUMENT}/expression-language.ts`, find: 'if (!METHODS.has(name))', replace: "if (name === '')" },
    ],
    caughtBy: [{ type: 'test', path: `${DOCUMENT}/expression.test.ts`, name: 'is refused when it is saved' }],
  },
  {
    name: 'broken-mapping-stored',
    guard: 'a mapping with a fault changes nothing',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/server/src/operations/connections.ts',
        find: 'if (refused !== null) return refused',
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/server/test/mapping.test.ts', name: 'changes nothing and says why' }],
  },
]
