import type { Sandboxes } from '../sandboxes/sandboxes.ts'
import type { TandemProcess } from './tandem-process.ts'

/** One clock for the sandboxes and every process of the product; only it is moved on, nothing waits for it. */
export interface Hours {
  shiftMs(): number
  now(): number
  /** Processes that are gone are passed over. */
  pass(milliseconds: number, processes?: readonly TandemProcess[]): Promise<void>
}

export function createHours({ zoho }: Sandboxes): Hours {
  let shiftMs = 0
  return {
    shiftMs: () => shiftMs,
    now: () => Date.now() + shiftMs,
    async pass(milliseconds, processes = []) {
      shiftMs += milliseconds
      // Both sandboxes share this clock.
      await zoho.sandbox.control.clock.advance(milliseconds)
      await Promise.all(processes.map((process) => process.setShift(shiftMs)))
    },
  }
}

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
