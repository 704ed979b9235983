import type { ThrottleScope } from '../../model/outcome.ts'

/**
 * The arithmetic of a call budget, pure (I6). A call holds its place in the window from the moment it is sent until a
 * whole window after its ANSWER: it reached the remote somewhere between the two, so the remote can never see more than
 * `perWindow` in any window, wherever its own fixed windows begin and however slow the line is.
 */
export interface BudgetRules {
  /** null: the remote has no such limit (Zoho). */
  readonly perWindow: number | null
  readonly windowMs: number
  readonly inFlight: number
  /** Until the remote tells what is left of the day. */
  readonly perDay: number
  /** Share of each limit that background work leaves alone, so that a person never waits for a bulk sync. */
  readonly interactiveShare: number
  /** A wait longer than this is a throttled outcome instead. */
  readonly longestWaitMs: number
}

export type CallPriority = 'interactive' | 'background'

/** All times are milliseconds of one clock. */
export interface BudgetState {
  readonly running: number
  /** When each finished call ended, ascending; also places that other users of the same limit have taken. */
  readonly ended: readonly number[]
  readonly dayLeft: number
  /** The largest remainder seen, from which the interactive share is taken. null until the remote has told. */
  readonly dayMost: number | null
  readonly dayStartedAt: number
  /** When the day was last asked about although it looked exhausted. */
  readonly dayProbedAt: number
  readonly blocked: Block | null
  /** Refusals in a row that named no waiting time. */
  readonly refusals: number
}

export interface Block {
  readonly scope: ThrottleScope
  readonly until: number
}

export type Verdict =
  | { readonly type: 'go' }
  /** null: until a running call ends. */
  | { readonly type: 'wait'; readonly until: number | null }
  | { readonly type: 'throttled'; readonly scope: ThrottleScope; readonly retryAfterMs: number | null }

/** What a remote's answer says about its limits. null: nothing. */
export interface LimitSighting {
  readonly windowLeft: number | null
  readonly dayLeft: number | null
  /** It refused for a limit; `forMs` null: it did not say for how long. */
  readonly refused: { readonly scope: ThrottleScope; readonly forMs: number | null } | null
}

export const NOTHING_SEEN: LimitSighting = { windowLeft: null, dayLeft: null, refused: null }

const DAY_MS = 24 * 60 * 60 * 1000
/** A day's fixed window ends at a moment that the remote does not tell: one call in this time finds out. */
const DAY_PROBE_MS = 60 * 60 * 1000
const FIRST_BACKOFF_MS = 1000
const LAST_BACKOFF_MS = 60_000

export function freshBudget(rules: BudgetRules, now: number): BudgetState {
  return {
    running: 0,
    ended: [],
    dayLeft: rules.perDay,
    dayMost: null,
    dayStartedAt: now,
    dayProbedAt: now,
    blocked: null,
    refusals: 0,
  }
}

/** Drops what is over: places older than a window, a block that has passed, yesterday's count. */
export function settle(rules: BudgetRules, state: BudgetState, now: number): BudgetState {
  const isNewDay = now - state.dayStartedAt >= DAY_MS
  return {
    ...state,
    ended: state.ended.filter((at) => now - at <= rules.windowMs),
    blocked: state.blocked !== null && state.blocked.until > now ? state.blocked : null,
    dayLeft: isNewDay ? Math.max(state.dayLeft, state.dayMost ?? rules.perDay) : state.dayLeft,
    dayStartedAt: isNewDay ? now : state.dayStartedAt,
  }
}

/** May a call of this priority go now? `state` must be settled at `now`. */
export function judge(rules: BudgetRules, state: BudgetState, ask: { priority: CallPriority; now: number }): Verdict {
  if (state.blocked !== null) return untilOrThrottled(rules, state.blocked, ask.now)
  if (!dayAllows(rules, state, ask)) {
    return { type: 'throttled', scope: 'day', retryAfterMs: Math.max(0, state.dayProbedAt + DAY_PROBE_MS - ask.now) }
  }
  if (state.running >= allowance(rules, ask.priority, rules.inFlight)) return { type: 'wait', until: null }
  if (rules.perWindow === null) return { type: 'go' }
  const surplus = state.running + state.ended.length - allowance(rules, ask.priority, rules.perWindow)
  if (surplus < 0) return { type: 'go' }
  const lastToLeave = state.ended[surplus]
  return { type: 'wait', until: lastToLeave === undefined ? null : lastToLeave + rules.windowMs + 1 }
}

function untilOrThrottled(rules: BudgetRules, block: Block, now: number): Verdict {
  const remaining = block.until - now
  if (remaining <= rules.longestWaitMs) return { type: 'wait', until: block.until }
  return { type: 'throttled', scope: block.scope, retryAfterMs: remaining }
}

function dayAllows(rules: BudgetRules, state: BudgetState, ask: { priority: CallPriority; now: number }): boolean {
  const kept = ask.priority === 'background' ? Math.floor((state.dayMost ?? rules.perDay) * rules.interactiveShare) : 0
  return state.dayLeft > kept || ask.now - state.dayProbedAt >= DAY_PROBE_MS
}

function allowance(rules: BudgetRules, priority: CallPriority, limit: number): number {
  return priority === 'interactive' ? limit : Math.max(1, Math.floor(limit * (1 - rules.interactiveShare)))
}

/** A call goes out; `cost` is what it takes of the day. */
export function take(state: BudgetState, call: { readonly cost: number; readonly now: number }): BudgetState {
  return {
    ...state,
    running: state.running + 1,
    dayLeft: Math.max(0, state.dayLeft - call.cost),
    // A call that goes out learns about the day, so the next probe is a full interval away.
    dayProbedAt: call.now,
  }
}

/** It never reached the remote: as if it had not been made. */
export function giveBack(state: BudgetState, cost: number): BudgetState {
  return { ...state, running: state.running - 1, dayLeft: state.dayLeft + cost }
}

/** It was answered, or lost on the way: the place is free a window from now, and the remote's own figures correct ours. */
export function finish(
  rules: BudgetRules,
  state: BudgetState,
  seen: { sighting: LimitSighting; now: number },
): BudgetState {
  const { sighting, now } = seen
  const running = state.running - 1
  const ended = [...state.ended, now]
  return {
    ...state,
    running,
    ended: [...ended, ...takenByOthers(rules, sighting.windowLeft, { used: running + ended.length, now })],
    ...dayFigures(state, sighting.dayLeft, running),
    ...blockFigures(state, sighting.refused, now),
  }
}

/** The remote counts more calls than we know of: another process uses the same app and organisation. */
function takenByOthers(
  rules: BudgetRules,
  windowLeft: number | null,
  known: { readonly used: number; readonly now: number },
): readonly number[] {
  if (windowLeft === null || rules.perWindow === null) return []
  const strangers = rules.perWindow - windowLeft - known.used
  return strangers > 0 ? Array.from({ length: strangers }, () => known.now) : []
}

/** Calls still running may not be in the remote's figure yet: they are counted as spent. */
function dayFigures(state: BudgetState, dayLeft: number | null, running: number) {
  if (dayLeft === null) return {}
  return { dayLeft: Math.max(0, dayLeft - running), dayMost: Math.max(state.dayMost ?? 0, dayLeft) }
}

function blockFigures(state: BudgetState, refused: LimitSighting['refused'], now: number) {
  if (refused === null) return { refusals: 0 }
  const backoff = Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** state.refusals)
  const until = now + (refused.forMs ?? backoff)
  const blocked =
    state.blocked !== null && state.blocked.until > until ? state.blocked : { scope: refused.scope, until }
  return { blocked, refusals: refused.forMs === null ? state.refusals + 1 : 0 }
}
