/** Seeded chance (mulberry32): the same seed gives the same company, ids and fault pattern on every machine. */
export interface Chance {
  /** A float in [0, 1). */
  float(): number
  /** An integer in [low, high], both included. */
  int(low: number, high: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** A version 4 GUID. */
  guid(): string
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const float = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (low: number, high: number) => low + Math.floor(float() * (high - low + 1))
  const hex = (length: number) => Array.from({ length }, () => int(0, 15).toString(16)).join('')
  return {
    float,
    int,
    pick: (items) => items[int(0, items.length - 1)] ?? items[0],
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${int(8, 11).toString(16)}${hex(3)}-${hex(12)}`,
  }
}
