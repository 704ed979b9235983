/** Timers of one process that end together; a job that throws is reported and does not end the others. */
export interface Timers {
  after(milliseconds: number, job: () => Promise<void>): void
  every(milliseconds: number, job: () => Promise<void>): void
  stop(): void
}

export function createTimers(report: (error: unknown) => void): Timers {
  const open = new Set<NodeJS.Timeout>()
  let isStopped = false

  function after(milliseconds: number, job: () => Promise<void>): void {
    if (isStopped) return
    const timer = setTimeout(() => {
      open.delete(timer)
      if (!isStopped) job().catch(report)
    }, milliseconds)
    open.add(timer)
  }

  return {
    after,
    every(milliseconds, job) {
      const again = async (): Promise<void> => {
        after(milliseconds, again)
        await job()
      }
      after(milliseconds, again)
    },
    stop() {
      isStopped = true
      for (const timer of open) clearTimeout(timer)
      open.clear()
    },
  }
}
