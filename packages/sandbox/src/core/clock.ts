/**
 * The sandboxes' only source of time. Real time plus an offset, at a rate; or frozen, when `setRate(0)`.
 * Jobs (webhook deliveries, retries) run when virtual time reaches them: by a timer while time flows, inside
 * `advance` when it is moved by hand, so that a frozen clock needs no sleeping.
 */
export interface VirtualClock {
  /** Virtual milliseconds since the epoch, UTC. */
  now(): number
  /** Moves time forward and runs every job that falls due, in due order, awaiting each. */
  advance(milliseconds: number): Promise<void>
  /** Jumps to an instant without running what lies between; due jobs run after it. */
  set(epochMilliseconds: number): Promise<void>
  /** Virtual milliseconds per real one. 0 freezes, 1 is real time, 60 makes a minute pass in a second. */
  setRate(rate: number): void
  rate(): number
  schedule(delayMilliseconds: number, job: () => void | Promise<void>): void
  /** Stops the timer. Jobs that are left never run. */
  stop(): void
}

interface Job {
  readonly due: number
  readonly order: number
  readonly run: () => void | Promise<void>
}

/** A timer longer than this overflows Node's 32-bit delay, so long waits are re-armed. */
const LONGEST_TIMER_MS = 2 ** 30

export function createClock(options: { startMs?: number; rate?: number } = {}): VirtualClock {
  let anchorReal = Date.now()
  let anchorVirtual = options.startMs ?? anchorReal
  let rate = options.rate ?? 1
  let order = 0
  let jobs: Job[] = []
  let timer: NodeJS.Timeout | undefined

  const now = () => Math.floor(anchorVirtual + (Date.now() - anchorReal) * rate)

  function reanchor(virtual: number) {
    anchorReal = Date.now()
    anchorVirtual = virtual
  }

  function arm() {
    clearTimeout(timer)
    timer = undefined
    const next = jobs[0]
    if (next === undefined || rate === 0) return
    const delay = Math.min(Math.max(0, (next.due - now()) / rate), LONGEST_TIMER_MS)
    timer = setTimeout(() => void runDue(), delay)
    timer.unref()
  }

  async function runDue() {
    for (let next = jobs[0]; next !== undefined && next.due <= now(); next = jobs[0]) {
      jobs = jobs.slice(1)
      await next.run()
    }
    arm()
  }

  return {
    now,
    rate: () => rate,
    async advance(milliseconds) {
      const end = now() + milliseconds
      for (let next = jobs[0]; next !== undefined && next.due <= end; next = jobs[0]) {
        jobs = jobs.slice(1)
        reanchor(Math.max(now(), next.due))
        await next.run()
      }
      reanchor(end)
      arm()
    },
    async set(epochMilliseconds) {
      reanchor(epochMilliseconds)
      await runDue()
    },
    setRate(value) {
      reanchor(now())
      rate = value
      arm()
    },
    schedule(delayMilliseconds, run) {
      order += 1
      jobs = [...jobs, { due: now() + delayMilliseconds, order, run }].sort(
        (a, b) => a.due - b.due || a.order - b.order,
      )
      arm()
    },
    stop() {
      clearTimeout(timer)
      jobs = []
    },
  }
}
