import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createZohoLimits } from './limits.ts'
import { createSlots } from './slots.ts'

function frozen() {
  let now = 0
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  const clock = { now: () => now, monotonic: () => now, sleep: async (milliseconds: number) => pass(milliseconds) }
  const chance = { uuid: () => 'u', float: () => 0.5 }
  return { clock, chance, pass }
}

const LIGHT = { credits: 1, weight: 'light', priority: 'background' } as const
const HOUR = 3_600_000

describe('slots', () => {
  test('no mix of light and heavy calls exceeds either limit, and none is forgotten', async () => {
    const job = fc.record({ heavy: fc.boolean(), steps: fc.integer({ min: 0, max: 5 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(job, { maxLength: 60 }), async (jobs) => {
        const slots = createSlots({ total: 5, heavy: 2 })
        const running = { light: 0, heavy: 0 }
        let done = 0
        await Promise.all(
          jobs.map(async ({ heavy, steps }) => {
            const weight = heavy ? 'heavy' : 'light'
            const release = await slots.take(weight, 'background')
            running[weight] += 1
            expect(running.light + running.heavy).toBeLessThanOrEqual(5)
            expect(running.heavy).toBeLessThanOrEqual(2)
            for (let step = 0; step < steps; step += 1) await Promise.resolve()
            running[weight] -= 1
            done += 1
            release()
          }),
        )
        expect(done).toBe(jobs.length)
      }),
    )
  })

  test('a person goes before a queue of background calls', async () => {
    const slots = createSlots({ total: 1, heavy: 1 })
    const order: string[] = []
    const noting = (who: string) => (free: () => void) => {
      order.push(who)
      free()
    }
    const release = await slots.take('light', 'background')
    const waiting = [
      slots.take('light', 'background').then(noting('background')),
      slots.take('light', 'interactive').then(noting('person')),
    ]
    release()
    await Promise.all(waiting)
    expect(order).toEqual(['person', 'background'])
  })
})

// Catches: an org that allows fewer calls at once than we think (other users of it, a smaller edition) is asked as wide
// as before after every refusal, and refuses for ever.
describe('after a refusal for too many at once', () => {
  const widthOf = async (slots: ReturnType<typeof createSlots>) => {
    const releases: (() => void)[] = []
    for (let call = 0; call < 20; call += 1) void slots.take('light', 'background').then((free) => releases.push(free))
    await new Promise(setImmediate)
    const width = releases.length
    for (let next = releases.pop(); next !== undefined; next = releases.pop()) {
      next()
      await Promise.resolve()
    }
    return width
  }

  test('half as many go out together, and slowly more again', async () => {
    const slots = createSlots({ total: 12, heavy: 10 })
    expect(await widthOf(slots)).toBe(12)
    slots.narrow()
    expect(await widthOf(slots)).toBe(6)
    for (let step = 0; step < 6; step += 1) slots.narrow()
    expect(await widthOf(slots)).toBe(1)
    for (let call = 0; call < 50 * 30; call += 1) slots.noteSuccess()
    expect(await widthOf(slots)).toBe(12)
  })

  test('a burst that is refused together counts once', async () => {
    const { clock, chance } = frozen()
    const limits = createZohoLimits({ clock, chance, edition: 'professional', dayCredits: null })
    for (let call = 0; call < 15; call += 1) limits.noteRefusal(LIGHT)
    let atOnce = 0
    for (let call = 0; call < 15; call += 1)
      void limits.admit(LIGHT).then((admission) => {
        if (admission.type === 'admitted') atOnce += 1
      })
    await new Promise(setImmediate)
    expect(atOnce).toBe(7)
  })
})

describe('credits', () => {
  test('a rolling day is never overspent, and comes back after a day', async () => {
    const { clock, chance, pass } = frozen()
    const limits = createZohoLimits({ clock, chance, edition: 'free', dayCredits: 100 })
    let admitted = 0
    for (let call = 0; call < 30; call += 1) {
      const admission = await limits.admit({ ...LIGHT, credits: 10 })
      if (admission.type !== 'admitted') continue
      admitted += 1
      admission.release()
    }
    // A tenth is left to people.
    expect(admitted).toBe(9)
    expect((await limits.admit({ ...LIGHT, credits: 10, priority: 'interactive' })).type).toBe('admitted')
    expect(await limits.admit({ ...LIGHT, priority: 'interactive' })).toMatchObject({ type: 'throttled', scope: 'day' })
    pass(25 * HOUR)
    expect((await limits.admit(LIGHT)).type).toBe('admitted')
  })

  test('a queue of calls does not spend the last credit many times', async () => {
    const { clock, chance } = frozen()
    const limits = createZohoLimits({ clock, chance, edition: 'free', dayCredits: 10 })
    const cost = { ...LIGHT, priority: 'interactive' } as const
    const admissions = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const admission = await limits.admit(cost)
        if (admission.type === 'admitted') admission.release()
        return admission.type
      }),
    )
    expect(admissions.filter((type) => type === 'admitted')).toHaveLength(10)
  })

  test('what a header said is forgotten: an empty purse would otherwise stay empty for ever', async () => {
    const { clock, chance, pass } = frozen()
    const limits = createZohoLimits({ clock, chance, edition: 'free', dayCredits: null })
    limits.noteHeaders({ 'x-api-credits-remaining': '0' })
    expect((await limits.admit(LIGHT)).type).toBe('throttled')
    pass(HOUR)
    expect((await limits.admit(LIGHT)).type).toBe('admitted')
  })
})

describe('pauses after a refusal', () => {
  test('calls refused together lengthen the pause once', () => {
    const { clock, chance } = frozen()
    const limits = createZohoLimits({ clock, chance, edition: 'free', dayCredits: null })
    const waits = [1, 2, 3, 4].map(() => limits.noteRefusal(LIGHT).retryAfterMs)
    expect(new Set(waits).size).toBe(1)
  })

  test('a short pause is waited out, a long one goes back to the engine', async () => {
    const { clock, chance, pass } = frozen()
    const limits = createZohoLimits({ clock, chance, edition: 'free', dayCredits: null })
    const first = limits.noteRefusal(LIGHT).retryAfterMs
    expect((await limits.admit(LIGHT)).type).toBe('admitted')
    expect(clock.now()).toBeGreaterThanOrEqual(first)
    let long = 0
    for (let round = 0; round < 6; round += 1) {
      long = limits.noteRefusal(LIGHT).retryAfterMs
      if (round < 5) pass(long)
    }
    expect(long).toBeLessThanOrEqual(60_000)
    expect(await limits.admit(LIGHT)).toMatchObject({ type: 'throttled', scope: 'concurrent', retryAfterMs: long })
  })
})
