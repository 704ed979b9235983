import type { CrashPlace } from './crash-case.ts'

/**
 * What the process that dies is doing. `live`: catching up with people's edits after a finished first sync. `first`: the
 * first sync itself, whose plan was approved. `held`: that plan still waits. `empty`: the database has no tables yet.
 */
export type Stage = 'live' | 'first' | 'held' | 'empty'

interface Strike {
  readonly stage: Stage
  /** The point strikes when it is reached for the nth time: more than once where a case of this size passes that often. */
  readonly hit: number
}

/** Points that a first sync passes too: odd seeds strike there. */
const IN_FIRST_SYNC: ReadonlySet<CrashPlace> = new Set([
  'C2',
  'C3',
  'C5',
  'C6',
  'C7',
  'C8',
  'C9',
  'C10',
  'C17',
  'C18',
  'random',
])

/** How often a case of this size passes a point at least, where it is more than once. */
const LEAST_HITS: Partial<Readonly<Record<CrashPlace, number>>> = {
  C2: 3,
  C3: 3,
  C4: 2,
  C5: 3,
  C6: 3,
  C7: 3,
  C8: 3,
  C9: 3,
  C10: 3,
  C11: 2,
  C12: 2,
  C14: 4,
  C15: 3,
  C17: 2,
  C18: 4,
}

export function strikeOf(place: CrashPlace, seed: number): Strike {
  const hit = 1 + (Math.floor(seed / 2) % (LEAST_HITS[place] ?? 1))
  if (place === 'C15') return { stage: 'empty', hit }
  if (place === 'C16') return { stage: 'held', hit }
  return { stage: IN_FIRST_SYNC.has(place) && seed % 2 === 1 ? 'first' : 'live', hit }
}
