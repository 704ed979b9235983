import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runNode } from './command.ts'
import { runCatcher } from './run-catcher.ts'
import { readReport, verdictOf } from './test-report.ts'
import { openTester, type Tester } from './tester.ts'

const root = join(import.meta.dirname, '../../../..')

/** Vitest's own report of one file with these tests. */
function reportOf(tests: readonly { readonly status: string; readonly message?: string }[], message = '') {
  const assertionResults = tests.map(({ status, message: text }, index) => ({
    fullName: `test ${index}`,
    status,
    failureMessages: text === undefined ? [] : [text],
  }))
  const status = message !== '' || tests.some((one) => one.status === 'failed') ? 'failed' : 'passed'
  const report = readReport(JSON.stringify({ testResults: [{ name: 'a.test.ts', status, message, assertionResults }] }))
  if (report === null) throw new Error('This report reads as none')
  return verdictOf(report)
}

// Catches: a mutant called caught because it broke the import, timed out, or because its test was renamed.
describe('the verdict on a mutant', () => {
  const failed = (message: string) => reportOf([{ status: 'failed', message }])

  test('is red by a failed assertion, a failed property, or a promise that should have been rejected', () => {
    expect(failed('AssertionError: expected 2 to be 1').type).toBe('red')
    expect(failed('Error: Property failed after 3 tests').type).toBe('red')
    expect(failed('Error: promise resolved "undefined" instead of rejecting').type).toBe('red')
  })
  test('is broken by anything else that is thrown', () => {
    expect(failed('ReferenceError: x is not defined').type).toBe('broken')
    expect(failed('Error: Test timed out in 30000ms.').type).toBe('broken')
  })
  test('is broken where the file does not load or no test has run', () => {
    expect(reportOf([], 'SyntaxError: Unexpected token').type).toBe('broken')
    expect(reportOf([{ status: 'skipped' }]).type).toBe('broken')
  })
  test('is green where the tests pass', () => {
    expect(reportOf([{ status: 'passed' }, { status: 'skipped' }]).type).toBe('green')
  })
  test('is broken where vitest wrote no report', () => {
    expect(readReport('')).toBeNull()
  })
})

describe('in a process of its own', () => {
  let folder = ''
  let tester: Tester
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-mutants-'))
    tester = openTester(root)
  })
  afterEach(() => {
    tester.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function script(text: string): string {
    const file = join(folder, 'script.mjs')
    writeFileSync(file, text)
    return file
  }

  // Catches: a switch that plain Node does not see: every simulation would call every mutant alive.
  test('Node loads the product without the guard, and with it while the switch is off', async () => {
    const verdict = JSON.stringify(new URL('../../../sync/src/guard/verdict.ts', import.meta.url).href)
    const file = script(`
      const { judgePlan, emptyTally } = await import(${verdict})
      const limit = { count: 1, percent: 1 }
      const guard = { deletes: limit, creates: limit, updates: limit, sameValue: limit, deletesPerDay: 1 }
      const tally = { ...emptyTally(), creates: new Map([['contact/xero', 9]]) }
      const linkCounts = { contact: 0, item: 0, invoice: 0 }
      console.log(judgePlan({ tally, settings: { guard }, linkCounts, deletesToday: {}, opCount: 9 }).type)`)
    const register = join(import.meta.dirname, 'register.ts')
    const said = async (mutant: string | null) => (await runNode(['--import', register, file], { root, mutant })).output
    expect(await said(null)).toContain('hold')
    expect(await said('threshold-never-holds')).toContain('go')
    expect(await said('no-such-guard')).toContain('there is no such mutant')
  })

  // Catches: a simulation whose red is read as green, or whose crash is read as red.
  test.each([
    ['green', 'process.exit(0)'],
    ['red', 'console.log("I2: two invoices"); process.exit(1)'],
    ['broken', 'import "./not-there.mjs"'],
    ['broken', 'process.exit(3)'],
  ])('a simulation is %s: %s', async (expected, text) => {
    const catcher = { type: 'simulation', scenario: 'two-way', from: 7, seeds: 2 } as const
    const verdict = await runCatcher(catcher, 'no-lane-lock', { root, tester, simulation: [script(text)] })
    expect(verdict.type).toBe(expected)
  })
  test('a simulation is told its scenario and seeds, and runs as the mutant', async () => {
    const text = `
      const said = process.env.TANDEM_MUTANT + ' ' + process.argv.slice(2).join(' ')
      process.exit(said === 'no-lane-lock --scenario two-way --from 7 --seeds 2' ? 1 : 0)`
    const catcher = { type: 'simulation', scenario: 'two-way', from: 7, seeds: 2 } as const
    expect((await runCatcher(catcher, 'no-lane-lock', { root, tester, simulation: [script(text)] })).type).toBe('red')
  })

  const GUARDED = 'packages/sync/src/guard/verdict.test.ts'

  // Catches: a mutant, or what a test printed of it, that outlives its run: every later one would be called caught, or alive.
  test('a vitest that stays up runs each time as the mutant that is asked for', async () => {
    const said = async (mutant: string | null) => {
      const ran = await tester.run({ mutant, paths: [GUARDED], names: [] })
      return ran.type === 'broken' ? ran.why : verdictOf(ran.report).type
    }
    expect(await said(null)).toBe('green')
    expect(await said('threshold-never-holds')).toBe('red')
    expect(await said(null)).toBe('green')
    expect(await said('no-such-guard')).toContain('there is no such mutant')
    expect(await said('threshold-never-holds')).toBe('red')
  })
  test('only the tests of that name count, and none of that name is no catch', async () => {
    const other = { mutant: 'threshold-never-holds', paths: [GUARDED], names: ['no test is called so'] }
    const ran = await tester.run(other)
    expect(ran.type === 'report' && verdictOf(ran.report).type).toBe('broken')
  })
  test('a catcher that comes to no end is broken', async () => {
    const hasty = openTester(root, 1)
    expect(await hasty.run({ mutant: null, paths: [GUARDED], names: [] })).toMatchObject({ type: 'broken' })
    hasty.close()
  })
})
