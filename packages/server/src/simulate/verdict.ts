import type { CampaignReport } from './campaign.ts'
import { MET_IN, SOMETIMES, type Sometimes } from './reached.ts'

/**
 * Ceilings of I3's stated exceptions, in edits of 10,000. People here act on purpose while our calls are on their way,
 * and 5 of 10,000 edits were lost to that; more than this means that the gap has grown.
 */
export const EXCEPTIONS_LIMIT = { gap: 20, late: 20 } as const
/** From this many seeds on a campaign of all scenarios must have met everything. */
export const MEANINGFUL_SEEDS = 100
/** So many seeds of the one scenario that can meet something must have met it: `npm test` runs eight or so of each. */
export const MEANINGFUL_SEEDS_OF_ONE = 6

/** What is wrong with a campaign as a whole; an empty list is a pass. */
export function complaintsAbout(campaign: CampaignReport): readonly string[] {
  const red = campaign.seeds.filter((seed) => seed.violations.length > 0)
  const edits = campaign.counts.edits ?? 0
  return [
    ...(red.length === 0 ? [] : [`${red.length} of ${campaign.seeds.length} seeds are red`]),
    ...(['gap', 'late'] as const).flatMap((type) => {
      const allowed = Math.max(3, (EXCEPTIONS_LIMIT[type] * edits) / 10_000)
      const count = campaign.exceptions[type]
      return count > allowed
        ? [`${count} edits of ${edits} fell into the exception "${type}", more than ${Math.floor(allowed)}`]
        : []
    }),
    ...SOMETIMES.filter((name) => campaign.reached[name] === 0 && isDemanded(name, campaign)).map(
      (name) => `never reached: ${name}`,
    ),
  ]
}

function isDemanded(name: Sometimes, { seeds }: CampaignReport): boolean {
  const scenario = MET_IN[name]
  const isOfAll = new Set(seeds.map((seed) => seed.scenario)).size > 1
  if (scenario === undefined) return isOfAll && seeds.length >= MEANINGFUL_SEEDS
  return seeds.filter((seed) => seed.scenario === scenario).length >= MEANINGFUL_SEEDS_OF_ONE
}
