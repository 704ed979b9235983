import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chosenMutant } from './chosen.ts'
import { MUTANTS } from './list.ts'
import type { Mutant } from './mutant.ts'
import { mutantsPage } from './page.ts'
import { patched } from './patch.ts'
import { staleness } from './stale.ts'

const root = join(import.meta.dirname, '../../../..')

// Catches: a mutant whose place has moved on: it would take nothing away, and its test would prove nothing.
test('every mutant takes its guard away in one place, still strips to JavaScript, and names catchers that exist', () => {
  expect(staleness(MUTANTS, root)).toEqual([])
})

// Catches: a guard of the design that nobody switches off any more.
test('the guards that the design stands on are all there', () => {
  const asked = [
    'no-natural-key',
    'no-probe-before-re-create',
    'blind-retry',
    'whole-record-writes',
    'whole-record-shadow',
    'no-conflict-row',
    'no-re-check-before-write',
    'naive-version',
    'adopt-whatever-clashes',
    'upsert-instead-of-insert',
    'planning-over-an-unsettled-create',
    'cursor-before-marks',
    'exclusive-cursor',
    'page-number-paging',
    'no-settle-time',
    'no-lane-lock',
    'marks-without-token',
  ]
  const names = MUTANTS.map((mutant) => mutant.name)
  expect(asked.filter((name) => !names.includes(name))).toEqual([])
})

// Catches: a page that tells of guards and tests that are no more.
test('docs/mutants.md says what the list says', () => {
  expect(readFileSync(join(root, 'docs/mutants.md'), 'utf8')).toBe(mutantsPage(MUTANTS))
})

// Catches: a mistyped switch that silently runs the product as it is, and reports every mutant alive, or none.
test('an unknown switch is a loud error, an absent one is none', () => {
  expect(() => chosenMutant('no-such-guard')).toThrow(/no such mutant/)
  expect(chosenMutant(undefined)).toBeNull()
  expect(chosenMutant('')).toBeNull()
})

describe('a list that is not well is told', () => {
  const file = 'packages/sync/src/pass.ts'
  const good: Mutant = {
    name: 'rounds',
    guard: 'rounds',
    invariant: 'I5',
    patches: [{ file, find: 'ROUNDS_LIMIT = 3', replace: 'ROUNDS_LIMIT = 4' }],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/pass.test.ts' }],
  }
  const withPatch = (find: string, replace: string): Mutant => ({ ...good, patches: [{ file, find, replace }] })

  test.each([
    ['a snippet that is gone', [withPatch('ROUNDS_LIMIT = 77', '')], /Stale mutant/],
    ['a snippet that stands twice', [withPatch('ROUNDS_LIMIT', 'X')], /Stale mutant/],
    ['a replacement that does not parse', [withPatch('ROUNDS_LIMIT = 3', 'ROUNDS_LIMIT = = 3')], /rounds: /],
    ['a replacement that changes nothing', [withPatch('ROUNDS_LIMIT = 3', 'ROUNDS_LIMIT = 3')], /changes nothing/],
    ['no patch at all', [{ ...good, patches: [] }], /takes nothing away/],
    ['two of one name', [good, good], /two mutants/],
    ['a catcher that is gone', [{ ...good, caughtBy: [{ type: 'test', path: 'gone.test.ts' }] }], /no gone.test.ts/],
  ] as const)('%s', (_what, mutants, complaint) => {
    expect(staleness([good], root)).toEqual([])
    expect(staleness(mutants, root).join('\n')).toMatch(complaint)
  })
})

// Catches: a replacement text that is read as a pattern (`$&`), or a second patch that undoes the first.
test('patches of one file follow each other, word for word', () => {
  const patches = [
    { file: 'a.ts', find: 'one', replace: '$& two' },
    { file: 'a.ts', find: 'two', replace: 'three' },
    { file: 'b.ts', find: 'one', replace: 'elsewhere' },
  ]
  expect(patched(patches, 'a.ts', 'one')).toBe('$& three')
})
