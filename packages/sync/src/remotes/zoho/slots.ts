import type { CallPriority } from '../http/call-budget.ts'

/** `interactive`: a person waits (button, connect). `background`: everything else. */
export type Priority = CallPriority

/** Heavy calls have a second, smaller limit (zoho-crm.md 2.1, sub-concurrency). */
export type Weight = 'light' | 'heavy'

/** Simultaneous calls. A person's call goes first; a heavy call that must wait holds no light one up. */
export interface Slots {
  /** Resolves with the function that gives the slot back. */
  take(weight: Weight, priority: Priority): Promise<() => void>
}

interface Waiting {
  readonly weight: Weight
  readonly start: () => void
}

export function createSlots(limits: { readonly total: number; readonly heavy: number }): Slots {
  const running = { light: 0, heavy: 0 }
  const queues: Record<Priority, Waiting[]> = { interactive: [], background: [] }

  const hasRoom = (weight: Weight) =>
    running.light + running.heavy < limits.total && (weight === 'light' || running.heavy < limits.heavy)

  function startWaiting() {
    for (const queue of [queues.interactive, queues.background]) {
      for (let index = 0; index < queue.length; ) {
        const next = queue[index]
        if (next === undefined || !hasRoom(next.weight)) {
          index += 1
          continue
        }
        queue.splice(index, 1)
        next.start()
      }
    }
  }

  function occupy(weight: Weight): () => void {
    running[weight] += 1
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      running[weight] -= 1
      startWaiting()
    }
  }

  return {
    take: (weight, priority) =>
      new Promise((resolve) => {
        queues[priority].push({ weight, start: () => resolve(occupy(weight)) })
        startWaiting()
      }),
  }
}
