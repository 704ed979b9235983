import { JOURNEYS } from '@tandem/server/nth-failure/journeys.ts'
import { seriesOf } from '@tandem/server/nth-failure/plan.ts'
import { expect, test } from 'vitest'
import { NO_HURRY_MS, nameOf, runPlanned } from './nth-failure.ts'

// Catches: what `nth-failure-calls.test.ts` says, in a first sync and on save; two files, so that two cores share them.
const others = JOURNEYS.filter(({ name }) => name !== 'delta')

for (const series of seriesOf(['calls', 'calls in a row', 'token endpoints'], others)) {
  test(`${nameOf(series)}`, { timeout: NO_HURRY_MS }, async () => {
    const { tried, violations } = await runPlanned(series)
    expect(violations).toEqual([])
    expect(tried).toBeGreaterThan(0)
  })
}
