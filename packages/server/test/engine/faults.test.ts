import { afterEach, describe, expect, test } from 'vitest'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectCorresponds } from './corresponds.ts'
import { faultOn, TROUBLES } from './fault-list.ts'

let rig: EngineRig
afterEach(() => rig.close())

const COLLECTIONS = { zoho: ['Accounts', 'Contacts', 'Products', 'Invoices'], xero: ['Contacts', 'Items', 'Invoices'] }
const CASES = TROUBLES.flatMap((trouble) =>
  COLLECTIONS[trouble.side].map((collection) => ({
    trouble,
    collection,
    title: `${trouble.side} ${collection}: ${trouble.name}`,
  })),
)

/** Codes that the fault itself may leave for a moment; once all is quiet none of them may be left. */
const TRANSIENT = [
  'remoteTimedOut',
  'connectionLost',
  'remoteUnavailable',
  'remoteAnswerUnreadable',
  'rowMissingInAnswer',
]

// Catches: creates repeated after a lost answer (duplicates), rows given up after a passing trouble (I2, I15).
describe('a trouble during the creates of a first sync', () => {
  test.each(CASES)('$title', async ({ trouble, collection }) => {
    rig = await createEngineRig({ rate: 1000, profile: { contacts: 24, items: 8, invoices: 16, seed: 4 } })
    const planned = await rig.pass()
    if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
    await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
    const { faults } = trouble.side === 'zoho' ? rig.zoho.control : rig.xero.control
    faults.add(faultOn(trouble, collection))
    await rig.pass({ approvedPlanId: planned.planId })
    const left = faults.list()[0]?.times ?? 0
    expect(left, 'the trouble never struck').toBeLessThan(trouble.times ?? 1)
    const { end } = await settle(rig, { pauseMs: 90_000, limit: 30 })
    expect(end).toBe('quiet')
    const verdict = await expectCorresponds(rig)
    expect(verdict.pairs.contact).toBeGreaterThan(10)
    const inbox = await rig.store.reports.inbox(rig.connectionId)
    expect(inbox.filter((item) => TRANSIENT.includes(item.code))).toEqual([])
  })
})
