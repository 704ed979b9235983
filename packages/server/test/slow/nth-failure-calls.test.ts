import { JOURNEYS } from '@tandem/server/nth-failure/journeys.ts'
import { seriesOf } from '@tandem/server/nth-failure/plan.ts'
import { expect, test } from 'vitest'
import { NO_HURRY_MS, nameOf, runPlanned } from './nth-failure.ts'

/*
 * Catches: any call that is not safe to lose, to repeat or to have answered with nonsense, wherever it stands: an invoice
 * whose item never arrived, a create repeated blindly after a time-out, a cursor that passes what was not marked, a
 * transient code that stays in the inbox. Case by case: `npm run nth-failure -- --journey delta --kind lostAfter`.
 */
const delta = JOURNEYS.filter(({ name }) => name === 'delta')

for (const series of seriesOf(['calls', 'calls in a row', 'token endpoints'], delta)) {
  test(`${nameOf(series)}`, { timeout: NO_HURRY_MS }, async () => {
    const { tried, violations } = await runPlanned(series)
    expect(violations).toEqual([])
    expect(tried).toBeGreaterThan(0)
  })
}
