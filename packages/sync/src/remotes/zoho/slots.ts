import type { CallPriority } from '../http/call-budget.ts'

/** `interactive`: a person waits (button, connect). `background`: everything else. */
export type Priority = CallPriority

/** Heavy calls have a second, smaller limit (zoho-crm.md 2.1, sub-concurrency). */
export type Weight = 'light' | 'heavy'

/** Simultaneous calls. A person's call goes first; a heavy call that must wait holds no light one up. */
export interface Slots {
  /** Resolves with the function that gives the slot back. */
  take(weight: Weight, priority: Priority): Promise<() => void>
  /** The org refused so many at once (others use it too, or its edition allows fewer): half as many from now on. */
  narrow(): void
  /** A call went well: after many of them one more at a time is tried, up to the limit. */
  noteSuccess(): void
}

/** Calls that must go well before one more at a time is tried. */
const SUCCESSES_TO_WIDEN = 50

interface Waiting {
  readonly weight: Weight
  readonly start: () => void
}

export function createSlots(limits: { readonly total: number; readonly heavy: number }): Slots {
  const running = { light: 0, heavy: 0 }
  const queues: Record<Priority, Waiting[]> = { interactive: [], background: [] }
  let width = limits.total
  let successes = 0

  const hasRoom = (weight: Weight) =>
    running.light + running.heavy < width && (weight === 'light' || running.heavy < limits.heavy)

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
    narrow() {
      width = Math.max(1, Math.floor(width / 2))
      successes = 0
    },
    noteSuccess() {
      if (width === limits.total) return
      successes += 1
      if (successes < SUCCESSES_TO_WIDEN) return
      successes = 0
      width += 1
      startWaiting()
    },
  }
}
