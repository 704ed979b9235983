import { afterEach, describe, expect, test } from 'vitest'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from '../engine/corresponds.ts'
import { holdWrites } from './traffic.ts'

let rig: EngineRig
afterEach(() => rig.close())

const MINUTE = 60_000
const CREATES = [
  { side: 'xero', method: 'PUT', collection: 'Contacts', path: /\/api\.xro\/2\.0\/Contacts$/, count: 3 },
  { side: 'xero', method: 'PUT', collection: 'Items', path: /\/api\.xro\/2\.0\/Items$/, count: 3 },
  { side: 'xero', method: 'PUT', collection: 'Invoices', path: /\/api\.xro\/2\.0\/Invoices$/, count: 3 },
  { side: 'zoho', method: 'POST', collection: 'Accounts', path: /\/crm\/v8\/Accounts$/, count: 1 },
  { side: 'zoho', method: 'POST', collection: 'Contacts', path: /\/crm\/v8\/Contacts$/, count: 1 },
  { side: 'zoho', method: 'POST', collection: 'Products', path: /\/crm\/v8\/Products$/, count: 1 },
  { side: 'zoho', method: 'POST', collection: 'Invoices', path: /\/crm\/v8\/Invoices$/, count: 1 },
] as const
const DELAYS = [0.5, 3, 10]
const CASES = CREATES.flatMap((create) => DELAYS.map((minutes) => ({ ...create, minutes })))

// Catches: a create that timed out, repeated before or after the first one lands: two of the same, or a link to the
// wrong one (bug 7). `count` sends of the same bytes are lost, as many as the engine makes in one go.
describe('creates that time out and are applied later', () => {
  test.each(CASES)('$side $collection, $minutes minutes later: one of each', async (late) => {
    rig = await createEngineRig({
      rate: 1000,
      profile: { contacts: 10, items: 5, invoices: 8, shape: late.side === 'xero' ? 'zohoOnly' : 'xeroOnly' },
    })
    const held = holdWrites(rig, rig[late.side], { ...late, appliedAfterMs: late.minutes * MINUTE })
    const before = await rig.syncApproved()
    expect(before.type).not.toBe('stopped')
    expect(held.heldSoFar()).toBe(late.count)
    expect((await settle(rig, { pauseMs: 90_000, limit: 30 })).end).toBe('quiet')
    // Whatever lands now lands on both sides at rest.
    await rig.clock.advance(11 * MINUTE)
    expect(held.landed()).toBe(late.count)
    expect((await settle(rig, { pauseMs: 90_000, limit: 30 })).end).toBe('quiet')
    const { pairs } = await expectAgrees(rig)
    expect(pairs.contact).toBe(10)
  })
})
