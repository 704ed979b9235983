import { LONGEST_WAIT_MS } from '../detect/call.ts'
import type { Op } from '../model/op.ts'
import type { RemoteOutcome, RowOutcome } from '../model/outcome.ts'
import type { PreparedWrite } from '../remotes/contract.ts'
import { remoteOf, type Walk, WalkStopped } from '../walk.ts'
import { standingOps } from './moved.ts'
import { CHECK_COUNTS_MS, isCheckable } from './recheck.ts'
import { recordAnswers } from './record-answers.ts'

/** The same bytes with the same key only within this time of the first send, and in this process (xero.md 3). */
export const SAME_KEY_MS = 4 * 60_000
/** Sends of the same bytes, first one included. */
export const SENDS_LIMIT = 3
/** New dispatches of a batch that the remote said it did not execute, before the pass is interrupted. */
export const DISPATCH_LIMIT = 6
const RESEND_DELAY_MS = 1_500
/** Twice a request's time-out: after that the remote has either done it or never will. */
export const SETTLE_KEYED_MS = 60_000
/** Kinds without a key that the remote enforces wait longer before a re-create (design section 4). */
export const SETTLE_UNKEYED_MS = 15 * 60_000

/**
 * Sends a batch until every row has an outcome on record: ended, unknown, or intended again with the pass stopped. What
 * waits before it is sent, or sent anew, is checked again first: somebody may have edited the record meanwhile (I3).
 */
export async function sendBatch(walk: Walk, batch: readonly Op[]): Promise<void> {
  let backoff = 1_000
  let ops = batch
  for (let dispatches = 1; ; dispatches += 1) {
    ops = await standingOps(walk, ops)
    if (ops.length === 0) return
    const outcome = await dispatch(walk, ops)
    switch (outcome.type) {
      case 'ok':
        walk.ports.crash.reached('C8')
        return recordAnswers.rows(walk, ops, { rows: outcome.value, settleAfter: settleAfter(walk, ops) })
      case 'unknown':
        return recordAnswers.unknown(walk, ops, { outcome, settleAfter: settleAfter(walk, ops) })
      case 'refused':
        if (ops.length === 1)
          return recordAnswers.rows(walk, ops, { rows: [outcome], settleAfter: settleAfter(walk, ops) })
        await recordAnswers.notExecuted(walk, ops)
        // A whole request refused is halved, with new keys, down to the one row that is at fault.
        await sendBatch(walk, ops.slice(0, Math.ceil(ops.length / 2)))
        return sendBatch(walk, ops.slice(Math.ceil(ops.length / 2)))
      case 'disconnected':
        await recordAnswers.notExecuted(walk, ops)
        throw new WalkStopped({ type: 'broken', code: outcome.code, message: outcome.message })
      case 'late':
        await recordAnswers.notExecuted(walk, ops)
        if (dispatches >= DISPATCH_LIMIT) throw new WalkStopped(TOO_SLOW)
        break
      case 'throttled':
      case 'unavailable': {
        await recordAnswers.notExecuted(walk, ops)
        const wait = Math.max(outcome.retryAfterMs ?? 0, backoff * (0.5 + walk.ports.chance.float()))
        if (dispatches >= DISPATCH_LIMIT || wait > LONGEST_WAIT_MS) throw new WalkStopped(interruption(outcome, wait))
        await walk.ports.clock.sleep(wait)
        backoff *= 2
      }
    }
  }
}

function interruption(
  outcome: Extract<RemoteOutcome<never>, { readonly type: 'throttled' | 'unavailable' }>,
  wait: number,
) {
  if (outcome.type === 'unavailable') {
    return { type: 'interrupted' as const, code: outcome.code, message: outcome.message, retryAfterMs: wait }
  }
  const code = outcome.scope === 'day' ? ('dayLimitReached' as const) : ('rateLimited' as const)
  return {
    type: 'interrupted' as const,
    code,
    message: `The remote asks to slow down (${outcome.scope})`,
    retryAfterMs: wait,
  }
}

function settleAfter(walk: Walk, ops: readonly Op[]): number {
  const areKeyed = ops.every((op) => isKeyed(walk, op))
  return walk.ports.clock.now() + (areKeyed ? SETTLE_KEYED_MS : SETTLE_UNKEYED_MS)
}

/** Would the remote refuse a second one? An invoice that Xero numbers carries nothing that Xero enforces. */
function isKeyed(walk: Walk, { verb, side, collection, naturalKey }: Op): boolean {
  if (verb !== 'create') return true
  const { enforcedKey } = remoteOf(walk, side).traits(collection)
  return enforcedKey !== null && naturalKey?.field === enforcedKey
}

/** The store took longer than a check counts, or we were frozen at it: nothing was sent. */
interface Late {
  readonly type: 'late'
}

const TOO_SLOW = {
  type: 'interrupted',
  code: 'remoteUnavailable',
  message: 'Between check and write passed too much time, over and over',
  retryAfterMs: 0,
} as const

/** op=sent and the dispatch are committed BEFORE the call (C5); then the call, and the same bytes again where allowed. */
async function dispatch(walk: Walk, ops: readonly Op[]): Promise<RemoteOutcome<readonly RowOutcome[]> | Late> {
  const checkedAt = walk.ports.clock.monotonic()
  const [first] = ops
  if (first === undefined) return { type: 'ok', value: [] }
  const remote = remoteOf(walk, first.side)
  const prepared = remote.prepare({
    collection: first.collection,
    verb: first.verb,
    rows: ops.map((op) => ({
      remoteId: op.remoteId,
      payload: op.payload,
      unmodifiedSince: ops.length === 1 ? op.beforeVersion : null,
    })),
  })
  const idempotencyKey = walk.ports.chance.uuid()
  // What was read before this write is history, however it ends: a later round of this pass must read again.
  for (const { side, collection, remoteId } of ops)
    if (remoteId !== null) walk.cache.drop({ side, collection, remoteId })
  await walk.lane.recordDispatch({
    id: walk.ports.chance.uuid(),
    runId: walk.runId,
    side: first.side,
    idempotencyKey,
    method: prepared.method,
    path: prepared.path,
    body: prepared.body,
    opIds: ops.map((op) => op.id),
    sentAt: walk.ports.clock.now(),
    settleAfter: settleAfter(walk, ops),
  })
  walk.ports.crash.reached('C5')
  const isLate = walk.ports.clock.monotonic() - checkedAt > CHECK_COUNTS_MS
  if (isLate && ops.some(isCheckable)) return { type: 'late' }
  return sendSameBytes(walk, { first, prepared, idempotencyKey })
}

/**
 * Nothing but the idempotency key keeps a second payment out, and it holds for six minutes (xero.md 3): a first request that
 * was carried out later than that would be another payment. It is looked for instead.
 */
function isFinal(walk: Walk, op: Op): boolean {
  return op.verb === 'create' && !isKeyed(walk, op) && walk.mapping(op.kind).lastLook !== undefined
}

function wasNotExecuted({ type }: RemoteOutcome<unknown>): boolean {
  return type === 'throttled' || type === 'unavailable' || type === 'disconnected'
}

async function sendSameBytes(
  walk: Walk,
  of: { readonly first: Op; readonly prepared: PreparedWrite; readonly idempotencyKey: string },
): Promise<RemoteOutcome<readonly RowOutcome[]>> {
  const started = walk.ports.clock.monotonic()
  const remote = remoteOf(walk, of.first.side)
  let unheard: Extract<RemoteOutcome<never>, { readonly type: 'unknown' }> | undefined
  for (let sends = 1; ; sends += 1) {
    const outcome = await remote.send(of.prepared, of.idempotencyKey)
    // What was not executed is this repetition: of the first one nobody has told, and a new key would make it a second time.
    if (unheard !== undefined && wasNotExecuted(outcome)) return unheard
    // Zoho has no idempotency key: the same bytes would be a second record (zoho-crm.md 0.4).
    const isInTime = sends < SENDS_LIMIT && walk.ports.clock.monotonic() - started < SAME_KEY_MS
    const mayRepeat = of.first.side === 'xero' && isInTime && !isFinal(walk, of.first)
    if (outcome.type !== 'unknown' || !mayRepeat) return outcome
    unheard = outcome
    await walk.ports.clock.sleep(RESEND_DELAY_MS * sends)
  }
}
