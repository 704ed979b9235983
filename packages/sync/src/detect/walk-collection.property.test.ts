import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FakeOptions } from '../../test/engine/fake-remote.ts'
import { recordOf, second } from '../../test/engine/records.ts'
import { marksOf, type TestWalk, walkWith } from '../../test/engine/walk.ts'
import type { CollectionTraits } from '../remotes/contract.ts'
import type { CollectionOf } from '../walk.ts'
import { pollCollection } from './poll.ts'
import { PAGES_LIMIT } from './walk-collection.ts'

const ITEMS: CollectionOf = { kind: 'item', side: 'xero', collection: 'Items' }

interface World {
  /** The second in which each record was last edited; many share one. */
  readonly seconds: readonly number[]
  /** After which list call somebody edits which record. */
  readonly edits: readonly { readonly call: number; readonly record: number }[]
  readonly sameSecond: CollectionTraits['sameSecond']
  readonly pageSize: number
  readonly isInclusive: boolean
  readonly hasItemCount: boolean
}

const worlds: fc.Arbitrary<World> = fc.record({
  seconds: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 14 }),
  edits: fc.array(fc.record({ call: fc.integer({ min: 1, max: 6 }), record: fc.nat(13) }), { maxLength: 3 }),
  sameSecond: fc.constantFrom('keyset', 'nextPage', 'whole'),
  pageSize: fc.integer({ min: 1, max: 4 }),
  isInclusive: fc.boolean(),
  hasItemCount: fc.boolean(),
})

const idAt = (at: number) => `x${String(at).padStart(2, '0')}`
const LATE = 1_000

async function worldOf({ sameSecond, pageSize, isInclusive, hasItemCount, ...world }: World): Promise<TestWalk> {
  const options: FakeOptions = { traits: { sameSecond, pageSize }, isInclusive, hasItemCount }
  const under = await walkWith({ xero: options })
  const { control } = under.xero
  for (const [at, edited] of world.seconds.entries())
    control.put(recordOf('xero', idAt(at), {}, { version: second(edited) }))
  let pages = 0
  control.betweenPages = () => {
    pages += 1
    for (const edit of world.edits.filter(({ call, record }) => call === pages && record < world.seconds.length))
      control.put(recordOf('xero', idAt(edit.record), {}, { version: second(LATE + pages) }))
  }
  return under
}

test('every record is met by one walk, however many are edited meanwhile, share a second or straddle pages (anchors 1.3 bug 1)', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const under = await worldOf(world)
      await pollCollection(under.walk, ITEMS, undefined)
      expect(Object.keys(await marksOf(under.walk)).sort()).toEqual(world.seconds.map((_, at) => idAt(at)).sort())
      expect(under.xero.control.calls.length).toBeLessThan(120)
    }),
    { numRuns: 400 },
  )
})

test('wherever the process dies, the cursor is not past a version that nobody marked (I7)', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, fc.integer({ min: 1, max: 8 }), async (world, dies) => {
      const under = await worldOf(world)
      const { lane } = under.walk
      let calls = 0
      const mark: typeof lane.mark = async (...values) => {
        await lane.mark(...values)
        calls += 1
        if (calls === dies) throw new Error('killed')
      }
      await pollCollection({ ...under.walk, lane: { ...lane, mark } }, ITEMS, undefined).catch(() => undefined)
      const marked = await marksOf(under.walk)
      const [cursor] = await lane.cursors()
      const unmarked = [...under.xero.control.records.values()].filter((record) => marked[record.id] === undefined)
      for (const record of unmarked)
        expect(Date.parse(cursor?.highWater ?? second(-1))).toBeLessThanOrEqual(Date.parse(record.version))
    }),
    { numRuns: 400 },
  )
})

test('an edit that lands in the very last second is marked by the next poll: the boundary may be in or out', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, fc.nat(13), async (world, record) => {
      if (record >= world.seconds.length) return
      const under = await worldOf({ ...world, edits: [] })
      await pollCollection(under.walk, ITEMS, undefined)
      await under.walk.lane.clearMarks(
        await under.walk.lane.dueMarks({ kinds: ['item'], now: Number.MAX_SAFE_INTEGER, limit: 99 }),
      )
      const last = Math.max(...world.seconds)
      under.xero.control.put(recordOf('xero', idAt(record), { edited: 'yes' }, { version: second(last) }))
      const [cursor] = await under.walk.lane.cursors()
      await pollCollection(under.walk, ITEMS, cursor)
      expect(await marksOf(under.walk)).toHaveProperty(idAt(record))
    }),
    { numRuns: 200 },
  )
})

test.each([
  ['keyset', 100],
  ['nextPage', 100],
] as const)(
  '1,000 rows in one second over pages of %s are all met, and the walk ends',
  async (sameSecond, pageSize) => {
    const under = await walkWith({ xero: { traits: { sameSecond, pageSize } } })
    for (let at = 0; at < 1_000; at += 1)
      under.xero.control.put(recordOf('xero', `x${String(at).padStart(4, '0')}`, {}, { version: second(7) }))
    under.xero.control.put(recordOf('xero', 'y', {}, { version: second(9) }))
    await pollCollection(under.walk, ITEMS, undefined)
    expect(Object.keys(await marksOf(under.walk))).toHaveLength(1_001)
    expect(under.xero.control.calls.length).toBeLessThan(40)
  },
)

test('a remote whose pages never end is a bug and throws: an endless loop would burn the day’s calls (bug 5)', async () => {
  const under = await walkWith()
  const row = recordOf('xero', 'x1', {}, { version: second(1) })
  let calls = 0
  const listPage = async () => {
    calls += 1
    return { type: 'ok' as const, value: { rows: [{ ...row, id: `x${calls}` }], hasMore: true } }
  }
  const endless = { ...under.walk, remotes: { ...under.walk.remotes, xero: { ...under.xero.remote, listPage } } }
  const { lane } = under.walk
  const quick = { ...endless, lane: { ...lane, mark: async () => undefined, knownVersions: async () => new Map() } }
  await expect(pollCollection(quick, ITEMS, undefined)).rejects.toThrow(/end/)
  expect(calls).toBeLessThanOrEqual(PAGES_LIMIT)
})
