import { parseArgs } from 'node:util'
import type { Job } from './job.ts'

export interface Options {
  readonly jobs: readonly Job[]
  readonly isJson: boolean
  readonly isProfiled: boolean
}

export const USAGE = `Usage: npm run bench -- [--quick | --full] [--shape NAME ...] [--store embedded|memory] [--rate N] [--json] [--cpu-prof]
  --quick     only 1/10 of the job: 1,000 contacts, 200 items, 2,000 invoices
  --full      only the job: 10,000 contacts, 2,000 items, 20,000 invoices
  --shape     zohoOnly, xeroOnly, bothEqual: only these
  --rate      virtual milliseconds per real one; 1 for the small job, 8 for the full one
  --cpu-prof  writes a CPU profile of the engine's process per job into this folder`

const SIZES = { tenth: 1, full: 10 } as const
/** The small job at the real windows; the full one ends in minutes, at the price of CPU that counts eightfold in virtual time. */
const RATES = { 1: 1, 10: 8 } as const
const SHAPES = ['zohoOnly', 'xeroOnly', 'bothEqual'] as const

/** undefined: not understood. */
export function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        full: { type: 'boolean', default: false },
        shape: { type: 'string', multiple: true, default: [...SHAPES] },
        store: { type: 'string', default: 'embedded' },
        rate: { type: 'string' },
        json: { type: 'boolean', default: false },
        'cpu-prof': { type: 'boolean', default: false },
      },
    })
    const { store } = values
    const rate = values.rate === undefined ? undefined : Number(values.rate)
    const shapes = SHAPES.filter((shape) => values.shape.includes(shape))
    const isKnown = shapes.length === new Set(values.shape).size && (rate === undefined || rate > 0)
    if (!isKnown || (store !== 'embedded' && store !== 'memory')) return undefined
    const sizes = [...(values.full ? [] : [SIZES.tenth]), ...(values.quick ? [] : [SIZES.full])]
    const jobs = sizes.flatMap((size) =>
      shapes.map((shape) => jobOf(size, { shape, store, rate: rate ?? RATES[size] })),
    )
    return { jobs, isJson: values.json, isProfiled: values['cpu-prof'] }
  } catch {
    return undefined
  }
}

function jobOf(size: keyof typeof RATES, how: Pick<Job, 'shape' | 'store' | 'rate'>): Job {
  return {
    ...how,
    name: `${size === SIZES.full ? 'full' : '1/10'} ${how.shape}`,
    contacts: 1_000 * size,
    items: 200 * size,
    invoices: 2_000 * size,
    seed: 7,
  }
}
