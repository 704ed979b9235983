import type { VirtualClock } from '@tandem/sandbox/core/clock.ts'
import type { Clock } from '../../src/ports/clock.ts'

/** The sandbox's frozen clock for many processes at once: time jumps to the next sleeper once everybody has come to rest. */
export interface LockstepClock extends Clock {
  /** Work that time waits for: a call of the provider, a statement of the database. */
  during<T>(work: Promise<T>): Promise<T>
  /** Lets time pass until this has ended. */
  until<T>(end: Promise<T>): Promise<T>
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

export function createLockstepClock(time: VirtualClock): LockstepClock {
  const startMs = time.now()
  const sleepers = new Set<Sleeper>()
  let working = 0

  async function wakeNext(): Promise<void> {
    const next = Math.min(...[...sleepers].map(({ at }) => at))
    if (!Number.isFinite(next)) throw new Error('Nobody sleeps and nobody works: time stands still for ever')
    await time.advance(Math.max(0, next - time.now()))
    for (const sleeper of sleepers) {
      if (sleeper.at > next) continue
      sleepers.delete(sleeper)
      sleeper.wake()
    }
  }

  return {
    now: () => time.now(),
    monotonic: () => time.now() - startMs,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.add({ at: time.now() + milliseconds, wake })
      }),
    async during(work) {
      working += 1
      try {
        return await work
      } finally {
        working -= 1
      }
    },
    async until(end) {
      let isOver = false
      const ended = end.finally(() => {
        isOver = true
      })
      // Whoever awaits the answer sees a failure; here it only ends the loop.
      ended.catch(() => undefined)
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve))
        if (isOver) return ended
        if (working === 0) await wakeNext()
      }
    },
  }
}
