import { parseArgs } from 'node:util'
import { runSeries, type Series } from './campaign.ts'
import { type GroupName, type PlannedSeries, seriesOf } from './plan.ts'
import { openTappedStore, type TappedStore } from './tapped-store.ts'

/*
 * `npm run nth-failure [-- --journey delta --kind killed --stride 7]`: three journeys, each repeated with its n-th call,
 * crash point, store operation or database statement failing, for every n and every kind of failure. Exit 1: a promise
 * did not hold.
 */

const ALL: readonly GroupName[] = ['calls', 'calls in a row', 'token endpoints', 'crashes', 'operations', 'statements']

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function runPrinted(
  series: PlannedSeries,
  at: { readonly stride: number; readonly store: TappedStore },
): Promise<Series> {
  const { journey, kind, group } = series
  const database = kind.seam === 'statement' ? { database: at.store } : {}
  const end = await runSeries({ journey, kind, stride: at.stride, ...database })
  const columns = [journey.name.padEnd(10), group.padEnd(15), kind.name.padEnd(44), String(end.tried).padStart(5)]
  print(`${columns.join('  ')}  ${String(end.violations.length).padStart(5)}`)
  for (const { n, what, violation } of end.violations)
    print(`       n = ${n}, ${what.slice(0, 100)}: ${violation.invariant} ${violation.text}`)
  return end
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      journey: { type: 'string', default: '' },
      kind: { type: 'string', default: '' },
      stride: { type: 'string', default: '1' },
    },
  })
  const wanted = seriesOf(ALL).filter(
    ({ journey, group, kind }) =>
      journey.name.includes(values.journey) && `${group}: ${kind.name}`.includes(values.kind),
  )
  const store = await openTappedStore()
  let tried = 0
  let broken = 0
  print(`${'journey'.padEnd(10)}  ${'seam'.padEnd(15)}  ${'failure'.padEnd(44)}  tried  violations`)
  try {
    for (const series of wanted) {
      const end = await runPrinted(series, { stride: Number(values.stride), store })
      tried += end.tried
      broken += end.violations.length
    }
  } finally {
    await store.close()
  }
  print(`${wanted.length} series, ${tried} attempts, ${broken} violations`)
  return broken === 0 && tried > 0 ? 0 : 1
}

process.exitCode = await main()
