import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { type Hunted, hunt, isCaught, linesOf } from '../../src/mutants/hunt.ts'
import { MUTANTS } from '../../src/mutants/list.ts'
import type { Mutant } from '../../src/mutants/mutant.ts'
import { SIMULATION } from '../../src/mutants/run-catcher.ts'

const place = { root: join(import.meta.dirname, '../../../..'), simulation: SIMULATION }
const LIMIT_MS = 600_000

/** `npm run mutants` asks all of its catchers; one that turns red is enough to say that the guard is missed. */
function byItsFirst(mutant: Mutant): Mutant {
  return { ...mutant, caughtBy: [mutant.caughtBy[0]] }
}

const byName = new Map<string, Hunted>()
beforeAll(async () => {
  await hunt(MUTANTS.map(byItsFirst), place, (hunted) => void byName.set(hunted.mutant.name, hunted))
}, LIMIT_MS)

// That each catcher is green with every guard in its place is what the rest of `npm test` shows; `npm run mutants` asks them first.
// Catches: a guard that can be lost without any test turning red.
test.each(MUTANTS.map(({ name, guard }) => ({ name, guard })))('$name is caught: $guard', ({ name }) => {
  const hunted = byName.get(name)
  if (hunted === undefined) throw new Error(`${name} was not run`)
  expect(isCaught(hunted), linesOf(hunted).join('\n')).toBe(true)
})
