import type { Chance } from '../../core/chance.ts'
import type { VirtualClock } from '../../core/clock.ts'

export const CONCURRENT_LIMIT = 5
export const MINUTE_LIMIT = 60
export const APP_MINUTE_LIMIT = 10_000
export const DAY_LIMITS = { starter: 1_000, core: 5_000 } as const

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export type LimitProblem = 'concurrent' | 'minute' | 'day' | 'appminute'

export interface LimitVerdict {
  readonly problem: LimitProblem | undefined
  /** Seconds; minute and day limits only (xero.md 2.1). */
  readonly retryAfter: number | undefined
  readonly dayRemaining: number
  readonly minuteRemaining: number
  readonly appMinuteRemaining: number
}

/** What tests assert about a client's behaviour: `GET /__sandbox/state` under `limits`. */
export interface LimitCounters {
  maxInFlightSeen: number
  maxCallsInMinuteWindow: number
  maxCallsInDayWindow: number
  callsAccepted: number
  /** 429s that the limits themselves sent; ones asked for as faults are counted apart. */
  refused: Record<LimitProblem, number>
  refusedTotal: number
  injected429s: number
}

/** Calls in the current one of a series of fixed windows, which start at their own moment per tenant (xero.md 2.1). */
class FixedWindow {
  readonly #lengthMs: number
  readonly #offsetMs: number
  #index = Number.NEGATIVE_INFINITY
  #count = 0
  constructor(lengthMs: number, offsetMs: number) {
    this.#lengthMs = lengthMs
    this.#offsetMs = offsetMs
  }

  count(nowMs: number): number {
    const index = Math.floor((nowMs - this.#offsetMs) / this.#lengthMs)
    if (index !== this.#index) {
      this.#index = index
      this.#count = 0
    }
    return this.#count
  }

  add(nowMs: number): number {
    this.#count = this.count(nowMs) + 1
    return this.#count
  }

  secondsLeft(nowMs: number): number {
    const endMs = (Math.floor((nowMs - this.#offsetMs) / this.#lengthMs) + 1) * this.#lengthMs + this.#offsetMs
    return Math.max(1, Math.ceil((endMs - nowMs) / 1000))
  }
}

export interface Limiter {
  /** A request arrived and occupies one of the five places until `leave`. */
  enter(): void
  leave(): void
  /** Counts the call, unless a limit refuses it: refused calls use up nothing. */
  admit(): LimitVerdict
  /** What is left, for calls that end before they are counted. */
  peek(): LimitVerdict
  /** A refusal that a fault asked for. */
  pretend(problem: LimitProblem): LimitVerdict
  readonly counters: LimitCounters
}

/** Per app and tenant; there is one of each here, so one limiter serves (xero.md 2.1). */
export function createLimiter(parts: { clock: VirtualClock; chance: Chance; dayLimit: number }): Limiter {
  const { clock, dayLimit } = parts
  const minute = new FixedWindow(MINUTE_MS, parts.chance.int(0, MINUTE_MS - 1))
  const day = new FixedWindow(DAY_MS, parts.chance.int(0, DAY_MS - 1))
  const appMinute = new FixedWindow(MINUTE_MS, parts.chance.int(0, MINUTE_MS - 1))
  let inFlight = 0
  const counters: LimitCounters = {
    maxInFlightSeen: 0,
    maxCallsInMinuteWindow: 0,
    maxCallsInDayWindow: 0,
    callsAccepted: 0,
    refused: { concurrent: 0, minute: 0, day: 0, appminute: 0 },
    refusedTotal: 0,
    injected429s: 0,
  }

  function exceeded(nowMs: number): LimitProblem | undefined {
    if (inFlight > CONCURRENT_LIMIT) return 'concurrent'
    if (day.count(nowMs) >= dayLimit) return 'day'
    if (minute.count(nowMs) >= MINUTE_LIMIT) return 'minute'
    return appMinute.count(nowMs) >= APP_MINUTE_LIMIT ? 'appminute' : undefined
  }

  function verdict(nowMs: number, problem: LimitProblem | undefined): LimitVerdict {
    return {
      problem,
      retryAfter:
        problem === 'minute' ? minute.secondsLeft(nowMs) : problem === 'day' ? day.secondsLeft(nowMs) : undefined,
      dayRemaining: dayLimit - day.count(nowMs),
      minuteRemaining: MINUTE_LIMIT - minute.count(nowMs),
      appMinuteRemaining: APP_MINUTE_LIMIT - appMinute.count(nowMs),
    }
  }

  return {
    counters,
    enter() {
      inFlight += 1
      counters.maxInFlightSeen = Math.max(counters.maxInFlightSeen, inFlight)
    },
    leave() {
      inFlight -= 1
    },
    admit() {
      const nowMs = clock.now()
      const problem = exceeded(nowMs)
      if (problem !== undefined) {
        counters.refused[problem] += 1
        counters.refusedTotal += 1
        return verdict(nowMs, problem)
      }
      counters.callsAccepted += 1
      counters.maxCallsInMinuteWindow = Math.max(counters.maxCallsInMinuteWindow, minute.add(nowMs))
      counters.maxCallsInDayWindow = Math.max(counters.maxCallsInDayWindow, day.add(nowMs))
      appMinute.add(nowMs)
      return verdict(nowMs, undefined)
    },
    peek: () => verdict(clock.now(), undefined),
    pretend(problem) {
      counters.injected429s += 1
      return verdict(clock.now(), problem)
    },
  }
}
