import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BudgetLedger, type BudgetSnapshot, createMemoryLedger } from './budget-ledger.ts'
import { type BudgetRules, type CallPriority, NOTHING_SEEN } from './call-budget.ts'
import { createLimiter, type Limiter, type Permit } from './limiter.ts'
import { createTestClock, type TestClock } from './testing.ts'

const RULES: BudgetRules = {
  perWindow: 60,
  windowMs: 60_000,
  inFlight: 5,
  perDay: 5000,
  interactiveShare: 0.15,
  longestWaitMs: 90_000,
}

interface MadeCall {
  readonly sentAt: number
  endedAt: number
  readonly priority: CallPriority
}

/** Makes calls that take `latencyMs` each, in a process that can be killed, and remembers when they were on the way. */
function createCaller(clock: TestClock, ledger: BudgetLedger, rules: BudgetRules) {
  const made: MadeCall[] = []
  const running = new Set<MadeCall>()
  let mostRunning = 0
  let alive = startProcess(clock, ledger, rules)

  async function call(priority: CallPriority, latencyMs: number) {
    const own = alive
    const permit = await own.limiter.acquire(priority)
    if (permit.type !== 'ok' || own !== alive) return
    const record: MadeCall = { sentAt: clock.monotonic(), endedAt: Number.POSITIVE_INFINITY, priority }
    made.push(record)
    running.add(record)
    mostRunning = Math.max(mostRunning, running.size)
    await clock.sleep(latencyMs)
    if (own !== alive) return
    end(record)
    permit.value.done(NOTHING_SEEN)
  }

  function end(record: MadeCall) {
    record.endedAt = clock.monotonic()
    running.delete(record)
  }

  /** What was on the way may have arrived until now; what waited never goes. */
  function restart() {
    for (const record of running) end(record)
    alive.kill()
    alive = startProcess(clock, ledger, rules)
  }

  return { made, call, restart, limiter: () => alive.limiter, mostRunning: () => mostRunning }
}

function startProcess(clock: TestClock, ledger: BudgetLedger, rules: BudgetRules) {
  let isAlive = true
  const own: BudgetLedger = {
    load: () => ledger.load(),
    save: async (snapshot) => {
      if (isAlive) await ledger.save(snapshot)
    },
  }
  return {
    limiter: createLimiter(rules, clock, own),
    kill() {
      isAlive = false
    },
  }
}

/** The most calls that any 60 s could have seen, wherever each arrived between being sent and answered. */
function worstWindow(calls: readonly MadeCall[]): number {
  const starts = calls.map((call) => call.endedAt)
  return Math.max(
    0,
    ...starts.map(
      (from) => calls.filter((call) => call.endedAt >= from && call.sentAt <= from + RULES.windowMs).length,
    ),
  )
}

function open(rules: BudgetRules = RULES, ledger: BudgetLedger = createMemoryLedger()) {
  const clock = createTestClock()
  const caller = createCaller(clock, ledger, rules)
  const { made, call, mostRunning } = caller
  return { clock, limiter: caller.limiter(), made, call, mostRunning }
}

async function take(limiter: Limiter): Promise<Permit> {
  const permit = await limiter.acquire('interactive')
  if (permit.type !== 'ok') throw new Error(permit.type)
  return permit.value
}

describe('limiter', () => {
  it('never sends more than 60 in any 60 s nor 5 at a time, in any sequence and over restarts (I6)', async () => {
    const step = fc.record({
      pauseMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40_000 })),
      burst: fc.integer({ min: 1, max: 40 }),
      latencyMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9000 })),
      priority: fc.constantFrom<CallPriority>('interactive', 'background'),
      fate: fc.constantFrom('goOn', 'goOn', 'restart'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
        const clock = createTestClock()
        const caller = createCaller(clock, createMemoryLedger(), RULES)
        for (const { pauseMs, burst, latencyMs, priority, fate } of steps) {
          for (let index = 0; index < burst; index += 1) void caller.call(priority, latencyMs)
          await clock.advance(pauseMs)
          if (fate === 'restart') caller.restart()
        }
        await clock.advance(60 * 60_000)
        const before = caller.made.length
        for (let index = 0; index < 70; index += 1) void caller.call('background', 10)
        await clock.advance(10 * 60_000)
        expect(worstWindow(caller.made)).toBeLessThanOrEqual(60)
        expect(caller.mostRunning()).toBeLessThanOrEqual(5)
        // And nothing is stuck for ever.
        expect(caller.made.length).toBe(before + 70)
      }),
      { numRuns: 100 },
    )
  })

  it('holds at most five calls in flight', async () => {
    const { clock, call, mostRunning } = open()
    for (let index = 0; index < 30; index += 1) void call('interactive', 700)
    await clock.advance(60_000)
    expect(mostRunning()).toBe(5)
  })

  it('spends the whole allowance: 60 at once, the next when the first is a window old', async () => {
    const { clock, made, call } = open()
    for (let index = 0; index < 61; index += 1) void call('interactive', 0)
    await clock.advance(59_999)
    expect(made.length).toBe(60)
    await clock.advance(5)
    expect(made.length).toBe(61)
  })

  it('keeps 15 % for a person: a bulk sync stops at 51, a button then still goes at once', async () => {
    const { clock, made, call } = open()
    for (let index = 0; index < 100; index += 1) void call('background', 0)
    await clock.advance(1000)
    expect(made.length).toBe(51)
    void call('interactive', 0)
    await clock.advance(0)
    expect(made.at(-1)?.priority).toBe('interactive')
  })

  it('lets a person overtake the queue', async () => {
    const { clock, made, call } = open()
    for (let index = 0; index < 80; index += 1) void call('background', 1000)
    await clock.advance(0)
    for (let index = 0; index < 3; index += 1) void call('interactive', 0)
    await clock.advance(1500)
    expect(made.filter((one) => one.priority === 'interactive').length).toBe(3)
  })

  it('gives a place back when nothing arrived: an outage must not eat the minute', async () => {
    const { limiter, clock, made, call } = open()
    for (let index = 0; index < 300; index += 1) (await take(limiter)).giveBack()
    for (let index = 0; index < 60; index += 1) void call('interactive', 0)
    await clock.advance(1000)
    expect(made.length).toBe(60)
  })

  it('refuses to end a permit twice: that would raise the limit', async () => {
    const permit = await take(open().limiter)
    permit.done(NOTHING_SEEN)
    expect(() => permit.giveBack()).toThrow('twice')
  })

  it('counts what others spent from the same minute (X-MinLimit-Remaining)', async () => {
    const { limiter, clock, made, call } = open()
    ;(await take(limiter)).done({ ...NOTHING_SEEN, windowLeft: 10 })
    for (let index = 0; index < 30; index += 1) void call('interactive', 0)
    await clock.advance(59_000)
    expect(made.length).toBe(10)
  })

  it('does not count its own calls as strangers when answers come late', async () => {
    const { limiter, clock, made, call } = open()
    const permits = await Promise.all([take(limiter), take(limiter), take(limiter)])
    // The remote saw them one after the other, the answers came in the opposite order.
    for (const [index, permit] of permits.entries()) permit.done({ ...NOTHING_SEEN, windowLeft: 57 + index })
    for (let index = 0; index < 60; index += 1) void call('interactive', 0)
    await clock.advance(1000)
    expect(made.length).toBe(57)
  })

  it('waits out a short Retry-After and answers throttled for a long one', async () => {
    const { limiter, clock, made, call } = open()
    ;(await take(limiter)).done({ ...NOTHING_SEEN, refused: { scope: 'minute', forMs: 30_000 } })
    void call('interactive', 0)
    await clock.advance(29_000)
    expect(made.length).toBe(0)
    await clock.advance(1001)
    expect(made.length).toBe(1)
    ;(await take(limiter)).done({ ...NOTHING_SEEN, refused: { scope: 'day', forMs: 70_000_000 } })
    expect(await limiter.acquire('interactive')).toEqual({ type: 'throttled', scope: 'day', retryAfterMs: 70_000_000 })
  })

  it('backs off longer and longer from refusals that name no time', async () => {
    const { limiter, clock } = open()
    const times: number[] = []
    const refuseFour = async () => {
      for (let index = 0; index < 4; index += 1) {
        const permit = await take(limiter)
        times.push(clock.monotonic())
        permit.done({ ...NOTHING_SEEN, refused: { scope: 'concurrent', forMs: null } })
      }
    }
    void refuseFour()
    await clock.advance(20_000)
    expect(times).toEqual([0, 1000, 3000, 7000])
  })

  it('answers throttled when the day is spent, keeps its share for people, and asks again after an hour', async () => {
    const { limiter, clock } = open()
    ;(await take(limiter)).done({ ...NOTHING_SEEN, dayLeft: 1000 })
    ;(await take(limiter)).done({ ...NOTHING_SEEN, dayLeft: 150 })
    expect(await limiter.acquire('background')).toMatchObject({ type: 'throttled', scope: 'day' })
    ;(await take(limiter)).done({ ...NOTHING_SEEN, dayLeft: 0 })
    expect(await limiter.acquire('interactive')).toEqual({ type: 'throttled', scope: 'day', retryAfterMs: 3_600_000 })
    await clock.advance(3_600_000)
    expect((await limiter.acquire('interactive')).type).toBe('ok')
  })

  it('learns the day limit of a small app instead of reserving 15 % of 5,000', async () => {
    const { limiter } = open()
    ;(await take(limiter)).done({ ...NOTHING_SEEN, dayLeft: 999 })
    ;(await take(limiter)).done({ ...NOTHING_SEEN, dayLeft: 200 })
    expect((await limiter.acquire('background')).type).toBe('ok')
  })

  it('saves before it lets a call go: a crash right after must not forget it', async () => {
    const saved: BudgetSnapshot[] = []
    const ledger = { load: async () => null, save: async (snapshot: BudgetSnapshot) => void saved.push(snapshot) }
    const { limiter } = open(RULES, ledger)
    await take(limiter)
    expect(saved.at(-1)?.running).toBe(1)
  })

  it('gives the place back when the budget cannot be saved', async () => {
    let isBroken = true
    const ledger = {
      load: async () => null,
      save: async () => {
        if (isBroken) throw new Error('disk full')
      },
    }
    const { limiter } = open({ ...RULES, inFlight: 1 }, ledger)
    await expect(limiter.acquire('interactive')).rejects.toThrow('disk full')
    isBroken = false
    expect((await limiter.acquire('interactive')).type).toBe('ok')
  })

  it('takes over what another process spent meanwhile', async () => {
    const clock = createTestClock()
    const ledger = createMemoryLedger()
    const first = createLimiter(RULES, clock, ledger)
    ;(await take(first)).done(NOTHING_SEEN)
    await clock.advance(10)
    const second = createLimiter(RULES, clock, ledger)
    for (let index = 0; index < 40; index += 1) {
      ;(await take(second)).done(NOTHING_SEEN)
      await clock.advance(1)
    }
    await first.catchUp()
    expect(first.snapshot().ended.length).toBe(41)
  })

  it('has no window where the remote has none', async () => {
    const { clock, made, call } = open({ ...RULES, perWindow: null, perDay: 100_000 })
    for (let index = 0; index < 500; index += 1) void call('background', 0)
    await clock.advance(10)
    expect(made.length).toBe(500)
  })
})
