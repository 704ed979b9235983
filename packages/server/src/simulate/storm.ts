import type { Chance } from '@tandem/sandbox'
import type { Scenario } from './scenario.ts'
import { happens, weighted } from './streams.ts'
import type { ThrottleKind, Trouble, TroubleType } from './trouble.ts'
import type { Call } from './wire.ts'

const LATEST_MS = 10 * 60_000

/** The trouble that strikes a call, if any; reads have half the rate of writes. */
export function troubleOf(scenario: Scenario, chance: Chance, call: Call): Trouble | undefined {
  if (!happens(chance, scenario.rates.trouble * (call.isWrite ? 1 : 0.5))) return undefined
  const types = TYPES.flatMap((type) => ({ type, weight: scenario.troubles[type] ?? 0 }))
  const type = weighted(chance, types)?.type
  return type === undefined ? undefined : troubleOfType(type, chance)
}

const TYPES: readonly TroubleType[] = [
  'refusedConnection',
  'lostBefore',
  'lostAfter',
  'resetAfter',
  'late',
  'serverError',
  'truncated',
  'html',
  'throttled',
  'tokenRefused',
  'rowMissing',
  'rowsReordered',
]

function troubleOfType(type: TroubleType, chance: Chance): Trouble {
  const when = chance.pick(['before', 'after'] as const)
  switch (type) {
    case 'late':
      return { type, delayMs: chance.int(0, LATEST_MS) }
    case 'serverError':
      return { type, status: chance.pick([500, 502, 503, 504] as const), when }
    case 'html':
      return { type, when }
    case 'throttled':
      return { type, limit: weightedLimit(chance) }
    case 'refusedConnection':
    case 'lostBefore':
    case 'lostAfter':
    case 'resetAfter':
    case 'truncated':
    case 'tokenRefused':
    case 'rowMissing':
    case 'rowsReordered':
      return { type }
  }
}

/** A day's limit stops everything for an hour: one in ten. */
function weightedLimit(chance: Chance): ThrottleKind {
  return happens(chance, 0.1) ? 'day' : chance.pick(['minute', 'concurrent', 'app'] as const)
}
