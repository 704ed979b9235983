import { describe, expect, test } from 'vitest'
import { fakeZoho } from '../../test/engine/fake-remote.ts'
import { mainOf, recordOf, second } from '../../test/engine/records.ts'
import { linkOnRecord, marksOf, type TestWalk, type WalkSpec, walkWith } from '../../test/engine/walk.ts'
import { chunkOf } from '../../test/store/fixtures.ts'
import type { CollectionOf } from '../walk.ts'
import { pollDeleted, TOLD_LIMIT } from './deleted.ts'
import { detect } from './detect.ts'
import { OVERLAP_SECONDS, pollCollection } from './poll.ts'

const PRODUCTS: CollectionOf = { kind: 'item', side: 'zoho', collection: 'Products' }
const ITEMS: CollectionOf = { kind: 'item', side: 'xero', collection: 'Items' }
const product = (id: string, at: number) => recordOf('zoho', id, {}, { version: second(at) })
const item = (id: string, at: number) => recordOf('xero', id, {}, { version: second(at) })

async function cursorOf({ walk }: TestWalk, feed: 'modified' | 'deleted' = 'modified'): Promise<string | undefined> {
  return (await walk.lane.cursors()).find((cursor) => cursor.feed === feed)?.highWater
}

/** Whose delete a poll of the feed tells of. */
async function toldBy({ walk }: TestWalk): Promise<readonly string[]> {
  const cursors = await walk.lane.cursors()
  await pollDeleted(
    walk,
    PRODUCTS,
    cursors.find((cursor) => cursor.feed === 'deleted'),
  )
  const marks = await walk.lane.dueMarks({ kinds: ['item'], now: Number.MAX_SAFE_INTEGER, limit: 10_000 })
  await walk.lane.clearMarks(marks)
  return marks.map(({ remoteId }) => remoteId).sort()
}

/** A poll whose process dies at this call of `mark`. */
async function pollUntilMark(test: TestWalk, at: CollectionOf, dies: number): Promise<void> {
  let marks = 0
  const { lane } = test.walk
  const mark: typeof lane.mark = async (...values) => {
    marks += 1
    if (marks === dies) throw new Error('killed')
    return lane.mark(...values)
  }
  const walk = { ...test.walk, lane: { ...lane, mark } }
  await pollCollection(walk, at, undefined).catch(() => undefined)
}

test('marks and cursor are one call: a crash between two would lose the marks (I7, C2)', async () => {
  const under = await walkWith()
  under.zoho.control.put(product('z1', 1))
  await pollUntilMark(under, PRODUCTS, 1)
  expect(await cursorOf(under)).toBeUndefined()
  await pollCollection(under.walk, PRODUCTS, undefined)
  expect(await marksOf(under.walk)).toEqual({ z1: 'poll' })
  expect(await cursorOf(under)).toBe(second(1))
})

test('the cursor is a version seen in a row, never our clock: an empty list does not move it', async () => {
  const under = await walkWith()
  await pollCollection(under.walk, PRODUCTS, undefined)
  expect(await cursorOf(under)).toBeUndefined()
})

describe('pages by number over a list that changes (anchors 1.3 bugs 1 and 4)', () => {
  const spec: WalkSpec = { xero: { traits: { pageSize: 2 } } }

  async function shifting(): Promise<TestWalk> {
    const under = await walkWith(spec)
    for (const at of [1, 1_000, 2_000, 3_000, 4_000]) under.xero.control.put(item(`x${at}`, at))
    // Read already, it is edited before page 2: page 2 begins one row too late.
    under.xero.control.betweenPages = (call) => {
      if (call === 1) under.xero.control.put(item('x1', 9_000))
    }
    return under
  }

  test('a row that slipped under the page boundary is found by the second walk', async () => {
    const under = await shifting()
    await pollCollection(under.walk, ITEMS, undefined)
    expect(Object.keys(await marksOf(under.walk)).sort()).toEqual(['x1', 'x1000', 'x2000', 'x3000', 'x4000'])
    expect(await cursorOf(under)).toBe(second(9_000))
  })
  test('a process that dies before it notices has not moved the cursor past the skipped row (I7)', async () => {
    const under = await shifting()
    await pollUntilMark(under, ITEMS, 3)
    const marked = await marksOf(under.walk)
    expect(marked).not.toHaveProperty('x2000')
    expect(Date.parse((await cursorOf(under)) ?? second(0))).toBeLessThanOrEqual(Date.parse(second(2_000)))
  })
  // Catches: a row passed over in a list that says no count (Xero quotes), because nothing shows that one has left it.
  test('a list without a count is read by anchors: a row that leaves it takes no other along', async () => {
    const under = await walkWith({ xero: { ...spec.xero, hasItemCount: false } })
    for (const at of [1, 1_000, 2_000, 3_000, 4_000]) under.xero.control.put(item(`x${at}`, at))
    under.xero.control.betweenPages = (call) => {
      if (call === 1) under.xero.control.put({ ...item('x1', 1), life: 'gone' })
    }
    await pollCollection(under.walk, ITEMS, undefined)
    expect(Object.keys(await marksOf(under.walk)).sort()).toEqual(['x1', 'x1000', 'x2000', 'x3000', 'x4000'])
  })
  test('a list that stands still is read once, and its cursor moves with its last page', async () => {
    const under = await walkWith(spec)
    for (const at of [1, 2, 3]) under.xero.control.put(item(`x${at}`, at))
    await pollCollection(under.walk, ITEMS, undefined)
    expect(under.xero.control.calls).toHaveLength(2)
    expect(await cursorOf(under)).toBe(second(3))
  })
})

describe('what is marked', () => {
  test('a version that was compared already is not marked again (a pass with nothing dirty reads nothing, I4)', async () => {
    const under = await walkWith()
    const known = product('z1', 1)
    under.zoho.control.put(known)
    await linkOnRecord(under.walk, 'L1', [mainOf(known, { version: known.version }), mainOf(item('x1', 1))])
    await pollCollection(under.walk, PRODUCTS, undefined)
    expect(await marksOf(under.walk)).toEqual({})
  })
  test('a version that is not known is: null matches nothing (I16)', async () => {
    const under = await walkWith()
    under.zoho.control.put(product('z1', 1))
    await linkOnRecord(under.walk, 'L1', [mainOf(product('z1', 1)), mainOf(item('x1', 1))])
    await pollCollection(under.walk, PRODUCTS, undefined)
    expect(await marksOf(under.walk)).toEqual({ z1: 'poll' })
  })
  test('the overlap reaches back a minute before the cursor: rows may appear late in the list', async () => {
    const under = await walkWith()
    await under.walk.lane.mark([], { side: 'zoho', collection: 'Products', feed: 'modified', highWater: second(1_000) })
    for (const at of [939, 941, 1_001]) under.zoho.control.put(product(`z${at}`, at))
    const [cursor] = await under.walk.lane.cursors()
    await pollCollection(under.walk, PRODUCTS, cursor)
    expect(Object.keys(await marksOf(under.walk)).sort()).toEqual(['z1001', 'z941'])
  })
  // Catches: the overlap given up as soon as a list stands still for one poll: a row that comes late is never listed.
  test('the overlap stays until rows that come late have had their time, and goes then: an idle poll lists nothing', async () => {
    const under = await walkWith()
    under.zoho.control.put(product('z1', 1_000))
    const poll = async (pauseMs: number) => {
      under.clock.pass(pauseMs)
      await pollCollection(under.walk, PRODUCTS, (await under.walk.lane.cursors())[0])
    }
    await poll(0)
    await poll(30_000)
    under.zoho.control.put(product('late', 980))
    await poll(1_000)
    expect(Object.keys(await marksOf(under.walk)).sort()).toEqual(['late', 'z1'])
    await poll(OVERLAP_SECONDS.zoho * 1_000)
    under.zoho.control.put(product('too late', 970))
    await poll(1_000)
    expect(await marksOf(under.walk)).not.toHaveProperty('too late')
  })
  test('a list without pages tells what has vanished: only linked records, which are then read directly', async () => {
    const under = await walkWith({ xero: { traits: { sameSecond: 'whole' } } })
    under.xero.control.put(item('x1', 1))
    await linkOnRecord(under.walk, 'L1', [mainOf(product('z1', 1)), mainOf(item('x1', 1))])
    await linkOnRecord(under.walk, 'L2', [mainOf(product('z2', 1)), mainOf(item('x2', 1))])
    await pollCollection(under.walk, ITEMS, undefined)
    expect(await marksOf(under.walk)).toEqual({ x1: 'poll', x2: 'absent' })
  })
})

describe('a range that was asked for ("last days")', () => {
  const since = second(5_000)
  const spec: WalkSpec = { request: { scope: { kinds: ['item'], mode: 'both', since } } }

  test('that begins after the cursor does not move it: what lies between would never be looked at again (I7)', async () => {
    const under = await walkWith(spec)
    await under.walk.lane.mark([], { side: 'zoho', collection: 'Products', feed: 'modified', highWater: second(1_000) })
    for (const at of [2_000, 6_000]) under.zoho.control.put(product(`z${at}`, at))
    await detect(under.walk, ['zoho'])
    expect(await marksOf(under.walk)).toEqual({ z6000: 'poll' })
    expect(await cursorOf(under)).toBe(second(1_000))
  })
  test('that reaches back behind the cursor marks the old rows too, and the cursor goes on', async () => {
    const under = await walkWith(spec)
    await under.walk.lane.mark([], { side: 'zoho', collection: 'Products', feed: 'modified', highWater: second(7_000) })
    for (const at of [6_000, 8_000]) under.zoho.control.put(product(`z${at}`, at))
    await detect(under.walk, ['zoho'])
    expect(Object.keys(await marksOf(under.walk)).sort()).toEqual(['z6000', 'z8000'])
    expect(await cursorOf(under)).toBe(second(8_000))
  })
})

describe('the deleted feed', () => {
  const deleted = (id: string, at: number) => ({ id, deletedAt: second(at) })

  test('marks linked records only: what was never linked is of no interest', async () => {
    const under = await walkWith()
    under.zoho.control.deletedPages = [{ rows: [deleted('z1', 5), deleted('z9', 6)], hasMore: false }]
    await linkOnRecord(under.walk, 'L1', [mainOf(product('z1', 1))])
    await pollDeleted(under.walk, PRODUCTS, undefined)
    expect(await marksOf(under.walk)).toEqual({ z1: 'deleted' })
    expect(await cursorOf(under, 'deleted')).toBe(second(6))
  })
  // Catches: a record in the recycle bin planned with every poll, and what was refused because of it sent each time (I4).
  test('tells of a delete once, although its last minute is listed again with every poll', async () => {
    const under = await walkWith()
    under.zoho.control.deletedPages = [{ rows: [deleted('z1', 5), deleted('z2', 66)], hasMore: false }]
    for (const id of ['z1', 'z2']) await linkOnRecord(under.walk, id, [mainOf(product(id, 1))])
    const told = [await toldBy(under), await toldBy(under)]
    // z1 is older than what the next poll repeats: listed all the same, it is told.
    expect(told).toEqual([['z1', 'z2'], ['z1']])
  })
  // Catches: a record that was restored and deleted anew, or linked since, passed over for good.
  test('tells of a second delete of the same record, and of one whose link is new', async () => {
    const under = await walkWith()
    await linkOnRecord(under.walk, 'L1', [mainOf(product('z1', 1))])
    under.zoho.control.deletedPages = [{ rows: [deleted('z1', 5), deleted('z2', 6)], hasMore: false }]
    expect(await toldBy(under)).toEqual(['z1'])
    await linkOnRecord(under.walk, 'L2', [mainOf(product('z2', 1))])
    under.zoho.control.deletedPages = [{ rows: [deleted('z1', 7), deleted('z2', 6)], hasMore: false }]
    expect(await toldBy(under)).toEqual(['z1', 'z2'])
  })
  // Catches: a memory that grows with whoever empties a module; what it has no room for is told again.
  test(`remembers ${TOLD_LIMIT} rows`, async () => {
    const under = await walkWith()
    const ids = Array.from({ length: TOLD_LIMIT + 1 }, (_, index) => `z${index}`)
    for (const id of ids) await linkOnRecord(under.walk, id, [mainOf(product(id, 1))])
    under.zoho.control.deletedPages = [{ rows: ids.map((id) => deleted(id, 5)), hasMore: false }]
    expect(await toldBy(under)).toHaveLength(TOLD_LIMIT + 1)
    expect(await toldBy(under)).toEqual([`z${TOLD_LIMIT}`])
  })
  test('moves its cursor with its last page: newest-first pages would step over the older ones at a crash (I7)', async () => {
    const under = await walkWith()
    under.zoho.control.deletedPages = [
      { rows: [deleted('z9', 900)], hasMore: true },
      { rows: [deleted('z1', 5)], hasMore: false },
    ]
    const { lane } = under.walk
    let calls = 0
    const linksByRefs: typeof lane.linksByRefs = (refs) => {
      calls += 1
      return calls === 2 ? Promise.reject(new Error('killed')) : lane.linksByRefs(refs)
    }
    const dying = { ...under.walk, lane: { ...lane, linksByRefs } }
    await pollDeleted(dying, PRODUCTS, undefined).catch(() => undefined)
    expect(await cursorOf(under, 'deleted')).toBeUndefined()
  })
})

test('a mark that was renewed meanwhile is not cleared by its old token: that edit would be lost', async () => {
  const under = await walkWith()
  const mark = { ...mainOf(product('z1', 1)), remoteId: 'z1', kind: 'item', reason: 'poll', dueAt: 0 } as const
  await under.walk.lane.mark([mark], null)
  const planned = await under.walk.lane.dueMarks({ kinds: ['item'], now: Number.MAX_SAFE_INTEGER, limit: 9 })
  await under.walk.lane.mark([{ ...mark, reason: 'webhook' }], null)
  await under.walk.lane.recordChunk(chunkOf('plan', planned, { clear: planned }))
  expect(await marksOf(under.walk)).toEqual({ z1: 'webhook' })
})

test('the fake list is oldest first, as both remotes list: the tests above rest on it', async () => {
  const { remote, control } = fakeZoho()
  for (const at of [3, 1, 2]) control.put(product(`z${at}`, at))
  const page = await remote.listPage({ collection: 'Products', since: null, page: 1 })
  expect(page.type === 'ok' ? page.value.rows.map((row) => row.id) : []).toEqual(['z1', 'z2', 'z3'])
})
