import { CRASH_POINTS, type CrashPoint } from '@tandem/sync/ports/crash-point.ts'

/** Where the process dies: at a named point, or whenever chance says. */
export type CrashPlace = CrashPoint | 'random'
export type DatabaseName = 'embedded' | 'postgres'

/** One crash. The seed chooses the company, the people's edits and how often the point is passed before it strikes. */
export interface CrashCase {
  readonly place: CrashPlace
  readonly seed: number
  readonly database: DatabaseName
  /** How long a stopped process stays stopped (C17). */
  readonly freezeMs: number
}

/** Catching up starts within this time of a restart, whatever the last process died of (design section 10). */
const RESTART_LIMIT_MS = 10_000

export interface CaseResult {
  readonly of: CrashCase
  /** What is wrong; none means that all is well. */
  readonly faults: readonly string[]
  /** From the start of the next process to its first catch-up call; null where nothing is started anew. */
  readonly restartMs: number | null
  readonly tookMs: number
}

/** A matter of the machine too, so a verdict of its own. */
export function isLate({ restartMs }: CaseResult): boolean {
  return restartMs !== null && restartMs >= RESTART_LIMIT_MS
}

export const PLACES: readonly CrashPlace[] = [...Object.keys(CRASH_POINTS).filter(isPoint), 'random']

export function isPlace(text: string): text is CrashPlace {
  return text === 'random' || isPoint(text)
}

function isPoint(text: string): text is CrashPoint {
  return text in CRASH_POINTS
}

export function repeatCommand({ place, seed, database }: CrashCase): string {
  return `npm run crash -- --points ${place} --from ${seed} --seeds 1 --database ${database}`
}
