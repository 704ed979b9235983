import { setImmediate } from 'node:timers'
import type { VirtualClock } from '@tandem/sandbox'

/**
 * Time that moves only when nothing else can: the next job's due time is now. No real time passes, and the order of
 * what happens depends on the seed alone.
 */
export interface EventClock extends VirtualClock {
  /** Counts work that is neither a job nor a microtask (a database in a worker): time stands still meanwhile. */
  busyWhile<T>(work: Promise<T>): Promise<T>
  /** Runs jobs in the order of their due times until the work has ended. */
  runUntil<T>(work: Promise<T>): Promise<T>
}

interface Job {
  readonly due: number
  readonly order: number
  readonly run: () => void | Promise<void>
}

/** Jobs of one simulation; more means that something schedules itself without end in one instant. */
const JOBS_LIMIT = 20_000_000

export class SimulationStuck extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SimulationStuck'
  }
}

export function createEventClock(startMs: number): EventClock {
  let now = startMs
  let order = 0
  let busy = 0
  const jobs = createHeap()
  let failure: { readonly error: unknown } | undefined

  /** Everything that needs no time has happened: promises have settled, and nobody outside is at work. */
  async function settle(): Promise<void> {
    do await new Promise<void>((resolve) => setImmediate(resolve))
    while (busy > 0)
    if (failure !== undefined) throw failure.error
  }

  function step(): boolean {
    const next = jobs.pop()
    if (next === undefined) return false
    now = Math.max(now, next.due)
    try {
      // Not awaited: a job may itself wait for later ones.
      void Promise.resolve(next.run()).catch((error: unknown) => {
        failure ??= { error }
      })
    } catch (error) {
      failure ??= { error }
    }
    return true
  }

  return {
    now: () => now,
    rate: () => 0,
    setRate: () => undefined,
    stop: () => jobs.clear(),
    async set(epochMilliseconds) {
      now = epochMilliseconds
      await settle()
    },
    schedule(delayMilliseconds, run) {
      order += 1
      if (order > JOBS_LIMIT) throw new SimulationStuck('Jobs without end')
      // Whole milliseconds, as timers have them: vendors print this clock, and a back-off times chance has fractions.
      jobs.push({ due: now + Math.max(0, Math.ceil(delayMilliseconds)), order, run })
    },
    async advance(milliseconds) {
      const end = now + milliseconds
      await settle()
      for (let next = jobs.peek(); next !== undefined && next.due <= end; next = jobs.peek()) {
        step()
        await settle()
      }
      now = end
    },
    async busyWhile(work) {
      busy += 1
      try {
        return await work
      } finally {
        busy -= 1
      }
    },
    async runUntil(work) {
      let isDone = false
      const noted = work.finally(() => {
        isDone = true
      })
      noted.catch(() => undefined)
      for (;;) {
        await settle()
        if (isDone) return noted
        if (!step()) throw new SimulationStuck('Something is waited for that will never happen')
      }
    },
  }
}

/** A binary heap by due time; the order of scheduling decides between equals. */
function createHeap() {
  const heap: Job[] = []
  const isBefore = (left: Job, right: Job) =>
    left.due < right.due || (left.due === right.due && left.order < right.order)

  function rise(from: number): void {
    const job = heap[from]
    let at = from
    while (job !== undefined && at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || !isBefore(job, parent)) break
      heap[at] = parent
      heap[above] = job
      at = above
    }
  }

  function sink(job: Job): void {
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const [first, second] = [heap[left], heap[left + 1]]
      if (first === undefined) break
      const [child, below] = second !== undefined && isBefore(second, first) ? [second, left + 1] : [first, left]
      if (!isBefore(child, job)) break
      heap[at] = child
      at = below
    }
    heap[at] = job
  }

  return {
    peek: (): Job | undefined => heap[0],
    push(job: Job): void {
      heap.push(job)
      rise(heap.length - 1)
    },
    pop(): Job | undefined {
      const first = heap[0]
      const last = heap.pop()
      if (first === undefined || last === undefined) return undefined
      if (heap.length > 0) sink(last)
      return first
    },
    clear(): void {
      heap.length = 0
    },
  }
}
