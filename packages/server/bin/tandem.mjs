#!/usr/bin/env node
// Starts the CLI. Types are stripped by Node itself from 22.18 on; an older Node hands over to the one that npm installed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as loader from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
// Beside what npm installed: a folder that other users may write to would let them change what runs here.
const compiled = join(here, '..', '..', '..', 'node_modules', '.cache', 'tandem-compiled')
const COMPILED_AFTER_MS = 5_000

if (isRecentEnough(process.versions.node)) {
  keepCompiled()
  await import('../src/cli/main.ts')
} else {
  handOver()
}

function isRecentEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}

/** A restart after a crash waits for its first call: what was compiled once is kept, also if this process is killed. */
function keepCompiled() {
  loader.enableCompileCache(compiled)
  setTimeout(loader.flushCompileCache, COMPILED_AFTER_MS).unref()
}

function handOver() {
  const node = join(here, '..', '..', '..', 'node_modules', '.bin', 'node')
  if (!existsSync(node)) {
    process.stderr.write(
      `Tandem needs Node 22.18 or newer, or its own: run "npm ci" in ${join(here, '..', '..', '..')} first.\n`,
    )
    process.exit(2)
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both; a supervisor's signal reaches only us, so it is passed on and our end follows the child's.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 130)
  })
}
