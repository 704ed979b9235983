// One command for everything on a fresh machine: node scripts/run.mjs demo|test|verify|bench|switches|simulate|mutants|crash|nth-failure
// Plain JavaScript without dependencies: it runs on the machine's own Node (20 or newer) and installs the rest.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = (name) => join(root, 'node_modules', '.bin', name)
const [command = '', ...rest] = process.argv.slice(2)

const COMMANDS = {
  demo: () => runNode(['packages/server/bin/tandem.mjs', 'demo', ...rest]),
  test: () => runTests(rest),
  verify: () => verify(),
  bench: () => runNode(['packages/server/src/bench/main.ts', ...rest]),
  switches: () => runNode(['packages/server/src/switches/main.ts', ...rest]),
  simulate: () => runNode(['packages/server/src/simulate/main.ts', ...rest]),
  mutants: () => runNode(['--disable-warning=ExperimentalWarning', 'packages/server/src/mutants/main.ts', ...rest]),
  crash: () => runNode(['packages/server/src/crash/main.ts', ...rest]),
  'nth-failure': () => runNode(['packages/server/src/nth-failure/main.ts', ...rest]),
}

/** Tests that need a database, spawn the real command or run whole syncs: left out of `verify`, which must be quick. */
const SLOW = [
  'packages/sync/test/store/**',
  'packages/*/test/e2e/**',
  'packages/*/test/slow/**',
  'packages/server/test/engine/**',
]

if (!(command in COMMANDS)) {
  console.error(`Usage: node scripts/run.mjs ${Object.keys(COMMANDS).join('|')}`)
  process.exit(2)
}
installMissing()
process.exit(COMMANDS[command]())

/** `npm ci` where nothing is installed, or the lock file is younger than what is. */
function installMissing() {
  const marker = join(root, 'node_modules', '.package-lock.json')
  const isCurrent = existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  if (isCurrent && existsSync(bin('node'))) return
  console.error('Installing what is missing (npm ci) ...')
  const status = run('npm', ['ci', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' })
  if (status !== 0) {
    console.error('npm ci failed: see above. Is the network there, and the npm registry reachable?')
    process.exit(2)
  }
}

function runNode(args) {
  return run(bin('node'), args)
}

/** Runs with Ctrl-C left to the child; answers its exit code. */
function run(file, args, options = {}) {
  process.on('SIGINT', () => undefined)
  const done = spawnSync(file, args, { cwd: root, stdio: 'inherit', ...options })
  if (done.error !== undefined) console.error(`${file}: ${done.error.message}`)
  return done.status ?? 1
}

/** The checks that need no test runner. Each counts as one passed or failed. */
function runChecks() {
  const steps = [
    ['types', [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit']],
    ['lint', [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '.']],
    ['doc references', ['scripts/check-docs.mts']],
  ]
  let failed = 0
  for (const [name, args] of steps) {
    console.log(`== ${name}`)
    if (runNode(args) !== 0) {
      failed += 1
      console.log(`== ${name}: FAILED`)
    }
  }
  return { passed: steps.length - failed, failed }
}

function verify() {
  const checks = runChecks()
  // These keep nothing in module scope: one worker for all of them saves a start and the imports per file.
  const tests = runVitest(['--no-isolate', ...SLOW.flatMap((pattern) => ['--exclude', pattern])])
  return report(checks, tests)
}

function runTests(filters) {
  const checks = filters.length === 0 ? runChecks() : { passed: 0, failed: 0 }
  return report(checks, runVitest(filters))
}

/** The last line stands alone, for whoever reads the log: `N passed, N failed`. */
function report(checks, tests) {
  const passed = checks.passed + tests.passed
  const failed = checks.failed + tests.failed
  if (tests.skipped > 0) console.log(`${tests.skipped} skipped`)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

/** Counts come from vitest's own JSON report; a file that failed outside its tests, or a crash, counts as a failure. */
function runVitest(args) {
  console.log('== tests')
  const folder = mkdtempSync(join(tmpdir(), 'tandem-tests-'))
  const file = join(folder, 'report.json')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const status = runNode([vitest, 'run', ...reporters, ...args])
  try {
    return countTests(JSON.parse(readFileSync(file, 'utf8')), status)
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function countTests(report, status) {
  const brokenFiles = report.testResults.filter(
    (one) => one.status === 'failed' && !one.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = report.numFailedTests + brokenFiles
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0)
  // Vitest may fail for a reason that belongs to no test (an unhandled error): never report that as a success.
  return { passed: report.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed, skipped }
}
