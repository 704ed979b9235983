import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { JudgedSeed } from './judged.ts'
import { type Reached, reachedOf, SOMETIMES } from './reached.ts'

export type Database = 'memory' | 'embedded'

export interface SeedJob {
  readonly seed: number
  readonly scenario: string
  readonly database: Database
}

/** A judged seed without its trace, which is long; whoever wants it runs the seed again. */
export type SeedReport = Omit<JudgedSeed, 'trace' | 'missing'>

export interface CampaignReport {
  readonly seeds: readonly SeedReport[]
  readonly reached: Reached
  readonly exceptions: Readonly<Record<'gap' | 'late', number>>
  readonly counts: Readonly<Record<string, number>>
  readonly seconds: number
}

/** A database in one thread makes the others wait for the disk: no more of these than cores. */
const THREADS_LIMIT = 8

/** Runs every job on as many threads as there are cores; a seed's course depends on nothing but the seed. */
export async function runCampaign(
  jobs: readonly SeedJob[],
  onSeed: (report: SeedReport) => void = () => undefined,
): Promise<CampaignReport> {
  const started = performance.now()
  const waiting = [...jobs]
  const seeds: SeedReport[] = []
  const threads = Math.min(availableParallelism(), THREADS_LIMIT, jobs.length)
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(new URL('./seed-worker.ts', import.meta.url))
      try {
        for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
          const report = await ask(worker, job)
          seeds.push(report)
          onSeed(report)
        }
      } finally {
        await worker.terminate()
      }
    }),
  )
  seeds.sort((left, right) => left.seed - right.seed)
  return { ...summed(seeds), seeds, seconds: (performance.now() - started) / 1000 }
}

function ask(worker: Worker, job: SeedJob): Promise<SeedReport> {
  return new Promise((resolve, reject) => {
    const onMessage = (report: SeedReport) => {
      worker.off('error', reject)
      resolve(report)
    }
    worker.once('message', onMessage)
    worker.once('error', reject)
    worker.postMessage(job)
  })
}

function summed(seeds: readonly SeedReport[]): Pick<CampaignReport, 'reached' | 'exceptions' | 'counts'> {
  const counts: Record<string, number> = {}
  const reached = Object.fromEntries(SOMETIMES.map((name) => [name, 0]))
  const exceptions = { gap: 0, late: 0 }
  for (const seed of seeds) {
    for (const [name, count] of Object.entries(seed.counts)) counts[name] = (counts[name] ?? 0) + count
    for (const name of SOMETIMES) reached[name] = (reached[name] ?? 0) + seed.reached[name]
    exceptions.gap += seed.exceptions.gap
    exceptions.late += seed.exceptions.late
  }
  return { counts, exceptions, reached: reachedOf((name) => reached[name] ?? 0) }
}
