import type { ThrottleScope } from '../../model/outcome.ts'
import type { Clock } from '../../ports/clock.ts'
import type { BudgetState } from './call-budget.ts'

/** A budget at rest. All times are epoch milliseconds, so that another process can go on with it. */
export interface BudgetSnapshot {
  readonly savedAt: number
  readonly running: number
  readonly ended: readonly number[]
  readonly dayLeft: number
  readonly dayMost: number | null
  readonly dayStartedAt: number
  readonly dayProbedAt: number
  readonly blocked: { readonly scope: ThrottleScope; readonly until: number } | null
}

/** Where the budget of one connection and system is kept between processes. */
export interface BudgetLedger {
  load(): Promise<BudgetSnapshot | null>
  save(snapshot: BudgetSnapshot): Promise<void>
}

/** For tests, and for one-shot commands that make a handful of calls. */
export function createMemoryLedger(): BudgetLedger {
  let kept: BudgetSnapshot | null = null
  return {
    load: async () => kept,
    save: async (snapshot) => {
      kept = snapshot
    },
  }
}

export function snapshotBudget(state: BudgetState, clock: Clock): BudgetSnapshot {
  const now = clock.now()
  const offset = now - clock.monotonic()
  return {
    savedAt: now,
    running: state.running,
    ended: state.ended.map((at) => at + offset),
    dayLeft: state.dayLeft,
    dayMost: state.dayMost,
    dayStartedAt: state.dayStartedAt + offset,
    dayProbedAt: state.dayProbedAt + offset,
    blocked: state.blocked === null ? null : { ...state.blocked, until: state.blocked.until + offset },
  }
}

/**
 * Calls that were running when the snapshot was taken may have ended this very moment: they hold their places for a
 * whole window from now. Instants in the future (a clock that was set back) count as now. `current` keeps what this
 * process itself has running.
 */
export function restoreBudget(snapshot: BudgetSnapshot, current: BudgetState, clock: Clock): BudgetState {
  const monotonic = clock.monotonic()
  const offset = clock.now() - monotonic
  const past = (at: number) => Math.min(monotonic, at - offset)
  const orphans = Array.from({ length: snapshot.running }, () => monotonic)
  return {
    running: current.running,
    ended: [...snapshot.ended.map(past), ...orphans].sort((a, b) => a - b),
    dayLeft: snapshot.dayLeft,
    dayMost: snapshot.dayMost,
    dayStartedAt: past(snapshot.dayStartedAt),
    dayProbedAt: past(snapshot.dayProbedAt),
    blocked:
      snapshot.blocked === null ? current.blocked : { ...snapshot.blocked, until: snapshot.blocked.until - offset },
    refusals: current.refusals,
  }
}
