import type { CampaignReport, Database, SeedReport } from './campaign.ts'
import { SOMETIMES } from './reached.ts'
import type { Shorter } from './shorten.ts'

const VIOLATIONS_SHOWN = 6
const TRACE_LINES_SHOWN = 80
const LINE_LENGTH = 400

/** A red seed: what did not hold, and how to see it again. */
export function seedLines(
  seed: Pick<SeedReport, 'seed' | 'scenario' | 'violations' | 'digest' | 'exceptions'>,
  database: Database,
): readonly string[] {
  const { violations } = seed
  const rest = violations.length - VIOLATIONS_SHOWN
  return [
    `${violations.length === 0 ? 'green' : 'RED'} seed ${seed.seed} ${seed.scenario} (digest ${seed.digest}, exceptions: ${seed.exceptions.gap} gap, ${seed.exceptions.late} late)`,
    ...violations.slice(0, VIOLATIONS_SHOWN).map((one) => `  ${one.invariant}: ${one.text.slice(0, LINE_LENGTH)}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    ...(violations.length === 0 ? [] : [`  again: ${command(seed, database)}`]),
  ]
}

function command(seed: Pick<SeedReport, 'seed' | 'scenario'>, database: Database): string {
  const on = database === 'memory' ? '' : ` --database ${database}`
  return `npm run simulate -- --replay ${seed.seed} --scenario ${seed.scenario}${on}`
}

/** The shortest course that still goes wrong, and of it the lines about what went wrong. */
export function traceLines(short: Shorter): readonly string[] {
  const { result, turns } = short
  const ids = [...new Set(result.violations.flatMap((one) => one.ids))]
  const about = result.trace.filter(
    (line) => ids.some((id) => line.includes(id)) || /crash|freeze|pass |desk: /.test(line),
  )
  const left = short.without.length === 0 ? '' : ` --without ${short.without.join(',')}`
  return [
    `  shortest trace found of seed ${result.seed}: ${turns} turns${left === '' ? '' : `, without ${short.without.join(', ')}`}`,
    ...about.slice(-TRACE_LINES_SHOWN).map((line) => `  | ${line.slice(0, LINE_LENGTH)}`),
    ...result.violations
      .slice(0, VIOLATIONS_SHOWN)
      .map((one) => `  ${one.invariant}: ${one.text.slice(0, LINE_LENGTH)}`),
    `  again: npm run simulate -- --replay ${result.seed} --scenario ${result.scenario} --turns ${turns}${left}`,
  ]
}

export function campaignLines(report: CampaignReport): readonly string[] {
  const { counts, exceptions, reached, seeds, seconds } = report
  const count = (name: string) => (counts[name] ?? 0).toLocaleString('en')
  return [
    `${seeds.length} seeds in ${seconds.toFixed(0)} s (${((seeds.length / seconds) * 60).toFixed(0)} a minute)`,
    `${count('passes')} passes, ${count('crashes')} crashes, ${count('freezes')} freezes, ${count('deeds')} deeds of people, ${count('edits')} values typed`,
    `${count('zohoCalls')} calls to Zoho, ${count('xeroCalls')} to Xero, ${count('writes')} writes`,
    `edits overwritten inside I3's stated exceptions: ${exceptions.gap} in the gap between read and write, ${exceptions.late} by writes applied late`,
    `reached: ${SOMETIMES.map((name) => `${name} ${reached[name]}`).join(', ')}`,
  ]
}
