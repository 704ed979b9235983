import { type Catcher, labelOf, type Mutant } from './mutant.ts'
import { type CatcherPlace, runCatcher } from './run-catcher.ts'
import { countOf } from './test-report.ts'

type Test = Extract<Catcher, { readonly type: 'test' }>

/** Catchers that are not green with every guard in its place: they would catch anything. */
export async function catchersThatAreRedAnyway(
  mutants: readonly Mutant[],
  place: CatcherPlace,
): Promise<readonly string[]> {
  const catchers = [...new Map(mutants.flatMap((mutant) => mutant.caughtBy).map((one) => [labelOf(one), one])).values()]
  const tests = catchers.filter((catcher) => catcher.type === 'test')
  const simulations = catchers.filter((catcher) => catcher.type === 'simulation')
  const complaints = [
    ...(await notGreen(
      tests.filter((test) => test.name === undefined),
      place,
    )),
    ...(await notGreen(
      tests.filter((test) => test.name !== undefined),
      place,
    )),
  ]
  for (const catcher of simulations) {
    const verdict = await runCatcher(catcher, null, place)
    if (verdict.type !== 'green') complaints.push(`${labelOf(catcher)}: ${verdict.type} without any mutant`)
  }
  return complaints
}

async function notGreen(tests: readonly Test[], { tester }: CatcherPlace): Promise<readonly string[]> {
  if (tests.length === 0) return []
  const paths = [...new Set(tests.map((test) => test.path))]
  const ran = await tester.run({ mutant: null, paths, names: tests.flatMap((test) => test.name ?? []) })
  if (ran.type === 'broken') return [ran.why]
  return tests.flatMap((test) => {
    const { passed, failed } = countOf(ran.report, { path: test.path, name: test.name })
    return passed > 0 && failed === 0 ? [] : [`${labelOf(test)}: ${passed} passed, ${failed} failed without any mutant`]
  })
}
