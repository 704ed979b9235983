import type { VirtualClock } from '@tandem/sandbox/core/clock.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'

/** The engine on the sandboxes' clock: one time for all, at whatever rate that clock runs. */
export function engineClock(clock: VirtualClock): Clock {
  const started = clock.now()
  return {
    now: () => clock.now(),
    monotonic: () => clock.now() - started,
    sleep: (milliseconds) => new Promise((resolve) => clock.schedule(milliseconds, resolve)),
  }
}
