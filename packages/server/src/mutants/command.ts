import { spawn } from 'node:child_process'
import { SWITCH } from './chosen.ts'

export interface Ended {
  readonly code: number | null
  readonly output: string
}

/** Longest time of one catcher; past it the mutant is broken, not caught. */
export const CATCHER_LIMIT_MS = 180_000
/** Kept of what a command says. */
const OUTPUT_LIMIT = 200_000

/** Runs this Node with these arguments as the mutant of this name; null: with every guard in its place. */
export function runNode(
  args: readonly string[],
  of: { readonly root: string; readonly mutant: string | null },
): Promise<Ended> {
  return new Promise((answer, fail) => {
    const env = { ...process.env, [SWITCH]: of.mutant ?? '' }
    const child = spawn(process.execPath, args, { cwd: of.root, env, timeout: CATCHER_LIMIT_MS })
    let output = ''
    const take = (chunk: Buffer) => {
      if (output.length < OUTPUT_LIMIT) output += chunk.toString()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', fail)
    child.on('close', (code) => answer({ code, output }))
  })
}
