import { type Failed, problemText } from '../problem.ts'
import { type ExitCode, exitOfProblem } from './exit.ts'

/** Where a command writes: results to stdout, everything else to stderr, so that `--json` can be piped. */
export interface Output {
  readonly isJson: boolean
  /** A result for people; nothing with `--json`. */
  say(line?: string): void
  /** The result as JSON; nothing without `--json`. */
  json(value: unknown): void
  /** What is going on meanwhile. */
  note(line: string): void
  fail(failed: Failed): ExitCode
}

export function createOutput(format: 'text' | 'json'): Output {
  const isJson = format === 'json'
  return {
    isJson,
    say: (line = '') => {
      if (!isJson) console.log(line)
    },
    json: (value) => {
      if (isJson) console.log(JSON.stringify(value, null, 2))
    },
    note: (line) => console.error(line),
    fail(failed) {
      const { code, title, fix } = failed.problem
      if (isJson) console.log(JSON.stringify({ problem: { code, title, fix } }, null, 2))
      else console.error(`tandem: ${problemText(failed.problem)}`)
      return exitOfProblem(failed)
    },
  }
}
