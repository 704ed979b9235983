import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@tandem/sync/store/open-store.ts'
import type { SeedJob, SeedReport } from './campaign.ts'
import { judgeSeed } from './judged.ts'
import { reachedOf } from './reached.ts'
import { scenarioNamed } from './scenarios.ts'
import type { SimulationOptions } from './simulation.ts'
import { violation } from './violation.ts'
import type { OpenStore } from './world.ts'

/** Runs one job; a simulation that cannot go on is a violation too, so that its seed is reported. */
export async function runJob(job: SeedJob): Promise<SeedReport> {
  const scenario = scenarioNamed(job.scenario)
  if (scenario === undefined) throw new Error(`There is no scenario ${job.scenario}`)
  const folders: string[] = []
  const options = { seed: job.seed, scenario, ...(job.database === 'embedded' ? { openStore: onDisk(folders) } : {}) }
  try {
    return reportOf(await judgeSeed(options))
  } catch (error) {
    return stuck(options, error)
  } finally {
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  }
}

/** The embedded database in a folder of its own, for as long as the simulation lasts. */
export function onDisk(folders: string[]): OpenStore {
  return async ({ clock, chance }) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tandem-simulation-'))
    folders.push(dataDir)
    return openStore({ clock, chance, dataDir })
  }
}

function reportOf({ trace: _trace, missing: _missing, ...report }: Awaited<ReturnType<typeof judgeSeed>>): SeedReport {
  return report
}

function stuck({ seed, scenario }: SimulationOptions, error: unknown): SeedReport {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const reached = reachedOf(() => 0)
  const violations = [violation('bug', text)]
  return {
    seed,
    scenario: scenario.name,
    violations,
    reached,
    counts: {},
    exceptions: { gap: 0, late: 0 },
    digest: '',
  }
}
