import { expect, test } from 'vitest'
import { type Database, runCampaign, type SeedJob } from '../../src/simulate/campaign.ts'
import { ROTATION, scenarioNamed } from '../../src/simulate/scenarios.ts'
import { simulate } from '../../src/simulate/simulation.ts'
import { complaintsAbout } from '../../src/simulate/verdict.ts'

/** Always the same ones here; `npm run simulate` begins where nobody has been. */
function jobs(from: number, seeds: number, database: Database): readonly SeedJob[] {
  return Array.from({ length: seeds }, (_, index) => {
    const scenario = ROTATION[index % ROTATION.length] ?? ''
    return { seed: from + index, scenario, database }
  })
}

async function redSeeds(from: number, seeds: number, database: Database): Promise<readonly string[]> {
  const report = await runCampaign(jobs(from, seeds, database))
  const red = report.seeds.filter((seed) => seed.violations.length > 0)
  return red.map(
    (seed) =>
      `npm run simulate -- --replay ${seed.seed} --scenario ${seed.scenario}: ${seed.violations.map((one) => `${one.invariant} ${one.text}`).join('; ')}`,
  )
}

// Catches: whatever breaks I1 to I16 in the whole engine under crashes, troubles and busy people.
test('108 seeds, every scenario among them: no promise is broken', { timeout: 600_000 }, async () => {
  const report = await runCampaign(jobs(1, 108, 'memory'))
  const red = report.seeds.flatMap((seed) =>
    seed.violations.map(
      (one) => `npm run simulate -- --replay ${seed.seed} --scenario ${seed.scenario}: ${one.invariant} ${one.text}`,
    ),
  )
  expect(red).toEqual([])
  expect(complaintsAbout(report)).toEqual([])
})

// Catches: a store that keeps the contract in memory only.
test('3 seeds on the embedded database', { timeout: 600_000 }, async () => {
  expect(await redSeeds(1, 3, 'embedded')).toEqual([])
})

// Catches: time, chance or order from outside: a seed that cannot be replayed explains nothing (I12).
test('the same seed goes the same way, call for call', { timeout: 120_000 }, async () => {
  const scenario = scenarioNamed('busy')
  if (scenario === undefined) throw new Error('No scenario busy')
  const first = await simulate({ seed: 5, scenario })
  const second = await simulate({ seed: 5, scenario })
  expect(second.digest).toBe(first.digest)
  expect(second.trace.length).toBeGreaterThan(200)
})
