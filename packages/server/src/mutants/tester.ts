import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { CATCHER_LIMIT_MS } from './command.ts'
import { readReport, type TestReport } from './test-report.ts'

export interface TestRun {
  /** null: with every guard in its place. */
  readonly mutant: string | null
  readonly paths: readonly string[]
  /** Only tests whose full names hold one of these; all of them where there is none. */
  readonly names: readonly string[]
}

export type TestsRan =
  | { readonly type: 'report'; readonly report: TestReport }
  | { readonly type: 'broken'; readonly why: string }

/** Runs tests with vitest in a process of its own, one run after the other. */
export interface Tester {
  run(run: TestRun): Promise<TestsRan>
  close(): void
}

/** Kept of what the process says. */
const OUTPUT_LIMIT = 20_000

/** The process stays from run to run: starting vitest and reading all sources is most of the time of a catcher. */
export function openTester(root: string, limitMs = CATCHER_LIMIT_MS): Tester {
  let child: ChildProcess | null = null
  let output = ''
  const start = () => {
    const started = fork(join(import.meta.dirname, 'tester-main.ts'), [], { cwd: root, silent: true })
    const take = (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-OUTPUT_LIMIT)
    }
    started.stdout?.on('data', take)
    started.stderr?.on('data', take)
    return started
  }
  const close = () => {
    child?.kill('SIGKILL')
    child = null
  }
  return {
    run(run) {
      output = ''
      const running = child ?? start()
      child = running
      return new Promise((answer) => {
        const end = (ran: TestsRan) => {
          clearTimeout(timer)
          running.removeAllListeners('message').removeAllListeners('exit')
          if (ran.type === 'broken') close()
          answer(ran)
        }
        const timer = setTimeout(() => end({ type: 'broken', why: `no end after ${limitMs} ms` }), limitMs)
        running.on('message', (text) => end(ranOf(String(text), output)))
        running.on('exit', (code) => end({ type: 'broken', why: `exit code ${code}: ${lastLines(output)}` }))
        running.send(run)
      })
    },
    close,
  }
}

function ranOf(text: string, output: string): TestsRan {
  const report = readReport(text)
  return report === null ? { type: 'broken', why: lastLines(`${output}\n${text}`) } : { type: 'report', report }
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-5).join(' / ')
}
