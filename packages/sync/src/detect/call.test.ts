import { describe, expect, test } from 'vitest'
import { walkWith } from '../../test/engine/walk.ts'
import { ok, type RemoteFailure, type RemoteOutcome } from '../model/outcome.ts'
import { WalkStopped } from '../walk.ts'
import { LONGEST_WAIT_MS, READ_ATTEMPTS, readOrStop } from './call.ts'

const throttled = (retryAfterMs: number | null, scope: 'minute' | 'day' = 'minute'): RemoteFailure => ({
  type: 'throttled',
  scope,
  retryAfterMs,
})
const unavailable: RemoteFailure = {
  type: 'unavailable',
  code: 'remoteUnavailable',
  message: '503',
  retryAfterMs: null,
}

/** Reads that answer these in turn, the last one for ever. */
async function read(...outcomes: readonly RemoteOutcome<string>[]) {
  const { walk, clock } = await walkWith()
  const started = clock.now()
  let calls = 0
  const stop = await readOrStop(walk, async () => {
    const outcome = outcomes[Math.min(calls, outcomes.length - 1)] ?? ok('')
    calls += 1
    return outcome
  }).catch((failure: unknown) => (failure instanceof WalkStopped ? failure.stop : Promise.reject(failure)))
  return { stop, calls, waited: clock.now() - started }
}

describe('trouble that passes by itself', () => {
  test('is waited out: a read is repeated after the back-off, which grows', async () => {
    expect(await read(unavailable, unavailable, ok('there'))).toEqual({ stop: 'there', calls: 3, waited: 1_500 })
  })
  test(`ends the pass after ${READ_ATTEMPTS} attempts, without using up a record's own (R59)`, async () => {
    const { stop, calls } = await read(unavailable)
    expect(calls).toBe(READ_ATTEMPTS)
    expect(stop).toMatchObject({ type: 'interrupted', code: 'remoteUnavailable' })
  })
  test('honours Retry-After to the millisecond: asking earlier is refused again and counted (bug 5)', async () => {
    expect(await read(throttled(7_000), ok('there'))).toMatchObject({ calls: 2, waited: 7_000 })
  })
  test('waits inside the pass up to the limit, and ends it one millisecond beyond', async () => {
    expect(await read(throttled(LONGEST_WAIT_MS), ok('there'))).toMatchObject({ calls: 2, waited: LONGEST_WAIT_MS })
    expect(await read(throttled(LONGEST_WAIT_MS + 1))).toMatchObject({
      calls: 1,
      waited: 0,
      stop: { type: 'interrupted', code: 'rateLimited', retryAfterMs: LONGEST_WAIT_MS + 1 },
    })
  })
  test('tells the day’s limit apart from the minute’s: the one comes back tomorrow', async () => {
    expect(await read(throttled(LONGEST_WAIT_MS * 9, 'day'))).toMatchObject({ stop: { code: 'dayLimitReached' } })
  })
})

describe('trouble that a person must mend', () => {
  test.each(['refused', 'disconnected'] as const)('%s stops at once: repeating it only burns calls', async (type) => {
    const failure: RemoteFailure = { type, code: 'permissionMissing', message: 'no' }
    expect(await read(failure)).toEqual({
      stop: { type: 'broken', code: 'permissionMissing', message: 'no' },
      calls: 1,
      waited: 0,
    })
  })
})
