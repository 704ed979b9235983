import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../src/process/listen.ts'
import { type Sandboxes, sandboxEnvironment } from '../../src/sandboxes/sandboxes.ts'

const ENTRY = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bin', 'tandem.mjs')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tandem-e2e-'))
}

/** What a process of its own needs to find the sandboxes: a folder and a port that nobody else has. */
export async function freshEnvironment(sandboxes: Sandboxes, firstPort: number): Promise<Record<string, string>> {
  const port = await freePort(firstPort)
  return {
    ...sandboxEnvironment(sandboxes),
    TANDEM_DATA_DIR: freshFolder(),
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
  }
}

/** Starts the real command in a process of its own; no `.env` of the developer reaches it. */
export function startTandem(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const { PATH, HOME } = process.env
  return spawn(process.execPath, [ENTRY, ...args], {
    cwd: freshFolder(),
    env: { PATH, HOME, ...environment },
  })
}

/** Runs it to its end. */
export function tandem(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  const child = startTandem(args, environment)
  const said = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => {
    said.stdout += String(chunk)
  })
  child.stderr?.on('data', (chunk) => {
    said.stderr += String(chunk)
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })))
}

/** Waits until the process has printed this; the text so far when it has. */
export function untilPrinted(child: ChildProcess, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const look = (chunk: unknown) => {
      text += String(chunk)
      if (wanted.test(text)) resolve(text)
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.on('close', () => reject(new Error(`Ended before it printed ${wanted}: ${text}`)))
  })
}
