import { createChance, createClock } from '@tandem/sandbox'
import { createXeroSandbox } from '@tandem/sandbox/xero/index.ts'
import { createZohoSandbox } from '@tandem/sandbox/zoho/index.ts'
import { runSmallCompany, type ScenarioEnd } from '../rig/scenario-small-company.ts'
import { EXPECTED, SKIPPED } from './expected.ts'
import { complaints } from './verdict.ts'

/*
 * `npm run switches [filter]`: every fact about the remotes that nobody has verified is turned the other way, one at a
 * time; the whole scenario must still converge, or end in a named hold that is right (`expected.ts`).
 */

interface Turn {
  readonly side: 'zoho' | 'xero'
  readonly name: string
  readonly value: string
}

function everyTurn(): readonly Turn[] {
  const parts = { clock: createClock({ rate: 0 }), chance: createChance(1) }
  const sandboxes = { zoho: createZohoSandbox(parts), xero: createXeroSandbox(parts) }
  return (['zoho', 'xero'] as const).flatMap((side) =>
    sandboxes[side].control.switches
      .list()
      .flatMap((one) =>
        one.values.filter((value) => value !== one.values[0]).map((value) => ({ side, name: one.name, value })),
      ),
  )
}

async function tryTurn({ side, name, value }: Turn): Promise<ScenarioEnd> {
  return runSmallCompany({
    prepare(sandboxes) {
      const outcome = sandboxes[side].control.switches.set(name, value)
      if (!outcome.ok) throw new Error(outcome.message)
    },
  })
}

async function complaintsOf(turn: Turn, baseline: ScenarioEnd): Promise<readonly string[]> {
  try {
    const end = await tryTurn(turn)
    return complaints(end, baseline, EXPECTED[keyOf(turn)])
  } catch (failure) {
    return [failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)]
  }
}

const keyOf = ({ side, name, value }: Turn) => `${side}.${name}=${value}`

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function main(filter: string): Promise<number> {
  const baseline = await runSmallCompany()
  const faults = [...baseline.faults, ...baseline.missing]
  print(`${faults.length === 0 ? 'ok  ' : 'FAIL'} every switch at its default`)
  for (const fault of faults) print(`       ${fault}`)
  let passed = faults.length === 0 ? 1 : 0
  let failed = 1 - passed
  for (const turn of everyTurn().filter((one) => keyOf(one).includes(filter))) {
    const skipped = SKIPPED[`${turn.side}.${turn.name}`]
    if (skipped !== undefined) {
      print(`skip ${keyOf(turn)}: ${skipped}`)
      continue
    }
    const found = await complaintsOf(turn, baseline)
    const expected = EXPECTED[keyOf(turn)]
    print(
      `${found.length === 0 ? 'ok  ' : 'FAIL'} ${keyOf(turn)}${expected === undefined ? '' : `: ${expected.reason}`}`,
    )
    for (const complaint of found) print(`       ${complaint}`)
    if (found.length === 0) passed += 1
    else failed += 1
  }
  print(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

// The virtual clock's timers keep no process alive, and sometimes nothing but them is waited for.
const alive = setInterval(() => undefined, 60_000)
process.exitCode = await main(process.argv[2] ?? '')
clearInterval(alive)
