import { type Database, runCampaign, type SeedJob, type SeedReport } from './campaign.ts'
import { judgeSeed } from './judged.ts'
import { type CampaignOptions, parseOptions, USAGE } from './options.ts'
import { campaignLines, seedLines, traceLines } from './report.ts'
import { onDisk } from './run-job.ts'
import { ROTATION, scenarioNamed } from './scenarios.ts'
import { shorten, without } from './shorten.ts'
import type { SimulationOptions } from './simulation.ts'
import { complaintsAbout } from './verdict.ts'

/*
 * `npm run simulate`: the whole engine and both vendors' sandboxes on virtual time, seed after seed. A red seed is
 * shortened and printed with the command that repeats it.
 */

/** Traces printed in full; further red seeds are named only. */
const TRACES_LIMIT = 2

function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`)
}

function jobsOf({ from, seeds, scenario, database }: CampaignOptions): readonly SeedJob[] {
  const names = scenario === undefined ? ROTATION : [scenario]
  return Array.from({ length: seeds }, (_, index) => {
    const seed = from + index
    return { seed, scenario: names[seed % names.length] ?? '', database }
  })
}

async function campaign(options: CampaignOptions): Promise<number> {
  print([
    `seeds ${options.from} to ${options.from + options.seeds - 1}, ${options.scenario ?? 'all scenarios'}, ${options.database}`,
  ])
  const report = await runCampaign(jobsOf(options), (seed) => {
    if (seed.violations.length > 0) print(seedLines(seed, options.database))
  })
  const red = report.seeds.filter((seed) => seed.violations.length > 0)
  for (const seed of red.slice(0, options.isBrief ? 0 : TRACES_LIMIT)) await explain(seed, options.database)
  const complaints = complaintsAbout(report)
  print([...campaignLines(report), ...complaints.map((text) => `FAIL ${text}`)])
  print([`${report.seeds.length - red.length} passed, ${red.length} failed`])
  return complaints.length === 0 ? 0 : 1
}

async function explain(seed: SeedReport, database: Database): Promise<void> {
  if (database !== 'memory') return
  const options = simulationOf(seed, database)
  const found = await judgeSeed(options)
  if (found.violations.length === 0)
    return print(['  it was green the second time: the simulation is not deterministic'])
  const short = await shorten(options, found)
  print(traceLines(short))
}

function simulationOf(seed: Pick<SeedReport, 'seed' | 'scenario'>, database: Database): SimulationOptions {
  const scenario = scenarioNamed(seed.scenario)
  if (scenario === undefined) throw new Error(`There is no scenario ${seed.scenario}`)
  return { seed: seed.seed, scenario, ...(database === 'embedded' ? { openStore: onDisk([]) } : {}) }
}

async function replay(options: CampaignOptions, seed: number): Promise<number> {
  const plain = simulationOf({ seed, scenario: options.scenario ?? '' }, options.database)
  const reduced = options.without.reduce(without, plain.scenario)
  const scenario = { ...reduced, turns: options.turns ?? reduced.turns }
  const result = await judgeSeed({ ...plain, scenario })
  print(result.trace)
  print(seedLines(result, options.database))
  return result.violations.length === 0 ? 0 : 1
}

async function main(): Promise<number> {
  const parsed = parseOptions(process.argv.slice(2))
  if (parsed.type === 'usage') {
    process.stderr.write(`${parsed.message}\n${USAGE}\n`)
    return 2
  }
  const { options } = parsed
  return options.replay === undefined ? campaign(options) : replay(options, options.replay)
}

process.exitCode = await main()
