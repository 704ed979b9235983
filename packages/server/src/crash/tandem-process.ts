import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))
const ENTRY = join(HERE, '..', '..', 'bin', 'tandem.mjs')
const SHIFTED_CLOCK = join(HERE, 'shifted-clock.mjs')
/** The one that npm installed: an older one would hand over to it, and the signal would end only the messenger. */
const INSTALLED_NODE = join(HERE, '..', '..', '..', '..', 'node_modules', '.bin', 'node')
const NODE = existsSync(INSTALLED_NODE) ? INSTALLED_NODE : process.execPath
const LOOK_AGAIN_MS = 20
/** What a process said last, for the report of a failure. */
const KEPT_OUTPUT = 2_000

/** The real command in a process of its own, on a clock that can be moved on. */
export interface TandemProcess {
  readonly startedAt: number
  said(): string
  /** Gone, by whatever signal or code. */
  isGone(): boolean
  signal(): NodeJS.Signals | null
  /** Answers whether it ended in time. */
  untilGone(patienceMs: number): Promise<boolean>
  untilSaid(wanted: RegExp, patienceMs: number): Promise<boolean>
  /** Stopped by a signal (Linux tells in /proc). */
  untilFrozen(patienceMs: number): Promise<boolean>
  kill(signal: NodeJS.Signals): void
  setShift(shiftMs: number): Promise<void>
}

export function startProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  shiftMs: number,
): TandemProcess {
  const { PATH, HOME } = process.env
  const child = spawn(NODE, ['--import', SHIFTED_CLOCK, ENTRY, ...args], {
    // No `.env` of a developer lies here.
    cwd: tmpdir(),
    env: { PATH, HOME, ...environment, TANDEM_TEST_SHIFT_MS: String(shiftMs) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  const listen = (chunk: unknown) => {
    said = (said + String(chunk)).slice(-KEPT_OUTPUT)
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  return {
    startedAt: performance.now(),
    said: () => said,
    isGone: () => isGone(child),
    signal: () => child.signalCode,
    untilGone: (patienceMs) => until(() => isGone(child), patienceMs),
    untilSaid: async (wanted, patienceMs) => {
      await until(() => wanted.test(said) || isGone(child), patienceMs)
      return wanted.test(said)
    },
    untilFrozen: (patienceMs) => until(() => isGone(child) || isFrozen(child), patienceMs).then(() => isFrozen(child)),
    kill: (signal) => void child.kill(signal),
    async setShift(milliseconds) {
      if (isGone(child)) return
      const heard = once(child, 'message')
      child.send({ shiftMs: milliseconds })
      await heard
    },
  }
}

function isGone(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

function isFrozen(child: ChildProcess): boolean {
  try {
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T')
  } catch {
    return false
  }
}

export async function until(isSo: () => boolean | Promise<boolean>, patienceMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + patienceMs
  while (performance.now() < giveUpAt) {
    if (await isSo()) return true
    await wait(LOOK_AGAIN_MS)
  }
  return isSo()
}
