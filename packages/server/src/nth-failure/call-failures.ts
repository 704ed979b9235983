import { describeTrouble, EVERY_TROUBLE, type Trouble } from '../simulate/trouble.ts'
import type { Call } from '../simulate/wire.ts'
import { type Counter, type FailureKind, isStruck } from './failure.ts'

/** A read has no effect to lose: with it these are the same as a sibling, or as no trouble at all. */
function isForWritesOnly(trouble: Trouble): boolean {
  switch (trouble.type) {
    case 'lostAfter':
    case 'late':
    case 'rowMissing':
    case 'rowsReordered':
      return true
    case 'serverError':
    case 'html':
      return trouble.when === 'after'
    case 'refusedConnection':
    case 'lostBefore':
    case 'resetAfter':
    case 'truncated':
    case 'throttled':
    case 'tokenRefused':
      return false
  }
}

interface Row {
  readonly name: string
  /** The n-th call meets the first of these, the next calls of the same address the others. */
  readonly troubles: readonly Trouble[]
  readonly counts: (call: Call) => boolean
}

function failure({ name, troubles, counts }: Row): FailureKind {
  return { name, seam: 'call', hooks: ({ counter }) => ({ troubleFor: strikeInARow(counter, troubles, counts) }) }
}

function strikeInARow(counter: Counter, troubles: readonly Trouble[], counts: Row['counts']) {
  let left = troubles
  return (call: Call): Trouble | undefined => {
    const isNow =
      counter.struck === undefined
        ? counts(call) && isStruck(counter, addressOf(call))
        : counter.struck === addressOf(call)
    if (!isNow) return undefined
    const [first, ...rest] = left
    left = rest
    return first
  }
}

export function addressOf({ side, request, target }: Call): string {
  return `${side} ${request.method} ${target.split('?')[0]}`
}

export function isTokenCall({ target }: Call): boolean {
  return /\/token(\?|$)/.test(target)
}

/** Every call that the trouble can hurt; token requests have their own below. */
function apiFailure(name: string, troubles: readonly Trouble[]): FailureKind {
  const isHarmless = (call: Call) => !call.isWrite && troubles.every(isForWritesOnly)
  return failure({ name, troubles, counts: (call) => !isTokenCall(call) && !isHarmless(call) })
}

const UNAVAILABLE: Trouble = { type: 'serverError', status: 503, when: 'before' }
const LOST: Trouble = { type: 'lostAfter' }
const RESET: Trouble = { type: 'resetAfter' }
const GATEWAY: Trouble = { type: 'serverError', status: 504, when: 'after' }

/** Each trouble once. */
export const CALL_FAILURES: readonly FailureKind[] = EVERY_TROUBLE.map((trouble) =>
  apiFailure(describeTrouble(trouble), [trouble]),
)

/** The same call again in trouble when it is repeated. */
export const DOUBLE_FAILURES: readonly FailureKind[] = [
  apiFailure('503 before, twice', [UNAVAILABLE, UNAVAILABLE]),
  apiFailure('lostAfter, twice', [LOST, LOST]),
  apiFailure('resetAfter, then 429 minute', [RESET, { type: 'throttled', limit: 'minute' }]),
  apiFailure('504 after, then refusedConnection', [GATEWAY, { type: 'refusedConnection' }]),
  apiFailure('tokenRefused, then 503 before', [{ type: 'tokenRefused' }, UNAVAILABLE]),
]

/** The token endpoints. A refused client (401) would be no passing trouble: a person has to correct it. */
export const TOKEN_FAILURES: readonly FailureKind[] = EVERY_TROUBLE.flatMap((trouble) => {
  if (['tokenRefused', 'rowMissing', 'rowsReordered'].includes(trouble.type)) return []
  const name = `token: ${describeTrouble(trouble)}`
  return [
    failure({ name, troubles: [trouble], counts: isTokenCall }),
    failure({ name: `${name}, three times`, troubles: [trouble, trouble, trouble], counts: isTokenCall }),
  ]
})
