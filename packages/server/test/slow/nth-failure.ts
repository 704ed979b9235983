import { runSeries, type Series } from '@tandem/server/nth-failure/campaign.ts'
import type { PlannedSeries } from '@tandem/server/nth-failure/plan.ts'
import type { Database } from '@tandem/server/nth-failure/stage.ts'

/** `NTH_FAILURE=all` strikes every opportunity where `npm test` leaves some out. */
const IS_COMPLETE = process.env.NTH_FAILURE === 'all'

/** Long enough for any machine: nothing here depends on its speed. */
export const NO_HURRY_MS = 30 * 60_000

/** The series as `npm test` runs it. */
export function runPlanned({ journey, kind, stride }: PlannedSeries, database?: Database): Promise<Series> {
  return runSeries({ journey, kind, stride: IS_COMPLETE ? 1 : stride, ...(database === undefined ? {} : { database }) })
}

/** Says what it leaves out: a stride of 1 strikes every opportunity. */
export function nameOf({ journey, group, kind, stride }: PlannedSeries): string {
  const every = IS_COMPLETE || stride === 1 ? 'at each' : `at one in ${stride}`
  return `${journey.name}, ${group}: ${kind.name}, ${every}`
}
