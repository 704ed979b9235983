import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Database } from './campaign.ts'
import { SCENARIOS } from './scenarios.ts'
import { PARTS, type Part } from './shorten.ts'

export interface CampaignOptions {
  readonly from: number
  readonly seeds: number
  /** undefined: all of them in turn. */
  readonly scenario: string | undefined
  readonly replay: number | undefined
  readonly database: Database
  /** With `--replay`: a shorter course, as a report names it. */
  readonly turns: number | undefined
  readonly without: readonly Part[]
  /** Names red seeds without looking for their shortest trace, which takes longer than the seed. */
  readonly isBrief: boolean
}

export type ParsedOptions =
  | { readonly type: 'options'; readonly options: CampaignOptions }
  | { readonly type: 'usage'; readonly message: string }

const DEFAULT_SEEDS = 500
const SEED_LIMIT = 2 ** 31 - 1
/** A campaign that names no seed begins where nobody has been. */
const FRESH_FROM = 1_000_000

export const USAGE = `Usage: npm run simulate -- [--seeds N] [--from N] [--scenario NAME] [--database memory|embedded] [--brief]
       npm run simulate -- --replay SEED --scenario NAME [--turns N] [--without PART,PART]
Scenarios: ${SCENARIOS.map(({ name }) => name).join(', ')}
Parts: ${PARTS.join(', ')}`

export function parseOptions(argv: readonly string[]): ParsedOptions {
  try {
    return read(argv)
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error))
  }
}

function read(argv: readonly string[]): ParsedOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      scenario: { type: 'string' },
      replay: { type: 'string' },
      database: { type: 'string', default: 'memory' },
      turns: { type: 'string' },
      without: { type: 'string', default: '' },
      brief: { type: 'boolean', default: false },
    },
  })
  const numbers = [values.seeds, values.from, values.replay, values.turns].filter((value) => value !== undefined)
  const wrong = numbers.find((value) => !/^\d+$/.test(value) || Number(value) > SEED_LIMIT)
  if (wrong !== undefined) return usage(`"${wrong}" is no number from 0 to ${SEED_LIMIT}`)
  const { scenario, database } = values
  if (scenario !== undefined && !SCENARIOS.some(({ name }) => name === scenario))
    return usage(`No scenario ${scenario}`)
  if (database !== 'memory' && database !== 'embedded') return usage(`No database ${database}`)
  if (values.replay !== undefined && scenario === undefined) return usage('--replay needs --scenario')
  const named = values.without.split(',').filter((name) => name !== '')
  const without = PARTS.filter((part) => named.includes(part))
  if (without.length !== named.length) return usage(`--without knows ${PARTS.join(', ')}`)
  const numberOf = (value: string | undefined) => (value === undefined ? undefined : Number(value))
  return {
    type: 'options',
    options: {
      from: numberOf(values.from) ?? randomInt(FRESH_FROM, SEED_LIMIT - FRESH_FROM),
      seeds: numberOf(values.seeds) ?? DEFAULT_SEEDS,
      scenario,
      replay: numberOf(values.replay),
      database,
      turns: numberOf(values.turns),
      without,
      isBrief: values.brief,
    },
  }
}

function usage(message: string): ParsedOptions {
  return { type: 'usage', message }
}
