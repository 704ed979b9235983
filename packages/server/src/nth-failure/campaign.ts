import { type Violation, violation } from '../simulate/violation.ts'
import { type AttemptEnd, type AttemptParts, attempt } from './attempt.ts'
import type { FailureKind } from './failure.ts'
import type { Journey } from './journeys.ts'
import type { Database } from './stage.ts'

export interface SeriesParts {
  readonly journey: Journey
  readonly kind: FailureKind
  readonly database?: Database
  /** Every how many-th opportunity is struck: 1 for all of them. */
  readonly stride?: number
}

/** One journey with one kind of failure, at every opportunity. */
export interface Series {
  /** Attempts in which something was struck. */
  readonly tried: number
  readonly violations: readonly Struck[]
}

export interface Struck {
  readonly n: number
  readonly what: string
  readonly violation: Violation
}

/** Opportunities of one journey; more means that it never ends. */
const OPPORTUNITIES_LIMIT = 2_000

/** n = 1, 2, 3 ... until a run ends that had fewer than n opportunities: then every one of them has failed once. */
export async function runSeries({ stride = 1, ...parts }: SeriesParts): Promise<Series> {
  const fair = await fairRun(parts)
  const violations = fair.violations.map((one) => ({ n: 0, what: 'fair weather', violation: one }))
  // What fails without a failure would fail with each of them.
  if (violations.length > 0) return { tried: 0, violations }
  let tried = 0
  for (let n = stride; n <= OPPORTUNITIES_LIMIT; n += stride) {
    const end = await tryOne({ ...parts, n }, fair.census)
    if (end === undefined) return { tried, violations }
    tried += 1
    violations.push(...end)
  }
  throw new Error(`The journey ${parts.journey.name} has more than ${OPPORTUNITIES_LIMIT} opportunities`)
}

/** Without a failure every kind is the same: run once for each journey, in memory and on a database. */
const fairRuns = new Map<string, Promise<AttemptEnd>>()

function fairRun(parts: Omit<SeriesParts, 'stride'>): Promise<AttemptEnd> {
  const key = `${parts.journey.name}, ${parts.database === undefined ? 'memory' : 'database'}`
  const known = fairRuns.get(key) ?? attempt({ ...parts, n: 0 })
  fairRuns.set(key, known)
  return known
}

/** undefined: there was no n-th opportunity. */
async function tryOne(parts: AttemptParts, census: string): Promise<readonly Struck[] | undefined> {
  const end = await attempt(parts)
  const { n } = parts
  if (end.struck === undefined) return undefined
  const isCounted = end.census === census
  return [
    ...end.violations,
    ...(isCounted ? [] : [violation('I2', `records: ${end.census}; in fair weather ${census}`)]),
  ].map((one) => ({ n, what: end.struck ?? '', violation: one }))
}
