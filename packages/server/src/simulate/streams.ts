import { type Chance, createChance } from '@tandem/sandbox'

/** Each part draws from a stream of its own, so that taking one away leaves the others as they were (shorter traces). */
const STREAMS = [
  'company',
  'zoho',
  'xero',
  'engine',
  'latency',
  'trouble',
  'crash',
  'people',
  'desk',
  'post',
  'days',
  'clock',
] as const
export type StreamName = (typeof STREAMS)[number]
export type Streams = Readonly<Record<StreamName, Chance>>

const STREAM_STEP = 0x9e3779b1

export function streamsOf(seed: number): Streams {
  const of = (name: StreamName) =>
    createChance(Math.imul(seed * STREAMS.length + STREAMS.indexOf(name) + 1, STREAM_STEP))
  return {
    company: of('company'),
    zoho: of('zoho'),
    xero: of('xero'),
    engine: of('engine'),
    latency: of('latency'),
    trouble: of('trouble'),
    crash: of('crash'),
    people: of('people'),
    desk: of('desk'),
    post: of('post'),
    days: of('days'),
    clock: of('clock'),
  }
}

export function happens(chance: Chance, probability: number): boolean {
  return chance.float() < probability
}

/** One of a list by weight; undefined only for an empty list. */
export function weighted<T extends { readonly weight: number }>(chance: Chance, options: readonly T[]): T | undefined {
  let left = chance.float() * options.reduce((sum, option) => sum + option.weight, 0)
  for (const option of options) {
    left -= option.weight
    if (left < 0) return option
  }
  return options.at(-1)
}

export function someOf<T>(chance: Chance, options: readonly T[]): T | undefined {
  return options.length === 0 ? undefined : options[chance.int(0, options.length - 1)]
}
