import { describe, expect, test } from 'vitest'
import { recordOf, second } from '../../test/engine/records.ts'
import { toyLines, toyMapping } from '../../test/engine/toy-mapping.ts'
import { type TestWalk, walkWith } from '../../test/engine/walk.ts'
import { opOf } from '../../test/store/fixtures.ts'
import type { Op } from '../model/op.ts'
import type { Value } from '../model/value.ts'
import { READ_COUNTS_MS, unmovedOps } from './recheck.ts'

const read = recordOf('xero', 'x1', { name: 'OLD', phone: '1' }, { version: second(1) })
const update = opOf('op', {
  kind: 'item',
  collection: 'Items',
  verb: 'update',
  remoteId: 'x1',
  beforeVersion: read.version,
  changes: [{ field: 'name', before: 'OLD', after: 'NEW', reason: 'changed' }],
  naturalKey: null,
})

/** The plan read `read`; this is what the remote holds when the op is due, `later` milliseconds after. */
async function underWay(now: typeof read | null, later: number, mapping = toyMapping()): Promise<TestWalk> {
  const under = await walkWith({ mapping })
  under.walk.cache.add([read], under.clock.monotonic())
  if (now !== null) under.xero.control.put(now)
  under.clock.pass(later)
  return under
}

async function isMoved(under: TestWalk, op: Op): Promise<boolean> {
  const { moved } = await unmovedOps(under.walk, [op])
  return moved.length > 0
}

const editedTo = (fields: Record<string, Value>) => ({
  ...read,
  version: second(9),
  fields: { ...read.fields, ...fields },
})

describe('the value about to be overwritten', () => {
  test('moved: the op is dropped, an edit made meanwhile is not overwritten (I3)', async () => {
    expect(await isMoved(await underWay(editedTo({ name: 'THEIRS' }), 60_000), update)).toBe(true)
  })
  test('moved inside the second of its version: the row is compared, not only its version (I3)', async () => {
    const sameSecond = { ...editedTo({ name: 'THEIRS' }), version: read.version }
    expect(await isMoved(await underWay(sameSecond, 60_000), update)).toBe(true)
    expect(await isMoved(await underWay(read, 60_000), update)).toBe(false)
  })
  test('stands though another field moved: the op goes, the two edits do not meet', async () => {
    expect(await isMoved(await underWay(editedTo({ phone: '2' }), 60_000), update)).toBe(false)
  })
  // Catches: what an update says again (a quote's contact and date) put over an edit that came after the plan.
  test('does not stand where the update says other fields again and any of the record has moved', async () => {
    const mapping = toyMapping({ repeated: () => ({ phone: '1' }) })
    expect(await isMoved(await underWay(editedTo({ phone: '2' }), 60_000, mapping), update)).toBe(true)
    expect(await isMoved(await underWay(read, 60_000, mapping), update)).toBe(false)
  })
  test('of a record that is gone does not stand', async () => {
    expect(await isMoved(await underWay(null, 60_000), update)).toBe(true)
  })
  test('that no rule reads (a person of a group) stands only while the version does', async () => {
    const person: Op = {
      ...update,
      role: 'person',
      changes: [{ field: 'person', before: null, after: {}, reason: 'changed' }],
    }
    expect(await isMoved(await underWay(read, 60_000), person)).toBe(false)
    expect(await isMoved(await underWay(editedTo({}), 60_000), person)).toBe(true)
  })
  // Catches: the account and tracking of a line that a bookkeeper has chosen since the plan, put back by its echo (I3).
  test('of lines in Xero stands only while nothing of the record has moved: no value shows what they bear besides', async () => {
    const mapping = toyMapping({ lines: toyLines })
    const lines: Op = { ...update, changes: [{ field: 'lines', before: ['A'], after: ['B'], reason: 'changed' }] }
    const row = (text: string) => editedTo({ lines: [{ id: 'l1', text }] })
    const inSameSecond = (text: string) => ({ ...row(text), version: read.version, hasLines: true })
    expect(await isMoved(await underWay(inSameSecond('A'), 60_000, mapping), lines)).toBe(false)
    expect(await isMoved(await underWay(inSameSecond('C'), 60_000, mapping), lines)).toBe(true)
    expect(await isMoved(await underWay(row('A'), 60_000, mapping), lines)).toBe(true)
  })
})

test('a batch of which one needs a check is checked as a whole: that read may take longer than the others count (I3)', async () => {
  const under = await underWay(editedTo({ name: 'THEIRS' }), 0)
  const other: Op = { ...update, id: 'op-2', remoteId: 'x2' }
  under.xero.control.put(recordOf('xero', 'x2', { name: 'OLD', phone: '1' }, { version: second(1) }))
  const { fit, moved } = await unmovedOps(under.walk, [update, other])
  expect({ fit: fit.map((op) => op.id), moved: moved.map((op) => op.id) }).toEqual({ fit: ['op-2'], moved: ['op'] })
})

describe('what needs no second read', () => {
  test.each([
    [READ_COUNTS_MS, 0],
    [READ_COUNTS_MS + 1, 1],
  ])('the plan’s own read %i ms old: %i more reads', async (later, reads) => {
    const under = await underWay(read, later)
    await unmovedOps(under.walk, [update])
    expect(under.xero.control.calls).toHaveLength(reads)
  })
  test('our own cross-reference: nobody else writes it', async () => {
    const op: Op = { ...update, changes: [{ field: 'xeroId', before: '', after: 'x', reason: 'crossReference' }] }
    const under = await underWay(null, 60_000)
    expect(await isMoved(under, op)).toBe(false)
    expect(under.xero.control.calls).toEqual([])
  })
  test('but a cross-reference that is sent along with a field does not excuse the field', async () => {
    const op: Op = {
      ...update,
      changes: [...update.changes, { field: 'xeroId', before: '', after: 'x1', reason: 'crossReference' }],
    }
    expect(await isMoved(await underWay(editedTo({ name: 'THEIRS' }), 60_000), op)).toBe(true)
  })
  test('a create: there is nothing to overwrite', async () => {
    expect(await isMoved(await underWay(null, 60_000), { ...update, verb: 'create', remoteId: null })).toBe(false)
  })
  test('a batch is re-read in one call, and only what moved is dropped from it', async () => {
    const under = await underWay(editedTo({ name: 'THEIRS' }), 60_000)
    under.xero.control.put({ ...read, id: 'x2' })
    const second_ = { ...update, id: 'op-2', remoteId: 'x2' }
    const { fit, moved } = await unmovedOps(under.walk, [update, second_])
    expect([fit.map((op) => op.id), moved.map((op) => op.id)]).toEqual([['op-2'], ['op']])
    expect(under.xero.control.calls).toHaveLength(1)
  })
})
