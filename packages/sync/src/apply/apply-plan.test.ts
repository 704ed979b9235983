import { describe, expect, test } from 'vitest'
import { mainOf, recordOf, second } from '../../test/engine/records.ts'
import { createOf, opStates, opsOnRecord, type TestWalk, walkWith } from '../../test/engine/walk.ts'
import { chunkOf } from '../../test/store/fixtures.ts'
import type { Op } from '../model/op.ts'
import { applyPlan } from './apply-plan.ts'

const source = recordOf('zoho', 'z0', { name: 'ada' }, { version: second(1) })
const REF = { side: 'zoho', collection: 'Products', remoteId: 'z0' } as const

async function planned(op: Op): Promise<TestWalk> {
  const under = await walkWith()
  await opsOnRecord(under.walk, [op])
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
