/** The engine's only source of time. Simulations and tests inject their own, so that seeds replay (design section 9). */
export interface Clock {
  /** Milliseconds since the epoch, UTC. May jump when the machine's clock is set. */
  now(): number
  /** Milliseconds that only ever grow; for ages and waits inside one process. */
  monotonic(): number
  sleep(milliseconds: number): Promise<void>
}
