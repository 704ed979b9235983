import { seriesOf } from '@tandem/server/nth-failure/plan.ts'
import { expect, test } from 'vitest'
import { NO_HURRY_MS, nameOf, runPlanned } from './nth-failure.ts'

/*
 * Catches: work that a killed process leaves half done (C1 to C10): a dispatch whose intent was not committed before, marks
 * that a cursor has passed, a plan that nobody takes up again; and a store operation whose failure ends more than its pass.
 */
for (const series of seriesOf(['crashes', 'operations'])) {
  test(`${nameOf(series)}`, { timeout: NO_HURRY_MS }, async () => {
    const { tried, violations } = await runPlanned(series)
    expect(violations).toEqual([])
    expect(tried).toBeGreaterThan(0)
  })
}
