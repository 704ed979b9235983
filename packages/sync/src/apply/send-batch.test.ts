import { describe, expect, test } from 'vitest'
import { textOf } from '../../test/engine/records.ts'
import { createsOf, opStates, opsOnRecord, type TestWalk, type WalkSpec, walkWith } from '../../test/engine/walk.ts'
import { opOf } from '../../test/store/fixtures.ts'
import { LONGEST_WAIT_MS } from '../detect/call.ts'
import type { Op } from '../model/op.ts'
import { ok, type RemoteFailure, type RowOutcome } from '../model/outcome.ts'
import { type WalkStop, WalkStopped } from '../walk.ts'
import {
  DISPATCH_LIMIT,
  SAME_KEY_MS,
  SENDS_LIMIT,
  SETTLE_KEYED_MS,
  SETTLE_UNKEYED_MS,
  sendBatch,
} from './send-batch.ts'

const unknown: RemoteFailure = { type: 'unknown', code: 'remoteTimedOut', message: 'no answer' }
const refused: RemoteFailure = { type: 'refused', code: 'contentRefused', message: 'no' }
const throttled = (retryAfterMs: number | null): RemoteFailure => ({ type: 'throttled', scope: 'minute', retryAfterMs })

async function sent(ops: readonly Op[], spec: WalkSpec = {}): Promise<TestWalk> {
  const under = await walkWith(spec)
  await opsOnRecord(under.walk, ops)
  return under
}

function answer(under: TestWalk, ...outcomes: readonly RemoteFailure[]): void {
  for (const outcome of outcomes) under.xero.control.answers.push({ name: 'send', outcome })
}

async function stopOf(run: Promise<void>): Promise<WalkStop | null> {
  return run.then(
    () => null,
    (failure: unknown) => (failure instanceof WalkStopped ? failure.stop : Promise.reject(failure)),
  )
}

describe('a whole request refused', () => {
  /** Refuses every request that holds this row. */
  function refuses(under: TestWalk, bad: string): void {
    under.xero.control.judge = ({ rows }) =>
      rows.some((row) => textOf(row.payload.name) === bad)
        ? refused
        : ok(
            rows.map(
              (row): RowOutcome => ({
                type: 'ok',
                remoteId: `x-${textOf(row.payload.name)}`,
                version: null,
                record: null,
                warnings: [],
              }),
            ),
          )
  }

  test.each([0, 3, 6])('is halved down to row %i alone: the others go on', async (bad) => {
    const ops = createsOf(7)
    const under = await sent(ops)
    refuses(under, `N${bad}`)
    await sendBatch(under.walk, ops)
    expect(await opStates(under.walk)).toEqual(ops.map((_, at) => (at === bad ? 'refused' : 'confirmed')))
  })
  test('uses a new key for every half: an idempotency key belongs to the very bytes it was first sent with', async () => {
    const ops = createsOf(4)
    const under = await sent(ops)
    refuses(under, 'N0')
    await sendBatch(under.walk, ops)
    const keys = under.xero.control.sent.map((write) => write.key)
    expect(new Set(keys).size).toBe(keys.length)
  })
  test('of one row is that row’s refusal, and reaches the inbox (C9, I15)', async () => {
    const ops = createsOf(1)
    const under = await sent(ops)
    answer(under, refused)
    await sendBatch(under.walk, ops)
    expect(under.xero.control.sent).toHaveLength(1)
    expect(await under.walk.ports.store.reports.inbox('c1')).toMatchObject([
      { type: 'refusal', code: 'contentRefused' },
    ])
  })
})

describe('no answer', () => {
  test(`to Xero: the same bytes with the same key, at most ${SENDS_LIMIT} times, then unknown (never a blind retry)`, async () => {
    const ops = createsOf(2)
    const under = await sent(ops)
    answer(under, unknown, unknown, unknown, unknown)
    await sendBatch(under.walk, ops)
    const writes = under.xero.control.sent
    expect(writes).toHaveLength(SENDS_LIMIT)
    expect(new Set(writes.map((write) => `${write.key}${write.prepared.body}`)).size).toBe(1)
    expect(await opStates(under.walk)).toEqual(['unknown', 'unknown'])
  })
  test('to Xero: not beyond the life of the key, when a repeat would be a second record (I2)', async () => {
    const ops = createsOf(1)
    const under = await sent(ops)
    under.xero.control.judge = () => {
      under.clock.pass(SAME_KEY_MS)
      return unknown
    }
    await sendBatch(under.walk, ops)
    expect(under.xero.control.sent).toHaveLength(1)
  })
  test('to Zoho: never sent again, it has no idempotency key', async () => {
    const ops = createsOf(1).map((op): Op => ({ ...op, side: 'zoho', collection: 'Products' }))
    const under = await sent(ops)
    under.zoho.control.answers.push({ name: 'send', outcome: unknown })
    await sendBatch(under.walk, ops)
    expect(under.zoho.control.sent).toHaveLength(1)
    expect(await opStates(under.walk)).toEqual(['unknown'])
  })
  test('that comes after all settles the op: the second send confirms', async () => {
    const ops = createsOf(1)
    const under = await sent(ops)
    answer(under, unknown)
    await sendBatch(under.walk, ops)
    expect(await opStates(under.walk)).toEqual(['confirmed'])
  })
  test('for one row only leaves that row unknown, not the batch', async () => {
    const ops = createsOf(3)
    const under = await sent(ops)
    under.xero.control.judge = ({ rows }) =>
      ok(
        rows
          .slice(0, 2)
          .map((_, at): RowOutcome => ({ type: 'ok', remoteId: `x${at}`, version: null, record: null, warnings: [] })),
      )
    await sendBatch(under.walk, ops)
    expect(await opStates(under.walk)).toEqual(['confirmed', 'confirmed', 'unknown'])
  })
})

describe('settle times', () => {
  async function settledAt(ops: readonly Op[], enforcedKey: string | null): Promise<number> {
    const under = await sent(ops, { xero: { traits: { enforcedKey } }, zoho: { traits: { enforcedKey } } })
    under.xero.control.judge = () => unknown
    await sendBatch(under.walk, ops)
    const answered = under.clock.now()
    for (const wait of [SETTLE_KEYED_MS - 1, SETTLE_KEYED_MS, SETTLE_UNKEYED_MS - 1, SETTLE_UNKEYED_MS]) {
      if ((await under.walk.lane.opsToSettle(answered + wait)).length > 0) return wait
    }
    return Number.NaN
  }
  test('a create with a key that the remote enforces is looked up after a minute', async () => {
    expect(await settledAt(createsOf(1), 'Number')).toBe(SETTLE_KEYED_MS)
  })
  test('one without waits a quarter of an hour: a late create would stand twice (I2)', async () => {
    expect(await settledAt(createsOf(1), null)).toBe(SETTLE_UNKEYED_MS)
  })
  // Catches: an invoice that Xero numbers taken for keyed, and made again while the first is still under way.
  test('nor does a key help that this create does not carry', async () => {
    expect(await settledAt(createsOf(1), 'InvoiceNumber')).toBe(SETTLE_UNKEYED_MS)
  })
  test('an update needs no key: reading shows what became of it', async () => {
    const update = createsOf(1).map((op): Op => ({ ...op, verb: 'update', remoteId: 'x1', changes: [] }))
    expect(await settledAt(update, null)).toBe(SETTLE_KEYED_MS)
  })
})

describe('throttled or unavailable', () => {
  test('nothing was executed: the ops are intended again while it waits, then sent with a new key', async () => {
    const ops = createsOf(2)
    const under = await sent(ops)
    answer(under, throttled(5_000))
    const states: (readonly string[])[] = []
    under.clock.sleep = async (ms) => {
      states.push(await opStates(under.walk))
      under.clock.pass(ms)
    }
    await sendBatch(under.walk, ops)
    expect(states).toEqual([['intended', 'intended']])
    expect(await opStates(under.walk)).toEqual(['confirmed', 'confirmed'])
    expect(new Set(under.xero.control.sent.map((write) => write.key)).size).toBe(2)
  })
  test('a wait beyond the limit ends the pass at once, and one at the limit does not', async () => {
    const over = await sent(createsOf(1))
    answer(over, throttled(LONGEST_WAIT_MS + 1))
    expect(await stopOf(sendBatch(over.walk, createsOf(1)))).toMatchObject({ type: 'interrupted', code: 'rateLimited' })
    expect(await opStates(over.walk)).toEqual(['intended'])
    const at = await sent(createsOf(1))
    answer(at, throttled(LONGEST_WAIT_MS))
    expect(await stopOf(sendBatch(at.walk, createsOf(1)))).toBeNull()
  })
  test(`ends the pass after ${DISPATCH_LIMIT} dispatches, with the ops intended: the next pass goes on (I15)`, async () => {
    const under = await sent(createsOf(1))
    under.xero.control.judge = () => ({
      type: 'unavailable',
      code: 'remoteUnavailable',
      message: '503',
      retryAfterMs: null,
    })
    expect(await stopOf(sendBatch(under.walk, createsOf(1)))).toMatchObject({ code: 'remoteUnavailable' })
    expect(under.xero.control.sent).toHaveLength(DISPATCH_LIMIT)
    expect(await opStates(under.walk)).toEqual(['intended'])
  })
  // Catches: the second bill of an order: what had no answer was made, and its repetition was kept from leaving (I2).
  test.each<RemoteFailure>([
    throttled(null),
    { type: 'unavailable', code: 'remoteUnavailable', message: 'refused', retryAfterMs: null },
    { type: 'disconnected', code: 'reconnectNeeded', message: 'revoked' },
  ])('a repetition that is $type does not say that the first request was not executed', async (failure) => {
    const under = await sent(createsOf(1))
    answer(under, unknown, failure)
    await sendBatch(under.walk, createsOf(1))
    expect(await opStates(under.walk)).toEqual(['unknown'])
    expect(new Set(under.xero.control.sent.map((write) => write.key)).size).toBe(1)
  })
  test('a lost connection breaks the pass and leaves the ops intended', async () => {
    const under = await sent(createsOf(1))
    answer(under, { type: 'disconnected', code: 'reconnectNeeded', message: 'revoked' })
    expect(await stopOf(sendBatch(under.walk, createsOf(1)))).toMatchObject({ type: 'broken', code: 'reconnectNeeded' })
    expect(await opStates(under.walk)).toEqual(['intended'])
  })
})

test('op=sent is on record BEFORE the call: a crash in between must leave a trace (C5)', async () => {
  const ops = createsOf(1)
  const under = await sent(ops)
  let during: readonly string[] = []
  const { xero } = under.walk.remotes
  const send: typeof xero.send = async (prepared, key) => {
    during = await opStates(under.walk)
    return xero.send(prepared, key)
  }
  const walk = { ...under.walk, remotes: { ...under.walk.remotes, xero: { ...xero, send } } }
  await sendBatch(walk, ops)
  expect(during).toEqual(['sent'])
})

test('If-Unmodified-Since goes with a single row only: it would guard a batch by one row’s version', async () => {
  const update = (at: number) =>
    opOf(`op-${at}`, {
      linkId: `link-${at}`,
      verb: 'update',
      remoteId: `x${at}`,
      beforeVersion: `v${at}`,
      kind: 'item',
      collection: 'Items',
      changes: [],
    })
  const one = await sent([update(0)])
  await sendBatch(one.walk, [update(0)])
  const two = await sent([update(0), update(1)])
  await sendBatch(two.walk, [update(0), update(1)])
  expect(one.xero.control.sent.map((write) => write.request.rows[0]?.unmodifiedSince)).toEqual(['v0'])
  expect(two.xero.control.sent.flatMap((write) => write.request.rows.map((row) => row.unmodifiedSince))).toEqual([
    null,
    null,
  ])
})
