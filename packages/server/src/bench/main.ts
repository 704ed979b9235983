import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { templateFolder } from '@tandem/sync/store/embedded/template.ts'
import { FLOOR_FORMULA } from './floor.ts'
import type { Job } from './job.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { type JobResult, jobResultSchema, SYSTEMS } from './result.ts'
import { linesOf } from './table.ts'

const PROCESS = fileURLToPath(new URL('engine-process.ts', import.meta.url))
const RESULTS = 'bench-results.json'
const METHOD =
  'Sandboxes run in a process of their own over real HTTP on the same virtual clock; CPU and memory are those of the ' +
  "engine's process, with its HTTP client and its database. Where the clock runs faster than real time, so does all " +
  'that a computer takes: virtual times are then too long, and more writes fall into one second. Floor, per system:'

const options = readOptions(process.argv.slice(2))
if (options === undefined) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(2)
}
await bench(options)

async function bench({ jobs, isJson, isProfiled }: Options): Promise<void> {
  const say = (line: string) => {
    if (!isJson) process.stdout.write(`${line}\n`)
  }
  say(METHOD)
  for (const system of SYSTEMS) for (const line of FLOOR_FORMULA[system]) say(`  ${system}: ${line}`)
  // Made once beforehand: its making takes 800 MB, which is no job's own.
  if (jobs.some((job) => job.store === 'embedded')) await templateFolder()
  const results: JobResult[] = []
  for (const job of jobs) {
    const result = await runJob(job, isProfiled ? ['--cpu-prof'] : [])
    results.push(result)
    for (const line of linesOf(result)) say(line)
    writeFileSync(RESULTS, `${JSON.stringify({ method: METHOD, formula: FLOOR_FORMULA, jobs: results }, null, 2)}\n`)
  }
  if (isJson) process.stdout.write(`${JSON.stringify(results)}\n`)
  say(`\nWritten to ${RESULTS}`)
}

function runJob(job: Job, execArgv: readonly string[]): Promise<JobResult> {
  return new Promise((resolve, reject) => {
    const child = fork(PROCESS, [JSON.stringify(job)], { execArgv: ['--expose-gc', ...execArgv] })
    let result: JobResult | undefined
    child.once('message', (message) => {
      result = jobResultSchema.parse(message)
    })
    child.once('exit', (code) => {
      if (result === undefined) reject(new Error(`${job.name} ended with code ${code} and no result`))
      else resolve(result)
    })
  })
}
