import { labelOf, type Mutant } from './mutant.ts'
import { type CatcherPlace, runCatcher } from './run-catcher.ts'
import { openTester } from './tester.ts'
import type { Verdict } from './verdict.ts'

export interface Hunted {
  readonly mutant: Mutant
  /** One for each catcher, in its order. */
  readonly verdicts: readonly Verdict[]
  readonly seconds: number
}

/** As many cores as we count on. */
const AT_A_TIME = 2

/** Runs every mutant against every catcher of its own, two at a time; tells each as it ends. */
export async function hunt(
  mutants: readonly Mutant[],
  place: Omit<CatcherPlace, 'tester'>,
  tell: (hunted: Hunted) => void,
): Promise<readonly Hunted[]> {
  const waiting = [...mutants.entries()]
  const done = new Map<number, Hunted>()
  const worker = async () => {
    const tester = openTester(place.root)
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, mutant] = next
        const hunted = await huntOne(mutant, { ...place, tester })
        done.set(index, hunted)
        tell(hunted)
      }
    } finally {
      tester.close()
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  return mutants.flatMap((_, index) => done.get(index) ?? [])
}

async function huntOne(mutant: Mutant, place: CatcherPlace): Promise<Hunted> {
  const started = performance.now()
  const verdicts: Verdict[] = []
  for (const catcher of mutant.caughtBy) verdicts.push(await runCatcher(catcher, mutant.name, place))
  return { mutant, verdicts, seconds: (performance.now() - started) / 1000 }
}

export function isCaught({ verdicts }: Hunted): boolean {
  return verdicts.length > 0 && verdicts.every((verdict) => verdict.type === 'red')
}

/** One line of the table, and one below it for every catcher that has not caught. */
export function linesOf(hunted: Hunted): readonly string[] {
  const { mutant, verdicts, seconds } = hunted
  const mark = isCaught(hunted) ? 'caught' : 'ALIVE '
  const [first] = verdicts
  const by = first?.type === 'red' ? first.by : ''
  return [
    `${mark} ${mutant.name.padEnd(34)} ${seconds.toFixed(1).padStart(6)} s  ${by}`,
    ...verdicts.flatMap((verdict, index) => complaint(verdict, labelOf(mutant.caughtBy[index] ?? mutant.caughtBy[0]))),
  ]
}

function complaint(verdict: Verdict, catcher: string): readonly string[] {
  switch (verdict.type) {
    case 'red':
      return []
    case 'green':
      return [`       green: ${catcher}`]
    case 'broken':
      return [`       broken: ${catcher}: ${verdict.why}`]
  }
}
