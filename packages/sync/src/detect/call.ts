import type { RemoteOutcome } from '../model/outcome.ts'
import { type Walk, WalkStopped } from '../walk.ts'

/** Reads are repeated this often on trouble that passes by itself; then the pass is interrupted and comes back. */
export const READ_ATTEMPTS = 4
/** Waits up to this long happen inside the pass; longer ones end it. */
export const LONGEST_WAIT_MS = 90_000
const FIRST_BACKOFF_MS = 500

/** The value of a read, or the end of the pass. Waiting for an outage or a limit uses up no record's attempts. */
export async function readOrStop<T>(walk: Walk, read: () => Promise<RemoteOutcome<T>>): Promise<T> {
  let backoff = FIRST_BACKOFF_MS
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await read()
    if (outcome.type === 'ok') return outcome.value
    const wait = waitFor(outcome, backoff, walk)
    if (outcome.type === 'disconnected' || outcome.type === 'refused') {
      throw new WalkStopped({ type: 'broken', code: outcome.code, message: outcome.message })
    }
    if (attempt >= READ_ATTEMPTS || wait > LONGEST_WAIT_MS) {
      throw new WalkStopped({ type: 'interrupted', ...describe(outcome), retryAfterMs: wait })
    }
    await walk.ports.clock.sleep(wait)
    backoff *= 2
  }
}

function waitFor(outcome: RemoteOutcome<unknown>, backoff: number, walk: Walk): number {
  const jittered = backoff * (0.5 + walk.ports.chance.float())
  switch (outcome.type) {
    case 'throttled':
    case 'unavailable':
      return Math.max(outcome.retryAfterMs ?? 0, jittered)
    case 'ok':
    case 'refused':
    case 'unknown':
    case 'disconnected':
      return jittered
  }
}

function describe(outcome: Exclude<RemoteOutcome<unknown>, { readonly type: 'ok' }>) {
  if (outcome.type === 'throttled') {
    return outcome.scope === 'day'
      ? { code: 'dayLimitReached' as const, message: 'The remote allows no more calls today' }
      : { code: 'rateLimited' as const, message: `The remote asks to slow down (${outcome.scope})` }
  }
  return { code: outcome.code, message: outcome.message }
}
