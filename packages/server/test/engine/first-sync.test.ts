import { afterEach, describe, expect, test } from 'vitest'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle, writesOf } from '../../src/rig/settle.ts'
import { expectCorresponds } from './corresponds.ts'

let rig: EngineRig
afterEach(() => rig.close())

const MIXED = { contacts: 120, items: 40, invoices: 100 }
/** What a mixed company may leave for a person; any other code would be a fault of ours. */
const EXPECTED_CODES = new Set([
  'duplicateInTarget',
  'nameTakenByStranger',
  'ambiguousMatch',
  'archivedMatch',
  'valueNotAllowed',
  'valueTooLong',
  'missingParent',
  'unmappedItem',
  'recordArchived',
])

describe.each([1, 2, 3, 4, 5, 7])('first sync of mixed company %i', (seed) => {
  // Catches: records that are neither linked nor shown, wrong values, a second run that writes (I1, I2, I4, I11).
  test('links both sides, shows the rest, and is at rest at once', async () => {
    rig = await createEngineRig({ rate: 400, profile: { ...MIXED, seed } })
    const planned = await rig.pass()
    expect(planned).toMatchObject({ type: 'held', code: 'approvalNeeded' })
    const synced = await rig.syncApproved()
    expect(synced).toMatchObject({ type: 'done', report: { refused: 0, dropped: 0 } })
    const verdict = await expectCorresponds(rig)
    expect(verdict.pairs.contact).toBeGreaterThan(80)
    expect(verdict.pairs.invoice).toBeGreaterThan(40)
    const codes = new Set((await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code))
    expect([...codes].filter((code) => !EXPECTED_CODES.has(code))).toEqual([])
    forgetRequests(rig)
    for (let pass = 0; pass < 3; pass += 1) {
      await rig.clock.advance(10_000)
      const again = await rig.pass()
      expect(again.type).toBe('done')
      expect(writesOf(again)).toBe(0)
    }
    expect(writesSeen(rig)).toEqual([])
    await expectCorresponds(rig)
  })
})

// Catches: matching that relies on our store alone, which would make everything twice after its loss (I14).
test('with all of our store lost, a resync writes nothing to either side', async () => {
  rig = await createEngineRig({ rate: 400, profile: { ...MIXED, seed: 1 } })
  await rig.syncApproved()
  expect((await settle(rig)).end).toBe('quiet')
  const before = await expectCorresponds(rig)
  const waiting = await inboxOf(rig)
  const fresh = await rig.withLostStore()
  forgetRequests(rig)
  await fresh.syncApproved()
  expect((await settle(fresh)).end).toBe('quiet')
  expect(writesSeen(fresh)).toEqual([])
  const after = await expectCorresponds(fresh)
  expect(after.pairs).toEqual(before.pairs)
  // Found again by our own references, so that no more waits for a person than before.
  expect(await inboxOf(fresh)).toEqual(waiting)
})

async function inboxOf(of: EngineRig): Promise<readonly string[]> {
  const items = await of.store.reports.inbox(of.connectionId)
  return items.map(({ kind, code, title }) => `${kind} ${code} ${title}`).sort()
}
