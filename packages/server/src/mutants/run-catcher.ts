import { runNode } from './command.ts'
import type { Catcher } from './mutant.ts'
import { verdictOf } from './test-report.ts'
import type { Tester } from './tester.ts'
import type { Verdict } from './verdict.ts'

export interface CatcherPlace {
  readonly root: string
  readonly tester: Tester
  /** The simulation's command line, less its scenario and seeds: exit code 0 is green, 1 is red. */
  readonly simulation: readonly string[]
}

export const SIMULATION: readonly string[] = [
  '--import',
  './packages/server/src/mutants/register.ts',
  'packages/server/src/simulate/main.ts',
]

/** Runs one catcher with one guard off; null for the mutant: with every guard in its place. */
export async function runCatcher(catcher: Catcher, mutant: string | null, place: CatcherPlace): Promise<Verdict> {
  switch (catcher.type) {
    case 'test': {
      const { path, name } = catcher
      const ran = await place.tester.run({ mutant, paths: [path], names: name === undefined ? [] : [name] })
      return ran.type === 'broken' ? ran : verdictOf(ran.report)
    }
    case 'simulation':
      return simulate(catcher, mutant, place)
  }
}

/** Node itself exits with 1 when a module does not load. */
const DOES_NOT_RUN = /^(?:SyntaxError|ReferenceError|TypeError)\b|\bERR_[A-Z_]+|Stale mutant|no such mutant/m

async function simulate(
  of: Extract<Catcher, { readonly type: 'simulation' }>,
  mutant: string | null,
  place: CatcherPlace,
): Promise<Verdict> {
  const seeds = ['--scenario', of.scenario, '--from', String(of.from), '--seeds', String(of.seeds)]
  const { code, output } = await runNode([...place.simulation, ...seeds], { root: place.root, mutant })
  if (code === 0) return { type: 'green' }
  if (code === 1 && !DOES_NOT_RUN.test(output)) return { type: 'red', by: `simulation of ${of.scenario}` }
  return { type: 'broken', why: `exit code ${code}: ${output.trim().split('\n').slice(-5).join(' / ')}` }
}
