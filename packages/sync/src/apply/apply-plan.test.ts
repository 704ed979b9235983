import { describe, expect, test } from 'vitest'
import { mainOf, recordOf, second } from '../../test/engine/records.ts'
import { createOf, linkOnRecord, opStates, opsOnRecord, type TestWalk, walkWith } from '../../test/engine/walk.ts'
import { chunkOf } from '../../test/store/fixtures.ts'
import type { Op } from '../model/op.ts'
import { applyPlan } from './apply-plan.ts'

const source = recordOf('zoho', 'z0', { name: 'ada' }, { version: second(1) })
const REF = { side: 'zoho', collection: 'Products', remoteId: 'z0' } as const

async function planned(...ops: readonly Op[]): Promise<TestWalk> {
  const under = await walkWith({ xero: { traits: { batchWriteSize: 50 } } })
  await opsOnRecord(under.walk, ops)
  await under.walk.lane.savePlan({
    id: 'plan',
    runId: 'run',
    state: 'approved',
    createdAt: under.clock.now(),
    holdCode: null,
    counts: [],
  })
  return under
}

// Catches: an approved create sent although its partner has been found or made since: a second one of it (I2).
test('a create whose partner exists by now is dropped', async () => {
  const under = await planned(createOf('link-0'))
  const { lane } = under.walk
  const addParts = [mainOf(recordOf('xero', 'x-there', {}))]
  await lane.recordChunk(
    chunkOf('other', [], { linkChanges: [{ linkId: 'link-0', event: null, code: null, addParts, lines: null }] }),
  )
  await applyPlan(under.walk, 'plan', 1)
  expect(under.xero.control.sent).toEqual([])
  expect(await opStates(under.walk)).toEqual(['superseded'])
})

// Catches: a plan that waited for its approval, and writes what a person has set apart in between.
test('nothing is written of a link that a person has set apart since', async () => {
  const under = await walkWith()
  const { lane } = under.walk
  await linkOnRecord(under.walk, 'link-0', [mainOf(source), mainOf(recordOf('xero', 'x0', {}))])
  const changes = [{ field: 'xeroId', before: null, after: 'x', reason: 'crossReference' }] as const
  await opsOnRecord(under.walk, [{ ...createOf('link-0'), verb: 'update', remoteId: 'x0', changes, naturalKey: null }])
  const apart = { linkId: 'link-0', event: 'detachedByPerson', code: null, addParts: [], lines: null } as const
  await lane.recordChunk(chunkOf('other', [], { linkChanges: [apart] }))
  await applyPlan(under.walk, 'plan', 1)
  expect(under.xero.control.sent).toEqual([])
  expect(await opStates(under.walk)).toEqual(['superseded'])
  expect(await lane.linksByIds(['link-0'])).toMatchObject([{ state: 'detached' }])
})

// Catches: an approved plan that goes on with what its record said when it was made (an approved plan is a ceiling).
describe('an op of an approved plan', () => {
  const op = { ...createOf('link-0'), basis: [{ ...REF, version: source.version }] }

  test('whose record was edited since is dropped: nobody has approved the new value', async () => {
    const under = await planned(op)
    under.walk.cache.add([{ ...source, version: second(2) }], 0)
    await applyPlan(under.walk, 'plan', 1)
    expect(under.xero.control.sent).toEqual([])
    expect(await under.walk.ports.store.reports.planOps('plan')).toMatchObject([
      { state: 'superseded', code: 'beforeImageMoved' },
    ])
  })
  test('whose record is as it was goes out', async () => {
    const under = await planned(op)
    under.walk.cache.add([source], 0)
    await applyPlan(under.walk, 'plan', 1)
    expect(under.xero.control.sent).toHaveLength(1)
  })
})

// Catches: two ops of one record in one request: the second rests on what the first makes, and Xero takes one of them.
test('a record never stands twice in one request', async () => {
  const update = (at: number, remoteId: string): Op => ({
    ...createOf('link-0', at),
    verb: 'update',
    role: 'primary',
    remoteId,
  })
  const changes = [{ field: 'xeroId', before: null, after: 'x', reason: 'crossReference' }] as const
  const ops = [update(0, 'x1'), update(1, 'x2'), update(2, 'x1')].map((op) => ({ ...op, changes, naturalKey: null }))
  const under = await planned(...ops)
  await applyPlan(under.walk, 'plan', 3)
  const sent = under.xero.control.sent.map(({ request }) => request.rows.map((row) => row.remoteId))
  expect(sent).toEqual([['x1', 'x2'], ['x1']])
})

// Catches: an answer that names a record of another link: thrown away with its batch, or one record in two links (I2).
test('a created record that another link has already is shown to a person', async () => {
  const under = await planned(createOf('link-0'), createOf('link-1', 1))
  await linkOnRecord(under.walk, 'other', [mainOf(recordOf('xero', 'x-taken', {}))])
  under.xero.control.judge = ({ rows }) => ({
    type: 'ok',
    value: rows.map((_, index) => {
      const remoteId = index === 0 ? 'x-taken' : 'x-new'
      return { type: 'ok', remoteId, version: null, record: null, warnings: [] }
    }),
  })
  await applyPlan(under.walk, 'plan', 2)
  expect(await opStates(under.walk)).toEqual(['refused', 'confirmed'])
  const inbox = await under.walk.ports.store.reports.inbox('c1')
  expect(inbox).toMatchObject([{ code: 'ambiguousMatch', linkId: 'link-0', detail: { linkedBy: 'other' } }])
})
