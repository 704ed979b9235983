import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { catchersThatAreRedAnyway } from './baseline.ts'
import { hunt, isCaught, linesOf } from './hunt.ts'
import { MUTANTS } from './list.ts'
import { mutantsPage } from './page.ts'
import { SIMULATION } from './run-catcher.ts'
import { staleness } from './stale.ts'
import { openTester } from './tester.ts'

/*
 * `npm run mutants [-- --only NAME]`: every guard is switched off, one at a time, and each of its catchers must turn red
 * by a failed assertion. A mutant that lives, or whose place in the source is gone, fails the build. `--page` writes
 * docs/mutants.md instead.
 */

const root = join(import.meta.dirname, '../../../..')

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === '--page') return writePage()
  const only = args[0] === '--only' ? args[1] : undefined
  if (args.length > 0 && only === undefined) return usage('--only NAME and --page are all there is to say')
  const mutants = MUTANTS.filter((mutant) => only === undefined || mutant.name === only)
  if (mutants.length === 0) return usage(`there is no mutant ${only}`)
  const stale = staleness(mutants, root)
  for (const complaint of stale) print(`stale  ${complaint}`)
  if (stale.length > 0) return 1
  const place = { root, simulation: SIMULATION }
  const tester = openTester(root)
  const red = await catchersThatAreRedAnyway(mutants, { ...place, tester })
  tester.close()
  for (const complaint of red) print(`broken ${complaint}`)
  if (red.length > 0) return 1
  const hunted = await hunt(mutants, place, (one) => linesOf(one).forEach(print))
  const alive = hunted.filter((one) => !isCaught(one)).length
  print(`${hunted.length - alive} caught, ${alive} alive`)
  return alive === 0 ? 0 : 1
}

function writePage(): number {
  writeFileSync(join(root, 'docs/mutants.md'), mutantsPage(MUTANTS))
  return 0
}

function usage(why: string): number {
  print(`Usage: npm run mutants [-- --only NAME | --page]: ${why}`)
  return 2
}

process.exitCode = await main(process.argv.slice(2))
