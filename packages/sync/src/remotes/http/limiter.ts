import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { Clock } from '../../ports/clock.ts'
import { type BudgetLedger, type BudgetSnapshot, restoreBudget, snapshotBudget } from './budget-ledger.ts'
import {
  type BudgetRules,
  type BudgetState,
  type CallPriority,
  finish,
  freshBudget,
  giveBack,
  judge,
  type LimitSighting,
  settle,
  take,
  type Verdict,
} from './call-budget.ts'

/** The call budget of one connection and system. One per process and limit: all clients of it share this object. */
export interface Limiter {
  /**
   * Waits for a place, interactive callers first. `throttled` when the wait would be long: the day is spent, or the
   * remote said "come back in an hour". `cost` is what the call takes of the day (Zoho credits), 1 if left out.
   */
  acquire(priority: CallPriority, cost?: number): Promise<RemoteOutcome<Permit>>
  /** Takes over what another process has spent since: to be called when this one claims the connection's lane. */
  catchUp(): Promise<void>
  snapshot(): BudgetSnapshot
}

/** To be ended exactly once by one of the two. */
export interface Permit {
  done(sighting: LimitSighting): void
  /** Nothing was executed, because nothing arrived. */
  giveBack(): void
}

interface Waiter {
  readonly priority: CallPriority
  readonly cost: number
  readonly answer: (verdict: Exclude<Verdict, { type: 'wait' }>) => void
}

export function createLimiter(rules: BudgetRules, clock: Clock, ledger: BudgetLedger): Limiter {
  return new QueueLimiter(rules, clock, ledger)
}

class QueueLimiter implements Limiter {
  readonly #rules: BudgetRules
  readonly #clock: Clock
  readonly #ledger: BudgetLedger
  readonly #waiters: Record<CallPriority, Waiter[]> = { interactive: [], background: [] }
  #state: BudgetState
  #opened: Promise<void> | undefined
  #savedAt = Number.NEGATIVE_INFINITY
  #alarmAt = Number.POSITIVE_INFINITY
  /** A save that has not begun yet carries every change made until it does. */
  #nextSave: Promise<void> | undefined
  #lastSave: Promise<void> = Promise.resolve()

  constructor(rules: BudgetRules, clock: Clock, ledger: BudgetLedger) {
    this.#rules = rules
    this.#clock = clock
    this.#ledger = ledger
    this.#state = freshBudget(rules, clock.monotonic())
  }

  async acquire(priority: CallPriority, cost = 1): Promise<RemoteOutcome<Permit>> {
    this.#opened ??= this.catchUp()
    await this.#opened
    const verdict = await new Promise<Exclude<Verdict, { type: 'wait' }>>((answer) => {
      this.#waiters[priority].push({ priority, cost, answer })
      this.#pump()
    })
    if (verdict.type === 'throttled') return verdict
    try {
      // Before the call, so that a process that dies now has not forgotten it (I6 across restarts).
      await this.#save()
    } catch (error) {
      this.#update(giveBack(this.#state, cost))
      throw error
    }
    return ok(this.#permit(cost))
  }

  async catchUp(): Promise<void> {
    const snapshot = await this.#ledger.load()
    if (snapshot === null || snapshot.savedAt <= this.#savedAt) return
    this.#savedAt = snapshot.savedAt
    this.#update(restoreBudget(snapshot, this.#state, this.#clock))
  }

  snapshot(): BudgetSnapshot {
    return snapshotBudget(this.#state, this.#clock)
  }

  #permit(cost: number): Permit {
    let isEnded = false
    const end = (next: () => BudgetState) => {
      if (isEnded) throw new Error('A permit was ended twice')
      isEnded = true
      this.#update(next())
    }
    return {
      done: (sighting) => end(() => finish(this.#rules, this.#state, { sighting, now: this.#clock.monotonic() })),
      giveBack: () => end(() => giveBack(this.#state, cost)),
    }
  }

  #update(state: BudgetState): void {
    this.#state = state
    this.#pump()
  }

  /** Answers every waiter that can be answered now and sets one alarm for the next. */
  #pump(): void {
    this.#pumpQueue('interactive')
    this.#pumpQueue('background')
  }

  #pumpQueue(priority: CallPriority): void {
    const queue = this.#waiters[priority]
    for (let waiter = queue[0]; waiter !== undefined; waiter = queue[0]) {
      const now = this.#clock.monotonic()
      this.#state = settle(this.#rules, this.#state, now)
      const verdict = judge(this.#rules, this.#state, { priority, now })
      if (verdict.type === 'wait') {
        if (verdict.until !== null) this.#wakeAt(verdict.until, now)
        return
      }
      queue.shift()
      if (verdict.type === 'go') this.#state = take(this.#state, { cost: waiter.cost, now })
      waiter.answer(verdict)
    }
  }

  #wakeAt(until: number, now: number): void {
    if (until >= this.#alarmAt) return
    this.#alarmAt = until
    void this.#clock.sleep(Math.max(1, until - now)).then(() => {
      // A later alarm than the one now set has nothing to do: whoever set the earlier one pumps again.
      if (this.#alarmAt === until) this.#alarmAt = Number.POSITIVE_INFINITY
      this.#pump()
    })
  }

  #save(): Promise<void> {
    this.#nextSave ??= this.#saveAfter(this.#lastSave)
    return this.#nextSave
  }

  async #saveAfter(previous: Promise<void>): Promise<void> {
    await previous.catch(() => undefined)
    const snapshot = this.snapshot()
    this.#lastSave = this.#nextSave ?? Promise.resolve()
    this.#nextSave = undefined
    this.#savedAt = snapshot.savedAt
    await this.#ledger.save(snapshot)
  }
}
