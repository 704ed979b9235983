import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type CaseResult, type CrashCase, isLate, repeatCommand } from './crash-case.ts'
import { startDatabaseServer } from './databases.ts'
import { readOptions, USAGE } from './options.ts'
import { nameOf, tableOf } from './table.ts'

/*
 * `npm run crash`: the real command in real processes, killed at each named point and at random, against the sandboxes
 * over HTTP and a real database; then it must come to rest as if nothing had happened (SPEC.md, crash points).
 */

const USAGE_MISTAKE = 2

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (options === undefined) {
    print(USAGE)
    return USAGE_MISTAKE
  }
  const server = await startDatabaseServer(options.databases)
  if (server === undefined) {
    print(
      'No PostgreSQL server is installed here (looked in /usr/lib/postgresql): install one, or add --database embedded.',
    )
    return USAGE_MISTAKE
  }
  const started = performance.now()
  const first = await runAll(options.cases, { serverUrl: server.url, lanes: options.parallel })
  const { results, recovered } = await lateOnesAlone(first, server.url)
  await server.stop()
  for (const text of tableOf(results)) print(text)
  const failed = results.filter((result) => !isGood(result)).length
  print(`${Math.round((performance.now() - started) / 1_000)} s`)
  if (recovered > 0) print(`${recovered} were late beside other cases and in time alone`)
  print(`${results.length - failed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/**
 * How long a restart takes is the product's only where nothing else holds the machine: a case that was late beside others
 * is struck once more by itself, and that counts. A broken promise is never tried again.
 */
async function lateOnesAlone(
  first: readonly CaseResult[],
  serverUrl: string | null,
): Promise<{ readonly results: readonly CaseResult[]; readonly recovered: number }> {
  const late = first.filter((result) => result.faults.length === 0 && isLate(result))
  if (late.length === 0) return { results: first, recovered: 0 }
  print(`${late.length} late: each again, alone`)
  const again = await runAll(
    late.map(({ of }) => of),
    { serverUrl, lanes: 1 },
  )
  const results = [...first.filter((result) => !late.includes(result)), ...again]
  return { results, recovered: again.filter(isGood).length }
}

interface Ways {
  readonly serverUrl: string | null
  readonly lanes: number
}

async function runAll(cases: readonly CrashCase[], { serverUrl, lanes }: Ways): Promise<readonly CaseResult[]> {
  const left = [...cases]
  const results: CaseResult[] = []
  const walk = async () => {
    const lane = new Worker(new URL('./lane.ts', import.meta.url), { workerData: { serverUrl } })
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const answered = once(lane, 'message')
      lane.postMessage(next)
      const [result]: readonly CaseResult[] = await answered
      if (result === undefined) continue
      results.push(result)
      tell(result)
    }
    await lane.terminate()
  }
  await Promise.all(Array.from({ length: Math.min(lanes, cases.length) }, walk))
  return results
}

function isGood(result: CaseResult): boolean {
  return result.faults.length === 0 && !isLate(result)
}

function tell(result: CaseResult): void {
  const { of, faults, restartMs, tookMs } = result
  const times = `${(tookMs / 1_000).toFixed(1)} s, restart ${restartMs ?? '-'} ms`
  print(`${faults.length > 0 ? 'FAIL' : isLate(result) ? 'LATE' : 'ok  '} ${nameOf(of)} (${times})`)
  for (const fault of faults) print(`       ${fault}`)
  if (!isGood(result)) print(`       again: ${repeatCommand(of)}`)
}

process.exitCode = await main(process.argv.slice(2))
