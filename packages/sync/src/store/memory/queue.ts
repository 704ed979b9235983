import type { JobQueue, QueueJob } from '../contract.ts'

const TRIES = 3

interface Waiting {
  readonly job: QueueJob
  readonly tries: number
}

/** Runs jobs at once, one at a time per key. Schedules are kept but never fire: simulations send jobs themselves. */
export function memoryQueue(): JobQueue {
  const waiting = new Map<string, Waiting>()
  const busyKeys = new Set<string>()
  const running = new Set<Promise<void>>()
  let handler: ((job: QueueJob) => Promise<void>) | undefined

  function put(entry: Waiting): void {
    const id = JSON.stringify([entry.job.name, entry.job.key])
    if (!waiting.has(id)) waiting.set(id, entry)
    pump()
  }

  function pump(): void {
    if (handler === undefined) return
    for (const [id, entry] of waiting) {
      if (busyKeys.has(entry.job.key)) continue
      waiting.delete(id)
      busyKeys.add(entry.job.key)
      const done: Promise<void> = run(handler, entry).finally(() => running.delete(done))
      running.add(done)
    }
  }

  async function run(handle: (job: QueueJob) => Promise<void>, { job, tries }: Waiting): Promise<void> {
    const isOk = await handle(job).then(
      () => true,
      () => false,
    )
    busyKeys.delete(job.key)
    if (!isOk && tries < TRIES) put({ job, tries: tries + 1 })
    else pump()
  }

  return {
    start: async (handle) => {
      handler = handle
      pump()
    },
    send: async (job) => put({ job, tries: 1 }),
    schedule: async () => undefined,
    stop: async () => {
      handler = undefined
      await Promise.all(running)
    },
  }
}
