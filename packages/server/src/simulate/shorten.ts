import { type JudgedSeed, judgeSeed } from './judged.ts'
import type { Scenario } from './scenario.ts'
import type { SimulationOptions } from './simulation.ts'

/** What can be taken away from a scenario, by name, for `--without`. */
export const PARTS = [
  'crash',
  'trouble',
  'deedOnWay',
  'skew',
  'post',
  'remove',
  'merge',
  'money',
  'sell',
  'credit',
  'buy',
  'create',
  'both',
  'halves',
] as const
export type Part = (typeof PARTS)[number]

/** Attempts at a shorter trace; each is a whole simulation. */
const ATTEMPTS_LIMIT = 24

export function without(scenario: Scenario, part: Part): Scenario {
  const { rates, people } = scenario
  switch (part) {
    case 'crash':
    case 'trouble':
    case 'deedOnWay':
      return { ...scenario, rates: { ...rates, [part]: 0 } }
    case 'skew':
      return { ...scenario, isSkewed: false }
    case 'post':
      return { ...scenario, post: { lost: 0, doubled: 0, shuffled: 0, dayLate: 0 } }
    case 'remove':
    case 'merge':
    case 'money':
    case 'sell':
    case 'credit':
    case 'buy':
    case 'create':
      return { ...scenario, people: { ...people, [part]: 0 } }
    case 'both':
      return { ...scenario, people: { ...people, sameFieldOnBoth: 0 } }
    case 'halves':
      return { ...scenario, people: { ...people, halfTyped: 0 } }
  }
}

export interface Shorter {
  readonly turns: number
  readonly without: readonly Part[]
  readonly result: JudgedSeed
}

/** The same violation with fewer turns and fewer kinds of trouble: what is left explains it best. */
export async function shorten(options: SimulationOptions, found: JudgedSeed): Promise<Shorter> {
  const wanted = new Set(found.violations.map((one) => one.invariant))
  let best: Shorter = { turns: options.scenario.turns, without: [], result: found }
  let attempts = 0
  const attempt = async (turns: number, parts: readonly Part[]): Promise<boolean> => {
    if (attempts >= ATTEMPTS_LIMIT) return false
    attempts += 1
    const scenario = parts.reduce(without, { ...options.scenario, turns })
    const result = await judgeSeed({ ...options, scenario })
    if (!result.violations.some((one) => wanted.has(one.invariant))) return false
    best = { turns, without: parts, result }
    return true
  }
  for (const part of PARTS) await attempt(best.turns, [...best.without, part])
  for (let turns = Math.floor(best.turns / 2); turns >= 1; turns = Math.floor(turns / 2)) {
    if (!(await attempt(turns, best.without))) break
  }
  while (best.turns > 1 && (await attempt(best.turns - 1, best.without)));
  return best
}
