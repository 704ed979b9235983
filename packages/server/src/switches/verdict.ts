import type { ScenarioEnd } from '../rig/scenario-small-company.ts'
import type { Expected } from './expected.ts'

const NOTHING: Expected = { holds: [], missing: [], reason: '' }

/** What is wrong with this end, measured against the same company with every switch at its default. */
export function complaints(end: ScenarioEnd, baseline: ScenarioEnd, expected: Expected = NOTHING): readonly string[] {
  const extra = [...end.inbox].flatMap(([key, count]) => (count > (baseline.inbox.get(key) ?? 0) ? [key] : []))
  return [
    ...end.faults,
    ...(end.neededSweep && expected.needsSweep !== true ? ['only a sweep brought it about'] : []),
    ...(!end.neededSweep && expected.needsSweep === true ? ['a sweep was expected to be needed, and was not'] : []),
    ...end.missing.filter((name) => !expected.missing.includes(name)).map((name) => `did not cross: ${name}`),
    ...extra.filter((key) => !expected.holds.includes(key)).map((key) => `unexpected in the inbox: ${key}`),
    // A hold that was expected and did not come is a table that nobody keeps true.
    ...expected.holds.filter((key) => !extra.includes(key)).map((key) => `expected in the inbox, not there: ${key}`),
    ...expected.missing.filter((name) => !end.missing.includes(name)).map((name) => `crossed after all: ${name}`),
  ]
}
