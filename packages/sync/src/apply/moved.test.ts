import { expect, test } from 'vitest'
import { recordOf, second } from '../../test/engine/records.ts'
import { createsOf, opStates, opsOnRecord, type TestWalk, walkWith } from '../../test/engine/walk.ts'
import { opOf } from '../../test/store/fixtures.ts'
import type { Walk } from '../walk.ts'
import { CHECK_COUNTS_MS } from './recheck.ts'
import { sendBatch } from './send-batch.ts'

const read = recordOf('xero', 'x1', { name: 'OLD' }, { version: second(1) })
const theirs = { ...read, version: second(9), fields: { name: 'THEIRS' } }
const update = opOf('op', {
  kind: 'item',
  collection: 'Items',
  verb: 'update',
  remoteId: 'x1',
  beforeVersion: read.version,
  payload: { name: 'NEW' },
  changes: [{ field: 'name', before: 'OLD', after: 'NEW', reason: 'changed' }],
  naturalKey: null,
})

/** The update is planned and about to be sent; its record is as it was planned. */
async function underWay(): Promise<TestWalk> {
  const under = await walkWith()
  await opsOnRecord(under.walk, [update])
  under.xero.control.put(read)
  return under
}

/** This walk, whose reads of rows take so long on their way back that somebody edits the record meanwhile. */
function answeredLate(under: TestWalk, delays: readonly number[]): Walk {
  const { xero } = under.walk.remotes
  const left = [...delays]
  const readRows: typeof xero.readRows = async (collection, ids) => {
    const rows = await xero.readRows(collection, ids)
    const delay = left.shift() ?? 0
    if (delay > 0) under.clock.pass(delay)
    if (delay > CHECK_COUNTS_MS) under.xero.control.put(theirs)
    return rows
  }
  return { ...under.walk, remotes: { ...under.walk.remotes, xero: { ...xero, readRows } } }
}

async function ended(under: TestWalk): Promise<readonly [readonly string[], number]> {
  return [await opStates(under.walk), under.xero.control.sent.length]
}

// Catches: a process frozen while the answer to its check was on the way, which writes over what was typed meanwhile (C17).
test('a check whose answer came too late is made again', async () => {
  const under = await underWay()
  await sendBatch(answeredLate(under, [25_000]), [update])
  expect(await ended(under)).toEqual([['superseded'], 0])
})

test('one that took its time, but no longer than it counts, is enough', async () => {
  const under = await underWay()
  await sendBatch(answeredLate(under, [CHECK_COUNTS_MS]), [update])
  expect(await ended(under)).toEqual([['confirmed'], 1])
})

// Catches: reads that are always slow, for which no write would ever be sent.
test('where every read takes that long the second check has to do', async () => {
  const under = await underWay()
  const { xero } = under.walk.remotes
  const readRows: typeof xero.readRows = async (collection, ids) => {
    under.clock.pass(CHECK_COUNTS_MS + 1)
    return xero.readRows(collection, ids)
  }
  await sendBatch({ ...under.walk, remotes: { ...under.walk.remotes, xero: { ...xero, readRows } } }, [update])
  expect(await ended(under)).toEqual([['confirmed'], 1])
})

// Catches: a batch that waits for a limit to pass, and then writes over what was typed in that time (I3).
test('what was throttled is checked again before it is sent anew', async () => {
  const under = await underWay()
  const outcome = { type: 'throttled', scope: 'minute', retryAfterMs: 5_000 } as const
  under.xero.control.answers.push({ name: 'send', outcome })
  under.clock.sleep = async (ms) => {
    under.clock.pass(ms)
    under.xero.control.put(theirs)
  }
  await sendBatch(under.walk, [update])
  expect(await ended(under)).toEqual([['superseded'], 1])
})

// Catches: a process frozen between the commit of what it intends and the call (C5, C17).
test('what was put on record long before it could be sent is checked again', async () => {
  const under = await underWay()
  const { lane } = under.walk
  const recordDispatch: typeof lane.recordDispatch = async (dispatch) => {
    await lane.recordDispatch(dispatch)
    under.clock.pass(CHECK_COUNTS_MS + 1)
    under.xero.control.put(theirs)
  }
  await sendBatch({ ...under.walk, lane: { ...lane, recordDispatch } }, [update])
  expect(await ended(under)).toEqual([['superseded'], 0])
})

// Catches: a first sync that never comes to an end on a slow disk: a create goes over nothing that anybody has typed.
test('a create that was put on record slowly is sent', async () => {
  const under = await walkWith()
  const [create] = await opsOnRecord(under.walk, createsOf(1))
  const { lane } = under.walk
  const recordDispatch: typeof lane.recordDispatch = async (dispatch) => {
    await lane.recordDispatch(dispatch)
    under.clock.pass(CHECK_COUNTS_MS + 1)
  }
  await sendBatch({ ...under.walk, lane: { ...lane, recordDispatch } }, create === undefined ? [] : [create])
  expect(await ended(under)).toEqual([['confirmed'], 1])
})
