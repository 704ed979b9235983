import { parseArgs } from 'node:util'
import { type CrashCase, type DatabaseName, isPlace, PLACES } from './crash-case.ts'

export const USAGE = `Usage: npm run crash -- [--points C5,C7,random] [--seeds 20] [--from 1] [--database embedded|postgres|both]
  --points     only these; all 18 and random kills otherwise
  --seeds      seeds per point
  --from       the first seed: repeats a failure
  --database   both otherwise; PostgreSQL needs its server binaries installed here
  --parallel   cases beside each other, 2 otherwise
  --freeze     seconds that a stopped process stays stopped (C17), 60 otherwise`

export interface Options {
  readonly cases: readonly CrashCase[]
  readonly databases: readonly DatabaseName[]
  readonly parallel: number
}

const NAMES = ['embedded', 'postgres'] as const
const MOST_SEEDS = 100_000

/** undefined: not understood. */
export function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        points: { type: 'string', default: PLACES.join(',') },
        seeds: { type: 'string', default: '20' },
        from: { type: 'string', default: '1' },
        database: { type: 'string', default: 'both' },
        parallel: { type: 'string', default: '2' },
        freeze: { type: 'string', default: '60' },
      },
    })
    const named = values.points.split(',')
    const places = named.filter(isPlace)
    const databases = NAMES.filter((name) => values.database === 'both' || values.database === name)
    const [seeds, from, parallel, freeze] = [values.seeds, values.from, values.parallel, values.freeze].map(count)
    if (places.length !== named.length || databases.length === 0) return undefined
    if (seeds === undefined || from === undefined || parallel === undefined || freeze === undefined) return undefined
    const all = Array.from({ length: seeds }, (_, index) => from + index)
    const cases = all.flatMap((seed) =>
      places.flatMap((place) =>
        databases.map((database) => ({
          place,
          seed,
          database,
          freezeMs: freeze * 1_000,
        })),
      ),
    )
    return { cases, databases, parallel }
  } catch {
    return undefined
  }
}

function count(text: string): number | undefined {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 && number <= MOST_SEEDS ? number : undefined
}
