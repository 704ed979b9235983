import { seriesOf } from '@tandem/server/nth-failure/plan.ts'
import { openTappedStore, type TappedStore } from '@tandem/server/nth-failure/tapped-store.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NO_HURRY_MS, nameOf, runPlanned } from './nth-failure.ts'

let store: TappedStore
beforeAll(async () => {
  store = await openTappedStore()
}, NO_HURRY_MS)
afterAll(() => store.close())

/*
 * Catches: half a transaction (C9), a session that is unusable after one refused statement, and a commit that happened
 * although its acknowledgement was lost, done a second time.
 */
for (const series of seriesOf(['statements'])) {
  test(`${nameOf(series)}`, { timeout: NO_HURRY_MS }, async () => {
    const { tried, violations } = await runPlanned(series, store)
    expect(violations).toEqual([])
    expect(tried).toBeGreaterThan(0)
  })
}
