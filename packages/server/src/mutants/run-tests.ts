import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ended, runNode } from './command.ts'
import { readReport, type TestReport } from './test-report.ts'

export interface TestRun {
  readonly root: string
  readonly mutant: string | null
  readonly paths: readonly string[]
  /** Only tests whose full names hold one of these; all of them where there is none. */
  readonly names: readonly string[]
}

export type TestsRan =
  | { readonly type: 'report'; readonly report: TestReport }
  | { readonly type: 'broken'; readonly why: string }

/** Runs tests with vitest in a process of their own. */
export async function runTests(run: TestRun): Promise<TestsRan> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-mutant-'))
  const file = join(folder, 'report.json')
  try {
    const vitest = join(run.root, 'node_modules/vitest/vitest.mjs')
    const filter = run.names.length === 0 ? [] : ['-t', run.names.map(escaped).join('|')]
    const options = ['--reporter=json', `--outputFile.json=${file}`, '--maxWorkers=1', ...filter]
    const ended = await runNode([vitest, 'run', ...options, ...run.paths], run)
    const report = readReport(await readFile(file, 'utf8').catch(() => ''))
    return report === null ? { type: 'broken', why: lastLines(ended) } : { type: 'report', report }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')
}

function lastLines({ output, code }: Ended): string {
  return `exit code ${code}: ${output.trim().split('\n').slice(-5).join(' / ')}`
}
