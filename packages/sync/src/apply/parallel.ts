/** Runs tasks with at most `width` under way; a throw stops the start of new ones and surfaces when all have ended. */
export async function inParallel(tasks: readonly (() => Promise<void>)[], width: number): Promise<void> {
  let next = 0
  const failures: unknown[] = []
  const worker = async () => {
    while (next < tasks.length && failures.length === 0) {
      const task = tasks[next]
      next += 1
      if (task === undefined) return
      try {
        await task()
      } catch (failure) {
        failures.push(failure)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, width) }, worker))
  if (failures.length > 0) throw failures[0]
}
